"""Constat beside other extractors: the same articles, the same measure, the same French pipeline.

    make bench-peers
    make bench-peers ARGS="FOLDER…"   more folders of annotated articles

textacy is installed into ``var/peers``, an environment of its own, the first time.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from venv import EnvBuilder

from rich.console import Console
from rich.table import Table
from spacy.tokens import Doc

from claims.extraction import Extractor
from claims.extraction.article import parse
from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import measure
from claims.extraction.interchange import to_record
from claims.extraction.quotations import Quotation

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "seeds/gold"
ENVIRONMENT = ROOT / "var/peers"
TEXTACY = "textacy==0.13.0"

Records = list[dict]


def main() -> None:
    console = Console()
    extractor = Extractor()
    systems: dict[str, Callable[[Records], Iterable[dict]]] = {
        TEXTACY.replace("==", " ") + ", direct quotations": textacy,
        "every quotation, the nearest name": lambda gold: nearest_names(extractor, gold),
        "Constat": lambda gold: constat(extractor, gold),
    }
    for folder in (GOLD, *map(Path, sys.argv[1:])):
        gold = [read_gold(file) for file in sorted(folder.glob("*.txt"))]
        table = Table(title=f"{len(gold)} articles of {folder.name}")
        table.add_column("extractor")
        for heading in ("attributed P", "R", "F1", "exact F1", "speaker F1"):
            table.add_column(heading, justify="right")
        for name, system in systems.items():
            table.add_row(name, *figures(gold, system(gold)))
        console.print(table)


def figures(gold: Records, found: Iterable[dict]) -> list[str]:
    measured = measure(zip(gold, found, strict=True))
    attributed = measured["attributed"]
    values = [attributed[key] for key in ("p", "r", "f1")]
    values += [measured[name]["f1"] for name in ("exact", "speaker")]
    return [f"{value:.2f}" for value in values]


def constat(extractor: Extractor, gold: Records) -> Iterable[dict]:
    texts = ((article["text"], article["published_on"]) for article in gold)
    for article, reading in zip(gold, extractor.read_many(texts), strict=True):
        yield to_record(article, reading)


def nearest_names(extractor: Extractor, gold: Records) -> Iterable[dict]:
    """The baseline: whatever stands in quotation marks is said by whoever is named nearest."""
    texts = [(article["text"], None) for article in gold]
    for doc in parse(extractor.nlp, texts, 64):
        end = 0
        claims = []
        for quotation in doc._.quotations:
            if quotation.start >= end:  # not inside another
                end = quotation.end
                claims.append(quoted_by(nearest_name(doc, quotation), quotation))
        yield {"text": doc._.text, "claims": claims}


def nearest_name(doc: Doc, quotation: Quotation) -> str | None:
    names = [entity for entity in doc.ents if entity.label_ == "PER"]
    outside = [n for n in names if n.end_char <= quotation.start or n.start_char >= quotation.end]
    if not outside:
        return None
    nearest = min(
        outside, key=lambda n: max(quotation.start - n.end_char, n.start_char - quotation.end)
    )
    return nearest.text


def quoted_by(name: str | None, quotation: Quotation) -> dict:
    content = [[quotation.inner_start, quotation.inner_end]]
    return {"content": content, "speaker": name, "speaker_kind": "person"}


def textacy(gold: Records) -> Iterable[dict]:
    """textacy's claims, from a process in its own environment."""
    lines = "".join(json.dumps({"text": article["text"]}) + "\n" for article in gold)
    script = Path(__file__).with_name("textacy_quotations.py")
    done = subprocess.run(
        [environment(), script, "fr_constat_news"],
        input=lines,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def environment() -> Path:
    """The Python of textacy's environment, made at first use."""
    python = ENVIRONMENT / "bin/python"
    if not (ENVIRONMENT / "ready").exists():
        EnvBuilder(clear=True, with_pip=True).create(ENVIRONMENT)
        wheels = sorted((ROOT / "claims/extraction/pipeline").glob("*.whl"))
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, TEXTACY, f"spacy=={version('spacy')}", *wheels], check=True)
        (ENVIRONMENT / "ready").touch()
    return python


if __name__ == "__main__":
    main()
