from collections import deque
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from claims import engine
from claims.extraction import Extractor, Reading
from claims.extraction.interchange import InterchangeError, dumps, read_lines, to_record
from claims.extraction.model import ModelNotInstalled
from claims.progress import progress
from claims.tables import claim_table
from sources.files import read_file
from sources.partial_date import PartialDate
from sources.read import decode
from sources.refused import Refused


class Command(BaseCommand):
    help = (
        "Find the claims of text files, or of JSON Lines (*.jsonl) with a text and published_on. "
        "Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--jsonl", action="store_true", help="print one JSON record a line")
        parser.add_argument(
            "--processes",
            type=positive,
            default=1,
            metavar="N",
            help="read in so many processes: faster from some hundred articles on",
        )
        parser.add_argument(
            "--published-on", metavar="DATE", help="of text files: 2025-12-03, 2025-12 or 2025"
        )

    def handle(self, *, files, jsonl, processes, published_on, **options):
        try:
            date = PartialDate.parse(published_on).isoformat() if published_on else None
            extractor = engine.extractor()
        except (ValueError, ModelNotInstalled) as error:
            raise CommandError(str(error)) from error
        show = self.print_record if jsonl else self.print_table
        refused = 0
        for file in progress(files, _("Reading")):
            try:
                for article, reading in read(extractor, articles(file, date), processes):
                    show(article, reading)
            except (Refused, InterchangeError) as reason:
                refused += 1
                self.stderr.write(f"{file}: {reason}")
        if refused:
            text = ngettext(
                "%(refused)d of %(count)d file refused.",
                "%(refused)d of %(count)d files refused.",
                len(files),
            )
            raise CommandError(text % {"refused": refused, "count": len(files)})

    def print_record(self, article: dict, reading: Reading) -> None:
        self.stdout.write(dumps(to_record(article, reading)))

    def print_table(self, article: dict, reading: Reading) -> None:
        text = article["text"]
        rows = [
            (claim.speaker, claim.said_on, claim.kind, text[slice(*claim.sentence)])
            for claim in reading.claims
        ]
        console = Console(file=self.stdout._out)
        console.print(claim_table(str(article["id"]), rows))


def positive(argument: str) -> int:
    """A number from 1 on; raises ValueError, which argparse reports."""
    number = int(argument)
    if number < 1:
        raise ValueError
    return number


def read(
    extractor: Extractor, articles: Iterator[dict], processes: int
) -> Iterator[tuple[dict, Reading]]:
    """Each article with its reading, in order."""
    waiting: deque[dict] = deque()

    def texts() -> Iterator[tuple[str, str | None]]:
        for article in articles:
            waiting.append(article)
            yield article["text"], article["published_on"]

    for reading in extractor.read_many(texts(), n_process=processes):
        yield waiting.popleft(), reading


def articles(file: Path, published_on: str | None) -> Iterator[dict]:
    """The records of a JSON Lines file, or the one record a text file makes."""
    if file.suffix not in (".jsonl", ".ndjson"):
        text = decode(read_file(file))
        yield {"id": file.stem, "language": "fr", "published_on": published_on, "text": text}
        return
    try:
        with file.open(encoding="utf-8") as lines:
            for number, article in enumerate(read_lines(lines), start=1):
                article.setdefault("id", f"{file.stem}-{number}")
                yield article
    except OSError as error:
        raise Refused(error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise Refused(_("it is not valid UTF-8")) from error
