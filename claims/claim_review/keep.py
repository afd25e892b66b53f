"""Keep reviews of other fact-checkers, each once: by its address and the claim it reviews."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from claims.bearers import bearers_of
from claims.claim_review.normalise import normalise
from claims.claim_review.read import Review
from claims.models import ClaimReview, ImportRow, Rating, Scale, Speaker
from sources.models import Publisher

# What a review says, and a later reading may change.
SAID = [
    "title", "language", "published_on", "author_name", "said_on", "appearances", "rating_text",
    "rating_value", "best_rating", "worst_rating",
]  # fmt: skip
Fate = ImportRow.Fate


@dataclass(frozen=True)
class Source:
    """Where reviews are read from: a file or an address, and its digest.

    ``page`` is the address of a review that gives none itself.
    """

    name: str
    sha256: str
    page: str = ""


@transaction.atomic
def keep(found: Sequence[tuple[Review, dict]], source: Source) -> list[str]:
    """Keep reviews, each with its JSON; returns what became of each, as ImportRow.Fate has it.

    What was read before and says something else now is changed: history keeps what it said. What
    editors decided stays: the claim it is about, and a rating they gave it.
    """
    publishers = _publishers(found)
    bearers = bearers_of([review.author_name for review, _item in found if review.author_name])
    ratings = {r.value: r for r in Rating.objects.filter(scale=Scale.objects.first())}
    known = _known([review for review, _item in found])
    fates, new = [], []
    for review, item in found:
        key = (review.url, review.claim_reviewed)
        told = {name: getattr(review, name) for name in SAID} | {
            "publisher": publishers[review.publisher],
            "rating": ratings.get(_normalised(review)),
            "speaker": _only(bearers.get(review.author_name, [])),
        }
        if (row := known.get(key)) is None:
            row = known[key] = ClaimReview(
                url=review.url,
                claim_reviewed=review.claim_reviewed,
                item=item,
                read_from=source.name,
                sha256=source.sha256,
                **told,
            )
            new.append(row)
            fates.append(Fate.NEW)
            continue
        if row.rated_by_id:
            del told["rating"]
        if row.speaker_id and not told["speaker"]:
            del told["speaker"]
        changes = {name: value for name, value in told.items() if getattr(row, name) != value}
        for name, value in changes.items():
            setattr(row, name, value)
        if changes and row.pk:
            row.item, row.read_from, row.sha256 = item, source.name, source.sha256
            row.save(update_fields=[*changes, "item", "read_from", "sha256"])
        fates.append(Fate.CHANGED if changes else Fate.UNCHANGED)
    ClaimReview.objects.bulk_create(new)
    return fates


def _normalised(review: Review) -> str:
    return normalise(
        review.rating_text, review.rating_value, review.best_rating, review.worst_rating
    )


def _only(bearers: list[Speaker]) -> Speaker | None:
    """Several bear the name, or nobody: then it stays as it was given."""
    return bearers[0] if len(bearers) == 1 else None


def _known(reviews: Sequence[Review]) -> dict[tuple[str, str], ClaimReview]:
    rows = ClaimReview.objects.filter(url__in={review.url for review in reviews})
    rows = rows.select_related("publisher", "rating", "speaker")
    return {(row.url, row.claim_reviewed): row for row in rows.select_for_update(of=["self"])}


def _publishers(found: Sequence[tuple[Review, dict]]) -> dict[str, Publisher]:
    """Those of the reviews; one that is not there yet is a fact-checker."""
    sites = {review.publisher: review.site for review, _item in found}
    known = {row.name: row for row in Publisher.objects.filter(name__in=sites)}
    for name in sites.keys() - known.keys():
        kind = Publisher.Kind.FACT_CHECKER
        known[name], _created = Publisher.objects.get_or_create(
            name=name, defaults={"kind": kind, "site": sites[name]}
        )
    return known
