from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims.public_changes import note_new_pages


class Command(BaseCommand):
    help = "Have the CDN forget every page, as after an update that changes how they look."

    def handle(self, **options):
        note_new_pages()
        if not settings.CDN_PURGE_URL:
            raise CommandError(_("CONSTAT_CDN_PURGE_URL names no CDN: there is none to tell."))
        self.stdout.write(_("The worker will tell the CDN to forget every page."))
