"""How much a word tells: the rarer it is in the record, the more."""

from collections.abc import Mapping
from functools import cache

from claims.comparison.lexicon import FOLDER
from claims.comparison.reading import Content

UNKNOWN = 7.5  # of a French word that news seldom has
SHORT, LETTER, MOST = 3.0, 0.5, 8.0  # of an English one, by its length


def weight(content: Content, language: str, rarity: Mapping[str, float]) -> float:
    """The idf of a word, or of the rarest word of a phrase: in the record where ``rarity`` knows
    it, else in French news."""
    known = rarity.get(content.stem)
    if known is not None:
        return known
    usual = usual_rarity() if language == "fr" else {}
    parts = content.stem.split(" ")
    return max([rarity.get(part) or usual.get(part) or _unknown(part, language) for part in parts])


def _unknown(stem: str, language: str) -> float:
    return UNKNOWN if language == "fr" else min(MOST, SHORT + LETTER * len(stem))


@cache
def usual_rarity() -> dict[str, float]:
    """Of the stems that 16,000 sentences of French news have a dozen times or more: their idf."""
    lines = (FOLDER / "rarity_fr.tsv").read_text(encoding="utf-8").splitlines()
    return {stem: float(idf) for stem, idf in (line.split("\t") for line in lines)}
