from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims.claim_review.run import read_file, take_in
from claims.models import Import
from sources.fetching.addresses import is_address
from sources.files import sentence
from sources.refused import Refused


class Command(BaseCommand):
    help = (
        "Read the reviews of other fact-checkers (ClaimReview) from a file or an address: a page, "
        "JSON-LD, a Data Commons feed, an answer of Google’s Fact Check Tools. The same again "
        "changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="FILE|ADDRESS")

    def handle(self, *, source, **options):
        import_ = Import(kind=Import.Kind.CLAIM_REVIEWS, state=Import.State.IMPORTING)
        import_.name = source if is_address(source) else Path(source).name
        try:
            if is_address(source):
                import_.save()
                take_in(import_)
            else:
                with Path(source).open("rb") as file:
                    import_.save()
                    read_file(import_, file)
        except OSError as error:
            raise CommandError(f"{source}: {sentence(error)}") from error
        except Refused as refusal:
            raise CommandError(f"{source}: {refusal}") from refusal
        for row in import_.rows.iterator():
            told = {"number": row.number, "why": row.problems[0]["sentence"]}
            self.stderr.write(_("Item %(number)d: %(why)s") % told)
        counts = {
            "new": import_.added, "changed": import_.changed,
            "unchanged": import_.unchanged, "refused": import_.refused,
        }  # fmt: skip
        said = _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused.")
        self.stdout.write(said % counts)
        if import_.state == Import.State.FAILED:
            raise CommandError(f"{source}: {import_.reason}")
