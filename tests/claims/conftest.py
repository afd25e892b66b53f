import re

import pytest

from claims.comparison import Code, Comparison, Reason, Relation


@pytest.fixture
def plainly(monkeypatch):
    """Claims are compared by their words alone, each result as sure as can be: what the comparison
    makes of real sayings is a matter of its own tests."""
    monkeypatch.setattr("claims.linking.judge.compare", _compare)


def _compare(first, second) -> Comparison:
    one, other = (set(re.findall(r"\w+", r.saying.text.lower())) for r in (first, second))
    denied = "pas" in one ^ other
    share = len(one & other) / len(one | other)
    if share < 0.7:
        return Comparison(Relation.UNRELATED, 0.1, 0.0, 0.0, share, ())
    if denied:
        reason = Reason(Code.DENIED, "baissé", "baissé")
        return Comparison(Relation.CONTRADICTS, 0.0, 0.9, 0.0, share, (reason,))
    reason = Reason(Code.SAME_NUMBER, "3", "3")
    return Comparison(Relation.REPEATS, share, 0.0, 0.0, share, (reason,))
