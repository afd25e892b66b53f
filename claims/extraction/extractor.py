"""Read a text: the one entry point of the extractor."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction import attribution, cues, speakers  # noqa: F401  register the components
from claims.extraction.article import parse
from claims.extraction.candidates import reading
from claims.extraction.claim import Reading
from claims.extraction.document import Document
from claims.extraction.model import load_model
from claims.extraction.processes import read_in_processes
from claims.extraction.zone import batch_zone

BATCH = 20_000  # characters: about a second of reading
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
        self, texts: Iterable[tuple[str, str | None]], batch_size: int = 64, n_process: int = 1
    ) -> Iterator[Reading]:
        """Read (text, published_on) pairs in order, `batch_size` paragraphs at a time.

        With `n_process` above 1 in as many processes, each with a pipeline of its own: worth it
        from some hundred articles on.
        """
        if n_process > 1:
            yield from read_in_processes(Extractor, self.nlp, batches(texts), n_process)
            return
        for batch in batches(texts):
            with batch_zone(self.nlp):
                found = [self._read(doc) for doc in parse(self.nlp, batch, batch_size)]
            yield from found

    def _read(self, doc: Doc) -> Reading:
        for _, component in self.rules.pipeline:
            doc = component(doc)
        found = reading(doc)
        Document.of(doc).release()
        return found


def batches(
    texts: Iterable[tuple[str, str | None]],
) -> Iterator[list[tuple[str, str | None]]]:
    """Cut `texts` into lists of some `BATCH` characters, the last shorter.

    What came before an error of `texts` is given before the error is raised.
    """
    batch: list[tuple[str, str | None]] = []
    size = 0
    try:
        for text, published_on in texts:
            batch.append((text, published_on))
            size += len(text)
            if size >= BATCH:
                yield batch
                batch, size = [], 0
    except Exception:
        yield batch
        raise
    yield batch
