"""How often a feed is polled: as often as it has something new, within bounds."""

from datetime import timedelta

SHORTEST = timedelta(minutes=5)
FIRST = timedelta(minutes=30)  # what a feed begins with
LONGEST = timedelta(days=1)
MUCH = 3  # new entries in one poll


def adapted(interval: timedelta, new: int) -> timedelta:
    """The interval after a poll that brought so many new entries: shorter, longer or the same."""
    if new >= MUCH:
        interval /= 2
    elif not new:
        interval *= 1.5
    return min(max(interval, SHORTEST), LONGEST)


def wait(interval: timedelta, said: timedelta) -> timedelta:
    """Until the next poll: not before the feed ``said`` that there is something new, if it did."""
    return min(max(interval, said), LONGEST)


def back_off(interval: timedelta, failures: int, said: timedelta) -> timedelta:
    """Until the next poll after so many failures in a row: twice as long after each."""
    return wait(min(interval * 2 ** min(failures, 10), LONGEST), said)
