"""Where a claim stands and what it is linked with, as its page says."""

import pytest

from claims.resolve import resolve
from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    SentenceFactory,
    UserFactory,
)
from tests.pages import shown
from tests.record import verify, withdrawn

pytestmark = pytest.mark.django_db


class TestWhereAClaimStands:
    def test_is_its_verification(self, client):
        claim = ClaimFactory(accepted=True)
        verify(claim)
        assert "Imprécis" in standing(client, claim)

    def test_is_an_effect_that_came_later(self, client):
        claim = ClaimFactory(accepted=True)
        verify(claim)
        effect = EffectFactory(claim=claim, kind="contradicts")
        section = standing(client, claim)
        assert effect.development.title in section
        assert "Imprécis" not in section

    def test_is_not_a_verification_that_was_withdrawn(self, client):
        claim = ClaimFactory(accepted=True)
        withdrawn(verify(claim), "La source s’est rétractée.")
        assert "Imprécis" not in standing(client, claim)

    def test_is_the_verification_of_what_it_repeats_and_says_so(self, client):
        link = LinkFactory(accepted=True)
        verification = verify(link.earlier)
        section = standing(client, link.claim)
        assert verification.get_absolute_url() in section
        assert link.earlier.get_absolute_url() in section

    def test_is_said_in_lists_with_the_claim_whose_verification_it_is(self, client):
        link = LinkFactory(accepted=True)
        verify(link.earlier)
        page = shown(client, link.claim.speaker)
        assert "Imprécis" in page
        assert link.earlier.get_absolute_url() in page

    def test_is_not_that_of_a_repeat_nobody_confirmed(self, client):
        link = LinkFactory()
        verify(link.earlier)
        assert "Imprécis" not in shown(client, link.claim)


def standing(client, claim) -> str:
    """What the page of a claim says of where it stands."""
    return shown(client, claim).partition('id="standing"')[2].partition("</section>")[0]


@pytest.mark.usefixtures("english")
class TestLinksBetweenClaims:
    @pytest.mark.parametrize(
        ("kind", "told", "told_of_the_earlier"),
        [
            ("repeats", "Says again what another speaker said", "Said again by another speaker"),
            ("contradicts", "Contradicts", "Contradicted later by"),
            ("updates", "Updates", "Updated later by"),
        ],
    )
    def test_are_told_from_both_ends(self, client, kind, told, told_of_the_earlier):
        link = LinkFactory(accepted=True, kind=kind)
        later, earlier = elsewhere(client, link.claim), elsewhere(client, link.earlier)
        assert told in later
        assert link.earlier.get_absolute_url() in later
        assert told_of_the_earlier in earlier
        assert link.claim.get_absolute_url() in earlier

    def test_tell_the_same_speaker_from_another(self, client):
        earlier = ClaimFactory(accepted=True)
        again = ClaimFactory(accepted=True, speaker=earlier.speaker)
        LinkFactory(accepted=True, claim=again, earlier=earlier)
        assert "the same speaker" in elsewhere(client, again)

    def test_between_documents_that_speak_are_those_of_another_speaker(self, client):
        narrated = {"accepted": True, "speaker": None, "quotation": "none"}
        again, earlier = ClaimFactory(**narrated), ClaimFactory(**narrated)
        LinkFactory(accepted=True, claim=again, earlier=earlier)
        assert "another speaker" in elsewhere(client, again)

    def test_nobody_accepted_are_not_shown(self, client):
        link = LinkFactory()
        assert link.earlier.get_absolute_url() not in shown(client, link.claim)

    def test_to_a_claim_that_is_not_published_are_not_shown(self, client):
        link = LinkFactory(accepted=True, earlier=ClaimFactory())
        assert link.earlier.get_absolute_url() not in shown(client, link.claim)


def elsewhere(client, claim) -> str:
    return shown(client, claim).partition('id="elsewhere"')[2].partition("</section>")[0]


def test_an_outcome_recorded_anew_is_shown_with_the_one_before(client, english):
    with record_clock(NOON):
        forecast = ForecastFactory()
    development = DevelopmentFactory(accepted=True)
    for outcome in ("broken", "kept_late"):
        resolve(forecast, outcome, development.occurred_on, development, UserFactory())
    section = shown(client, forecast.claim).partition('id="forecast"')[2].partition("</section>")[0]
    assert ("Kept late" in section, "Before that:" in section, "broken" in section) == (True,) * 3


def test_a_claim_leads_to_the_pages_of_documents_that_report_it_too(client):
    claim = ClaimFactory(accepted=True)
    copy = SentenceFactory()
    claim.appearances.create(sentence=copy)
    page = client.get(claim.get_absolute_url()).content.decode()
    address = copy.snapshot.document.get_absolute_url()
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
