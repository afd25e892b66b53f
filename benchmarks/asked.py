"""Whether what an editor types finds the claim: seeds/gold/pairs/asked.jsonl, by kind.

    make bench-asked

Half a sentence, a wrong accent, a misspelt name, a question … are looked up among all sayings of
the annotated pairs and articles, in a database of its own, which is dropped afterwards. Told is for
how many the claim is among the first five of ``match``, first of all, ahead of the one that is
merely near, and among the first five of the search of the site. Only figures are shown.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import django
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track

FOLDER = Path("seeds/gold/pairs")
FOUND = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from benchmarks.match_scores import ARTICLES, claimed
    from benchmarks.search_quality import database, load

    questions = list(_lines(FOLDER / "asked.jsonl"))
    pairs = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in _lines(path)]
    said = [pair[side]["text"] for pair in pairs if "first" in pair for side in ("first", "second")]
    said += [question[name] for question in questions for name in ("claim", "near")]
    sentences = list(dict.fromkeys([*filter(None, said), *claimed(ARTICLES)]))
    console = Console()
    with database("asked"):
        load(sentences)
        console.print(Markdown("\n".join(table(questions, sentences, console))))


def _lines(path: Path) -> Iterator[dict]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def table(questions: Sequence[dict], sentences: Sequence[str], console: Console) -> Iterator[str]:
    """How many of each kind are found."""
    from claims.match import match
    from claims.query import ClaimQuery
    from sources.search import Typed

    def matched(text: str) -> list[int]:
        return [each.claim for each in match(text, checked=False, most=20)]

    def searched(text: str) -> list[int]:
        query = ClaimQuery(q=Typed(text))
        return _first(query) or _first(query.with_most())

    def _first(query: ClaimQuery) -> list[int]:
        return list(query.found().values_list("pk", flat=True)[:FOUND])

    places = {sentence: place for place, sentence in enumerate(sentences)}
    kinds: dict[str, list[tuple[bool, ...]]] = {}
    for question in track(questions, "Asking", console=console, transient=True):
        wanted, near = places[question["claim"]], places.get(question["near"], -1)
        found = matched(question["asked"])
        told = (
            wanted in found[:FOUND],
            found[:1] == [wanted],
            _before(wanted, near, found),
            wanted in searched(question["asked"]),
        )
        kinds.setdefault(question["kind"], []).append(told)
    yield f"{len(questions)} questions, asked of {len(sentences):,} claims."
    yield ""
    yield "| | asked | match: first five | first | ahead of the near one | search: first five |"
    yield "|---|---|---|---|---|---|"
    for kind, rows in sorted(kinds.items()):
        yield _row(kind, rows, _count)
    yield _row("all", [row for rows in kinds.values() for row in rows], _share)


def _before(wanted: int, near: int, found: Sequence[int]) -> bool:
    return wanted in found and (near not in found or found.index(wanted) < found.index(near))


def _row(name: str, rows: Sequence[tuple[bool, ...]], told: Callable[[Sequence[bool]], str]) -> str:
    return f"| {name} | {len(rows)} | {' | '.join(map(told, zip(*rows, strict=True)))} |"


def _count(column: Sequence[bool]) -> str:
    return str(sum(column))


def _share(column: Sequence[bool]) -> str:
    return f"{sum(column)} ({sum(column) / len(column):.2f})"


if __name__ == "__main__":
    main()
