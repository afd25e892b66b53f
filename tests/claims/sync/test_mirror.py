"""A mirror that is fed from the change log alone is the record.

MIRROR_SECONDS=60 lets writers run for so long; MIRROR_SEED tries another life.
"""

import os
import random
import threading
import time
from collections import Counter

import pytest
from django.db import connections
from django.test import Client

from tests.claims.sync.acts import Writer
from tests.claims.sync.mirror import Mirror, record
from tests.factories import ClaimFactory

SECONDS = float(os.environ.get("MIRROR_SECONDS", 0))
SEED = int(os.environ.get("MIRROR_SEED", 1))
WRITERS, ACTS = 3, 30


def write(seed: int, until: float, done: Counter, errors: list) -> None:
    try:
        writer = Writer(seed, done)
        for _act in range(ACTS):
            writer.act()
        while time.monotonic() < until:
            writer.act()
    except Exception as error:  # noqa: BLE001  told by the test
        errors.append(error)
    finally:
        connections.close_all()


def differences(mirrored: dict, recorded: dict) -> list[tuple]:
    return [
        (row, mirrored.get(row), recorded.get(row))
        for row in sorted(mirrored.keys() | recorded.keys())
        if mirrored.get(row) != recorded.get(row)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_mirror_is_the_record_whatever_is_done_meanwhile(settings):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 10**6)
    ClaimFactory.create_batch(6, accepted=True)
    done, errors, until = Counter(), [], time.monotonic() + SECONDS
    writers = [
        threading.Thread(target=write, args=[SEED * 1000 + number, until, done, errors])
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    chance, mirrors = random.Random(SEED), [Mirror(Client()), Mirror(Client())]
    while any(writer.is_alive() for writer in writers):
        mirrors[0].read(chance.choice([1, 3, 10, 100, 1000]))
        if chance.random() < 0.2:
            mirrors[1].read(chance.choice([1, 10]))  # One that lags.
        time.sleep(chance.random() / 5)
    assert errors == []
    for mirror in mirrors:
        mirror.catch_up(chance)
        assert differences(mirror.rows, record()) == []
    assert len(done) > len(Writer.acts) / 2
    if SECONDS:
        print(sorted(done.items()))
