"""Another's rating on our scale, by the rule in ratings.toml; "" where it does not tell."""

import tomllib
from functools import cache
from pathlib import Path

from claims.exchange.columns import fold

RULE = Path(__file__).with_name("ratings.toml")


@cache
def _rule() -> tuple[dict[str, str], set[str], list[dict]]:
    """The value of each text, the texts without one, the ranges."""
    rule = tomllib.loads(RULE.read_text("utf-8"))
    texts = {fold(text): value for value, known in rule["texts"].items() for text in known}
    return texts, {fold(text) for text in rule["none"]["texts"]}, rule["range"]


def normalise(text: str, value: str = "", best: str = "", worst: str = "") -> str:
    """The value of our scale for a rating of that text, and of those numbers if they are given."""
    texts, none, ranges = _rule()
    if (folded := fold(text)) in texts:
        return texts[folded]
    at = _position(value, best, worst)
    if folded in none or at is None:
        return ""
    return next((one["value"] for one in ranges if one["from"] <= at <= one["to"]), "")


def _position(value: str, best: str, worst: str) -> float | None:
    """From 0, the worst, to 1, the best; None where the numbers do not tell."""
    try:
        here, top, bottom = (float(number.replace(",", ".")) for number in (value, best, worst))
    except ValueError:
        return None
    if not (top != bottom and min(top, bottom) <= here <= max(top, bottom)):
        return None
    return (here - bottom) / (top - bottom)
