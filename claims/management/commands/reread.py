from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import ngettext

from background.queue import Priority
from claims import engine
from claims.jobs import have_read
from sources.models import Snapshot


class Command(BaseCommand):
    help = "Have the extractor read, in the background, what this version of it has not read."

    @transaction.atomic
    def handle(self, **options):
        unread = Snapshot.objects.exclude(readings__extractor=engine.version())
        ids = unread.order_by("pk").values_list("pk", flat=True)
        for snapshot_id in ids:
            have_read(snapshot_id, Priority.LATER)
        queued = ngettext("%(count)d text to read.", "%(count)d texts to read.", len(ids))
        self.stdout.write(queued % {"count": len(ids)})
