from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console

from claims.extraction.model import ModelNotInstalled
from claims.models import Claim
from claims.tables import claim_table
from seeds.dossier import Dossier, SeedError


class Command(BaseCommand):
    help = "Load the seed document and its dossier, and show the claims found in it."

    def handle(self, **options):
        console = Console(file=self.stdout._out)
        dossier = Dossier(timezone.localdate())
        try:
            if not dossier.loaded:
                dossier.load_sources()
                if not dossier.extracted:
                    with console.status(_("Reading the seed document…")):
                        dossier.extract()
                dossier.load_findings()
        except (ModelNotInstalled, SeedError) as error:
            raise CommandError(str(error)) from error
        found = Claim.objects.filter(sentence__snapshot=dossier.snapshot).order_by("content")
        rows = [
            (
                claim.speaker and claim.speaker.name,
                claim.said_on and claim.said_on.isoformat(),
                claim.kind,
                claim.sentence.text,
            )
            for claim in found.select_related("speaker", "sentence")
        ]
        console.print(claim_table(dossier.snapshot.document.title, rows))
