"""The language engine: French text in, claims out. Imports no Django.

>>> extractor = Extractor()
>>> reading = extractor.read("Le maire a promis deux écoles.", published_on="2025-12-08")
>>> reading.claims[0].kind
'commitment'
"""

from typing import TYPE_CHECKING, Any

from claims.extraction.claim import Candidate, Reading, Span
from claims.extraction.version import VERSION

if TYPE_CHECKING:
    from claims.extraction.extractor import Extractor

__all__ = ["VERSION", "Candidate", "Extractor", "Reading", "Span"]


def __getattr__(name: str) -> Any:
    """``Extractor``, with spaCy behind it, is imported at its first use: that takes seconds, and
    most that runs here needs no more than what it returns."""
    if name == "Extractor":
        from claims.extraction.extractor import Extractor

        return Extractor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
