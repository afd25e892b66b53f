"""Annotated pairs of claims, as ``seeds/gold/pairs`` has them."""

import json
from pathlib import Path
from typing import NamedTuple

from claims.comparison.reading import Saying
from sources.partial_date import PartialDate


class Pair(NamedTuple):
    """Two sayings, what the second does to the first, and what makes it hard."""

    name: str
    first: Saying
    second: Saying
    relation: str
    trap: str


def read_pairs(path: Path) -> list[Pair]:
    """Every pair of a file, in order; raises ValueError saying which line is wrong."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            ids: dict[str, int] = {}
            first, second = (
                _saying(data[side], data.get("language", "fr"), ids) for side in ("first", "second")
            )
            pairs.append(Pair(data["id"], first, second, data["relation"], data.get("trap", "")))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
    return pairs


def _saying(data: dict, language: str, ids: dict[str, int]) -> Saying:
    speaker = data.get("speaker")
    speakers = frozenset([ids.setdefault(speaker, len(ids) + 1)]) if speaker else frozenset()
    said_on = PartialDate.parse(data["said_on"]) if data.get("said_on") else None
    return Saying(data["text"], language, speakers, said_on)
