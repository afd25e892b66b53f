"""What an editor does with a review: says which claim it is about, makes one of it, rates it."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from psycopg.types.range import Int4Range

from claims.acts import act
from claims.models import Claim, ClaimReview, Rating
from claims.record import RECORDING
from sources.excerpts import keep_excerpt
from sources.locks import hold
from sources.models import Document, Sentence

CHANGE = "claims.change_claimreview"
SHOWN = 5


def possible_claims(review: ClaimReview) -> list[Claim]:
    """The claims it may be about, those of its speaker and then the most alike first."""
    alike = Claim.objects.worded_like(review.claim_reviewed, review.speaker_id)
    return list(alike.with_source()[:SHOWN])


def link(review: ClaimReview, claim: Claim, by: AbstractBaseUser) -> None:
    """Say that the review is about the claim."""
    with act(by, CHANGE):
        review.claim, review.linked_by = claim, by
        review.save(update_fields=["claim", "linked_by"])


def unlink(review: ClaimReview, by: AbstractBaseUser) -> None:
    """Say that it is about no claim of ours."""
    with act(by, CHANGE):
        review.claim = review.linked_by = None
        review.save(update_fields=["claim", "linked_by"])


def rate(review: ClaimReview, rating: Rating | None, by: AbstractBaseUser) -> None:
    """Put their rating on our scale by hand: later readings leave it."""
    with act(by, CHANGE):
        review.rating, review.rated_by = rating, by
        review.save(update_fields=["rating", "rated_by"])


def make_candidate(review: ClaimReview, kind: str, by: AbstractBaseUser) -> Claim:
    """A candidate from the words the review gives the claim, which is then about it.

    Its source is the review: where it was said first nobody here has seen. So its document is the
    review's page, with an excerpt that is those words, and its quotation indirect.
    """
    with act(
        by, "claims.change_claim", _("from a review by %(name)s") % {"name": review.publisher}
    ):
        hold([RECORDING, review.url])
        sentence = _sentence(_document(review), review.claim_reviewed)
        content = [Int4Range(sentence.start, sentence.end)]
        claim, _created = Claim.objects.get_or_create(
            sentence=sentence,
            content=content,
            defaults={
                "quote": sentence.text,
                "speaker": review.speaker,
                "said_on": review.said_on,
                "quotation": Claim.Quotation.INDIRECT,
                "kind": kind,
            },
        )
        link(review, claim, by)
    return claim


def _document(review: ClaimReview) -> Document:
    document, _created = Document.objects.get_or_create(
        url=review.url,
        defaults={
            "title": (review.title or review.claim_reviewed)[:500],
            "publisher": review.publisher,
            "published_on": review.published_on,
            **({"language": review.language[:10]} if review.language else {}),
        },
    )
    return document


def _sentence(document: Document, words: str) -> Sentence:
    """The sentence of the page that is these words, else an excerpt of them."""
    same = Sentence.objects.filter(snapshot__document=document, text=words)
    return same.first() or keep_excerpt(document, [words]).sentences.get()
