import pytest
from django.core.exceptions import PermissionDenied

from claims import roles
from claims.claim_review.about import link, make_candidate, possible_claims, rate, unlink
from claims.models import Claim, ClaimReview
from sources.models import Document
from tests.claims.claim_review.feeds import REVIEW, feed, imported
from tests.factories import (
    ClaimFactory,
    RatingFactory,
    SentenceFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WORDS = "La mairie de Vernaz construira deux écoles avant l'été"


@pytest.fixture
def review():
    SpeakerFactory(name="Jeanne Roux")
    imported(feed(REVIEW))
    return ClaimReview.objects.get()


def saying(words: str, **kwargs) -> Claim:
    return ClaimFactory(sentence=SentenceFactory(snapshot__text=words), **kwargs)


def test_claims_of_the_same_words_are_proposed_the_most_alike_first(review):
    near = saying("La mairie de Vernaz construira une école")
    nearer = saying("La mairie de Vernaz construira deux écoles avant l'été prochain")
    saying("Le pont de Vernaz est trop étroit pour les camions de trente tonnes")
    assert possible_claims(review) == [nearer, near]


def test_nothing_is_linked_by_a_machine(review):
    saying(WORDS)
    assert review.claim is None


def test_an_editor_says_which_claim_it_is_about_and_takes_it_back(review):
    editor, claim = UserFactory(), saying(WORDS)
    link(review, claim, editor)
    assert [*claim.claim_reviews.all()] == [review]
    unlink(review, editor)
    review.refresh_from_db()
    assert (review.claim, review.linked_by) == (None, None)


def test_a_contributor_does_not(review):
    with pytest.raises(PermissionDenied):
        link(review, saying(WORDS), UserFactory(role=roles.CONTRIBUTOR))


def test_a_claim_made_of_it_is_a_candidate_whose_source_is_the_review(review):
    claim = make_candidate(review, Claim.Kind.COMMITMENT, UserFactory())
    assert (claim.status, claim.quote, claim.kind) == (
        Claim.Status.CANDIDATE, WORDS, Claim.Kind.COMMITMENT,
    )  # fmt: skip
    assert (claim.speaker.name, claim.said_on.isoformat()) == ("Jeanne Roux", "2025-12-03")
    assert claim.quotation == Claim.Quotation.INDIRECT
    document = claim.document
    assert (document.url, document.publisher) == (review.url, review.publisher)
    assert claim.sentence.snapshot.is_excerpt
    review.refresh_from_db()
    assert review.claim == claim


def test_made_twice_it_is_one_claim(review):
    editor = UserFactory()
    first = make_candidate(review, Claim.Kind.FACT, editor)
    assert make_candidate(review, Claim.Kind.FACT, editor) == first
    assert Document.objects.filter(url=review.url).count() == 1


def test_a_rating_by_hand_says_by_whom(review):
    editor, ours = UserFactory(), RatingFactory(value="false")
    rate(review, ours, editor)
    review.refresh_from_db()
    assert (review.rating, review.rated_by) == (ours, editor)
