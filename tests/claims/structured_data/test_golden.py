"""What is told of the record in full, as committed in golden/; UPDATE_GOLDEN=1 writes it anew."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import translation

from claims.correct import correct
from claims.models import Claim, Speaker, Verification
from claims.protected import keep_source
from claims.publish import publish, still_holds, submit
from claims.structured_data.claim import claim_page
from claims.structured_data.review import claim_review
from claims.structured_data.reviewed import reviewed_claims
from claims.structured_data.site import Site, home_page
from claims.structured_data.speaker import speaker_page
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    PublisherFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"
SITE = Site("https://constat.example")
LATER = NOON + timedelta(days=30)


def document(public_id, publisher, published_on, **fields):
    return DocumentFactory(
        public_id=public_id,
        publisher=PublisherFactory(name=publisher),
        title=f"Un article : {publisher}",
        published_on=published_on and PartialDate.parse(published_on),
        **fields,
    )


def sentence(in_document, text="La maire promet « deux » écoles."):
    return SentenceFactory(snapshot=SnapshotFactory(document=in_document, text=text))


@pytest.fixture
def promise():
    """A commitment two papers report, said again by another, with a forecast."""
    mayor = SpeakerFactory(public_id="speaker222", name="Jeanne Roux", wikidata_id="Q42")
    PositionFactory(speaker=mayor, title="élue", until=PartialDate.parse("2020"))
    PositionFactory(speaker=mayor, title="maire", since=PartialDate.parse("2020"))
    evening = document("dcmnt22222", "Le Soir", "2025-12-04", url="https://soir.example/ecoles")
    morning = document("dcmnt33333", "Le Matin", "2025-12-03", url="https://matin.example/1")
    claim = ClaimFactory(
        accepted=True,
        public_id="claim22222",
        sentence=sentence(evening),
        wording="deux écoles ouvriront à Vernaz",
        speaker=mayor,
    )
    claim.appearances.create(sentence=sentence(morning))
    with record_clock(NOON):
        ForecastFactory(claim=claim, due_on=PartialDate.parse("2026-09"))
    deputy = SpeakerFactory(
        public_id="speaker333",
        kind=Speaker.Kind.ANONYMOUS,
        name="un adjoint",
        within=document("dcmnt44444", "La Radio", "2025", language="en"),
    )
    again = ClaimFactory(
        accepted=True,
        public_id="claim33333",
        sentence=sentence(deputy.within, "Two schools will open."),
        speaker=deputy,
        said_on=None,
    )
    LinkFactory(accepted=True, claim=again, earlier=claim)
    return claim


@pytest.fixture
def verified(promise):
    """Its verification, with a protected source, corrected and looked at again."""
    with record_clock(NOON):
        draft = VerificationFactory(
            public_id="vrfctn2222",
            claims=[promise],
            summary="Une seule école est financée.",
            review_by=date(2026, 3, 1),
        )
        EvidenceFactory(
            verification=draft,
            document=document("dcmnt55555", "La Ville", "2025-11", kind="report"),
            archived_url="https://archive.example/budget",
        )
        hidden = EvidenceFactory(
            verification=draft, document=None, protected=True, note="Une agente confirme."
        )
        keep_source(hidden.pk, "Ida Nom", "06 00 00 00 00")
        submit(draft, draft.author)
        publish(draft, UserFactory())
    with record_clock(LATER):
        correct(draft, "update", "Le budget voté est ajouté.", UserFactory())
    with record_clock(LATER + timedelta(days=1)), time_machine.travel(LATER):
        still_holds(draft, date(2027, 1, 1), "Relu.", UserFactory())
    return Verification.objects.get(pk=draft.pk)


def assert_golden(name, data):
    path = GOLDEN / f"{name}.json"
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_a_verification(verified):
    claims = reviewed_claims(verified)
    assert_golden("verification", claim_review(verified, claims, verified.recheck, 1, SITE))


def test_the_page_of_a_claim(verified, promise):
    with record_clock(LATER):
        correct(promise, "clarification", "Le lieu est précisé.", UserFactory())
    row = Claim.objects.get(pk=promise.pk)
    row.shown_appearances = row.appearances.all()
    assert_golden("claim", claim_page(row, SITE))


@time_machine.travel(NOON)
def test_the_page_of_a_speaker(promise):
    assert_golden("speaker", speaker_page(promise.speaker, SITE))


def test_the_home_page():
    assert_golden("home", home_page(SITE))


def test_addresses_are_those_of_the_first_language_and_the_word_is_the_readers(verified):
    with translation.override("en"):
        told = claim_review(verified, reviewed_claims(verified), None, 1, SITE)
    assert told["url"] == "https://constat.example/verifications/vrfctn2222/"
    assert told["reviewRating"]["alternateName"] == "Imprecise"
