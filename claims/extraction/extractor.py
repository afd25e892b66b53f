"""Read a text: the one entry point of the extractor."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language

from claims.extraction import attribution, cues, speakers  # noqa: F401  register the components
from claims.extraction.article import parse
from claims.extraction.candidates import reading
from claims.extraction.claim import Reading
from claims.extraction.model import load_model

COMPONENTS = ("constat_cues", "constat_attribution", "constat_speakers")


class Extractor:
    """Finds the claims of French texts.

    `nlp` is a loaded spaCy pipeline or the name or path of one; by default the one named by the
    environment variable CONSTAT_SPACY_MODEL, else ``fr_constat_news``. It parses paragraphs; the
    components of `rules` then look at the whole article.
    """

    def __init__(self, nlp: Language | str | None = None) -> None:
        self.nlp = nlp if isinstance(nlp, Language) else load_model(nlp)
        self.rules = spacy.blank("fr", vocab=self.nlp.vocab)
        for component in COMPONENTS:
            self.rules.add_pipe(component)

    def read(self, text: str, published_on: str | None = None) -> Reading:
        """Read one text; `published_on` is "2025-12-08", "2025-12", "2025" or None."""
        return next(self.read_many([(text, published_on)]))

    def read_many(
        self, texts: Iterable[tuple[str, str | None]], batch_size: int = 64
    ) -> Iterator[Reading]:
        """Read (text, published_on) pairs in order, `batch_size` paragraphs at a time."""
        for doc in parse(self.nlp, texts, batch_size):
            for _, component in self.rules.pipeline:
                doc = component(doc)
            yield reading(doc)
