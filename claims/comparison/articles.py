"""Pairs of sayings of one annotated article: they name the same people and places, and nearly
all say something else."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from claims.comparison.reading import Reading, Saying, read
from claims.extraction.evaluation.gold import read_gold
from sources.partial_date import PartialDate

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]*")
SAME = Path("seeds/gold/pairs/same_article.tsv")


class Beside(NamedTuple):
    """Two of one article: what is claimed in two sentences, or these sentences whole."""

    article: str
    first: Reading
    second: Reading
    same: bool
    """Whether they are listed as saying the same."""


def articles(paths: Iterable[Path]) -> list[Path]:
    """The annotated articles of files and folders, in order."""
    return [
        path
        for each in paths
        for path in ([each] if each.is_file() else sorted(each.glob("*.txt")))
    ]


def read_same(path: Path) -> dict[str, set[tuple[int, int]]]:
    """By article, the places of its claims that say the same, from 1 in order of the text."""
    found: dict[str, set[tuple[int, int]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            article, first, second = line.split("\t")
            found.setdefault(article, set()).add((int(first), int(second)))
    return found


def pairs_of(path: Path, same: dict[str, set[tuple[int, int]]]) -> Iterator[Beside]:
    """Every two claims of an article that stand in two sentences, and every two such sentences.

    Who says each is known where the annotation tells. Raises GoldError naming a broken file.
    """
    article = read_gold(path)
    text, published_on = article["text"], PartialDate.parse(article["published_on"])
    sentences = [match.span() for match in SENTENCE.finditer(text) if match[0].strip()]
    listed = same.get(article["id"], set())
    speakers: dict[str, int] = {}
    claims = []
    for number, claim in enumerate(article["claims"], start=1):
        name, begins = claim["speaker"], claim["content"][0][0]
        said = " ".join(text[start:end] for start, end in claim["content"])
        ids = [speakers.setdefault(name, len(speakers) + 1)] if name else []
        said_on = PartialDate.parse(claim["said_on"]) if claim["said_on"] else published_on
        at = next(i for i, (start, end) in enumerate(sentences) if start <= begins < end)
        claims.append((number, at, _read(said, article, frozenset(ids), said_on)))
    for (number, at, first), (other, there, second) in combinations(claims, 2):
        if at != there:
            yield Beside(article["id"], first, second, (number, other) in listed)
    of_claim = {number: at for number, at, _reading in claims}
    alike = {frozenset((of_claim[one], of_claim[other])) for one, other in listed}
    whole = [
        (at, _read(text[slice(*sentences[at])], article, frozenset(), published_on))
        for at in sorted(set(of_claim.values()))
    ]
    for (at, first), (there, second) in combinations(whole, 2):
        yield Beside(article["id"], first, second, frozenset((at, there)) in alike)


def _read(text: str, article: dict, speakers: frozenset[int], said_on: PartialDate) -> Reading:
    return read(Saying(" ".join(text.split()), article["language"], speakers, said_on))
