"""Train the French pipeline from the open corpora and package it as a wheel.

    python -m claims.extraction.pipeline.train --corpora FOLDER [--work FOLDER]

Word vectors are learned from all texts (``vectors.py``). Then the two halves (tagger, lemmatizer
and parser; named entities) learn side by side, a core each, from ``parse.cfg`` and
``entities.cfg``; they are put together, measured on texts left out of the training, and packaged
beside this file. MODEL_CARD.md says what came out and under which licences.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import tempfile
import time
from itertools import chain
from pathlib import Path

import spacy
from spacy.cli.package import package
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from claims.extraction.pipeline import noise  # noqa: F401  registers the augmenter
from claims.extraction.pipeline.corpora import months, read_entities, read_treebank
from claims.extraction.pipeline.measure import TEST_MONTHS, measure
from claims.extraction.pipeline.vectors import make_vectors

HERE = Path(__file__).parent
NAME = "constat_news"
VERSION = "0.2.0"
TREEBANKS = {
    "train": ("fr_sequoia-ud-train", "fr_gsd-ud-dev", "fr_pud-ud-test"),
    "dev": ("fr_sequoia-ud-dev",),
}
QUESTIONS = "fr_fqb-ud-test"  # one in four: enough to learn inversion, not to expect questions
SPOKEN = ("fr_rhapsodie-ud-train", "fr_parisstories-ud-train")  # for the vectors only
DEV_MONTHS = ("2016/05", "2017/09")  # of WiNER

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
            "UD French Rhapsodie, UD French ParisStories (texts, for the vectors)",
            "https://universaldependencies.org/fr/",
            "CC BY-SA 4.0",
            "Kahane, Gerdes and contributors",
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
    """Write what the configurations read: DocBins and the word vectors."""
    ud = corpora / "ud"
    questions = list(read_treebank(ud / f"{QUESTIONS}.conllu", 1))
    parse = {split: list(treebanks(ud, names)) for split, names in TREEBANKS.items()}
    parse["train"] += questions[::4]
    for split, docs in parse.items():
        save(docs, work / f"parse-{split}.spacy")

    nlp = spacy.blank("fr")
    entities: dict[str, list[Doc]] = {"train": [], "dev": []}
    for month in months(corpora / "winer"):
        if not month.as_posix().endswith(TEST_MONTHS):
            split = "dev" if month.as_posix().endswith(DEV_MONTHS) else "train"
            entities[split] += read_entities(month, nlp)
    for split, docs in entities.items():
        save(docs, work / f"entities-{split}.spacy")

    texts = [*parse["train"], *parse["dev"], *questions, *treebanks(ud, SPOKEN)]
    make_vectors([*texts, *entities["train"], *entities["dev"]], work)


def treebanks(ud: Path, names: tuple[str, ...]) -> chain[Doc]:
    return chain.from_iterable(read_treebank(ud / f"{name}.conllu") for name in names)


def save(docs, path: Path) -> None:
    docs = list(docs)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    print(f"{path.name}: {len(docs)} paragraphs, {sum(map(len, docs)):,} tokens", flush=True)


def train_half(half: str, work: Path) -> None:
    """Train one configuration in this process; its progress goes to a log."""
    log = os.open(work / f"{half}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    overrides = {
        f"paths.{split}": str(work / f"{half}-{split}.spacy") for split in ("train", "dev")
    } | {"paths.vectors": str(work / "vectors")}
    train(HERE / f"{half}.cfg", work / half, overrides=overrides)


def follow(halves: dict, work: Path) -> None:
    """Print each new line of the halves' logs, looked for every ten seconds, until both end."""
    said = dict.fromkeys(halves, 0)
    alive = True
    while alive:
        alive = any(process.is_alive() for process in halves.values())
        time.sleep(10 if alive else 0)
        for half in halves:
            log = work / f"{half}.log"
            lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
            for line in lines[said[half] :]:
                print(f"{half:<9}{line}", flush=True)
            said[half] = len(lines)
    for process in halves.values():
        process.join()


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
    halves = {
        half: context.Process(target=train_half, args=(half, work))
        for half in ("parse", "entities")
    }
    for process in halves.values():
        process.start()
    follow(halves, work)
    if any(process.exitcode for process in halves.values()):
        raise SystemExit(f"training failed: see the logs in {work}")

    nlp = assemble(work)
    scores = measure(nlp, options.corpora)
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
