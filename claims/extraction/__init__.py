"""The language engine: French text in, claims out. Imports no Django.

>>> extractor = Extractor()
>>> reading = extractor.read("Le maire a promis deux écoles.", published_on="2025-12-08")
>>> reading.claims[0].kind
'commitment'
"""

from claims.extraction.claim import Candidate, Reading, Span
from claims.extraction.extractor import Extractor
from claims.extraction.version import VERSION

__all__ = ["VERSION", "Candidate", "Extractor", "Reading", "Span"]
