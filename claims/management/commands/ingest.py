from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import engine
from claims.extraction.model import ModelNotInstalled
from claims.progress import progress
from claims.record import Recorded, record
from sources.files import read_file
from sources.ingest import Ingested, Origin, Refused, ingest
from sources.partial_date import PartialDate


class Command(BaseCommand):
    help = "Take files in (text, HTML, PDF, DOCX), and record the claims found in them."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--published-on", default="", metavar="DATE", help="2025-12-03, 2025-12 or 2025"
        )
        parser.add_argument("--publisher", default="", help="who published them")
        parser.add_argument("--url", help="the address of the document (one file only)")
        parser.add_argument("--title", default="", help="the title of the document (one file only)")

    def handle(self, *, files, published_on, publisher, url, title, **options):
        if len(files) > 1 and (url or title):
            raise CommandError(_("An address or a title belongs to one file."))
        try:
            date = PartialDate.parse(published_on) if published_on else None
            origin = Origin(date, publisher.strip(), url or None, title.strip())
            engine.extractor()
        except (ValueError, ModelNotInstalled) as error:
            raise CommandError(str(error)) from error
        refused = 0
        for file in progress(files, _("Reading")):
            try:
                ingested, recorded = self.take_in(file, origin)
            except Refused as reason:
                refused += 1
                self.stderr.write(f"{file}: {reason}")
            else:
                state = _("new") if ingested.created else _("known")
                count = ngettext("%(found)d claim", "%(found)d claims", recorded.found)
                new = ngettext("%(created)d new", "%(created)d new", recorded.created)
                counts = (count + ", " + new) % vars(recorded)
                self.stdout.write(f"{file}: {state}, {counts}")
        if refused:
            text = ngettext(
                "%(refused)d of %(count)d file refused.",
                "%(refused)d of %(count)d files refused.",
                len(files),
            )
            raise CommandError(text % {"refused": refused, "count": len(files)})

    @staticmethod
    @transaction.atomic
    def take_in(file: Path, origin: Origin) -> tuple[Ingested, Recorded]:
        """One file: its snapshot and its claims, or nothing."""
        ingested = ingest(read_file(file), origin, today=timezone.localdate(), name=file.name)
        snapshot = ingested.snapshot
        published_on = snapshot.document.published_on
        found = engine.extractor().read(
            snapshot.text, published_on.isoformat() if published_on else None
        )
        return ingested, record(snapshot, found, engine.version())
