from contextlib import ExitStack
from itertools import chain, groupby
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import engine
from claims.extraction.model import ModelNotInstalled
from claims.management.commands.extract import positive
from claims.progress import bar
from claims.stop import stop_on_interrupt
from claims.take_in import Intake
from claims.tally import Tally
from sources.batches.delivery import files, holds_many, items
from sources.batches.items import Item
from sources.batches.names import shown
from sources.batches.report import Report
from sources.fetching import addresses
from sources.fetching.addresses import is_address
from sources.files import sentence
from sources.origin import Origin
from sources.partial_date import PartialDate

INTERRUPTED = 130  # as shells say it


class Command(BaseCommand):
    help = (
        "Take in documents and record their claims: files (text, HTML, PDF, DOCX), folders, "
        "JSON Lines (*.jsonl, *.ndjson, also .gz), archives (ZIP, TAR) and addresses. What is "
        "there already is passed over, so the same command again goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("texts", nargs="+", metavar="FILE|FOLDER|ADDRESS")
        parser.add_argument(
            "--published-on", default="", metavar="DATE", help="2025-12-03, 2025-12 or 2025"
        )
        parser.add_argument("--publisher", default="", help="who published them")
        parser.add_argument("--url", help="the address of the document (one file only)")
        parser.add_argument("--title", default="", help="the title of the document (one file only)")
        parser.add_argument(
            "--processes",
            type=positive,
            default=1,
            metavar="N",
            help="read in so many processes: faster from some hundred documents on",
        )
        parser.add_argument(
            "--background",
            action="store_true",
            help="only keep the texts, and have the workers find their claims",
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write what is refused to this CSV file"
        )

    def handle(self, *, texts, published_on, publisher, url, title, **options):
        if (url or title) and (len(texts) > 1 or holds_many(Path(texts[0]))):
            raise CommandError(_("An address or a title belongs to one file."))
        if url and is_address(texts[0]):
            raise CommandError(_("What is fetched has its address: leave out --url."))
        try:
            date = PartialDate.parse(published_on) if published_on else None
            origin = Origin(date, publisher.strip(), url or None, title.strip())
            if not options["background"]:
                engine.extractor()
        except (ValueError, ModelNotInstalled) as error:
            raise CommandError(str(error)) from error
        with ExitStack() as stack:
            tally = Tally(
                self.stdout,
                self.stderr,
                bar=stack.enter_context(bar(_("Documents"))),
                report=options["report"] and stack.enter_context(opened(options["report"])),
                named={name(text) for text in texts},
                all_told=options["verbosity"] > 1,
            )
            stop = stack.enter_context(
                stop_on_interrupt(lambda: tally.say(_("Finishing what is begun…")))
            )
            intake = Intake(origin, timezone.localdate(), tally, stop)
            try:
                take_in(intake, texts, options["processes"], options["background"])
            except (OperationalError, InterfaceError):
                tally.say(goes_on())
                raise
        for line in tally.summary():
            self.stdout.write(line)
        if stop.wanted:
            raise CommandError(goes_on(), returncode=INTERRUPTED)
        if tally.refused:
            raise CommandError(tally.fault())


def take_in(intake: Intake, texts: list[str], processes: int, background: bool) -> None:
    """All that is given, in its order: addresses one by one, files together."""
    for fetched, group in groupby(texts, is_address):
        if fetched:
            for url in intake.stop.until_wanted(group):
                intake.fetch(url, Item(name(url)), background=background)
            continue
        given = items(chain.from_iterable(files(Path(text)) for text in group))
        if background:
            intake.defer(given)
        else:
            intake.record(given, processes)


def name(text: str) -> str:
    """A file or an address as it is shown."""
    return addresses.shown(text) if is_address(text) else shown(str(Path(text)))


def opened(report: Path) -> Report:
    try:
        return Report(report)
    except OSError as error:
        raise CommandError(f"{shown(str(report))}: {sentence(error)}") from error


def goes_on() -> str:
    return _("It was not finished: the same command goes on where it was.")
