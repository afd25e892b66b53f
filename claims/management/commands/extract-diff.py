from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims import engine
from claims.compare import Difference, compare
from claims.extraction.model import ModelNotInstalled
from claims.progress import progress
from sources.models import Snapshot


class Command(BaseCommand):
    help = (
        "Show what the installed version of the extractor would add (+), drop (-) or change (~) on "
        "what is recorded. Changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "documents", nargs="*", metavar="ID", help="public ids of documents; else all"
        )

    def handle(self, *, documents, **options):
        try:
            engine.extractor()
        except ModelNotInstalled as error:
            raise CommandError(str(error)) from error
        read = Snapshot.objects.filter(readings__isnull=False).distinct().order_by("pk")
        if documents:
            read = read.filter(document__public_id__in=documents)
        ids = list(read.values_list("pk", flat=True))
        totals = Counter()
        for pk in progress(ids, _("Reading")):
            snapshot = Snapshot.objects.defer("original").select_related("document").get(pk=pk)
            differences = compare(snapshot, engine.read(snapshot))
            if differences:
                self.stdout.write(f"{snapshot.document} ({snapshot.document.public_id})")
            for difference in differences:
                sign, line = told(difference, snapshot.text)
                totals[sign] += 1
                self.stdout.write(f"  {sign} {line}")
        self.stdout.write(
            _("Added: %(added)d, dropped: %(dropped)d, changed: %(changed)d; read: %(count)d.")
            % {
                "added": totals["+"],
                "dropped": totals["-"],
                "changed": totals["~"],
                "count": len(ids),
            }
        )


def told(difference: Difference, text: str) -> tuple[str, str]:
    """The sign of a difference, and what it is in a line."""
    if difference.claim is None:
        candidate = difference.candidate
        words = " […] ".join(text[start:end] for start, end in candidate.content)
        return "+", f"{candidate.speaker or '—'}: {one_line(words)}"
    line = f"{difference.claim.speaker or '—'}: {one_line(difference.claim.quote)}"
    if difference.decided:
        line += f" [{difference.claim.get_status_display()}]"
    if difference.candidate is None:
        return "-", line
    changes = (
        f"{name}: {one_line(before) or '—'} → {one_line(after) or '—'}"
        for name, (before, after) in difference.changes.items()
    )
    return "~", f"{line} ({'; '.join(changes)})"


def one_line(words: str) -> str:
    return " ".join(words.split())
