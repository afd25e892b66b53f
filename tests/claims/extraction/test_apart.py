"""A process beside, ended by what takes too long, and begun anew."""

import threading

import pytest

from claims.extraction import Extractor
from claims.extraction.apart import Apart, CameToNothing, TookTooLong

TEXT = "Lundi, la maire a promis deux écoles. « Le pont sera fermé », a-t-elle ajouté."
LONG = "« Oui », dit-il. " * 2500


@pytest.fixture(scope="module")
def apart():
    return Apart("fr_constat_news")


def test_it_reads_as_the_extractor_does(apart):
    assert apart.read(TEXT, "2025-12-09", 60) == Extractor().read(TEXT, "2025-12-09")


def test_it_ends_with_its_time_and_reads_the_next_text(apart):
    with pytest.raises(TookTooLong):
        apart.read(LONG, None, 0.01)
    assert apart.read("Bonjour.", None, 60).claims == ()


def test_a_process_that_was_ended_is_told_and_begun_anew(apart):
    apart.read("Bonjour.", None, 60)
    timer = threading.Timer(0.1, apart._process.kill)
    timer.start()
    with pytest.raises(CameToNothing):
        apart.read(LONG, None, 60)
    timer.join()
    assert apart.read("Bonjour.", None, 60).claims == ()
