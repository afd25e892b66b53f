"""docs/install.md: what can be known of its commands without an empty machine to type them on."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "install.md").read_text("utf-8")


def blocks() -> list[str]:
    """What is typed, a block each."""
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", GUIDE, re.MULTILINE)
    return [
        re.sub(r"^ {4}(?: {4})?(?=\S)", "", block, flags=re.MULTILINE)
        for block in found
        if block.strip()
    ]


def test_there_are_commands():
    assert len(blocks()) > 15


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block.strip().split("\n")[0][:40])
def test_a_shell_reads_each_block(block):
    # Of an item of a list, the end of what is read in must not be set in.
    done = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True, check=False)
    assert done.stderr == ""


def test_every_command_of_constat_is_one():
    typed = set(re.findall(r"(?:manage\.py|^ +constat|&& constat) ([a-z-]+)", GUIDE, re.MULTILINE))
    assert {"migrate", "backup", "restore", "worker"} <= typed <= set(get_commands())


def test_every_setting_is_one():
    table = (ROOT / "docs" / "operators.md").read_text("utf-8")
    assert set(re.findall(r"CONSTAT_[A-Z_]+", GUIDE)) <= set(re.findall(r"CONSTAT_[A-Z_]+", table))


def test_every_file_it_runs_is_there():
    for name in ("requirements.lock", "config/serving.py", "claims/extraction/pipeline"):
        assert name in GUIDE
        assert (ROOT / name).exists()
