"""The order of claims that have the words of a query."""

import pytest

from claims.models import Claim
from claims.models import found as module
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory
from tests.record import verify

pytestmark = pytest.mark.django_db


def said(quote: str, on: str | None = "2025-06-01", **fields) -> Claim:
    said_on = PartialDate.parse(on) if on else None
    return ClaimFactory(accepted=True, quote=quote, said_on=said_on, **fields)


def best(text: str) -> list[Claim]:
    return list(Claim.objects.best(text))


def test_what_was_said_later_comes_first_of_two_that_match_alike():
    later = said("Le budget double.", on="2025-06")
    earlier = said("Le budget double.", on="2015")
    assert best("budget") == [later, earlier]


def test_what_matches_far_better_comes_first_though_it_is_older():
    older = said("Le budget double.", on="2024-06-01")
    said("Le budget de la ville est grand, et la somme double.", on="2025-06-01")
    assert best("budget double")[0] == older


def test_what_was_checked_comes_before_what_was_said_a_little_later():
    checked = said("Le budget double.", on="2024-06-01")
    other = said("Le budget double.", on="2025-06-01")
    assert best("budget") == [other, checked]
    verify(checked)
    assert best("budget") == [checked, other]


def test_a_claim_of_an_unknown_day_is_as_old_as_its_finding():
    old = said("Le budget double.", on="2005")
    undated = said("Le budget double.", on=None)
    assert best("budget") == [undated, old]


def test_the_words_that_are_shown_count_for_more_than_those_they_were_worded_from():
    said("Le budget double.", wording="La dépense de la ville double.")
    shown = said("La dépense double.", wording="Le budget de la ville double.")
    assert best("budget")[0] == shown


def test_of_very_many_those_checked_last_are_ranked_with_the_latest(monkeypatch):
    monkeypatch.setattr(module, "RANKED", 2)
    claims = [said(f"Le budget {number} double.") for number in range(6)]
    verify(claims[1])
    assert best("budget")[0] == claims[1]
    assert claims[2] not in best("budget")
