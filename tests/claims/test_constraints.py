"""Each constraint of the record, tried from below Django's validation."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.models import F
from psycopg.types.range import Int4Range

from claims.models import (
    Alias,
    Appearance,
    Claim,
    ClaimMerge,
    Correction,
    Coverage,
    Development,
    Effect,
    Evidence,
    Figure,
    Forecast,
    Link,
    Position,
    ProtectedSource,
    Rating,
    Reading,
    Recheck,
    ReviewNote,
    Scale,
    Speaker,
    SpeakerMerge,
    Verification,
    Withdrawal,
)
from claims.protected import keep_source
from sources.history import record_clock
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
    LinkFactory,
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
    with record_clock(NOON):
        forecast = ForecastFactory()
    outcome = {
        "outcome": "partly_kept",
        "resolved_on": PartialDate.parse("2026-01-22"),
        "recorded_at": NOON + timedelta(days=60),
        "development": DevelopmentFactory(accepted=True),
    }
    Forecast.objects.filter(pk=forecast.pk).update(**outcome | changes)


def part_of_itself():
    claim = ClaimFactory()
    claim.split_from = claim
    claim.save()


def claim_twice():
    sentence = SentenceFactory()
    twice(ClaimFactory, sentence=sentence)


def link_with_itself():
    claim = ClaimFactory()
    LinkFactory(claim=claim, earlier=claim)


def linked_both_ways():
    link = LinkFactory()
    LinkFactory(claim=link.earlier, earlier=link.claim)


def approved_by_its_author():
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=draft)
    Verification.objects.update(status="in_review")
    Verification.objects.update(status="published", published_at=NOON, approved_by=F("author"))


def superseded_twice():
    """Even were the gate open: the index allows one published successor."""
    published = VerificationFactory(published=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_verification DISABLE TRIGGER USER")
    for _ in range(2):
        successor = VerificationFactory(predecessor=published)
        Verification.objects.filter(pk=successor.pk).update(
            status="published", published_at=NOON, approved_by=UserFactory()
        )


def outcome_before_its_criteria():
    with record_clock(NOON - timedelta(days=1)):
        forecast_with_outcome()


def merged_into_itself():
    speaker = SpeakerFactory()
    merge_rows(SpeakerMerge, merged=speaker, kept=speaker)


def merged_twice():
    speaker = SpeakerFactory()
    for _ in range(2):
        merge_rows(SpeakerMerge, merged=speaker, kept=SpeakerFactory())


def claim_merged_twice():
    claim = ClaimFactory()
    for _ in range(2):
        merge_rows(ClaimMerge, merged=claim, kept=ClaimFactory())


def claim_merged_into_itself():
    claim = ClaimFactory()
    merge_rows(ClaimMerge, merged=claim, kept=claim)


def merge_rows(model, **fields):
    defaults = {"reason": "La même personne.", "made_by": UserFactory(), "act": uuid4()}
    model.objects.create(**defaults | fields)


def correction(**fields):
    defaults = {"kind": "clarification", "note": "Précisé.", "made_by": UserFactory()}
    Correction.objects.create(**defaults | fields)


def position_backwards():
    PositionFactory(since=PartialDate.parse("2025"), until=PartialDate.parse("2024-12"))


def submitted(**lacking):
    draft = VerificationFactory(**lacking)
    Verification.objects.filter(pk=draft.pk).update(status="in_review")


def note(**fields):
    VerificationFactory().review_notes.create(author=UserFactory(), **fields)


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
    "claim_rejected_for_a_reason": lambda: ClaimFactory(rejected_because="cut_wrong"),
    "claim_split_from_another": part_of_itself,
    "claim_confidence_is_a_rate": lambda: ClaimFactory(confidence=1.1),
    "claim_check_worthiness_is_a_rate": lambda: ClaimFactory(check_worthiness=-0.1),
    "appearance_once": lambda: twice(
        Appearance.objects.create, claim=ClaimFactory(), sentence=SentenceFactory()
    ),
    "link_once": linked_both_ways,
    "link_with_another": link_with_itself,
    "link_score_is_a_rate": lambda: LinkFactory(score=1.2),
    "link_decided_by_somebody": lambda: LinkFactory(status="accepted"),
    "development_decided_by_somebody": lambda: DevelopmentFactory(status="refused"),
    "effect_decided_by_somebody": lambda: EffectFactory(decided_by=None),
    "development_has_one_source": lambda: DevelopmentFactory(document=None),
    "coverage_once": lambda: twice(
        Coverage.objects.create, verification=VerificationFactory(), claim=ClaimFactory()
    ),
    "verification_superseded_once": superseded_twice,
    "withdrawal_has_a_reason": lambda: Withdrawal.objects.create(
        verification=VerificationFactory(published=True), reason="", withdrawn_by=UserFactory()
    ),
    "evidence_protected_hides_its_source": lambda: EvidenceFactory(protected=True),
    "evidence_names_its_document": lambda: EvidenceFactory(document=None),
    "evidence_place_is_in_a_snapshot": lambda: EvidenceFactory(start=1, end=5),
    "protected_source_is_known": lambda: keep_source(EvidenceFactory().pk, "", ""),
    "correction_of_an_error_shows_both": lambda: correction(
        kind="error", claim=ClaimFactory(accepted=True), before="le 3"
    ),
    "speakermerge_once": merged_twice,
    "speakermerge_into_another": merged_into_itself,
    "speakermerge_has_a_reason": lambda: merge_rows(
        SpeakerMerge, merged=SpeakerFactory(), kept=SpeakerFactory(), reason=""
    ),
    "claimmerge_once": claim_merged_twice,
    "claimmerge_into_another": claim_merged_into_itself,
    "claimmerge_has_a_reason": lambda: merge_rows(
        ClaimMerge, merged=ClaimFactory(), kept=ClaimFactory(), reason=""
    ),
    "scale_version_once": lambda: twice(
        Scale.objects.create, version=1, methodology="x", valid_from=NOON.date()
    ),
    "scale_has_a_methodology": lambda: ScaleFactory(methodology=""),
    "rating_value_once": lambda: Rating.objects.create(
        scale=RatingFactory().scale, value="imprecise", position=9
    ),
    "rating_position_once": lambda: Rating.objects.create(
        scale=RatingFactory().scale, value="other", position=1
    ),
    "verification_published_by_somebody": lambda: VerificationFactory(published_at=NOON),
    "verification_approved_by_another": approved_by_its_author,
    "verification_is_rated": lambda: submitted(rating=None),
    "verification_has_a_summary": lambda: submitted(summary=""),
    "verification_is_explained": lambda: submitted(explanation=""),
    "reviewnote_says_something": lambda: note(text=""),
    "reviewnote_settled_by_somebody": lambda: note(text="Sûr ?", settled_at=NOON),
    "development_is_told": lambda: DevelopmentFactory(account=""),
    "effect_once": lambda: twice(
        EffectFactory, development=DevelopmentFactory(), claim=ClaimFactory()
    ),
    "forecast_has_criteria": lambda: ForecastFactory(criteria=""),
    "forecast_outcome_is_complete": lambda: forecast_with_outcome(development=None),
    "forecast_criteria_before_outcome": outcome_before_its_criteria,
    "correction_concerns_one_thing": correction,
    "correction_has_a_note": lambda: correction(note="", claim=ClaimFactory(accepted=True)),
    "figure_once": lambda: twice(
        Figure.objects.create, name="delays", period="all", table={}, counted_at=NOON
    ),
    "recheck_has_a_note": lambda: Recheck.objects.create(
        verification=VerificationFactory(published=True),
        review_by=date(2999, 1, 1),
        note="",
        made_by=UserFactory(),
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses_a_breach_of(name):
    with pytest.raises(IntegrityError, match=name):
        BREACHES[name]()


def test_every_constraint_of_the_record_has_a_breach():
    models = (
        Publisher, Document, Speaker, Alias, Position, Reading, Claim, Appearance, Link, Scale,
        Rating, Verification, Coverage, Evidence, ProtectedSource, Withdrawal, Development, Effect,
        Forecast, Correction, SpeakerMerge, ClaimMerge, Figure, Recheck,
        ReviewNote,
    )  # fmt: skip
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named <= set(BREACHES)


def test_an_outcome_that_is_complete_is_taken():
    forecast_with_outcome()
    assert Forecast.objects.get().outcome == "partly_kept"


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
