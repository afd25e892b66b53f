"""Around a batch the garbage collector waits, and only there."""

import gc

import pytest

from claims.extraction.zone import batch_zone


def test_the_collector_waits_while_a_batch_is_read(extractor):
    with batch_zone(extractor.nlp):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_collects_again_after_an_error(extractor):
    with pytest.raises(OSError, match="gone"), batch_zone(extractor.nlp):
        raise OSError("gone")
    assert gc.isenabled()


def test_it_is_left_off_where_it_was_off(extractor):
    gc.disable()
    try:
        with batch_zone(extractor.nlp):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_new_words_leave_the_vocabulary(extractor):
    word = "Zygomarquise"
    with batch_zone(extractor.nlp):
        extractor.nlp.make_doc(word)
        assert word in extractor.nlp.vocab.strings
    assert word not in extractor.nlp.vocab.strings


def test_what_was_read_needs_no_collector(extractor):
    """Else memory would grow while the collector waits."""
    text = "La maire Jeanne Roux a promis mardi deux écoles. « Rien n'est joué », dit-elle."
    extractor.read(text, "2025-12-04")
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            extractor.read(text, "2025-12-04")
        left = gc.collect() / 20
    finally:
        gc.enable()
    assert left < 20  # objects of a text; the parser of spaCy leaves a dozen
