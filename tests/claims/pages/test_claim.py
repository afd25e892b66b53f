"""The page of a claim: where it stands, what became of it, what it is linked with."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from claims.decide import accept
from claims.models import Claim
from claims.resolve import resolve
from claims.split import split
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.pages import shown
from tests.record import supersede, verify, withdrawn

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
        later, earlier = course(client, link.claim), course(client, link.earlier)
        assert told in later
        assert link.earlier.get_absolute_url() in later
        assert told_of_the_earlier in earlier
        assert link.claim.get_absolute_url() in earlier

    def test_tell_the_same_speaker_from_another(self, client):
        earlier = ClaimFactory(accepted=True)
        again = ClaimFactory(accepted=True, speaker=earlier.speaker)
        LinkFactory(accepted=True, claim=again, earlier=earlier)
        assert "the same speaker" in course(client, again)

    def test_between_documents_that_speak_are_those_of_another_speaker(self, client):
        narrated = {"accepted": True, "speaker": None, "quotation": "none"}
        again, earlier = ClaimFactory(**narrated), ClaimFactory(**narrated)
        LinkFactory(accepted=True, claim=again, earlier=earlier)
        assert "another speaker" in course(client, again)

    def test_nobody_accepted_are_not_shown(self, client):
        link = LinkFactory()
        assert link.earlier.get_absolute_url() not in shown(client, link.claim)

    def test_to_a_claim_that_is_not_published_are_not_shown(self, client):
        link = LinkFactory(accepted=True, earlier=ClaimFactory())
        assert link.earlier.get_absolute_url() not in shown(client, link.claim)


def course(client, claim) -> str:
    """What the page of a claim tells of it, from the words to today."""
    return section(client, claim, "timeline")


def section(client, claim, name: str) -> str:
    return shown(client, claim).partition(f'id="{name}"')[2].partition("</section>")[0]


@pytest.mark.usefixtures("english")
class TestTheTimeline:
    def test_tells_an_outcome_recorded_anew_with_the_one_before(self, client):
        with record_clock(NOON):
            forecast = ForecastFactory()
        development = DevelopmentFactory(accepted=True)
        for outcome in ("broken", "kept_late"):
            resolve(forecast, outcome, development.occurred_on, development, UserFactory())
        told = course(client, forecast.claim)
        places = [told.index(words) for words in (forecast.criteria, "broken", "kept late")]
        assert places == sorted(places)

    def test_is_where_its_standing_leads(self, client):
        effect = EffectFactory(kind="contradicts")
        address = f'href="#{effect.development.public_id}"'
        assert address in standing(client, effect.claim)
        assert f'id="{effect.development.public_id}"' in course(client, effect.claim)

    def test_tells_where_the_claim_stood_from_then_on(self, client):
        effect = EffectFactory(kind="contradicts")
        told = course(client, effect.claim).partition(effect.development.title)[2]
        assert "Contradicted" in told.partition("From then on:")[2].partition("</li>")[0]

    def test_tells_each_version_with_its_rating(self, client):
        claim = ClaimFactory(accepted=True)
        old = verify(claim)
        new = supersede(old, rating=RatingFactory(value="true"))
        told = course(client, claim)
        places = [told.index(words) for words in ("Imprecise", old.get_absolute_url(), "True")]
        assert places == sorted(places)
        assert new.get_absolute_url() in told

    def test_links_reports_to_their_place_in_the_document(self, client):
        claim = ClaimFactory(accepted=True)
        copy = SentenceFactory()
        claim.appearances.create(sentence=copy)
        address = f"{copy.snapshot.document.get_absolute_url()}#mark-{claim.public_id}"
        assert f'href="{address}"' in course(client, claim)

    def test_says_what_is_to_come(self, client):
        forecast = ForecastFactory(due_on=PartialDate.parse("2999"))
        assert "to come" in course(client, forecast.claim).partition(">2999<")[2]

    def test_of_a_past_day_tells_what_was_known_then(self, client):
        with record_clock(NOON):
            claim = ClaimFactory(accepted=True)
        first = verify(claim, at=NOON + timedelta(days=1), summary="Tout est exact.")
        supersede(first, at=NOON + timedelta(days=5), summary="Rien n’est exact.")
        query = {"as_of": f"{NOON + timedelta(days=2):%Y-%m-%d}"}
        page = client.get(claim.get_absolute_url(), query).content.decode()
        assert ["Tout est exact." in page, "Rien n’est exact." in page] == [True, False]


@pytest.mark.usefixtures("english")
class TestContradictions:
    @pytest.mark.parametrize(
        ("kind", "name", "other"),
        [("contradicts", "contradictions", "updates"), ("updates", "updates", "contradictions")],
    )
    def test_stand_side_by_side_and_apart_from_updates(self, client, kind, name, other):
        link = LinkFactory(accepted=True, kind=kind)
        for claim in (link.claim, link.earlier):
            told = section(client, claim, name)
            places = [
                told.index(words)
                for end in (link.earlier, link.claim)
                for words in (end.quote, end.speaker.name, end.document.title)
            ]
            assert places == sorted(places)
            assert section(client, claim, other) == ""

    def test_name_the_position_each_held_that_day(self, client):
        link = LinkFactory(accepted=True, kind="contradicts")
        PositionFactory(speaker=link.claim.speaker, title="préfet")
        assert "préfet" in section(client, link.earlier, "contradictions")

    def test_keep_quotation_marks_with_the_words(self, client):
        link = LinkFactory(accepted=True, kind="contradicts", claim__quotation="direct")
        told = section(client, link.earlier, "contradictions")
        assert f"«\u00a0<bdi>{link.claim.quote}</bdi>\u00a0»" in told

    def test_are_not_there_where_a_claim_is_only_repeated(self, client):
        assert section(client, LinkFactory(accepted=True).earlier, "contradictions") == ""


@pytest.mark.usefixtures("english")
class TestWhatWasSaidAgain:
    def test_tells_how_often_by_whom_and_who_said_it_first(self, client):
        first = ClaimFactory(accepted=True, said_on=PartialDate.parse("2020-03"))
        again = LinkFactory(accepted=True, earlier=first).claim
        third = LinkFactory(accepted=True, earlier=again).claim
        told = section(client, third, "said-again")
        assert re.search(r"\b3\b", told)
        assert first.get_absolute_url() in told
        assert all(claim.speaker.name in told for claim in (first, again, third))

    def test_leads_from_the_first_to_no_earlier_one(self, client):
        first = LinkFactory(accepted=True).earlier
        assert first.get_absolute_url() not in section(client, first, "said-again")

    def test_is_not_told_of_what_was_said_once(self, client):
        assert section(client, LinkFactory().claim, "said-again") == ""

    def test_shows_what_contradicts_a_claim_that_says_the_same(self, client):
        again = LinkFactory(accepted=True)
        against = LinkFactory(accepted=True, earlier=again.earlier, kind="contradicts")
        assert against.claim.quote in section(client, again.claim, "against")


@pytest.mark.usefixtures("english")
class TestParts:
    TEXT = "La ville ouvrira deux écoles et un gymnase."
    CONTENT, SCHOOLS, GYM = (0, 42), (17, 28), (32, 42)

    def compound(self, **fields) -> Claim:
        sentence = SentenceFactory(snapshot=SnapshotFactory(text=self.TEXT))
        parts = [self.SCHOOLS, self.GYM]
        return ClaimFactory(sentence=sentence, content=[self.CONTENT], parts=parts, **fields)

    def test_are_told_each_in_its_words(self, client):
        told = section(client, self.compound(accepted=True), "parts")
        assert "Deux écoles" in told
        assert "Un gymnase" in told

    def test_that_are_claims_lead_to_them_and_back(self, client):
        whole = self.compound()
        schools, gym = split(whole, [[self.SCHOOLS], [self.GYM]], UserFactory(), keep=True)
        accept(Claim.objects.filter(pk=gym.pk), UserFactory())
        assert gym.get_absolute_url() in section(client, whole, "parts")
        assert schools.get_absolute_url() not in shown(client, whole)
        assert whole.get_absolute_url() in section(client, gym, "sentence")


class TestCiting:
    def test_names_the_address_that_stays_and_the_one_of_today(self, client):
        claim = ClaimFactory(accepted=True, wording="Deux écoles ouvriront.")
        told = shown(client, claim).partition('class="citation"')[2].partition("</p>")[0]
        address = f"http://testserver{claim.get_absolute_url()}"
        words = (
            "Deux écoles ouvriront<", claim.speaker.name, "3 décembre 2025",
            f"{address} ", f"{address}?as_of={localdate()}",
        )  # fmt: skip
        assert [text for text in words if text not in told] == []

    def test_of_a_past_day_names_the_address_of_that_day(self, client):
        with record_clock(NOON):
            claim = ClaimFactory(accepted=True)
        page = client.get(claim.get_absolute_url(), {"as_of": "2025-12-09"}).content.decode()
        told = page.partition('class="citation"')[2].partition("</p>")[0]
        assert "?as_of=2025-12-09" in told


def test_a_claim_leads_to_the_pages_of_documents_that_report_it_too(client):
    claim = ClaimFactory(accepted=True)
    copy = SentenceFactory()
    claim.appearances.create(sentence=copy)
    page = client.get(claim.get_absolute_url()).content.decode()
    address = copy.snapshot.document.get_absolute_url()
    assert f'href="{address}#' in page
    assert client.get(address).status_code == 200


def test_a_claim_leads_to_all_of_its_publisher(client):
    claim = ClaimFactory(accepted=True)
    publisher = claim.document.publisher
    address = f"/claims/?publisher={publisher.public_id}"
    assert f'href="{address}">{publisher.name}' in shown(client, claim)
    assert claim.get_absolute_url() in shown(client, address)


def test_links_to_claims_say_the_language_of_their_words(client):
    snapshot = SnapshotFactory(text="Two schools will open.", document__language="en")
    later = ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=snapshot))
    link = LinkFactory(accepted=True, claim=later)
    effect = EffectFactory(claim=later)
    for page in (link.earlier, effect.development):
        assert f'href="{later.get_absolute_url()}" lang="en"' in shown(client, page)
