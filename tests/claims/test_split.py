import pytest
from django.core.exceptions import PermissionDenied

from claims import decide, roles
from claims.edit import NotEditable
from claims.models import Claim
from claims.split import split
from tests.factories import ClaimFactory, SentenceFactory, SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db

TEXT = "La maire promet deux écoles, un pont et une halle."


def place(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


PARTS = [[place("deux écoles")], [place("un pont")], [place("une halle")]]


@pytest.fixture
def claim():
    sentence = SentenceFactory(snapshot__text=TEXT)
    words = "deux écoles, un pont et une halle"
    made = ClaimFactory(sentence=sentence, content=[place(words)], quote=words)
    return Claim.objects.get(pk=made.pk)


@pytest.fixture
def editor():
    return UserFactory()


def test_each_part_is_a_candidate_that_says_the_same_of_the_same_speaker(claim, editor):
    made = split(claim, PARTS, editor)
    assert [part.quote for part in made] == ["deux écoles", "un pont", "une halle"]
    assert {(part.status, part.speaker, part.kind, part.split_from) for part in made} == {
        ("candidate", claim.speaker, claim.kind, claim)
    }


def test_the_inbox_shows_the_parts_in_their_order(claim, editor):
    made = split(claim, PARTS, editor)
    assert list(Claim.objects.candidates()) == made


def test_the_parts_take_the_place_of_the_whole(claim, editor):
    split(claim, PARTS, editor)
    claim.refresh_from_db()
    assert (claim.status, claim.rejected_because) == ("rejected", "split")


def test_the_whole_keeps_where_its_parts_are(claim, editor):
    split(claim, PARTS, editor)
    claim.refresh_from_db()
    assert [(span.lower, span.upper) for span in claim.parts] == [part[0] for part in PARTS]


def test_the_whole_is_let_in_beside_its_parts(claim, editor):
    split(claim, PARTS, editor, keep=True)
    claim.refresh_from_db()
    assert claim.status == "accepted"


def test_the_parts_are_let_in_at_once(claim, editor):
    split(claim, PARTS, editor, accept=True)
    assert Claim.objects.published().count() == 3


def test_whoever_may_have_said_it_may_have_said_each_part(editor, claim):
    claim.possible_speakers.add(SpeakerFactory())
    made = split(claim, PARTS, editor)
    assert {part.possible_speakers.count() for part in made} == {1}


def test_a_part_that_was_rejected_comes_back(claim, editor):
    part = ClaimFactory(sentence=claim.sentence, content=PARTS[1][0:1], quote="un pont")
    decide.reject(Claim.objects.filter(pk=part.pk), editor, because="not_a_claim")
    assert split(claim, PARTS, editor)[1] == part
    part.refresh_from_db()
    assert (part.status, part.rejected_because) == ("candidate", "")


def test_a_part_that_is_a_claim_already_stays_as_it_was_decided(claim, editor):
    part = ClaimFactory(sentence=claim.sentence, content=PARTS[1][0:1], accepted=True)
    split(claim, PARTS, editor)
    part.refresh_from_db()
    assert (part.status, part.split_from) == ("accepted", None)


@pytest.mark.parametrize(
    "parts",
    [[], PARTS[:1], [PARTS[0], PARTS[0]], [[(PARTS[0][0][0], PARTS[2][0][1])], PARTS[0]]],
    ids=["none", "one", "the same twice", "the whole"],
)
def test_what_does_not_split_it_is_refused(claim, editor, parts):
    with pytest.raises(NotEditable):
        split(claim, parts, editor)
    claim.refresh_from_db()
    assert (claim.status, Claim.objects.count()) == ("candidate", 1)


def test_what_is_decided_is_not_split(editor):
    with pytest.raises(NotEditable):
        split(ClaimFactory(accepted=True), PARTS, editor)


def test_a_contributor_splits_nothing(claim):
    with pytest.raises(PermissionDenied):
        split(claim, PARTS, UserFactory(role=roles.CONTRIBUTOR))
