"""The editors' desk."""

from claims.admin import (
    add_article,
    claims,
    corrections,
    dashboard,
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
    "add_article",
    "claims",
    "corrections",
    "dashboard",
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
