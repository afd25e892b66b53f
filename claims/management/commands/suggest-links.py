from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.linking.suggest import note_all, suggest_next
from claims.management.commands.ingest import INTERRUPTED, goes_on
from claims.models import Link
from claims.progress import bar
from claims.stop import stop_on_interrupt


class Command(BaseCommand):
    help = (
        "Look through the record for repeats, contradictions and updates, and propose them. What "
        "was looked at is passed over, so the same command again goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again",
            action="store_true",
            help="look at every claim anew, as after a new version compares otherwise",
        )
        parser.add_argument(
            "--background", action="store_true", help="leave it to the workers, after the news"
        )

    def handle(self, *, again, background, **options):
        with transaction.atomic():
            waiting = note_all(again=again)
            if background:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT queue_suggest_links()")
        if background:
            told = ngettext("%(count)d claim to look at.", "%(count)d claims to look at.", waiting)
            self.stdout.write(told % {"count": waiting})
            return
        before, looked = Link.objects.found().count(), 0
        with bar(_("Claims")) as shown, stop_on_interrupt(lambda: None) as stop:
            while not stop.wanted and (some := suggest_next()):
                looked += some
                shown.move(min(looked / max(waiting, looked), 1), some)
        told = ngettext("%(count)d claim looked at.", "%(count)d claims looked at.", looked)
        self.stdout.write(told % {"count": looked})
        found = Link.objects.found().count()
        told = _("%(found)d links found wait for an editor; before, %(before)d did.")
        self.stdout.write(told % {"found": found, "before": before})
        if stop.wanted:
            raise CommandError(goes_on(), returncode=INTERRUPTED)
