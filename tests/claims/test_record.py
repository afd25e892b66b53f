import pytest

from claims.extraction import Candidate, Reading, Span
from claims.models import Claim, Speaker
from claims.models import Reading as StoredReading
from claims.record import record
from sources.models import Sentence
from tests.factories import SnapshotFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

TEXT = "Avant. La maire promet deux écoles. Après."


def candidate(**changes) -> Candidate:
    """ "deux écoles", promised by the mayor, in the second sentence of TEXT."""
    fields = {
        "content": (Span(23, 34),),
        "cue": Span(16, 22),
        "source": Span(7, 15),
        "speaker": "Jeanne Roux",
        "speaker_kind": "person",
        "speaker_candidates": (),
        "quotation": "indirect",
        "kind": "commitment",
        "said_on": "2025-12-03",
        "parts": (),
        "sentence": Span(7, 35),
        "confidence": 0.9,
        "check_worthiness": 0.4,
        "rule": "verb",
    }
    return Candidate(**fields | changes)


def reading(*claims: Candidate) -> Reading:
    return Reading((Span(0, 6), Span(7, 35), Span(36, 42)), claims)


@pytest.fixture
def snapshot():
    return SnapshotFactory(text=TEXT)


def test_a_claim_keeps_its_words(snapshot):
    record(snapshot, reading(candidate()), "1")
    assert Claim.objects.get().quote == "deux écoles"


def test_a_claim_keeps_its_spans(snapshot):
    record(snapshot, reading(candidate()), "1")
    claim = Claim.objects.get()
    assert [(span.lower, span.upper) for span in (*claim.content, claim.cue, claim.source)] == [
        (23, 34),
        (16, 22),
        (7, 15),
    ]


def test_a_claim_stands_in_its_source_sentence(snapshot):
    record(snapshot, reading(candidate()), "1")
    assert Claim.objects.get().sentence.text == "La maire promet deux écoles."


def test_a_claim_knows_its_neighbours(snapshot):
    record(snapshot, reading(candidate()), "1")
    claim = Claim.objects.with_context().get()
    assert (claim.before, claim.after) == ("Avant.", "Après.")


def test_words_apart_are_joined_by_an_ellipsis(snapshot):
    record(snapshot, reading(candidate(content=(Span(10, 15), Span(23, 34)))), "1")
    assert Claim.objects.get().quote == "maire […] deux écoles"


def test_every_sentence_is_kept_with_its_text(snapshot):
    record(snapshot, reading(), "1")
    assert all(
        sentence.text == TEXT[sentence.start : sentence.end]
        for sentence in Sentence.objects.filter(snapshot=snapshot)
    )


def test_what_a_machine_found_is_a_candidate(snapshot):
    record(snapshot, reading(candidate()), "1")
    assert not Claim.objects.published().exists()


def test_the_same_reading_twice_is_the_same_claims(snapshot):
    first = record(snapshot, reading(candidate()), "1")
    second = record(snapshot, reading(candidate()), "1")
    assert (first.created, second.created, Claim.objects.count()) == (1, 0, 1)


def test_a_claim_found_twice_in_one_reading_is_one(snapshot):
    record(snapshot, reading(candidate(), candidate(rule="quotation")), "1")
    assert Claim.objects.count() == 1


def test_a_new_version_leaves_what_is_there_as_it_is(snapshot):
    record(snapshot, reading(candidate()), "1")
    record(snapshot, reading(candidate(kind="fact")), "2")
    assert Claim.objects.get().kind == "commitment"


def test_each_claim_knows_the_version_that_found_it(snapshot):
    record(snapshot, reading(candidate()), "1")
    record(snapshot, reading(candidate(), candidate(content=(Span(28, 34),))), "2")
    assert set(Claim.objects.values_list("quote", "reading__extractor")) == {
        ("deux écoles", "1"),
        ("écoles", "2"),
    }


def test_a_name_nobody_bears_is_a_new_speaker(snapshot):
    record(snapshot, reading(candidate()), "1")
    assert Speaker.objects.get().name == "Jeanne Roux"


def test_a_known_name_is_the_known_speaker(snapshot):
    known = SpeakerFactory(name="Jeanne Roux")
    record(snapshot, reading(candidate()), "1")
    assert Claim.objects.get().speaker == known


def test_a_known_alias_is_the_known_speaker(snapshot):
    known = SpeakerFactory(name="Jeanne Marie Roux")
    known.aliases.create(name="Jeanne Roux")
    record(snapshot, reading(candidate()), "1")
    assert Claim.objects.get().speaker == known


def test_a_name_that_two_bear_is_left_to_an_editor(snapshot):
    namesakes = {SpeakerFactory(name="Jeanne Roux"), SpeakerFactory(name="Jeanne Roux")}
    record(snapshot, reading(candidate()), "1")
    claim = Claim.objects.get()
    assert (claim.speaker, set(claim.possible_speakers.all())) == (None, namesakes)


def test_an_ambiguous_mention_keeps_every_name(snapshot):
    record(snapshot, reading(candidate(speaker_candidates=("Jeanne Roux", "Ève Roux"))), "1")
    claim = Claim.objects.get()
    names = {speaker.name for speaker in claim.possible_speakers.all()}
    assert (claim.speaker, names) == (None, {"Jeanne Roux", "Ève Roux"})


def test_an_unnamed_source_belongs_to_its_document(snapshot):
    record(snapshot, reading(candidate(speaker="élu", speaker_kind="anonymous")), "1")
    assert Speaker.objects.get().within == snapshot.document


def test_the_same_description_in_another_document_is_somebody_else(snapshot):
    unnamed = reading(candidate(speaker="élu", speaker_kind="anonymous"))
    record(snapshot, unnamed, "1")
    record(SnapshotFactory(text=TEXT), unnamed, "1")
    assert Speaker.objects.count() == 2


def test_a_narrated_claim_has_no_speaker(snapshot):
    narrated = candidate(
        speaker=None, speaker_kind="narrator", quotation="none", cue=None, source=None
    )
    record(snapshot, reading(narrated), "1")
    assert Claim.objects.get().narrated


def test_a_fault_in_one_claim_leaves_nothing_half_written(snapshot):
    later = candidate(content=(Span(28, 34),), said_on="2025-02-30")
    with pytest.raises(ValueError, match="2025-02-30"):
        record(snapshot, reading(candidate(), later), "1")
    assert [*Sentence.objects.all(), *StoredReading.objects.all()] == []
