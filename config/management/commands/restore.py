from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims.progress import shown
from config.backup.failure import Failure
from config.backup.restore import restore


class Command(BaseCommand):
    help = "Put a backup back into an empty database, and compare every table with it."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the backup")
        parser.add_argument(
            "--force", action="store_true", help="remove what the database holds before"
        )

    def handle(self, folder, force, **options):
        try:
            with shown() as show:
                backup = restore(folder, show, force=force)
        except Failure as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(
            _("%(tables)d tables with %(rows)d rows are as they were at %(time)s.")
            % {
                "tables": len(backup.tables),
                "rows": sum(table.rows for table in backup.tables.values()),
                "time": backup.made_at,
            }
        )
