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
from sources.fetching.addresses import is_address, shown
from sources.fetching.fetch import fetch
from sources.files import read_file
from sources.ingest import Ingested, Origin, Refused, ingest
from sources.partial_date import PartialDate


class Command(BaseCommand):
    help = "Take files (text, HTML, PDF, DOCX) and addresses in, and record their claims."

    def add_arguments(self, parser):
        parser.add_argument("texts", nargs="+", metavar="FILE|ADDRESS")
        parser.add_argument(
            "--published-on", default="", metavar="DATE", help="2025-12-03, 2025-12 or 2025"
        )
        parser.add_argument("--publisher", default="", help="who published them")
        parser.add_argument("--url", help="the address of the document (one file only)")
        parser.add_argument("--title", default="", help="the title of the document (one file only)")

    def handle(self, *, texts, published_on, publisher, url, title, **options):
        if len(texts) > 1 and (url or title):
            raise CommandError(_("An address or a title belongs to one file."))
        if url and is_address(texts[0]):
            raise CommandError(_("What is fetched has its address: leave out --url."))
        try:
            date = PartialDate.parse(published_on) if published_on else None
            origin = Origin(date, publisher.strip(), url or None, title.strip())
            engine.extractor()
        except (ValueError, ModelNotInstalled) as error:
            raise CommandError(str(error)) from error
        refused = 0
        for text in progress(texts, _("Reading")):
            name = shown(text)
            try:
                ingested, recorded = self.take_in(text, origin)
            except Refused as reason:
                refused += 1
                self.stderr.write(f"{name}: {reason}")
            else:
                state = _("new") if ingested.created else _("known")
                count = ngettext("%(found)d claim", "%(found)d claims", recorded.found)
                new = ngettext("%(created)d new", "%(created)d new", recorded.created)
                counts = (count + ", " + new) % vars(recorded)
                self.stdout.write(f"{name}: {state}, {counts}")
        if refused:
            sentence = ngettext(
                "%(refused)d of %(count)d text refused.",
                "%(refused)d of %(count)d texts refused.",
                len(texts),
            )
            raise CommandError(sentence % {"refused": refused, "count": len(texts)})

    def take_in(self, text: str, origin: Origin) -> tuple[Ingested, Recorded]:
        """One file or address: its snapshot and its claims, or nothing."""
        if not is_address(text):
            path = Path(text)
            original = read_file(path)
            with transaction.atomic():
                return self.recorded(
                    ingest(original, origin, today=timezone.localdate(), name=path.name)
                )
        fetched = fetch(text, now=timezone.now())
        with transaction.atomic():
            return self.recorded(fetched.ingest(origin, today=timezone.localdate()))

    @staticmethod
    def recorded(ingested: Ingested) -> tuple[Ingested, Recorded]:
        found = engine.read(ingested.snapshot)
        return ingested, record(ingested.snapshot, found, engine.version())
