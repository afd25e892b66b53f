"""Claims with their reviews, as Google's API gives them. What is not known is left out."""

from datetime import UTC, datetime

from django.conf import settings

from claims.api.factchecktools.reviews import Reviews
from claims.models import Claim, ClaimReview, Verification
from claims.structured_data.claim import words
from claims.structured_data.site import NAME, Site
from claims.structured_data.works import known
from sources.partial_date import PartialDate


def answer(claims: list[Claim], reviews: Reviews, site: Site, token: str) -> dict:
    """The body: without ``claims`` where there are none, nor a token where there are no more."""
    told = reviews.told(claims)
    return known(
        {
            "claims": [_claim(claim, *told[claim.pk], reviews, site) for claim in claims],
            "nextPageToken": token,
        }
    )


def _claim(
    claim: Claim, ours: list[Verification], theirs: list[ClaimReview], reviews: Reviews, site: Site
) -> dict:
    own = [_own(one, reviews.own_site, site) for one in ours]
    return known(
        {
            "text": words(claim),
            "claimant": _claimant(claim),
            "claimDate": _day(claim.said_on or claim.document.published_on),
            "claimReview": own + [_other(one) for one in theirs],
        }
    )


def _claimant(claim: Claim) -> str:
    """Where the document speaks itself, who publishes it."""
    if claim.narrated:
        publisher = claim.document.publisher
        return publisher.name if publisher else ""
    return claim.speaker.name if claim.speaker else ""


def _own(row: Verification, own_site: str, site: Site) -> dict:
    return {
        "publisher": {"name": NAME, "site": own_site},
        "url": site.address(row),
        "title": row.summary,
        "reviewDate": _moment(row.published_at),
        "textualRating": row.rating.label_fr,
        "languageCode": settings.LANGUAGE_CODE,
    }


def _other(row: ClaimReview) -> dict:
    return known(
        {
            "publisher": known({"name": row.publisher.name, "site": row.site}),
            "url": row.url,
            "title": row.title,
            "reviewDate": _day(row.published_on),
            "textualRating": row.rating_text,
            "languageCode": row.language,
        }
    )


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(when: PartialDate | None) -> str:
    """Its beginning, as Google tells of days; of a month or a year no day is made up."""
    return f"{when.isoformat()}T00:00:00Z" if when and when.precision == "day" else ""
