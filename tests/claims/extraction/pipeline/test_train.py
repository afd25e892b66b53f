"""What is measured on is not trained on, and the same texts give the same vectors."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from claims.extraction.pipeline import measure, train

WORD = "1\t{word}\t{word}\tNOUN\t_\t_\t0\troot\t_\t_"
STOP = "2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_"
MONTHS = (*train.DEV_MONTHS, *measure.TEST_MONTHS, "2016/01")


def word(name: str) -> str:
    """A word that only the file of this name has."""
    return "mot" + "".join(char for char in name if char.isalnum())


@pytest.fixture(scope="module")
def corpora(tmp_path_factory) -> Path:
    """A folder of corpora in which each file says one word of its own, three times."""
    folder = tmp_path_factory.mktemp("corpora")
    ud = folder / "ud"
    ud.mkdir()
    trained = [name for names in train.TREEBANKS.values() for name in names]
    for name in (*trained, train.QUESTIONS, *train.SPOKEN, *measure.TESTS):
        sentence = WORD.format(word=word(name)) + "\n" + STOP + "\n\n"
        (ud / f"{name}.conllu").write_text(sentence * 3, encoding="utf-8")
    for name in MONTHS:
        month = folder / "winer" / name
        month.mkdir(parents=True)
        said = word(name)
        (month / "1.txt").write_text(f"{said} {said} {said}.", encoding="utf-8")
        (month / "1.ann").write_text(f"T1\tPerson 0 {len(said)}\t{said}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def work(corpora, tmp_path_factory) -> Path:
    """What ``prepare`` made of the corpora."""
    work = tmp_path_factory.mktemp("work")
    train.prepare(corpora, work)
    return work


@pytest.mark.parametrize("name", [*measure.TESTS, *measure.TEST_MONTHS])
def test_no_text_of_a_test_is_trained_on(work, name):
    vocab = spacy.blank("fr").vocab
    bins = [DocBin().from_disk(path).get_docs(vocab) for path in work.glob("*.spacy")]
    said = " ".join(doc.text for docs in bins for doc in docs)
    said += (work / "vectors.txt").read_text(encoding="utf-8")
    assert word("2016/01") in said
    assert word(name) not in said


def test_the_same_texts_give_the_same_vectors(corpora, work, tmp_path):
    train.prepare(corpora, tmp_path)
    first, second = (spacy.load(made / "vectors").vocab.vectors.data for made in (work, tmp_path))
    assert first.any()
    assert (first == second).all()
