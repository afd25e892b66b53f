"""Word vectors learned from the corpora's own texts, for the halves to start from.

floret keeps vectors of parts of words in one small hashed table, so that every word has one, an
unseen one too. With one thread (its seed is always 0) the same texts give the same table.
"""

from collections.abc import Iterable
from pathlib import Path

import floret
import spacy
from spacy.tokens import Doc
from spacy.training.initialize import convert_vectors

SETTINGS = {
    "model": "skipgram",
    "mode": "floret",
    "dim": 64,
    "bucket": 15_000,
    "hashCount": 2,
    "minn": 3,
    "maxn": 5,
    "minCount": 3,
    "epoch": 12,
    "ws": 5,
    "neg": 8,
    "thread": 1,
    "verbose": 0,
}


def make_vectors(docs: Iterable[Doc], folder: Path) -> None:
    """Write an empty French pipeline with the table to ``folder``/vectors; beside it, the text."""
    text = folder / "vectors.txt"
    lines = (" ".join(token.text for token in doc if not token.is_space) for doc in docs)
    text.write_text("\n".join(lines), encoding="utf-8")
    floret.train_unsupervised(str(text), **SETTINGS).save_floret_vectors(str(folder / "v.floret"))

    nlp = spacy.blank("fr")
    convert_vectors(nlp, folder / "v.floret", truncate=0, prune=-1, mode="floret")
    nlp.to_disk(folder / "vectors")
