"""Train the French pipeline from the open corpora and package it as a wheel.

    python -m claims.extraction.pipeline.train --corpora FOLDER [--work FOLDER]

The two halves (tagger, lemmatizer and parser; named entities) learn side by side, a core each,
from ``parse.cfg`` and ``entities.cfg``; they are put together, measured on texts left out of the
training, and packaged beside this file. MODEL_CARD.md says what came out and under which licences.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import tempfile
from itertools import chain
from pathlib import Path

import spacy
from spacy.cli.package import package
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from claims.extraction.pipeline import noise  # noqa: F401  registers the augmenter
from claims.extraction.pipeline.corpora import read_entities, read_treebank

HERE = Path(__file__).parent
NAME = "constat_news"
VERSION = "0.1.0"
TREEBANKS = {
    "train": ("fr_sequoia-ud-train", "fr_gsd-ud-dev", "fr_pud-ud-test"),
    "dev": ("fr_sequoia-ud-dev",),
}
QUESTIONS = "fr_fqb-ud-test"  # one in four: enough to learn inversion, not to expect questions
HELD_OUT_MONTHS = ("2016/11", "2017/05")  # of WiNER, to measure entities
TESTS = ("fr_sequoia-ud-test", "fr_gsd-ud-test")

SOURCES = [
    {"name": name, "url": url, "license": licence, "author": author}
    for name, url, licence, author in (
        (
            "UD French Sequoia, UD French FQB",
            "https://universaldependencies.org/fr/",
            "LGPL-LR",
            "Candito, Seddah, Perrier, Guillaume et al.",
        ),
        (
            "UD French GSD, UD French PUD",
            "https://universaldependencies.org/fr/",
            "CC BY-SA",
            "Guillaume, de Marneffe, Perrier; the PUD shared task",
        ),
        (
            "WiNER-fr",
            "https://github.com/YoannDupont/WiNER-fr",
            "CC BY 4.0 (texts: French Wikinews, CC BY 2.5)",
            "Dupont",
        ),
    )
]


def prepare(corpora: Path, work: Path) -> None:
    """Write the DocBins the configurations and the measure read."""
    ud = corpora / "ud"
    docs = {split: treebanks(ud, names) for split, names in TREEBANKS.items()}
    docs["train"] = chain(docs["train"], list(read_treebank(ud / f"{QUESTIONS}.conllu", 1))[::4])
    for split, found in docs.items():
        save(found, work / f"parse-{split}.spacy")

    for name in TESTS:
        save(read_treebank(ud / f"{name}.conllu"), work / f"{name}.spacy")

    nlp = spacy.blank("fr")
    months = sorted(path for path in (corpora / "winer").glob("*/*") if path.is_dir())
    held = [month for month in months if month.as_posix().endswith(HELD_OUT_MONTHS)]
    for split, chosen in (("train", [m for m in months if m not in held]), ("dev", held)):
        found = chain.from_iterable(read_entities(month, nlp) for month in chosen)
        save(found, work / f"entities-{split}.spacy")


def treebanks(ud: Path, names: tuple[str, ...]) -> chain[Doc]:
    return chain.from_iterable(read_treebank(ud / f"{name}.conllu") for name in names)


def save(docs, path: Path) -> None:
    docs = list(docs)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    print(f"{path.name}: {len(docs)} paragraphs, {sum(map(len, docs)):,} tokens", flush=True)


def train_half(half: str, work: Path, seconds_hint: str) -> None:
    """Train one configuration in this process."""
    print(f"training {half} ({seconds_hint}); progress in {work}/{half}.log", flush=True)
    log = os.open(work / f"{half}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    overrides = {
        f"paths.{split}": str(work / f"{half}-{split}.spacy") for split in ("train", "dev")
    }
    train(HERE / f"{half}.cfg", work / half, overrides=overrides)


def assemble(work: Path) -> Language:
    """Put the halves together and return the pipeline."""
    nlp = spacy.load(work / "parse" / "model-best")
    nlp.add_pipe("ner", source=spacy.load(work / "entities" / "model-best"))
    nlp.meta.update(
        name=NAME,
        version=VERSION,
        description="French news: tags, morphology, lemmas, dependencies, sentences, entities",
        author="Constat",
        license="CC BY-SA 4.0, LGPL-LR",
        sources=SOURCES,
        spacy_version=">=3.8.0,<3.9.0",
    )
    return nlp


def measure(nlp: Language, work: Path) -> dict:
    """Scores on texts kept out of the training; rates from 0 to 1."""
    scores = {}
    for name in TESTS:
        found = nlp.evaluate(examples(nlp, work / f"{name}.spacy"))
        keys = ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
        scores[name] = {key: round(found[key], 4) for key in keys}
    found = nlp.evaluate(examples(nlp, work / "entities-dev.spacy"))
    types = {label: round(score["f"], 4) for label, score in found["ents_per_type"].items()}
    scores["winer " + " ".join(HELD_OUT_MONTHS)] = {"ents_f": round(found["ents_f"], 4)} | types
    return scores


def examples(nlp: Language, path: Path) -> list[Example]:
    """What the pipeline is to find in the texts of a DocBin, beside the bare texts."""
    docs = DocBin().from_disk(path).get_docs(nlp.vocab)
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def make_wheel(nlp: Language, work: Path) -> Path:
    """Package with spaCy's own command; returns the wheel's path beside this file."""
    nlp.to_disk(work / "assembled")
    package(work / "assembled", work, create_sdist=False, create_wheel=True, force=True)
    built = next(work.glob("*/dist/*.whl"))
    return Path(shutil.copy(built, HERE / built.name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/ and winer/")
    parser.add_argument("--work", type=Path, help="where to keep intermediate files")
    options = parser.parse_args()
    for needed in ("ud", "winer"):
        if not (options.corpora / needed).is_dir():
            parser.error(f"{options.corpora} has no folder {needed}/")
    work = options.work or Path(tempfile.mkdtemp(prefix="constat-model-"))
    work.mkdir(parents=True, exist_ok=True)

    prepare(options.corpora, work)
    context = multiprocessing.get_context("spawn")
    halves = [
        context.Process(target=train_half, args=(half, work, hint))
        for half, hint in (("parse", "about 45 minutes"), ("entities", "about 20 minutes"))
    ]
    for process in halves:
        process.start()
    for process in halves:
        process.join()
    if any(process.exitcode for process in halves):
        raise SystemExit(f"training failed: see the logs in {work}")

    nlp = assemble(work)
    scores = measure(nlp, work)
    nlp.meta["performance"] = scores
    wheel = make_wheel(nlp, work)
    (HERE / "scores.json").write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(scores, indent=2))
    print(f"{wheel} ({wheel.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    # One thread each: the two halves share the machine's cores.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    main()
