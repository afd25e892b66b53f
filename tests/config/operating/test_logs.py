"""What is logged of a request: enough to find a fault, nothing about who asked for what."""

import io
import json
import logging
import logging.config
import re

import pytest
from django.conf import settings as live

from config.operating import logs


@pytest.fixture
def written():
    """What the log of a public site writes while the test goes on."""
    stream, handlers = io.StringIO(), logging.root.handlers
    said = {**live.LOGGING, "handlers": {"console": {
        **live.LOGGING["handlers"]["console"], "stream": stream, "formatter": "json"}}}  # fmt: skip
    logging.config.dictConfig(said)
    logging.getLogger("constat.access").setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.config.dictConfig(live.LOGGING)
    logging.root.handlers = handlers


def test_a_request_is_one_line_without_what_was_looked_for(client, written, db):
    client.get("/healthz?q=ma+maladie", REMOTE_ADDR="192.0.2.77")
    (line,) = written()
    assert line["message"] == "GET /healthz 200"
    assert line["network"] == "192.0.2.0/24"
    assert "maladie" not in str(line)
    assert {"time", "level", "logger", "request_id", "milliseconds", "status"} <= line.keys()


def test_an_id_that_was_given_is_kept(client, written):
    answer = client.get("/healthz", headers={"X-Request-ID": "proxy-0001.a"})
    assert answer["X-Request-ID"] == "proxy-0001.a"
    assert written()[0]["request_id"] == "proxy-0001.a"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f g", "forged\tline-1"])
def test_any_other_is_made(client, given):
    made = client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", made)


def test_what_is_logged_meanwhile_bears_it(client, written, monkeypatch):
    monkeypatch.setattr(
        "config.operating.probes.trouble_of_the_web", lambda: logging.getLogger("x").error("Oh")
    )
    client.get("/readyz/web", headers={"X-Request-ID": "proxy-0001"})
    assert [line["request_id"] for line in written()] == ["proxy-0001", "proxy-0001"]


def test_a_trace_is_told_without_secrets_and_people(written):
    try:
        raise ValueError("password=zsecret of jeanne@journal.example from 192.0.2.77")
    except ValueError:
        logging.getLogger("x").exception("It failed")
    (line,) = written()
    assert "ValueError" in line["trace"]
    for hidden in ("zsecret", "jeanne", "192.0.2.77"):
        assert hidden not in str(line)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("GET /claims/?q=ma+maladie&page=2 500", "GET /claims/?… 500"),
        ("from https://x.example/a?utm=1", "from https://x.example/a?…"),
        ("jeanne.b+x@journal.example wrote", "…@… wrote"),
        ("from 192.0.2.77:", "from 192.0.2.0/24:"),
        ("from 2001:db8:1:2:3:4:5:6", "from 2001:db8:1::/48"),
        ("DETAIL:  Key (name)=(Jeanne) already exists.", "DETAIL:  Key …"),
        ("DETAIL:  Failing row contains (7, Jeanne, x).", "DETAIL:  Failing row contains …"),
        ("at 12:30:45, is it so?", "at 12:30:45, is it so?"),
        ("Listening at 127.0.0.1, [::1]", "Listening at 127.0.0.1, [::1]"),
        ("PostgreSQL 18.6", "PostgreSQL 18.6"),
    ],
)
def test_what_tells_of_somebody_is_left_out(text, told):
    assert logs.without_people(text) == told


def test_every_handler_has_every_filter(written):
    named = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    handlers = {
        handler
        for logger in named
        if logger.name.partition(".")[0] in ("root", "django", "gunicorn", "constat", "background")
        for handler in logger.handlers
        if "pytest" not in type(handler).__module__
    }
    assert handlers
    for handler in handlers:
        kinds = {type(each).__name__ for each in handler.filters}
        assert {"WithoutSecrets", "WithoutPeople"} <= kinds, handler
