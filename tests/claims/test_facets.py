"""What a search may be narrowed by: counted over what was found."""

import pytest
from django.http import QueryDict

from claims import facets as module
from claims.facets import chosen, facets
from claims.query import ClaimQuery
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, RatingFactory, SpeakerFactory
from tests.record import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def offered(asked: str = "") -> dict[str, dict[str, str]]:
    """Of each facet, how many there are of each label."""
    query = ClaimQuery.parse(QueryDict(asked))
    found = list(query.found().values_list("pk", flat=True))
    return {
        facet.title: {choice.label: str(choice.counted) for choice in facet.choices}
        for facet in facets(query, found)
    }


def taken_back(asked: str) -> dict[str, dict]:
    query = ClaimQuery.parse(QueryDict(asked))
    return {choice.label: choice.asked for choice in chosen(query)}


def test_kinds_are_counted():
    for kind in ("fact", "fact", "opinion"):
        ClaimFactory(accepted=True, kind=kind)
    assert offered()["Kind"] == {"Fact": "2", "Opinion": "1"}


def test_standings_are_counted():
    claims = [ClaimFactory(accepted=True) for _claim in range(3)]
    verify(claims[0], rating=RatingFactory(value="false"))
    assert offered()["Standing"] == {"Not verified yet": "2", "False": "1"}


def test_speakers_are_counted_but_not_the_document_itself():
    speaker = SpeakerFactory(name="le maire")
    ClaimFactory.create_batch(2, accepted=True, speaker=speaker)
    ClaimFactory(accepted=True, speaker=None, quotation="none")
    assert offered()["Speaker"] == {"Le maire": "2"}


def test_publishers_are_counted():
    claim = ClaimFactory(accepted=True)
    assert offered()["Publisher"] == {claim.document.publisher.name: "1"}


def test_years_are_counted_the_latest_first():
    for date in ("2024-05-02", "2025", "2025-12"):
        ClaimFactory(accepted=True, said_on=PartialDate.parse(date))
    ClaimFactory(accepted=True, said_on=None)
    assert list(offered()["Period"].items()) == [("2025", "2"), ("2024", "1")]


def test_in_a_year_months_are_counted_with_what_may_have_been_said_in_them():
    for date in ("2025-12-03", "2025-12", "2025"):
        ClaimFactory(accepted=True, said_on=PartialDate.parse(date))
    months = offered("from=2025&to=2025")["Period"]
    assert (len(months), months["December 2025"], months["January 2025"]) == (12, "3", "1")


@pytest.mark.parametrize("year", ["2024", "2025", "2025-12"])
def test_as_many_are_found_as_are_counted(year):
    for date in ("2024", "2024-12-31", "2025-12-03", "2025-12", "2025", "2026-01-01"):
        ClaimFactory(accepted=True, said_on=PartialDate.parse(date))
    within = f"from={year[:4]}&to={year[:4]}" if len(year) > 4 else ""
    query = ClaimQuery.parse(QueryDict(f"from={year}&to={year}"))
    label = str(PartialDate.parse(year))
    assert offered(within)["Period"][label] == str(query.found().count())


def test_what_was_chosen_is_offered_no_more():
    claim = ClaimFactory(accepted=True)
    every_filter = (
        f"kind=commitment&standing=unverified&speaker={claim.speaker.public_id}"
        f"&publisher={claim.document.publisher.public_id}&from=2025-12&to=2025-12"
    )
    assert offered(every_filter) == {}


def test_the_most_frequent_are_offered(monkeypatch):
    monkeypatch.setattr(module, "SHOWN", 1)
    for kind in ("opinion", "fact", "fact"):
        ClaimFactory(accepted=True, kind=kind)
    assert offered()["Kind"] == {"Fact": "2"}


def test_beyond_the_bound_there_may_be_more(monkeypatch):
    monkeypatch.setattr(module, "BOUND", 2)
    ClaimFactory.create_batch(3, accepted=True)
    assert offered()["Kind"] == {"Commitment": "2+"}


def test_a_choice_keeps_what_else_is_asked():
    claim = ClaimFactory(accepted=True, quote="Le budget.")
    query = ClaimQuery.parse(QueryDict("q=budget"))
    kinds = next(f for f in facets(query, [claim.pk]) if f.title == "Kind")
    assert [choice.asked for choice in kinds.choices] == [{"q": "budget", "kind": "commitment"}]


def test_one_of_several_speakers_is_taken_back():
    ids = {
        name: ClaimFactory(accepted=True, speaker=SpeakerFactory(name=name)).speaker.public_id
        for name in ("Anne", "Bruno")
    }
    asked = f"kind=commitment&speaker={ids['Anne']}&speaker={ids['Bruno']}"
    assert taken_back(asked)["Anne"] == {"kind": "commitment", "speaker": [ids["Bruno"]]}


def test_a_period_is_taken_back_whole():
    assert taken_back("q=budget&from=2025") == {"Since 2025": {"q": "budget"}}


def test_words_are_no_filter():
    assert taken_back("q=budget") == {}
