from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from claims.decisions import decided_snapshots, to_record
from claims.extraction.interchange import dumps
from claims.progress import progress


class Command(BaseCommand):
    help = (
        "Write what editors decided as annotated articles, one JSON record a line: the claims of "
        "each text as they were let in, and every decision. What is not wholly decided is left out."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--since", metavar="DATE", help="only texts in which something was decided since then"
        )
        parser.add_argument(
            "--snapshot",
            action="append",
            default=[],
            metavar="SHA256",
            help="only this text, by the beginning of its SHA-256; may be given again",
        )
        parser.add_argument(
            "--partial", action="store_true", help="texts of which only a part is decided as well"
        )

    def handle(self, *, since, snapshot, partial, **options):
        snapshots = decided_snapshots(_day(since) if since else None, snapshot, partial=partial)
        for pk in progress(list(snapshots.values_list("pk", flat=True)), _("Writing")):
            record = to_record(snapshots.get(pk=pk))
            if partial or not record["partial"]:
                self.stdout.write(dumps(record))


def _day(text: str) -> datetime:
    """When that day began; raises CommandError where it is none."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(_("“%(text)s” is not a day: write 2025-12-03.") % {"text": text})
    return timezone.make_aware(datetime.combine(day, time.min))
