"""Load the spaCy pipeline the extractor builds on."""

import os

import spacy
from spacy.language import Language

VARIABLE = "CONSTAT_SPACY_MODEL"
DEFAULT = "fr_constat_news"


class ModelNotInstalled(RuntimeError):
    """The spaCy pipeline named by the settings is not installed."""


def load_model(name: str | None = None) -> Language:
    """Load a pipeline by the name of its package or its path."""
    name = name or os.environ.get(VARIABLE) or DEFAULT
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelNotInstalled(
            f"The spaCy pipeline {name!r} is not installed. Install the wheel beside "
            f"claims/extraction/pipeline/ with pip, or name an installed French pipeline "
            f"(or its path) in the environment variable {VARIABLE}."
        ) from error
