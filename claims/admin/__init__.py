"""The editors' desk."""

from claims.admin import (
    claims,
    corrections,
    developments,
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
    "forecasts",
    "jobs",
    "links",
    "merges",
    "ratings",
    "speakers",
    "verifications",
]
