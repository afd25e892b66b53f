"""The first page."""

import pytest
from django.utils.timezone import localdate

from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    RatingFactory,
    UserFactory,
    VerificationFactory,
)
from tests.pages import shown
from tests.record import supersede, verify, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def part(client, name: str, path="/en/") -> str:
    """A section of the first page, by the id of its heading."""
    page = shown(client, path)
    return page.partition(f'<section aria-labelledby="{name}"')[2].partition("</section>")[0]


def worded(wording, **fields):
    return ClaimFactory(accepted=True, wording=wording, **fields)


def test_the_lead_is_what_was_verified_last(client):
    verify(worded("Une école ouvre."))
    last = verify(worded("Deux écoles ouvrent."), at=NOON.replace(hour=13))
    stories = part(client, "verified")
    assert stories.index("Deux écoles") < stories.index("Une école")
    assert last.summary in stories
    assert "Imprecise" in stories


def test_a_finding_that_was_superseded_or_withdrawn_is_no_story(client):
    old = verify(ClaimFactory(accepted=True))
    supersede(old, summary="Tout est exact.")
    gone = withdrawn(verify(worded("Une école ouvre.")), "Faux.")
    stories = part(client, "verified")
    assert "Tout est exact." in stories
    assert old.summary not in stories
    assert gone.summary not in stories


def test_of_what_is_being_checked_only_that_is_told(client):
    author = UserFactory(username="redactrice")
    VerificationFactory(
        claims=[worded("Une école ouvre.")],
        summary="Aucune école n’ouvre.",
        rating=RatingFactory(value="false"),
        author=author,
    )
    assert "Une école ouvre." in part(client, "checked")
    page = shown(client, "/en/")
    assert [text for text in ("Aucune école", "redactrice", "rating-false") if text in page] == []


def test_a_candidate_that_is_being_checked_is_not_told(client):
    VerificationFactory(claims=[ClaimFactory(wording="Une école ouvre.")])
    assert "Une école ouvre." not in shown(client, "/en/")


def test_what_is_published_is_not_being_checked_any_more(client):
    verify(worded("Une école ouvre."))
    assert "Une école ouvre." not in part(client, "checked")


def test_two_drafts_about_a_claim_tell_it_once(client):
    claim = worded("Une école ouvre.")
    for _draft in range(2):
        VerificationFactory(claims=[claim])
    assert part(client, "checked").count("Une école ouvre.") == 1


def test_what_changed_tells_where_it_stood_and_stands(client):
    supersede(verify(ClaimFactory(accepted=True)), rating=RatingFactory(value="false"))
    changed = part(client, "changed")
    assert (
        changed.index("Verified anew") < changed.index("Imprecise") < changed.index("rating-false")
    )


def test_a_development_is_named_where_it_changed_something(client):
    assert EffectFactory().development.title in part(client, "changed")


def test_what_comes_due_next_is_first(client):
    for due in ("2199", "2198-05"):
        ForecastFactory(due_on=PartialDate.parse(due))
    soon = part(client, "soon")
    assert soon.index("May 2198") < soon.index("2199")


def test_what_is_due_without_an_outcome_is_told_apart(client):
    with record_clock(NOON):
        ForecastFactory(due_on=PartialDate.parse("2026-01"))
    soon = part(client, "soon")
    assert soon.index("Its time has come") < soon.index("January 2026")


def test_what_was_due_later_is_so_on_an_earlier_day(client):
    with record_clock(NOON):
        ForecastFactory(due_on=PartialDate.parse("2026-01"))
    soon = part(client, "soon", "/en/?as_of=2025-12-20")
    assert "January 2026" in soon
    assert "Its time has come" not in soon


def test_what_was_being_checked_then_is_told_of_that_day(client):
    with record_clock(NOON):
        claim = worded("Une école ouvre.")
        VerificationFactory(claims=[claim])
    assert "Une école ouvre." in part(client, "checked", "/en/?as_of=2025-12-20")


def test_the_page_of_today_is_that_of_now(client):
    verify(worded("Une école ouvre."))
    assert "Une école ouvre." in part(client, "verified", f"/en/?as_of={localdate()}")


def test_an_empty_record_says_so_in_sentences(client):
    page = shown(client, "/en/")
    sentences = (
        "No claim is being checked at the moment.",
        "No claim has been published yet.",
        "nothing has been verified, and nothing has happened since",
        "No prediction or commitment waits for its date.",
    )
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_without_a_finding_the_latest_claims_lead(client):
    worded("Une école ouvre.")
    page = shown(client, "/en/")
    assert page.count('class="front"') == 1
    assert "Une école ouvre." in part(client, "latest")


def test_the_latest_claims_are_those_that_are_not_told_already(client):
    verify(worded("Une école ouvre."))
    VerificationFactory(claims=[worded("Deux écoles ouvrent.")])
    worded("Trois écoles ouvrent.")
    latest = part(client, "latest")
    told = ("Une école ouvre.", "Deux écoles ouvrent.", "Trois écoles ouvrent.")
    assert [text for text in told if text in latest] == ["Trois écoles ouvrent."]


def test_without_further_claims_there_is_no_list_of_them(client):
    verify(worded("Une école ouvre."))
    assert "No claim has been published yet." not in shown(client, "/en/")
