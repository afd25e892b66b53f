"""The editors' desk."""

from claims.admin import (
    claim_reviews,
    claims,
    corrections,
    developments,
    feeds,
    forecasts,
    imports,
    jobs,
    links,
    merges,
    ratings,
    speakers,
    verifications,
)

__all__ = [
    "claim_reviews",
    "claims",
    "corrections",
    "developments",
    "feeds",
    "forecasts",
    "imports",
    "jobs",
    "links",
    "merges",
    "ratings",
    "speakers",
    "verifications",
]
