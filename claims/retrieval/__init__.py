"""From the record, the claims that have telling words in common with a text."""

from claims.retrieval.found import Found, Retrieved, retrieve

__all__ = ["Found", "Retrieved", "retrieve"]
