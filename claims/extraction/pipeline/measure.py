"""Measure a French pipeline on texts left out of the training of ours.

    python -m claims.extraction.pipeline.measure PIPELINE --corpora FOLDER

PIPELINE is the name or the path of one, ours or another with the same labels.
"""

import argparse
import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from claims.extraction.pipeline.corpora import months, read_entities, read_treebank

TESTS = ("fr_sequoia-ud-test", "fr_gsd-ud-test")
TEST_MONTHS = ("2016/11", "2017/05")  # of WiNER


def measure(nlp: Language, corpora: Path) -> dict:
    """Scores by test; rates from 0 to 1."""
    scores = {}
    for name in TESTS:
        found = nlp.evaluate(_examples(nlp, read_treebank(corpora / "ud" / f"{name}.conllu")))
        keys = ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
        scores[name] = {key: round(found[key], 4) for key in keys}
    test = [month for month in months(corpora / "winer") if month.as_posix().endswith(TEST_MONTHS)]
    blank = spacy.blank("fr")
    docs = chain.from_iterable(read_entities(month, blank) for month in test)
    found = nlp.evaluate(_examples(nlp, docs))
    types = {label: round(score["f"], 4) for label, score in found["ents_per_type"].items()}
    scores["winer " + " ".join(TEST_MONTHS)] = {"ents_f": round(found["ents_f"], 4)} | types
    return scores


def _examples(nlp: Language, docs: Iterable[Doc]) -> list[Example]:
    """What the pipeline is to find, beside the bare texts."""
    moved = DocBin(docs=docs, store_user_data=False).get_docs(nlp.vocab)
    return [Example(nlp.make_doc(doc.text), doc) for doc in moved]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pipeline", help="name or path")
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/ and winer/")
    options = parser.parse_args()
    print(json.dumps(measure(spacy.load(options.pipeline), options.corpora), indent=2))


if __name__ == "__main__":
    main()
