"""docs/privacy.md says what is true: every test that it names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "privacy.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[^`]+)`", TEXT)


def test_each_line_of_what_is_kept_names_one():
    lines = re.findall(
        r"^\| .* \|$", TEXT.partition("shown by")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert len(lines) > 12
    assert [line for line in lines if "`tests/" not in line] == []


@pytest.mark.parametrize("name", sorted(set(NAMED)))
def test_a_test_that_it_names_is_there(name):
    file, _colons, function = name.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert not function or function in names
