"""Whether the claim that says the same is found: STS-B French, beside BM25 and trigrams.

    make bench-search_quality
    make bench-search_quality CORPORA=../corpora ARGS="--every 5"

Every sentence of the corpus is a published claim of a record of its own, which is dropped
afterwards. For each pair that people gave 4.5 of 5 or more, one sentence is looked up and the other
is to be found among all that are not the one itself, both ways. Of every way of finding the first
30 count. The corpus measures only: nothing was learned from it (what was chosen beside it,
docs/decisions/0038 tells).
"""

import argparse
import csv
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

import django
from django.db import connection
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track

FILES = ("stsb-fr-train.csv", "stsb-fr-dev.csv")
SAME = 4.5  # of 5: people say that the two say the same
FOUND, FEW = 30, 5

Find = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Corpus:
    """Sentences, and pairs of places among them: one that is looked up, one to be found."""

    sentences: list[str]
    pairs: list[tuple[int, int]]

    @classmethod
    def read(cls, folder: Path) -> "Corpus":
        rows = [
            (first.strip(), second.strip(), float(score))
            for name in FILES
            for first, second, score in csv.reader((folder / name).read_text("utf-8").splitlines())
        ]
        places: dict[str, int] = {}
        for sentence in (each for row in rows for each in row[:2]):
            places.setdefault(sentence, len(places))
        same = [
            (places[first], places[second])
            for first, second, score in rows
            if score >= SAME and first != second
        ]
        both_ways = same + [(second, first) for first, second in same]
        return cls(list(places), list(dict.fromkeys(both_ways)))

    def thinned(self, every: int) -> "Corpus":
        """The same sentences, of the pairs one of so many."""
        return Corpus(self.sentences, self.pairs[::every])


def main() -> None:
    given = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    console = Console()
    corpus = Corpus.read(given.corpora / "stsb-fr").thinned(given.every)
    with database("search_quality"):
        load(corpus.sentences)
        console.print(Markdown("\n".join(measured(corpus, console))))


@contextmanager
def database(name: str) -> Iterator[None]:
    """An empty database of this name, which is dropped afterwards."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-search_quality")
    corpora = Path(os.environ.get("CORPORA", "../shared/corpora"))
    parser.add_argument("--corpora", type=Path, default=corpora, help="the folder of stsb-fr")
    parser.add_argument("--every", type=int, default=1, help="look up one of so many: quicker")
    return parser.parse_args()


def load(sentences: Sequence[str]) -> None:
    """A published claim of each sentence, by its place among them; known to the planner."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone
    from psycopg.types.range import Int4Range

    from claims.models import Claim
    from sources.models import Document, Sentence, Snapshot

    text = "\n".join(sentences)
    by = get_user_model().objects.create(username="bench")
    snapshot = Snapshot.objects.create(
        document=Document.objects.create(title="STS-B"),
        text=text,
        sha256=Snapshot.digest(text),
        original=b"",
        fetched_at=timezone.now(),
    )
    rows, start = [], 0
    for place, sentence in enumerate(sentences):
        end = start + len(sentence)
        rows.append(
            Sentence(snapshot=snapshot, position=place, start=start, end=end, text=sentence)
        )
        start = end + 1
    Sentence.objects.bulk_create(rows, batch_size=2000)
    Claim.objects.bulk_create(
        [
            Claim(
                pk=place,
                sentence=row,
                content=[Int4Range(row.start, row.end)],
                quote=row.text,
                quotation=Claim.Quotation.NONE,
                kind=Claim.Kind.FACT,
                status=Claim.Status.ACCEPTED,
                decided_by=by,
                decided_at=timezone.now(),
            )
            for place, row in enumerate(rows)
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE INDEX ON claims_claim USING gist (quote gist_trgm_ops (siglen = 256))"
        )
        cursor.execute("ANALYZE")


def ways(sentences: Sequence[str]) -> Iterator[tuple[str, Find]]:
    """Ours, whole and in part, and what else there is; each gives places, the best first."""
    from claims.match import match
    from claims.models import Claim
    from claims.retrieval import retrieve

    published = Claim.objects.published()
    yield (
        "match, whole",
        lambda text: [each.claim for each in match(text, checked=False, most=FOUND + 1)],
    )
    yield (
        "match, retrieval alone",
        lambda text: [each.claim for each in retrieve([text], published, FOUND + 1)[0].claims],
    )
    yield "rank_bm25, words", _rank_bm25(sentences, _words)
    yield "rank_bm25, stems", _rank_bm25(sentences, _stems)
    yield "pg_trgm", _nearest_by_trigrams


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _stems(text: str) -> list[str]:
    from Stemmer import Stemmer

    return Stemmer("french").stemWords(_words(text))


def _rank_bm25(sentences: Sequence[str], read: Callable[[str], list[str]]) -> Find:
    from rank_bm25 import BM25Okapi

    ranked = BM25Okapi([read(sentence) for sentence in sentences])

    def find(text: str) -> Sequence[int]:
        scores = ranked.get_scores(read(text))
        return (-scores).argsort(kind="stable")[: FOUND + 1].tolist()

    return find


def _nearest_by_trigrams(text: str) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            # What is nearest by "<->" has the highest similarity(), and comes by the index.
            "SELECT id FROM claims_claim ORDER BY quote <-> %s LIMIT %s",
            [text, FOUND + 1],
        )
        return [place for (place,) in cursor.fetchall()]


def measured(corpus: Corpus, console: Console) -> Iterator[str]:
    """How well each way finds the other sentence, as a table in Markdown."""
    pairs, sentences = len(corpus.pairs), len(corpus.sentences)
    yield f"STS-B French, {pairs:,} sentences looked up among {sentences:,}."
    yield ""
    yield f"| | recall@{FEW} | recall@{FOUND} | MRR | median ms |"
    yield "|---|---|---|---|---|"
    for name, find in ways(corpus.sentences):
        ranks, times = [], []
        for sought, wanted in track(corpus.pairs, name, console=console, transient=True):
            start = time.perf_counter()
            found = find(corpus.sentences[sought])
            times.append(time.perf_counter() - start)
            ranks.append(rank(found, sought, wanted))
        few = fmean(0 < each <= FEW for each in ranks)
        many = fmean(each > 0 for each in ranks)
        mean = fmean(1 / each if each else 0 for each in ranks)
        yield f"| {name} | {few:.3f} | {many:.3f} | {mean:.3f} | {median(times) * 1000:.0f} |"


def rank(found: Sequence[int], sought: int, wanted: int) -> int:
    """The place of ``wanted`` among what was found, from 1, ``sought`` aside; 0 if it is not."""
    others = [place for place in found if place != sought][:FOUND]
    return others.index(wanted) + 1 if wanted in others else 0


if __name__ == "__main__":
    main()
