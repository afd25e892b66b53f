"""How many claims are looked at for the words of a text."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claims.retrieval.reach import ALONE, quoted, reach
from claims.retrieval.words import Word

CLAIMS = 1_000_000


def word(stem: str, claims: float) -> Word:
    return Word(stem, (stem,), claims / CLAIMS, claims)


def test_rare_words_are_wanted_alone():
    assert reach([word("vernaz", 3), word("pont", 200)]) == ["'vernaz' | 'pont'"]


def test_commoner_words_are_wanted_together():
    words = [word("vernaz", 3), word("pont", 9_000), word("ferm", 12_000)]
    assert reach(words) == ["'vernaz'", "('pont') & ('ferm')"]


def test_of_words_that_are_all_common_every_one_is_wanted():
    words = [word("agir", 40_000), word("faut", 200_000), word("pay", 250_000)]
    assert reach(words) == ["('agir') & ('faut') & ('pay')"]


def test_words_that_nearly_all_claims_have_tell_nothing():
    assert reach([word("le", 600_000), word("fait", 700_000)]) == []


def test_a_word_alone_is_wanted_unless_it_is_very_common():
    assert reach([word("vernaz", 3)]) == ["'vernaz'"]
    assert reach([word("pay", 250_000)]) == []
    assert reach([]) == []


def test_what_means_the_same_is_wanted_beside_another():
    near = Word("", ("ocul", "ophtalmo"), 40 / CLAIMS, 40)
    words = [replace(word("ophtalmolog", 30), near=near), word("meylan", 700)]
    assert reach(words) == ["'ophtalmolog'", "('ocul' | 'ophtalmo') & ('meylan')"]


def test_what_means_the_same_is_not_wanted_if_very_many_claims_have_it():
    near = Word("", ("faut",), 0.5, CLAIMS / 2)
    words = [replace(word("vernaz", 3), near=near), word("pont", 200)]
    assert reach(words) == ["'vernaz' | 'pont'"]


@given(st.lists(st.integers(0, CLAIMS), min_size=2, max_size=40))
def test_words_wanted_alone_bring_no_more_than_the_bound(counts):
    words = [word(f"w{place}", claims) for place, claims in enumerate(sorted(counts))]
    alone = [query.split(" | ") for query in reach(words) if "&" not in query]
    by_stem = {quoted(each.text): each.claims for each in words}
    assert sum(by_stem[stem] for stems in alone for stem in stems) <= ALONE


def test_marks_in_a_stem_are_no_syntax():
    assert quoted("l'an\\ 2") == "'l''an\\\\ 2'"
