"""Ranges of ids: when one of them changed last is known without reading them. For sitemaps."""

from django.db import models
from django.db.models import F

# Ids a range: in two languages they are at most 10,000 addresses.
SPAN = 5000


def by_range(
    row: str, moment: str, *, name: str, condition: models.Q | None = None
) -> models.Index:
    """An index: when did ``moment`` come last to the rows of a range of ``row``, an id?"""
    return models.Index(F(row) / SPAN, F(moment), name=name, condition=condition)
