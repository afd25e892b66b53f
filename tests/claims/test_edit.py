import pytest
from django.core.exceptions import PermissionDenied

from claims import roles
from claims.edit import NotEditable, edit
from claims.models import Claim
from tests.factories import ClaimFactory, SentenceFactory, SnapshotFactory, UserFactory

pytestmark = pytest.mark.django_db

# An emoji is one code point, a flag two; a no-break space is a character like others.
TEXT = "🙂 Avant. 🇫🇷 La maire promet : « deux\xa0écoles » et un pont. Après."


@pytest.fixture
def claim():
    snapshot = SnapshotFactory(text=TEXT)
    sentences = []
    for words in ("🙂 Avant.", "🇫🇷 La maire promet : « deux\xa0écoles » et un pont.", "Après."):
        start = TEXT.index(words)
        sentence = SentenceFactory(snapshot=snapshot, start=start, end=start + len(words))
        sentences.append(sentence)
    return ClaimFactory(sentence=sentences[1], content=[place("un pont")], quote="un pont")


def place(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


def spans(ranges):
    return [(span.lower, span.upper) for span in ranges]


def test_other_bounds_are_other_words(claim):
    edit(claim, UserFactory(), [place("deux\xa0écoles")])
    claim.refresh_from_db()
    assert (claim.quote, spans(claim.content)) == ("deux\xa0écoles", [place("deux\xa0écoles")])


def test_bounds_of_two_passages_are_in_the_order_of_the_text(claim):
    edit(claim, UserFactory(), [place("un pont"), place("deux\xa0écoles")])
    claim.refresh_from_db()
    assert claim.quote == "deux\xa0écoles […] un pont"


def test_blanks_at_the_ends_are_left_out(claim):
    start, end = place(" un pont")
    edit(claim, UserFactory(), [(start, end)])
    assert claim.quote == "un pont"


@pytest.mark.parametrize(
    "content", [[], [(5, 5)], [(9, 3)], [(-3, 4)], [(0, 10_000)], [(8, 9)], [(10, 20), (15, 25)]]
)
def test_what_is_no_passage_is_refused(claim, content):
    with pytest.raises(NotEditable):
        edit(claim, UserFactory(), content)
    claim.refresh_from_db()
    assert claim.quote == "un pont"


def test_words_that_are_a_claim_already_are_refused(claim):
    ClaimFactory(sentence=claim.sentence, content=[place("deux\xa0écoles")])
    with pytest.raises(NotEditable):
        edit(claim, UserFactory(), [place("deux\xa0écoles")])


def test_a_claim_without_a_cue_moves_to_the_sentence_it_begins_in(claim):
    edit(claim, UserFactory(), [place("Après")])
    claim.refresh_from_db()
    assert claim.sentence.text == "Après."


def test_a_claim_stays_in_the_sentence_of_its_cue(claim):
    claim.cue = place("promet")
    claim.save()
    claim.refresh_from_db()
    edit(claim, UserFactory(), [place("Après")])
    assert claim.sentence.text.startswith("🇫🇷")


def test_parts_outside_the_new_bounds_go(claim):
    claim.parts = [place("deux\xa0écoles"), place("un pont")]
    claim.save()
    claim.refresh_from_db()
    edit(claim, UserFactory(), [place("deux\xa0écoles")])
    claim.refresh_from_db()
    assert claim.parts == []


def test_what_is_as_before_is_not_written(claim):
    before = Claim.pgh_event_model.objects.count()
    edit(claim, UserFactory(), wording=claim.wording, kind=claim.kind)
    assert Claim.pgh_event_model.objects.count() == before


def test_what_is_public_takes_a_correction():
    claim = ClaimFactory(accepted=True)
    with pytest.raises(NotEditable):
        edit(claim, UserFactory(), wording="Deux.")


def test_a_contributor_changes_nothing(claim):
    with pytest.raises(PermissionDenied):
        edit(claim, UserFactory(role=roles.CONTRIBUTOR), wording="Deux.")
