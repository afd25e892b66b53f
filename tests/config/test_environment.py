"""What the environment says, and what it is told where that makes no sense."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

ROOT = Path(__file__).parents[2]
NAME = "CONSTAT_ESSAI"


@pytest.fixture(autouse=True)
def _forget_it(monkeypatch):
    monkeypatch.setattr(environment, "READ", set())


@pytest.fixture
def said(monkeypatch):
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (environment.flag, "yes"),
        (lambda name: environment.number(name, 1), "many"),
        (lambda name: environment.number(name, 1), "-1"),
        (lambda name: environment.number(name, 1), "1.5"),
        (lambda name: environment.number(name, 1, least=1), "0"),
        (lambda name: environment.decimal(name, 1), "2,5"),
        (lambda name: environment.decimal(name, 1), "nan"),
        (lambda name: environment.decimal(name, 1, least=0.1), "0"),
        (lambda name: environment.address(name, "https"), "purge.example"),
        (lambda name: environment.address(name, "https"), "ftp://purge.example/"),
        (lambda name: environment.address(name, "https"), "https://"),
        (lambda name: environment.address(name, "smtp"), "smtp://mail.example:port"),
        (environment.hosts, "https://constat.example"),
        (environment.hosts, "constat.example/"),
        (environment.hosts, "constat.example;other.example"),
        (environment.hosts, "constat.example:443"),
        (environment.hosts, "*"),
        (lambda name: environment.hosts(name, ports=True), "cms.intern:port"),
        (environment.networks, "10.0.0.0/33"),
        (environment.networks, "monitoring.example"),
        (environment.header, "Bearer abc"),
        (lambda name: environment.mail(name, ""), "constat.example"),
        (environment.secret, "short"),
        (environment.secret, "ab" * 40),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_its_variable(said, read, value):
    said(value)
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} (must be|is too short)"):
        read(NAME)


@pytest.mark.parametrize(
    "read",
    [
        environment.secret,
        environment.header,
        lambda name: environment.address(name, "https"),
    ],
)
def test_what_may_entitle_to_something_is_not_repeated(said, read):
    said("zsecret 9X")
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(NAME)
    assert "zsecret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "value", "meant"),
    [
        (environment.flag, "1", True),
        (environment.flag, "", False),
        (lambda name: environment.number(name, 3), "", 3),
        (lambda name: environment.number(name, 3), " 7 ", 7),
        (lambda name: environment.decimal(name, 1), "2.5", 2.5),
        (environment.hosts, "constat.example, www.constat.example",
         ["constat.example", "www.constat.example"]),
        (environment.hosts, "127.0.0.1,[::1],localhost", ["127.0.0.1", "[::1]", "localhost"]),
        (lambda name: environment.hosts(name, ports=True), "cms.intern:8080,[::1]:9000",
         ["cms.intern:8080", "[::1]:9000"]),
        (environment.header, "Fastly-Key: abc", "Fastly-Key: abc"),
        (lambda name: environment.mail(name, ""), "Constat <desk@constat.example>",
         "Constat <desk@constat.example>"),
        (environment.secret, "x7" * 24 + "ab3", "x7" * 24 + "ab3"),
    ],
)  # fmt: skip
def test_what_makes_sense_is_taken(said, read, value, meant):
    said(value)
    assert read(NAME) == meant


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("CONSTAT_DUMPS_KEPT", "many", "CONSTAT_DUMPS_KEPT must be a whole number, not “many”"),
        ("CONSTAT_SECRET_KEY", "x", "CONSTAT_SECRET_KEY is too short, or too simple"),
    ],
)
def test_a_command_says_it_in_one_sentence(variable, value, sentence):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | {variable: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_the_guide_and_the_code_know_the_same_variables():
    read = subprocess.run(
        [sys.executable, "-c",
         "from config import environment, settings, serving; print(*environment.READ)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    guide = (ROOT / "docs" / "operators.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[A-Z_`, ]+)[^|]*\|[^|]+\|", guide, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert told == set(read)


def test_no_other_place_reads_the_environment_for_a_setting():
    places = {
        path.relative_to(ROOT).as_posix()
        for folder in ("background", "claims", "config", "seeds", "sources")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"environ(\.get)?[\[(]f?\"(CONSTAT|DATABASE)_", path.read_text("utf-8"))
    }
    assert places == set()
