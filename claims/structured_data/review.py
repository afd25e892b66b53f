"""A verification as a ClaimReview.

https://schema.org/ClaimReview,
https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from datetime import date

from django.conf import settings

from claims.licence import LICENCE
from claims.models import Claim, Rating, Recheck, Verification
from claims.structured_data.claim import claim, words
from claims.structured_data.site import CONTEXT, Site, organisation
from claims.structured_data.works import correction, document, is_of_the_web, known, moment

# A value of the scale that does not say how true something is.
UNGRADED = {"unverifiable"}


def claim_review(
    row: Verification, claims: list[Claim], recheck: Recheck | None, version: int, site: Site
) -> dict:
    """A verification in force, with the ``claims`` it is the finding on, its own ones first.

    It is the ``version``\\ th; ``recheck`` is the latest time it was looked at again, if any.
    """
    address, publisher = site.address(row), organisation(site)
    reviewed = [claim(one, site) for one in claims]
    corrections = row.corrections.all()
    changes = [row.published_at, *(one.made_at for one in corrections)]
    if recheck:
        changes.append(recheck.made_at)
    return CONTEXT | known(
        {
            "@type": "ClaimReview",
            "@id": f"{address}#review",
            "url": address,
            "headline": row.summary,
            "claimReviewed": words(claims[0]),
            "itemReviewed": reviewed[0] if len(reviewed) == 1 else reviewed,
            "reviewRating": rating(row.rating, row.summary),
            "author": publisher,
            "publisher": {"@id": publisher["@id"]},
            "datePublished": moment(row.published_at),
            "dateModified": moment(max(changes)),
            "expires": _expires(row, claims, recheck),
            "version": version,
            "correction": [correction(one) for one in corrections],
            "citation": list(_citations(row, site)),
            "inLanguage": settings.LANGUAGE_CODE,
            "license": LICENCE,
            "isAccessibleForFree": True,
        }
    )


def rating(row: Rating, explanation: str) -> dict:
    """Its word, and how far from the false end of its scale it is, where it says so."""
    grades = [one for one in row.scale.ratings.all() if one.value not in UNGRADED]
    grades.sort(key=lambda one: one.position)
    numbers = {}
    if row in grades:
        numbers = {
            "ratingValue": len(grades) - grades.index(row),
            "bestRating": len(grades),
            "worstRating": 1,
        }
    return {
        "@type": "Rating",
        **numbers,
        "alternateName": row.label,
        "name": row.label,
        "ratingExplanation": explanation,
    }


def _expires(row: Verification, claims: list[Claim], recheck: Recheck | None) -> str:
    """When it may no longer hold: it is to be looked at again, or a forecast's outcome is due."""
    dates: list[date] = [recheck.review_by if recheck else row.review_by]
    for one in claims:
        forecast = getattr(one, "forecast", None)
        if forecast and not forecast.outcome:
            dates.append(forecast.due_on.last)
    return min((day.isoformat() for day in dates if day), default="")


def _citations(row: Verification, site: Site):
    """What it rests on; of a protected source, nothing."""
    for piece in row.evidence.all():
        if piece.protected:
            continue
        if piece.document:
            yield document(piece.document, site, piece.archived_url)
        elif is_of_the_web(piece.address):
            yield {"@type": "CreativeWork", "url": piece.address}
