"""What two sayings have to do with one another."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.comparison import Code, Relation, Saying, compare, read
from sources.partial_date import PartialDate

ONE, ANOTHER = frozenset([1]), frozenset([2])
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            "ne pas jamais 33 pages un tiers sur trois 2024 mars mille cent quatre vingt % € entre "
            "et 10 15 Macron n' que personne the not of half million - ’ , . plus de 18h30".split()
        ),
        max_size=25,
    ).map(" ".join),
)


def compared(first, second, speakers=(ONE, ONE), dates=("2025-03-03", "2025-03-05"), language="fr"):
    readings = [
        read(Saying(text, language, who, PartialDate.parse(day)))
        for text, who, day in zip((first, second), speakers, dates, strict=True)
    ]
    return compare(*readings)


def codes(comparison):
    return {reason.code for reason in comparison.reasons}


def test_33_pages_and_35_pages_are_never_the_same_claim():
    found = compared("Le rapport compte 33 pages.", "Le rapport compte 35 pages.")
    assert found.repeats == 0
    assert Code.OTHER_NUMBER in codes(found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Un tiers des élèves sont absents.", "33 % des élèves sont absents."),
        ("La Russie a attaqué l'Ukraine.", "L'Ukraine a été attaquée par la Russie."),
        ("Le chômage a augmenté de 3 % en France.", "En France, le chômage a progressé de 3 %."),
        ("Le maire de Saint-Amand va démissionner.", "Le maire de Saint-Amand va demissioner."),
    ],
)
def test_the_same_in_other_words_repeats(first, second):
    assert compared(first, second).relation == Relation.REPEATS


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("J'ai rencontré cet industriel.", "Je n'ai jamais rencontré cet industriel."),
        ("En 2024, les impôts ont baissé.", "En 2024, les impôts ont augmenté."),
    ],
)
def test_the_opposite_by_the_same_speaker_contradicts(first, second):
    assert compared(first, second).relation == Relation.CONTRADICTS


def test_what_ended_is_not_said_again():
    found = compared("Les États-Unis arment l'OTAN.", "Washington n'arme plus l'OTAN.")
    assert found.repeats == 0


def test_two_who_disagree_do_not_contradict_themselves():
    said = "Je veux cette loi.", "Je ne veux pas de cette loi."
    assert compared(*said, speakers=(ONE, ANOTHER)).contradicts == 0
    assert compared(*said, speakers=(ONE, frozenset())).contradicts == 0


def test_a_role_that_ended_later_is_an_update():
    found = compared(
        "Karim Benhaddou est directeur de l'agence.",
        "Karim Benhaddou n'est plus directeur de l'agence.",
        dates=("2024-02-10", "2025-10-01"),
    )
    assert found.relation == Relation.UPDATES


def test_who_does_it_to_whom_matters():
    found = compared(
        "La Serbie a livré des armes au Mali.", "Le Mali a livré des armes à la Serbie."
    )
    assert found.repeats == 0
    assert Code.OTHER_ROLES in codes(found)


def test_the_same_number_of_another_unit_is_another_claim():
    found = compared("Le blé a perdu 12 % en mars.", "Le blé a perdu 12 euros en mars.")
    assert found.repeats == 0


def test_which_is_the_earlier_one_the_dates_tell():
    first = read(Saying("Il est maire.", "fr", ONE, PartialDate.parse("2024-01-01")))
    second = read(Saying("Il n'est plus maire.", "fr", ONE, PartialDate.parse("2025-01-01")))
    assert compare(first, second) == compare(second, first)


def test_the_rarity_of_the_record_counts():
    first, second = read(Saying("Le budget de Vierzon")), read(Saying("Le budget de Lyon"))
    common = compare(first, second, {"budget": 9.0, "vierzon": 1.0, "lyon": 1.0})
    rare = compare(first, second, {"budget": 1.0, "vierzon": 9.0, "lyon": 9.0})
    assert common.repeats > rare.repeats


def test_a_reason_can_be_said():
    found = compared("Le rapport compte 33 pages.", "Le rapport compte 35 pages.")
    assert "33" in " ".join(map(str, found.reasons))


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["fr", "en", "de"]))
@example("9" * 400 + " euros", "1 euro", "fr")
@example("9" * 400 + " pages", "9" * 401 + " pages", "fr")
def test_any_two_texts_can_be_compared(one, other, language):
    first, second = (read(Saying(t, language, ONE)) for t in (one, other))
    found = compare(first, second)
    assert 0 <= found.repeats + found.contradicts + found.updates <= 1 + 1e-9


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_text_repeats_itself(text):
    reading = read(Saying(text, "fr", ONE))
    if any(word.kind != "stop" for word in reading.words):
        assert compare(reading, reading).repeats >= 0.95


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_what_numbers_and_speakers_rule_out_is_so_both_ways(one, other):
    first, second = read(Saying(one, "fr", ONE)), read(Saying(other, "fr", ANOTHER))
    assert compare(first, second).contradicts == compare(second, first).contradicts == 0
    assert (compare(first, second).repeats == 0) == (compare(second, first).repeats == 0)


def test_a_megabyte_is_read_in_bounds():
    reading = read(Saying("le chômage baisse de 3 % " * 40_000))
    assert len(reading.words) < 2_000


@pytest.mark.parametrize(
    "texts",
    [
        ("Druce sera accusé, a déclaré Conte.", "Conte a déclaré que Druce sera accusé."),
        (
            "Un homme assis par terre joue de la guitare.",
            "Un homme assis par terre est en train de gratter une guitare.",
        ),
    ],
)
def test_a_reporting_clause_at_the_end_or_another_passive_exchanges_no_roles(texts):
    assert Code.OTHER_ROLES not in codes(compared(*texts))
