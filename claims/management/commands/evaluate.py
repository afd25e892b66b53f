import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims import engine
from claims.extraction.evaluation.faults import faults
from claims.extraction.evaluation.gold import GoldError, read_gold
from claims.extraction.evaluation.measure import measure
from claims.extraction.interchange import InterchangeError, read_lines, to_record
from claims.extraction.model import ModelNotInstalled
from claims.progress import progress
from sources.files import read_file
from sources.read import decode
from sources.refused import Refused


class Command(BaseCommand):
    help = (
        "Measure the extractor on annotated articles: JSON Lines, marked-up texts, or folders of "
        "them; and list what it missed and what it invented. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="GOLD")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON only")

    def handle(self, *, paths, **options):
        try:
            articles = [article for path in paths for article in read_articles(path)]
            extractor = engine.extractor()
        except (Refused, GoldError, InterchangeError, ModelNotInstalled) as error:
            raise CommandError(str(error)) from error
        predicted = [
            to_record(gold, extractor.read(gold["text"], gold["published_on"]))
            for gold in progress(articles, _("Reading"))
        ]
        figures = measure(zip(articles, predicted, strict=True))
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for gold, found in zip(articles, predicted, strict=True):
            self.print_faults(gold, found)
        self.print_figures(figures)

    def print_faults(self, gold: dict, predicted: dict) -> None:
        missed, invented = faults(gold, predicted)
        for sign, claims in (("-", missed), ("+", invented)):
            for claim in claims:
                words = " […] ".join(gold["text"][start:end] for start, end in claim["content"])
                speaker = claim.get("speaker") or "—"
                self.stdout.write(f"{sign} {gold['id']}  {speaker}: {' '.join(words.split())}")

    def print_figures(self, figures: dict) -> None:
        for name in ("attributed", "exact", "speaker", "narrated", "parts"):
            row = figures[name]
            self.stdout.write(
                f"{name:<11} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}"
                f"   ({row['gold']} gold, {row['predicted']} predicted)"
            )
        accuracy = (f"{key} {value:.3f}" for key, value in figures["accuracy"].items())
        self.stdout.write("accuracy    " + "  ".join(accuracy))


def read_articles(path: Path) -> list[dict]:
    """The gold records of a file or folder; raises Refused, GoldError or InterchangeError."""
    if path.is_dir():
        return [read_gold(file) for file in sorted(path.glob("*.txt"))]
    if path.suffix == ".txt":
        decode(read_file(path))
        return [read_gold(path)]
    articles = list(read_lines(decode(read_file(path)).split("\n")))
    for number, article in enumerate(articles, start=1):
        article.setdefault("id", f"{path.stem}-{number}")
        if "claims" not in article:
            raise InterchangeError(f"{path}, record {number}: no claims to compare with")
    return articles
