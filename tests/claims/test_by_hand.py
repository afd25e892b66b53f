"""Claims that people make by selecting their words."""

import pytest
from django.core.exceptions import PermissionDenied

from claims import roles
from claims.by_hand import KnownClaim, Passage, Selected, SeveralSpeakers, claim_by_hand
from claims.models import Alias, Appearance, Claim, Speaker
from claims.record import record
from sources.models import Sentence
from sources.refused import Refused
from tests.factories import (
    ClaimFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TEXT = "😀 Avant.\r\nLa maire a promis deux écoles, et un pont. Après."


@pytest.fixture
def snapshot():
    """Read: its sentences are its lines."""
    snapshot = SnapshotFactory(text=TEXT)
    cut = TEXT.index("La maire")
    SentenceFactory(snapshot=snapshot, start=0, end=cut - 2)
    SentenceFactory(snapshot=snapshot, start=cut, end=len(TEXT))
    return snapshot


def passage(words, text=TEXT):
    start = text.index(words)
    return Passage(start, start + len(words), words)


def select(*words, text=TEXT, **fields):
    fields = {"kind": Claim.Kind.COMMITMENT, "quotation": Claim.Quotation.INDIRECT} | fields
    return Selected([passage(each, text) for each in words], **fields)


def make(snapshot, *words, by=None, **fields):
    return claim_by_hand(snapshot, select(*words, **fields), by or UserFactory())


def test_what_an_editor_selects_is_accepted(snapshot):
    editor = UserFactory()
    make(snapshot, "deux écoles", by=editor)
    claim = Claim.objects.get()
    assert (claim.status, claim.decided_by, claim.reading) == ("accepted", editor, None)
    assert claim.decided_at is not None


def test_what_a_contributor_selects_is_a_candidate_before_all_others(snapshot):
    ClaimFactory(check_worthiness=0.99)
    made = make(snapshot, "deux écoles", by=UserFactory(role=roles.CONTRIBUTOR))
    assert Claim.objects.candidates().first() == made


def test_who_may_neither_accept_nor_propose_makes_none(snapshot):
    reader = UserFactory(role=roles.PROTECTED_SOURCE_READER)
    with pytest.raises(PermissionDenied):
        make(snapshot, "deux écoles", by=reader)


def test_its_spans_and_words_are_those_of_the_text(snapshot):
    claim = make(
        snapshot, "un pont", "deux écoles", source=passage("La maire"), cue=passage("a promis")
    )
    claim.refresh_from_db()
    spans = [*claim.content, claim.source, claim.cue]
    words = [TEXT[span.lower : span.upper] for span in spans]
    assert words == ["deux écoles", "un pont", "La maire", "a promis"]
    assert claim.quote == "deux écoles […] un pont"


def test_its_sentence_is_the_one_it_begins_in(snapshot):
    assert make(snapshot, "La maire a promis").sentence.position == 1


def test_a_text_that_was_never_read_gets_the_sentences_that_reading_gives():
    snapshot = SnapshotFactory(text="Avant. La maire promet deux écoles.")
    claim_by_hand(snapshot, select("deux écoles", text=snapshot.text), UserFactory())
    assert list(Sentence.objects.values_list("text", flat=True)) == [
        "Avant.",
        "La maire promet deux écoles.",
    ]


def test_what_reading_finds_later_is_not_added_once_more():
    from claims import engine

    snapshot = SnapshotFactory(text="La maire Jeanne Roux a promis que deux écoles ouvriraient.")
    found = engine.read(snapshot)
    words = snapshot.text[slice(*found.claims[0].content[0])]
    claim_by_hand(snapshot, select(words, text=snapshot.text), UserFactory())
    record(snapshot, found, "x")
    assert Claim.objects.count() == len(found.claims)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ([], "Select the words"),
        ([Passage(3, 8, "avant")], "is not what the text says"),
        ([Passage(-6, -1, "Après")], "is not what the text says"),
        ([Passage(5, 5, "")], "is not what the text says"),
        ([Passage(0, 10**9, TEXT)], "is not what the text says"),
        ([passage("deux écoles"), passage("écoles, et")], "overlap"),
    ],
)
def test_what_is_not_in_the_text_is_refused(snapshot, content, fault):
    selected = Selected(content, Claim.Kind.FACT, Claim.Quotation.NONE)
    with pytest.raises(Refused, match=fault):
        claim_by_hand(snapshot, selected, UserFactory())
    assert not Claim.objects.exists()


def test_the_same_words_of_the_same_sentence_lead_to_the_claim_that_is_there(snapshot):
    first = make(snapshot, "deux écoles")
    with pytest.raises(KnownClaim) as known:
        make(snapshot, "deux écoles", kind=Claim.Kind.FACT)
    assert known.value.claim == first


def test_words_that_report_a_claim_from_elsewhere_lead_to_it(snapshot):
    claim, there = ClaimFactory(), passage("deux écoles")
    sentence = snapshot.sentences.last()
    Appearance.objects.create(claim=claim, sentence=sentence, content=[(there.start, there.end)])
    with pytest.raises(KnownClaim) as known:
        make(snapshot, "deux écoles")
    assert known.value.claim == claim


def test_a_name_somebody_goes_by_is_theirs(snapshot):
    speaker = Alias.objects.create(speaker=SpeakerFactory(), name="Mme Roux").speaker
    assert make(snapshot, "deux écoles", speaker="mme roux").speaker == speaker


def test_a_name_nobody_goes_by_is_a_new_speaker(snapshot):
    make(snapshot, "deux écoles", speaker="La mairie", speaker_kind=Speaker.Kind.ORGANISATION)
    assert Speaker.objects.get().kind == Speaker.Kind.ORGANISATION


def test_an_unnamed_source_is_that_of_the_document(snapshot):
    fields = {"speaker": "un élu", "speaker_kind": Speaker.Kind.ANONYMOUS}
    make(snapshot, "deux écoles", **fields)
    make(snapshot, "un pont", **fields)
    assert Speaker.objects.get().within == snapshot.document


def test_which_of_several_of_a_name_is_asked(snapshot):
    one, other = (SpeakerFactory(name="Jeanne Roux") for _ in range(2))
    with pytest.raises(SeveralSpeakers) as asked:
        make(snapshot, "deux écoles", speaker="Jeanne Roux")
    assert set(asked.value.speakers) == {one, other}
    assert make(snapshot, "deux écoles", speaker="Jeanne Roux", who=other.pk).speaker == other


def test_where_the_text_speaks_itself_there_is_no_speaker(snapshot):
    with pytest.raises(Refused, match="there is no speaker"):
        make(snapshot, "deux écoles", speaker="Roux", quotation=Claim.Quotation.NONE)
    assert not Speaker.objects.exists()
