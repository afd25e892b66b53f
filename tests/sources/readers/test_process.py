"""Whatever a file makes its reader do, the parent says why, and soon."""

import os
import time
from pathlib import Path

import pytest

from sources.readers import process
from sources.readers.process import Limits
from sources.readers.unreadable import Reason, Unreadable

LIMITS = Limits(memory=1_000_000_000, cpu_seconds=1, seconds=3)


def read(what: str, limits=LIMITS):
    return process.read("tests.sources.readers.misbehaving", what.encode(), limits)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("crash", Reason.CRASH),
        ("leave", Reason.CRASH),
        ("raise", Reason.DAMAGED),
        ("recurse", Reason.DAMAGED),
        ("write", Reason.DAMAGED),
        ("fill memory", Reason.MEMORY),
        ("fill the answer", Reason.MEMORY),
        ("loop", Reason.TIME),
        ("sleep", Reason.TIME),
    ],
)
def test_what_becomes_of_the_child_is_told(what, reason):
    started = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read(what)
    assert refusal.value.reason is reason
    assert time.monotonic() - started < LIMITS.seconds + 2


def test_the_next_file_is_read_after_a_crash():
    with pytest.raises(Unreadable):
        read("crash")
    assert read("La maire promet.").text == "La maire promet."


def test_the_child_knows_no_django():
    loaded = read("look around").text.split()
    assert "trafilatura" in loaded
    assert "django" not in loaded


def test_the_child_leaves_no_memory_dump():
    assert read("dump").text == "(0, 0)"


def test_no_child_is_left_behind():
    read("La maire promet.")
    with pytest.raises(Unreadable):
        read("sleep", Limits(seconds=0))
    mine = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    below = [Path(f"/proc/{child}/task/{child}/children").read_text().split() for child in mine]
    assert not [child for children in below for child in children]
