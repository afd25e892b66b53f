"""Load the spaCy pipeline the extractor builds on."""

import os

import spacy
from spacy.language import Language

VARIABLE = "CONSTAT_SPACY_MODEL"
DEFAULT = "fr_constat_news"
NEEDED = {  # what the extractor reads, by spaCy's name of the attribute
    "token.pos": "part-of-speech tags",
    "token.morph": "morphology",
    "token.lemma": "lemmas",
    "token.dep": "a dependency parse",
    "doc.ents": "named entities",
}


class ModelNotInstalled(RuntimeError):
    """No spaCy pipeline that will do is installed under the name given."""


def load_model(name: str | None = None) -> Language:
    """Load a pipeline by the name of its package or its path; raises ModelNotInstalled."""
    name = name or os.environ.get(VARIABLE) or DEFAULT
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelNotInstalled(
            f"The spaCy pipeline {name!r} is not installed. Install the wheel beside "
            f"claims/extraction/pipeline/ with pip, or name an installed French pipeline "
            f"(or its path) in the environment variable {VARIABLE}."
        ) from error
    made = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    if missing := [what for attribute, what in NEEDED.items() if attribute not in made]:
        raise ModelNotInstalled(
            f"The spaCy pipeline {name!r} does not make {', '.join(missing)}. Name a complete "
            f"French pipeline (or its path) in the environment variable {VARIABLE}."
        )
    return nlp
