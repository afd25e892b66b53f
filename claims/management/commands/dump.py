from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from claims.sync.dump import dump
from claims.sync.files import FORMATS


class Command(BaseCommand):
    help = "Write the whole public record into a new folder, as of one moment."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where it is to be; it must not be there yet")
        parser.add_argument(
            "--format",
            nargs="+",
            choices=FORMATS,
            default=[*FORMATS],
            help="of the files; all of them by default",
        )

    def handle(self, folder, **options):
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.completed}"),
        )
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True) as shown:
            task = shown.add_task("", total=None)
            try:
                described = dump(
                    folder,
                    options["format"],
                    lambda name, rows: shown.update(task, description=name, completed=rows),
                )
            except FileExistsError:
                raise CommandError(
                    _("“%(folder)s” is there already: name a new folder.") % {"folder": folder}
                ) from None
            except OSError as error:
                raise CommandError(str(error)) from error
        rows = {file["title"]: file["rows"] for file in described["resources"]}
        for name, count in rows.items():
            self.stdout.write(f"{count:>10}  {name}")
        self.stdout.write(
            _("Go on from here with /api/v1/changes/?since=%(number)d")
            % {"number": described["changes"]}
        )
