from datetime import timedelta
from types import SimpleNamespace

import pytest

from sources.fetching import time_limit
from sources.fetching.failure import Failed
from sources.fetching.time_limit import TimeLimit
from tests.factories import NOON


@pytest.fixture
def sleep(monkeypatch):
    """Let that many seconds pass."""
    passed = [0.0]
    clock = SimpleNamespace(monotonic=lambda: sum(passed), sleep=passed.append)
    monkeypatch.setattr(time_limit, "time", clock)
    return clock.sleep


def test_time_passes_from_the_time_it_was_given(sleep):
    limit = TimeLimit(NOON, 10)
    sleep(4)
    assert limit.now == NOON + timedelta(seconds=4)
    assert limit.left() == 6


def test_it_ends(sleep):
    limit = TimeLimit(NOON, 10)
    sleep(10)
    with pytest.raises(Failed):
        limit.left()


def test_waiting_for_a_turn_does_not_count(sleep):
    limit = TimeLimit(NOON, 10)
    limit.wait(60)
    assert limit.now == NOON + timedelta(seconds=60)
    assert limit.left() == 10
