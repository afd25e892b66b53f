from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims.progress import shown
from config.backup.failure import Failure
from config.backup.make import make


class Command(BaseCommand):
    help = "Write all there is into a new folder below another, while Constat runs."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where backups are kept")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="then remove all but the latest N there"
        )

    def handle(self, folder, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError(_("--keep takes a number from 1."))
        try:
            with shown() as show:
                done = make(folder, keep, show)
        except FileExistsError:
            raise CommandError(
                _("Another backup is being written to “%(folder)s”.") % {"folder": folder}
            ) from None
        except Failure as failure:
            raise CommandError(str(failure)) from failure
        size = sum(path.stat().st_size for path in done.rglob("*") if path.is_file())
        self.stdout.write(f"{done} ({size / 1e6:.1f} MB)")
