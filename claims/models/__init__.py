"""What was said and what became of it."""

from claims.models.appearance import Appearance
from claims.models.claim import Claim
from claims.models.correction import Correction
from claims.models.development import Development, Effect
from claims.models.evidence import Evidence
from claims.models.forecast import Forecast
from claims.models.rating import Rating, Scale
from claims.models.reading import Reading
from claims.models.repeat import Repeat
from claims.models.speaker import Alias, Position, Speaker
from claims.models.verification import Verification

__all__ = [
    "Alias",
    "Appearance",
    "Claim",
    "Correction",
    "Development",
    "Effect",
    "Evidence",
    "Forecast",
    "Position",
    "Rating",
    "Reading",
    "Repeat",
    "Scale",
    "Speaker",
    "Verification",
]
