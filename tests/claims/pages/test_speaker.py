"""The page of a speaker."""

import pytest
from django.utils.timezone import localdate

from sources import lists
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, PositionFactory, SpeakerFactory
from tests.pages import shown
from tests.record import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def speaker():
    """With five verified claims and a commitment nothing decides."""
    speaker = SpeakerFactory(name="Jeanne Roux")
    verify(*(ClaimFactory(accepted=True, speaker=speaker, kind="fact") for _claim in range(5)))
    ClaimFactory(accepted=True, speaker=speaker)
    return speaker


def page(client, speaker, query=""):
    return shown(client, f"{speaker.get_absolute_url()}{query}")


def test_draws_its_numbers_and_has_the_table_behind_them(client, speaker):
    figure = page(client, speaker).partition('id="ratings"')[2].partition("</figure>")[0]
    assert '<svg role="img" aria-labelledby="ratings-title ratings-description"' in figure
    assert "5 verified claims" in figure
    table = figure.partition("<table>")[2]
    assert table.index("Imprecise") < table.index("<td>5</td>")


def test_few_numbers_are_told_and_not_drawn(client):
    claim = ClaimFactory(accepted=True)
    verify(claim)
    figure = page(client, claim.speaker).partition('id="ratings"')[2].partition("</figure>")[0]
    assert "<svg" not in figure
    assert "<td>1</td>" in figure


def test_without_numbers_it_says_so(client):
    claim = ClaimFactory(accepted=True, kind="opinion")
    assert "There is nothing to count yet" in page(client, claim.speaker)


def test_names_a_position_with_its_organisation_and_times(client, speaker):
    party = SpeakerFactory(kind="organisation", name="Parti des maires")
    since, until = PartialDate.parse("2014-04"), PartialDate.parse("2020-06")
    PositionFactory(speaker=speaker, organisation=party, since=since, until=until)
    head = page(client, speaker).partition('id="track"')[0]
    texts = ("Maire de Vernaz, Parti des maires", "April 2014", "June 2020")
    assert [text for text in texts if text not in head] == []


def test_tells_other_names_and_the_item_at_wikidata(client, speaker):
    speaker.aliases.create(name="Mme Roux")
    speaker.wikidata_id = "Q42"
    speaker.save()
    head = page(client, speaker)
    assert "Mme Roux" in head
    assert "https://www.wikidata.org/wiki/Q42" in head


def test_the_latest_said_is_first_and_what_has_no_day_last(client):
    speaker = SpeakerFactory()
    for wording, day in (("Ancien.", "2020"), ("Sans date.", None), ("Récent.", "2025-12-03")):
        said_on = day and PartialDate.parse(day)
        ClaimFactory(accepted=True, speaker=speaker, wording=wording, said_on=said_on)
    text = page(client, speaker)
    places = [text.index(wording) for wording in ("Récent.", "Ancien.", "Sans date.")]
    assert places == sorted(places)


def test_kinds_lead_to_the_search(client, speaker):
    address = f"/en/claims/?speaker={speaker.public_id}&amp;kind=fact"
    assert f'<a href="{address}">Fact</a> 5' in page(client, speaker)


def test_beyond_a_bound_claims_are_not_counted(client, speaker, monkeypatch):
    monkeypatch.setattr(lists, "BOUND", 4)
    text = page(client, speaker)
    assert "More than 4 claims" in text
    assert text.count('<article class="claim">') == 4
    assert "Look for older claims in the search" in text
    assert "Counted on" in text


def test_the_numbers_of_an_earlier_day_are_of_that_day(client, speaker):
    today = page(client, speaker, f"?as_of={localdate()}")
    assert "5 verified claims" in today
    assert f'as_of={localdate()}">Fact</a>' in today


def test_of_an_earlier_day_many_are_not_counted(client, speaker, monkeypatch):
    monkeypatch.setattr(lists, "BOUND", 4)
    text = page(client, speaker, f"?as_of={localdate()}")
    assert "counted of the present only" in text
    assert "<svg role" not in text
