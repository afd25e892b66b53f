"""What two sayings have to do with one another: pure, without the database.

>>> first = read(Saying("Le rapport compte 33 pages."))
>>> second = read(Saying("Le rapport compte 35 pages."))
>>> compare(first, second).relation
<Relation.UNRELATED: 'unrelated'>
"""

from claims.comparison.comparison import SUGGESTED, WITHIN_ONE, Comparison, Relation, compare
from claims.comparison.reading import Reading, Saying, read
from claims.comparison.reasons import Code, Reason

__all__ = [
    "SUGGESTED",
    "WITHIN_ONE",
    "Code",
    "Comparison",
    "Reading",
    "Reason",
    "Relation",
    "Saying",
    "compare",
    "read",
]
