from hypothesis import given
from hypothesis import strategies as st

from sources.shingles import ENTRIES, shared, shingles, sketch

DISPATCH = (
    "Le ministre a annoncé mardi à Paris que le pont serait fermé dès lundi aux camions de plus de "
    "trois tonnes. Les habitants du quartier demandent une navette gratuite."
)


def test_case_punctuation_and_spaces_make_no_difference():
    assert shingles("« Le pont,\xa0il est FERMÉ »") == shingles("Le pont il est fermé")


def test_a_text_has_all_of_its_own_words():
    assert shared(shingles(DISPATCH), shingles(f"Avec l'agence. {DISPATCH} À lire aussi.")) == 1


def test_another_text_has_none_of_them():
    assert shared(shingles(DISPATCH), shingles("Tout autre chose est écrit dans ce texte.")) == 0


def test_a_sketch_never_changes():
    assert sketch(DISPATCH)[:2] == [-4353525743283972091, -3440863365147939601]


def test_a_word_changed_leaves_entries_of_the_sketch():
    assert set(sketch(DISPATCH)) & set(sketch(DISPATCH.replace("mardi", "hier")))


@given(st.text())
def test_every_text_has_a_sketch_that_fits_its_column(text):
    entries = sketch(text)
    assert len(entries) == ENTRIES
    assert all(-(2**63) <= entry < 2**63 for entry in entries)
