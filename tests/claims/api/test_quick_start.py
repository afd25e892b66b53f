"""The quick start of docs/api.md, run as it is written, against a live server with the seeds."""

import contextlib
import io
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

GUIDE = Path(__file__).parents[3] / "docs/api.md"
HERE = "http://localhost:8000"  # where the guide says Constat is
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def steps() -> list[tuple[str, str, str]]:
    """Each command of the quick start: its language, its text, and what it is said to print."""
    (part,) = re.findall(
        r"^## Quick start$(.*?)^## ", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    blocks = [*BLOCK.findall(part), ("", "")]
    return [(*one, after[1]) for one, after in pairwise(blocks) if one[0] != "text"]


def printed(language: str, text: str, names: dict) -> str:
    """What it prints; ``names`` are those that code before it gave."""
    if language == "sh":
        run = subprocess.run(["bash", "-ec", text], capture_output=True, text=True, check=True)
        return run.stdout
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(text, names)
    return out.getvalue()


def test_the_guide_has_commands_of_both_kinds():
    languages = [language for language, _text, _said in steps()]
    assert (languages.count("sh"), languages.count("python")) == (3, 3)


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl")
@pytest.mark.django_db(transaction=True)
def test_every_command_prints_what_the_guide_says(live_server):
    call_command("load_seeds", stdout=io.StringIO())
    names = {}
    for language, text, said in steps():
        found = printed(language, text.replace(HERE, live_server.url), names)
        anything = ".+".join(map(re.escape, said.split("…")))
        assert re.fullmatch(anything, found), f"{text}\nprints:\n{found}"
