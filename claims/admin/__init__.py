"""The editors' desk."""

from claims.admin import (
    claims,
    corrections,
    dashboard,
    developments,
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
    "dashboard",
    "developments",
    "feeds",
    "forecasts",
    "jobs",
    "links",
    "merges",
    "ratings",
    "speakers",
    "verifications",
]
