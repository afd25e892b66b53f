"""The pipeline is found by name, by path, by the environment, and its absence says what to do."""

import pytest
import spacy

from claims.extraction import Extractor
from claims.extraction.model import ModelNotInstalled, load_model


def test_a_missing_pipeline_says_what_to_install():
    with pytest.raises(ModelNotInstalled, match="CONSTAT_SPACY_MODEL"):
        load_model("fr_nothing_here")


def test_the_environment_names_the_pipeline(monkeypatch):
    monkeypatch.setenv("CONSTAT_SPACY_MODEL", "fr_from_the_environment")
    with pytest.raises(ModelNotInstalled, match="fr_from_the_environment"):
        load_model()


def test_the_environment_names_a_path(monkeypatch, extractor, tmp_path):
    extractor.nlp.to_disk(tmp_path / "another")
    monkeypatch.setenv("CONSTAT_SPACY_MODEL", str(tmp_path / "another"))
    assert Extractor().nlp.path == tmp_path / "another"


def test_a_pipeline_read_from_a_path_finds_the_same_claims(extractor, tmp_path):
    extractor.nlp.to_disk(tmp_path / "another")
    text = "Le maire d'Auxerre a annoncé que le pont rouvrira en mars."
    assert Extractor(str(tmp_path / "another")).read(text) == extractor.read(text)


def test_a_pipeline_without_a_component_says_what_it_lacks(extractor, tmp_path):
    spacy.load(extractor.nlp.path, exclude=["ner"]).to_disk(tmp_path / "nameless")
    with pytest.raises(ModelNotInstalled, match=r"nameless' does not make named entities\."):
        load_model(str(tmp_path / "nameless"))


def test_a_pipeline_without_any_component_says_all_it_lacks(tmp_path):
    spacy.blank("fr").to_disk(tmp_path / "blank")
    with pytest.raises(ModelNotInstalled, match="tags, morphology, lemmas, a dependency parse,"):
        load_model(str(tmp_path / "blank"))


def test_a_loaded_pipeline_will_do_and_is_left_as_it_was(extractor):
    before = list(extractor.nlp.pipe_names)
    again = Extractor(extractor.nlp)
    assert again.nlp is extractor.nlp
    assert list(extractor.nlp.pipe_names) == before


def test_texts_are_read_in_order_and_as_one_by_one(extractor):
    texts = [("Le maire dit que tout va bien.", "2025-12-08"), ("", None), ("Oui.", None)]
    assert list(extractor.read_many(texts)) == [extractor.read(*text) for text in texts]


def test_the_components_declare_what_they_need(extractor):
    analysis = extractor.rules.analyze_pipes(keys=["assigns", "requires"])
    assert analysis["summary"]["constat_speakers"]["requires"] == ["doc._.attributions", "doc.ents"]
    assert analysis["summary"]["constat_cues"]["assigns"] == ["doc._.cues"]
