"""SECURITY.md says what is true: every test that it names is there, and what runs is locked."""

import ast
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
NAMED = re.findall(r"`(tests/[^`]+)`", (ROOT / "SECURITY.md").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")


def test_it_names_tests():
    assert len(NAMED) > 30


@pytest.mark.parametrize("name", sorted(set(NAMED)))
def test_a_test_that_it_names_is_there(name):
    file, _colons, function = name.partition("::")
    path = ROOT / file
    assert path.exists()
    if path.is_dir():
        assert list(path.rglob("test_*.py"))
    elif function:
        found = {node.name for node in ast.walk(ast.parse(path.read_text("utf-8")))
                 if isinstance(node, ast.FunctionDef)}  # fmt: skip
        assert function in found


def locked() -> dict[str, str]:
    """The version and hashes of each package in the lock file."""
    lines = [line for line in LOCK.splitlines() if line.strip() and not line.startswith("#")]
    found = {}
    for line in lines:
        name, _equals, rest = line.partition("==")
        found[canonicalize_name(name.split("[")[0])] = rest
    return found


def test_every_package_that_runs_is_locked_with_its_hashes():
    found = locked()
    asked = [
        Requirement(line)
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if line and line[0] not in "#."
    ]
    for package in asked:
        pinned = found[canonicalize_name(package.name)]
        version = pinned.split()[0].rstrip(";")
        assert package.specifier.contains(version), package
    assert all("--hash=sha256:" in rest for rest in found.values())


def test_the_lock_file_names_no_place_to_fetch_from():
    assert "://" not in LOCK
    assert "--index" not in LOCK
