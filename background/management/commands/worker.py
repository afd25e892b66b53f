import asyncio

from django.core.management.base import BaseCommand

from background import worker


class Command(BaseCommand):
    help = "Do the background work, until told to stop."

    def add_arguments(self, parser):
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when standard input closes, too"
        )
        parser.add_argument(
            "--nice", type=int, default=0, metavar="N", help="let others go first, as nice -n N"
        )

    def handle(self, *, with_parent, nice, **options):
        if with_parent:
            worker.end_with_parent()
        asyncio.run(worker.run(nice))
