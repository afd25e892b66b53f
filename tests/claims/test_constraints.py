"""Each constraint of the record, tried from below Django's validation."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from psycopg.types.range import Int4Range

from claims.models import (
    Alias,
    Appearance,
    Claim,
    Correction,
    Development,
    Effect,
    Evidence,
    Forecast,
    Position,
    Rating,
    Reading,
    Repeat,
    Scale,
    Speaker,
    Verification,
)
from sources.models import Document, Publisher
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    PositionFactory,
    PublisherFactory,
    RatingFactory,
    ScaleFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def twice(make, **fields):
    make(**fields)
    make(**fields)


def forecast_with_outcome(**changes):
    forecast = ForecastFactory()
    outcome = {
        "outcome": "partly",
        "resolved_on": PartialDate.parse("2026-01-22"),
        "recorded_at": forecast.written_at + timedelta(days=1),
        "development": DevelopmentFactory(accepted=True),
    }
    Forecast.objects.filter(pk=forecast.pk).update(**outcome | changes)


def claim_twice():
    sentence = SentenceFactory()
    twice(ClaimFactory, sentence=sentence)


def repeat_of_itself():
    claim = ClaimFactory()
    Repeat.objects.create(claim=claim, again=claim)


def approved_by_its_author():
    editor = UserFactory()
    VerificationFactory(published=True, author=editor, approved_by=editor)


def position_backwards():
    PositionFactory(since=PartialDate.parse("2025"), until=PartialDate.parse("2024-12"))


BREACHES = {
    "publisher_name_once": lambda: twice(PublisherFactory, name="Le Journal"),
    "publisher_has_a_name": lambda: PublisherFactory(name=""),
    "document_url_once": lambda: twice(DocumentFactory, url="https://example.org/a"),
    "document_url_not_empty": lambda: DocumentFactory(url=""),
    "document_has_a_title": lambda: DocumentFactory(title=""),
    "snapshot_has_text": lambda: SnapshotFactory(text=""),
    "speaker_has_a_name": lambda: SpeakerFactory(name=""),
    "speaker_unnamed_within_a_document": lambda: SpeakerFactory(kind="anonymous"),
    "speaker_unnamed_once": lambda: twice(
        SpeakerFactory, kind="anonymous", name="élu", within=DocumentFactory()
    ),
    "speaker_wikidata_once": lambda: twice(SpeakerFactory, wikidata_id="Q7747"),
    "speaker_wikidata_is_an_item": lambda: SpeakerFactory(wikidata_id="P31"),
    "alias_once": lambda: twice(Alias.objects.create, speaker=SpeakerFactory(), name="Roux"),
    "alias_has_a_name": lambda: Alias.objects.create(speaker=SpeakerFactory(), name=""),
    "position_has_a_title": lambda: PositionFactory(title=""),
    "position_ends_after_it_begins": position_backwards,
    "position_once": lambda: twice(PositionFactory, speaker=SpeakerFactory()),
    "reading_once": lambda: twice(
        Reading.objects.create, snapshot=SnapshotFactory(), extractor="1"
    ),
    "claim_once": claim_twice,
    "claim_has_content": lambda: ClaimFactory(content=[]),
    "claim_narrated_without_speaker": lambda: ClaimFactory(quotation="none"),
    "claim_decided_by_somebody": lambda: ClaimFactory(status="accepted"),
    "claim_confidence_is_a_rate": lambda: ClaimFactory(confidence=1.1),
    "claim_check_worthiness_is_a_rate": lambda: ClaimFactory(check_worthiness=-0.1),
    "appearance_once": lambda: twice(
        Appearance.objects.create, claim=ClaimFactory(), sentence=SentenceFactory()
    ),
    "repeat_once": lambda: twice(Repeat.objects.create, claim=ClaimFactory(), again=ClaimFactory()),
    "repeat_of_another": repeat_of_itself,
    "scale_version_once": lambda: twice(
        Scale.objects.create, version=1, methodology="x", valid_from=NOON.date()
    ),
    "scale_has_a_methodology": lambda: ScaleFactory(methodology=""),
    "rating_value_once": lambda: Rating.objects.create(
        scale=RatingFactory().scale, value="imprecise", position=9
    ),
    "rating_position_once": lambda: Rating.objects.create(
        scale=RatingFactory(position=1).scale, value="true", position=1
    ),
    "verification_published_by_somebody": lambda: VerificationFactory(status="published"),
    "verification_approved_by_another": approved_by_its_author,
    "verification_is_worded": lambda: VerificationFactory(summary=""),
    "evidence_shows_something": lambda: EvidenceFactory(note=""),
    "development_is_told": lambda: DevelopmentFactory(account=""),
    "effect_once": lambda: twice(
        EffectFactory, development=DevelopmentFactory(), claim=ClaimFactory()
    ),
    "forecast_has_criteria": lambda: ForecastFactory(criteria=""),
    "forecast_outcome_is_complete": lambda: forecast_with_outcome(development=None),
    "forecast_criteria_before_outcome": lambda: forecast_with_outcome(recorded_at=NOON),
    "correction_concerns_one_thing": lambda: Correction.objects.create(kind="error", note="x"),
    "correction_has_a_note": lambda: Correction.objects.create(
        kind="error", note="", claim=ClaimFactory()
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses_a_breach_of(name):
    with pytest.raises(IntegrityError, match=name):
        BREACHES[name]()


def test_every_constraint_of_the_record_has_a_breach():
    models = (
        Publisher, Document, Speaker, Alias, Position, Reading, Claim, Appearance, Repeat, Scale,
        Rating, Verification, Evidence, Development, Effect, Forecast, Correction,
    )  # fmt: skip
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named <= set(BREACHES)


def test_an_outcome_that_is_complete_is_taken():
    forecast_with_outcome()
    assert Forecast.objects.get().outcome == "partly"


def test_contents_that_differ_by_one_character_are_two_claims():
    claim = ClaimFactory()
    ClaimFactory(sentence=claim.sentence, content=[Int4Range(0, claim.sentence.end - 1)])
    assert Claim.objects.count() == 2


def test_a_speaker_may_leave_and_come_back_to_a_position():
    speaker = SpeakerFactory()
    for since in ("2017-01-20", "2025-01-20"):
        PositionFactory(speaker=speaker, since=PartialDate.parse(since))
    assert speaker.positions.count() == 2


def test_names_may_be_shared():
    twice(SpeakerFactory, name="Jeanne Roux")
    assert Speaker.objects.count() == 2
