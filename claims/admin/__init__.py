"""The editors' desk."""

from claims.admin import (
    add_article,
    claim_reviews,
    claims,
    corrections,
    dashboard,
    developments,
    documents,
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
    "add_article",
    "claim_reviews",
    "claims",
    "corrections",
    "dashboard",
    "developments",
    "documents",
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
