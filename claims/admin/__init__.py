"""The editors' desk."""

from claims.admin import (
    claims,
    corrections,
    developments,
    documents,
    feeds,
    forecasts,
    jobs,
    links,
    merges,
    ratings,
    speakers,
    verifications,
)

__all__ = [
    "claims",
    "corrections",
    "developments",
    "documents",
    "feeds",
    "forecasts",
    "jobs",
    "links",
    "merges",
    "ratings",
    "speakers",
    "verifications",
]
