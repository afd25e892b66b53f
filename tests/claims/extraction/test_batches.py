"""Many texts: in order, whatever the number of processes, and as far as they come."""

import pytest

from claims.extraction import Extractor
from claims.extraction.extractor import BATCH

TEXTS = [
    (f"La maire Jeanne Roux a promis mardi {number} écoles. {'Il pleut. ' * 300}", "2025-12-04")
    for number in range(14)
]


@pytest.fixture(scope="module")
def readings(extractor):
    return [extractor.read(*text) for text in TEXTS]


def test_the_texts_take_several_batches():
    assert sum(len(text) for text, _ in TEXTS) > 2 * BATCH


def test_many_texts_read_as_one_by_one(extractor, readings):
    assert list(extractor.read_many(TEXTS)) == readings


def test_several_processes_read_alike_and_in_order(extractor, readings):
    assert list(extractor.read_many(TEXTS, n_process=2)) == readings


def test_no_texts_give_no_readings(extractor):
    assert list(extractor.read_many([])) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_what_came_before_an_error_of_the_input_is_read(extractor, readings, processes):
    def broken():
        yield from TEXTS[:3]
        raise OSError("gone")

    found = extractor.read_many(broken(), n_process=processes)
    assert [next(found) for _ in range(3)] == readings[:3]
    with pytest.raises(OSError, match="gone"):
        next(found)


def test_readings_come_before_the_last_text_is_asked_for(extractor):
    asked = []

    def texts():
        for text in TEXTS:
            asked.append(text)
            yield text

    next(extractor.read_many(texts()))
    assert len(asked) < len(TEXTS)


def test_words_are_forgotten_after_their_batch(extractor):
    known = len(extractor.nlp.vocab.strings)
    extractor.read("Le maire a cité Zorglubine, Xantipolis et Brouffignac.", None)
    assert len(extractor.nlp.vocab.strings) == known


def test_a_reading_outlives_the_words_of_its_batch(extractor):
    (claim,) = extractor.read("Selon Xantipe Brouffignac, l'eau est bonne.", None).claims
    extractor.read("Le maire se tait.", None)
    assert claim.speaker == "Xantipe Brouffignac"


def test_an_extractor_takes_a_loaded_pipeline(extractor):
    assert Extractor(extractor.nlp).nlp is extractor.nlp
