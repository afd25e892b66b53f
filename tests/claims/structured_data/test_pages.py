"""What the pages carry for machines."""

import io
import json
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils.timezone import localdate

from claims.claim_review.items import items
from claims.claim_review.normalise import normalise
from claims.claim_review.read import read, reviews_in
from claims.models import Claim, Forecast, Scale, Speaker
from claims.protected import keep_source
from claims.publish import publish, submit
from claims.structured_data.review import claim_review, rating
from claims.structured_data.reviewed import reviewed_claims
from claims.structured_data.site import Site
from claims.templatetags.structured_data import script, verification_data
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.pages import shown
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 \u2029 ]]>"


def carried(client, row_or_path) -> list:
    """The JSON-LD of a page, as our own reader finds it."""
    page = shown(client, row_or_path).encode()
    return [item.value for item in items(io.BytesIO(page)) if item.value]


def reviewed(client, row) -> list:
    """The ClaimReviews of a page."""
    if "application/ld+json" not in shown(client, row):
        return []
    return list(reviews_in(carried(client, row)))


class TestTheReview:
    def test_is_read_back_with_the_same_claim_rating_and_dates(self, client, settings):
        settings.ALLOWED_HOSTS = ["constat.example"]
        client.defaults["HTTP_HOST"] = "constat.example"
        claim = ClaimFactory(
            accepted=True, wording="Deux écoles ouvriront.", said_on=PartialDate.parse("2025-11")
        )
        verification = verify(claim)
        (review,) = map(read, reviewed(client, verification))
        assert review.claim_reviewed == "Deux écoles ouvriront."
        assert review.author_name == claim.speaker.name
        assert review.said_on == claim.said_on
        assert review.published_on == PartialDate.day(NOON.date())
        assert review.url == f"http://constat.example{verification.get_absolute_url()}"
        assert (review.publisher, review.language) == ("Constat", "fr")
        numbers = review.rating_value, review.best_rating, review.worst_rating
        assert numbers == ("2", "3", "1")
        assert normalise(review.rating_text, *numbers) == "imprecise"

    def test_is_the_same_below_en_but_for_the_word(self, client):
        verification = verify(ClaimFactory(accepted=True))
        (french,) = reviewed(client, verification)
        (english,) = reviewed(client, f"/en{verification.get_absolute_url()}")
        assert english["reviewRating"]["alternateName"] == "Imprecise"
        for one in (french, english):
            one["reviewRating"].update(name="", alternateName="")
        assert french == english

    def test_is_one_a_page_with_every_claim_it_is_the_finding_on(self, client):
        own, other, same = ClaimFactory.create_batch(3, accepted=True)
        verification = verify(own, other)
        LinkFactory(accepted=True, claim=same, earlier=other)
        far = LinkFactory(accepted=True, earlier=same).claim
        (review,) = reviewed(client, verification)
        found = [claim["url"].split("/")[-2] for claim in review["itemReviewed"]]
        assert found == [claim.public_id for claim in (own, other, same, far)]

    def test_leaves_out_repeats_with_a_verification_of_their_own(self, client):
        link = LinkFactory(accepted=True)
        verify(link.claim)
        (review,) = reviewed(client, verify(link.earlier))
        assert review["itemReviewed"]["url"].endswith(link.earlier.get_absolute_url())

    @pytest.mark.parametrize("proposed_or_hidden", ["proposed", "hidden"])
    def test_leaves_out_what_is_not_public(self, client, proposed_or_hidden):
        claim = ClaimFactory(accepted=True)
        if proposed_or_hidden == "proposed":
            LinkFactory(earlier=claim)
        else:
            LinkFactory(accepted=True, earlier=claim, claim=ClaimFactory())
        (review,) = reviewed(client, verify(claim))
        assert isinstance(review["itemReviewed"], dict)

    def test_is_on_the_version_in_force_only(self, client):
        old = verify(ClaimFactory(accepted=True))
        new = supersede(old)
        assert reviewed(client, old) == []
        (review,) = reviewed(client, new)
        assert review["version"] == 2

    def test_is_not_there_once_withdrawn(self, client):
        verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        assert "ld+json" not in shown(client, verification, 410)

    def test_is_not_on_a_page_of_another_time(self, client):
        address = verify(ClaimFactory(accepted=True)).get_absolute_url()
        assert "ld+json" not in shown(client, f"{address}?as_of={localdate()}")

    def test_is_not_in_a_preview(self):
        verification = verify(ClaimFactory(accepted=True))
        request = RequestFactory().get("/")
        context = {"preview": True, "request": request}
        assert verification_data(context, verification, [verification]) == ""
        assert verification_data(context | {"preview": False}, verification, [verification])

    def test_never_names_a_protected_source(self, client):
        draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
        piece = EvidenceFactory(verification=draft, document=None, protected=True, note="Note.")
        keep_source(piece.pk, "Ida Nom", "")
        submit(draft, draft.author)
        publish(draft, UserFactory())
        (review,) = reviewed(client, draft)
        assert "citation" not in review

    def test_expires_when_it_is_to_be_looked_at_again(self, client):
        day = (NOON + timedelta(days=90)).date()
        (review,) = reviewed(client, verify(ClaimFactory(accepted=True), review_by=day))
        assert review["expires"] == day.isoformat()

    def test_does_not_expire_by_a_forecast_that_has_its_outcome(self):
        claim = ClaimFactory(accepted=True, kind=Claim.Kind.PREDICTION)
        verification = verify(claim)
        with record_clock(NOON):
            ForecastFactory(claim=claim)
        (told,) = reviewed_claims(verification)
        assert told.forecast.outcome == ""
        told.forecast.outcome = Forecast.Outcome.HAPPENED
        assert "expires" not in claim_review(verification, [told], None, 1, Site("https://x.test"))

    def test_does_not_grade_what_is_no_degree_of_truth(self):
        scale = Scale.objects.create(version=7, methodology="…", valid_from=NOON.date())
        for position, value in enumerate(["true", "false", "unverifiable"], start=1):
            scale.ratings.create(
                value=value,
                label_fr=value,
                label_en=value,
                definition_fr="…",
                definition_en="…",
                position=position,
            )
        numbers = [rating(one, "").get("ratingValue") for one in scale.ratings.order_by("position")]
        assert numbers == [2, 1, None]

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        claims = ClaimFactory.create_batch(3, accepted=True)
        for claim in claims:
            PositionFactory(speaker=claim.speaker)
            claim.appearances.create(sentence=ClaimFactory().sentence)
            LinkFactory(accepted=True, earlier=claim)
        verification = verify(*claims, evidence=[{}, {}])
        with counted_queries("verification page with repeats"):
            shown(client, verification)


class TestAClaim:
    def test_tells_of_its_verification_without_repeating_the_review(self, client):
        claim = ClaimFactory(accepted=True)
        verification = verify(claim)
        ((page,), reviews) = carried(client, claim), reviewed(client, claim)
        assert page["mainEntity"]["@type"] == "Claim"
        assert page["mainEntity"]["subjectOf"]["url"].endswith(verification.get_absolute_url())
        assert reviews == []

    def test_does_not_point_at_a_withdrawn_verification(self, client):
        claim = ClaimFactory(accepted=True)
        withdrawn(verify(claim), "La source est un faux.")
        (page,) = carried(client, claim)
        assert "subjectOf" not in page["mainEntity"]

    def test_has_no_author_where_nobody_is_established(self, client):
        (page,) = carried(client, ClaimFactory(accepted=True, speaker=None))
        assert "author" not in page["mainEntity"]

    def test_has_the_publisher_for_an_author_where_the_document_speaks(self, client):
        claim = ClaimFactory(accepted=True, speaker=None, quotation=Claim.Quotation.NONE)
        (page,) = carried(client, claim)
        assert page["mainEntity"]["author"]["name"] == claim.document.publisher.name

    def test_of_a_document_is_a_part_of_it(self, client):
        report = SpeakerFactory(kind=Speaker.Kind.DOCUMENT, name="Stratégie nationale")
        (page,) = carried(client, ClaimFactory(accepted=True, speaker=report))
        assert "author" not in page["mainEntity"]
        assert page["mainEntity"]["isPartOf"]["name"] == "Stratégie nationale"


def test_a_speaker_is_the_subject_of_their_page(client):
    claim = ClaimFactory(accepted=True)
    (page,) = carried(client, claim.speaker)
    assert page["mainEntity"]["name"] == claim.speaker.name


def test_the_home_page_says_where_to_search(client):
    (home,) = carried(client, "/")
    (search,) = (one["potentialAction"] for one in home["@graph"] if "potentialAction" in one)
    template = search["target"]["urlTemplate"]
    assert template == "http://testserver/claims/?q={search_term_string}"


def test_nothing_in_a_claim_ends_the_script(client):
    claim = ClaimFactory(accepted=True, wording=HOSTILE)
    (page,) = carried(client, claim)
    assert page["mainEntity"]["text"] == HOSTILE


def test_a_script_has_no_sign_that_means_something_around_it():
    text = script({HOSTILE: HOSTILE})
    inside = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside) == {HOSTILE: HOSTILE}
