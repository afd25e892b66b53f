from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.extraction.model import ModelNotInstalled
from claims.management.commands.extract import positive
from claims.management.commands.ingest import INTERRUPTED, goes_on, opened
from claims.progress import bar
from claims.stop import stop_on_interrupt
from claims.tally import Tally
from sources.batches.delivery import files
from sources.origin import Origin
from sources.partial_date import PartialDate


class Command(BaseCommand):
    help = (
        "Take in millions of documents with their claims, read by many processes, on one machine "
        "or several: JSON Lines (*.jsonl, *.ndjson), WARC (*.warc), both also .gz, and Parquet "
        "(*.parquet), or folders of them. The same command again goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("texts", nargs="+", metavar="FILE|FOLDER")
        parser.add_argument(
            "--published-on", default="", metavar="DATE", help="of what has no date of its own"
        )
        parser.add_argument("--publisher", default="", help="of what names none")
        readers = parser.add_mutually_exclusive_group()
        readers.add_argument(
            "--processes",
            type=positive,
            default=1,
            metavar="N",
            help="read in so many processes of this machine",
        )
        readers.add_argument(
            "--scheduler",
            metavar="tls://HOST:PORT",
            help="read by the workers of this Dask scheduler",
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write what is refused to this CSV file"
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="go through all of the files, also what was refused before",
        )

    def handle(self, *, texts, published_on, publisher, processes, scheduler, **options):
        # What only this command needs takes half a second to load.
        from claims.corpus import cluster
        from claims.corpus.load import Overtaken
        from claims.corpus.run import Corpus

        try:
            date = PartialDate.parse(published_on) if published_on else None
            origin = Origin(date, publisher.strip())
        except ValueError as error:
            raise CommandError(str(error)) from error
        with ExitStack() as stack:
            report = options["report"] and stack.enter_context(opened(options["report"]))
            try:
                client = stack.enter_context(
                    cluster.remote(scheduler) if scheduler else cluster.local(processes)
                )
                tally = Tally(
                    self.stdout,
                    self.stderr,
                    bar=stack.enter_context(bar(_("Documents"))),
                    report=report,
                    named=(),
                    all_told=options["verbosity"] > 1,
                )
                stop = stack.enter_context(
                    stop_on_interrupt(lambda: tally.say(_("Finishing what is begun…")))
                )
                corpus = Corpus(client, origin, timezone.localdate(), tally, stop, options["again"])
                corpus.take_in(chain.from_iterable(files(Path(text)) for text in texts))
            except (cluster.NoCluster, ModelNotInstalled) as error:
                raise CommandError(str(error)) from error
            except Overtaken as error:
                raise CommandError(_("Somebody else takes the same file in.")) from error
            except (OperationalError, InterfaceError):
                tally.say(goes_on())
                raise
        for line in tally.summary():
            self.stdout.write(line)
        if stop.wanted:
            raise CommandError(goes_on(), returncode=INTERRUPTED)
        if tally.refused:
            raise CommandError(tally.fault())
