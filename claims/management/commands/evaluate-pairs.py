import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from claims.comparison import SUGGESTED, Relation
from claims.comparison.measure import (
    LEVELS,
    accuracy,
    calibration,
    confusion,
    judge,
    precision,
    recall,
    suggested,
)
from claims.comparison.pairs import read_pairs

HELD = "held"  # pairs for measuring only: what was wrong with each is not told


class Command(BaseCommand):
    help = (
        "Measure the comparison of claims on annotated pairs (JSON Lines): repeats, contradictions "
        "and updates, and which scores come true. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="PAIRS")
        parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON only")

    def handle(self, *, path, **options):
        if options["show"] and path.stem == HELD:
            raise CommandError(f"{path} is for measuring only: its pairs are not shown.")
        try:
            pairs = read_pairs(path)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        found = judge(pairs)
        if options["json"]:
            self.stdout.write(json.dumps(figures(pairs, found)))
            return
        if options["show"]:
            self.print_faults(pairs, found)
        self.print_figures(pairs, found)

    def print_faults(self, pairs, found) -> None:
        for pair, comparison in zip(pairs, found, strict=True):
            if pair.relation != comparison.relation:
                chance = max(comparison.repeats, comparison.contradicts, comparison.updates)
                self.stdout.write(
                    f"{pair.name}: {pair.relation}, found {comparison.relation} ({chance:.2f})\n"
                    f"    {pair.first.text}\n    {pair.second.text}"
                )
                self.stdout.write("".join(f"      {reason}\n" for reason in comparison.reasons))

    def print_figures(self, pairs, found) -> None:
        self.stdout.write(f"accuracy     {accuracy(pairs, found)}")
        for relation in SUGGESTED:
            for level in LEVELS:
                self.stdout.write(
                    f"{relation:<12} {level}  P {precision(pairs, found, relation, level)}"
                    f"  R {recall(pairs, found, relation, level)}"
                )
            self.stdout.write(
                f"{'':<12} suggested from {SUGGESTED[relation]}:"
                f" P {suggested(pairs, found, relation)}"
                f"  R {recall(pairs, found, relation, SUGGESTED[relation])}"
            )
        table = confusion(pairs, found)
        self.stdout.write(f"\n{'':<12}" + "".join(f"{each:>13}" for each in Relation) + "  (found)")
        for relation in Relation:
            counts = "".join(f"{table[relation, each]:>13}" for each in Relation)
            self.stdout.write(f"{relation:<12}{counts}")
        for relation in SUGGESTED:
            self.stdout.write(f"\n{relation}: score from, mean score, how many were so")
            for low, mean, share in calibration(pairs, found, relation):
                self.stdout.write(f"  {low:.1f}  {mean:.2f}  {share}")


def figures(pairs, found) -> dict:
    """The figures of a file, as numbers."""
    return {
        "pairs": len(pairs),
        "accuracy": float(accuracy(pairs, found)),
        **{
            f"{relation}": {
                "precision": float(suggested(pairs, found, relation)),
                "recall": float(recall(pairs, found, relation, SUGGESTED[relation])),
            }
            for relation in SUGGESTED
        },
    }
