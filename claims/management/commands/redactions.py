import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims.redaction.again import listed, make_again
from claims.redaction.chain import faults, is_redacted_of
from sources.models import Snapshot
from sources.refused import Refused


class Command(BaseCommand):
    help = "List what was redacted, without the words; check it; or make it again after a restore."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="that the record is as they left it")
        what.add_argument(
            "--again", type=Path, metavar="LIST", help="make those of this list that are not there"
        )
        what.add_argument(
            "--original",
            nargs=2,
            metavar=("FILE", "SHA256"),
            help="whether the snapshot with that digest is this text but for what was redacted",
        )

    def handle(self, check, again, original, **options):
        if check:
            self._check()
        elif again:
            self._make_again(again)
        elif original:
            self._compare(*original)
        else:
            for said in listed():
                self.stdout.write(json.dumps(said, ensure_ascii=False))

    def _check(self):
        if found := list(faults()):
            raise CommandError("\n".join(found))
        self.stdout.write(_("The record is as its redactions left it."))

    def _make_again(self, path: Path):
        try:
            wanted = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
            made = sum(map(make_again, wanted))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(
                _("“%(file)s” is no list of redactions: %(why)s") % {"file": path, "why": error}
            ) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("Redactions made again: %(count)d.") % {"count": made})

    def _compare(self, path: str, sha256: str):
        snapshot = Snapshot.objects.filter(sha256=sha256).first()
        if snapshot is None:
            raise CommandError(_("No snapshot has that digest."))
        try:
            text = Path(path).read_bytes().decode()
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not is_redacted_of(snapshot, text):
            raise CommandError(_("It is not: more differs than was redacted."))
        self.stdout.write(_("It is: nothing differs but what was redacted."))
