from datetime import timedelta

import pytest

from sources.feeds.rhythm import FIRST, LONGEST, MUCH, SHORTEST, adapted, back_off, wait

HOUR = timedelta(hours=1)
NOTHING_SAID = timedelta(0)


def test_it_is_faster_where_much_is_new():
    assert adapted(HOUR, MUCH) == HOUR / 2


def test_it_stays_where_little_is_new():
    assert adapted(HOUR, 1) == HOUR


def test_it_is_slower_where_nothing_is_new():
    assert adapted(HOUR, 0) > HOUR


@pytest.mark.parametrize(("new", "bound"), [(MUCH, SHORTEST), (0, LONGEST)])
def test_it_has_bounds(new, bound):
    interval = FIRST
    for _poll in range(50):
        interval = adapted(interval, new)
    assert interval == bound


def test_the_feed_is_not_asked_before_it_says():
    assert wait(HOUR, 2 * HOUR) == 2 * HOUR
    assert wait(2 * HOUR, HOUR) == 2 * HOUR


def test_a_feed_that_says_never_is_asked_all_the_same():
    assert wait(HOUR, timedelta(days=9999)) == LONGEST


def test_each_failure_doubles_the_wait_up_to_a_day():
    waits = [back_off(HOUR, failures, NOTHING_SAID) for failures in (1, 2, 3, 9, 9999)]
    assert waits == [2 * HOUR, 4 * HOUR, 8 * HOUR, LONGEST, LONGEST]


def test_a_site_that_wants_to_be_left_alone_is():
    assert back_off(HOUR, 1, 5 * HOUR) == 5 * HOUR
