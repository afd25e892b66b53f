"""The rules of the house: docs/architecture in one sentence each."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imported(folder: str) -> set[tuple[str, str]]:
    """(file, top package it imports) for every module below ``folder``."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            found |= {(path.relative_to(ROOT).as_posix(), name.split(".")[0]) for name in names}
    return found


def test_sources_never_import_claims():
    assert not {file for file, package in imported("sources") if package in ("claims", "seeds")}


def test_the_background_knows_nothing_of_what_is_done_in_it():
    ours = {"claims", "seeds", "sources"}
    assert not {file for file, package in imported("background") if package in ours}


def test_extraction_imports_no_django():
    assert not {file for file, package in imported("claims/extraction") if package == "django"}


def test_readers_import_no_django():
    assert not {file for file, package in imported("sources/readers") if package == "django"}


def test_extraction_imports_nothing_of_claims_but_itself():
    for path in (ROOT / "claims/extraction").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claims"):
                assert node.module.startswith("claims.extraction"), path


def test_comparison_knows_nothing_of_the_record():
    for path in (ROOT / "claims/comparison").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claims"):
                assert node.module.startswith(("claims.comparison", "claims.extraction")), path


def test_no_command_waits_for_the_language_engine_it_does_not_use():
    loaded = "import sys, django; django.setup(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("name", ["utils", "helpers", "services", "managers"])
def test_no_module_is_named_after_nothing(name):
    code = (ROOT / folder for folder in ("background", "claims", "config", "seeds", "sources"))
    assert not [path for folder in code for path in folder.rglob(f"{name}.py")]
