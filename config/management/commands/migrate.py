from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable


class Command(migrate.Command):
    """Django's; but it waits for a busy table for seconds only, as all others wait behind it."""

    def handle(self, *args, **options):
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [f"{settings.LOCK_SECONDS}s"])
        try:
            return super().handle(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            raise CommandError(
                _(
                    "Others use a table that this migration changes: it was given up after "
                    "%(seconds)s seconds, and nothing of it was done. The site goes on as before. "
                    "Run the command again at a quieter moment, or without the workers."
                )
                % {"seconds": f"{settings.LOCK_SECONDS:g}"}
            ) from error
        finally:
            with connections[options["database"]].cursor() as cursor:
                cursor.execute("RESET lock_timeout")
