"""One article as one parsed document: its paragraphs parsed apart, put together again.

Parsing paragraph by paragraph keeps the parser from seeing line breaks as words; putting the
paragraphs together lets a rule look across them with one set of offsets.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SPACY
from spacy.language import Language
from spacy.symbols import SPACE
from spacy.tokens import Doc, Token

from claims.extraction.paragraphs import paragraphs
from claims.extraction.quotations import Quotation, find_quotations
from claims.extraction.sentences import set_sentence_starts
from claims.extraction.typography import plain

Doc.set_extension("text", default="", force=True)  # as it was given, marks and all
Doc.set_extension("plain", default="", force=True)  # as it was parsed
Doc.set_extension("published_on", default=None, force=True)
Doc.set_extension("quotations", default=(), force=True)
Doc.set_extension("paragraphs", default=(), force=True)  # (first token, one past the last)

# What the whole takes over from its paragraphs; heads are relative, so they need no offset.
COLUMNS = (ORTH, SPACY, HEAD, DEP, POS, LEMMA, MORPH, ENT_IOB, ENT_TYPE)


@dataclass
class Article:
    """A text on its way through the parser, paragraph by paragraph."""

    text: str
    published_on: str | None
    bounds: list[tuple[int, int]] = field(init=False)
    quotations: list[Quotation] = field(init=False)
    plain: str = field(init=False)
    docs: list[Doc] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bounds = list(paragraphs(self.text))
        self.quotations = find_quotations(self.text, self.bounds)
        self.plain = plain(self.text, self.quotations)


def parse(nlp: Language, texts: Iterable[tuple[str, str | None]], batch_size: int) -> Iterator[Doc]:
    """Yield a parsed document for each (text, published_on); its offsets are those of the text."""
    waiting: deque[Article] = deque()

    def pieces() -> Iterator[tuple[Doc, Article]]:
        for text, published_on in texts:
            article = Article(text, published_on)
            waiting.append(article)
            for start, end in article.bounds:
                yield set_sentence_starts(nlp.make_doc(article.plain[start:end])), article

    for doc, article in nlp.pipe(pieces(), as_tuples=True, batch_size=batch_size):
        while waiting[0] is not article:
            yield assemble(nlp, waiting.popleft())
        article.docs.append(doc)
    while waiting:
        yield assemble(nlp, waiting.popleft())


def assemble(nlp: Language, article: Article) -> Doc:
    """The paragraphs of an article as one document; white space between them is one token."""
    rows: list[np.ndarray] = []
    bounds: list[tuple[int, int]] = []
    at = count = 0
    for (start, end), doc in zip(article.bounds, article.docs, strict=True):
        if gap := article.plain[at:start]:
            rows.append(_white_space(nlp, gap))
            count += 1
        rows.append(doc.to_array(COLUMNS))
        bounds.append((count, count + len(doc)))
        count += len(doc)
        at = end
    if gap := article.plain[at:]:
        rows.append(_white_space(nlp, gap))
    table = np.concatenate(rows) if rows else np.zeros((0, len(COLUMNS)), dtype=np.uint64)
    found = Doc(nlp.vocab, words=table[:, 0].tolist(), spaces=(table[:, 1] > 0).tolist())
    found.from_array(COLUMNS[2:], table[:, 2:])
    found._.text = article.text
    found._.plain = article.plain
    found._.published_on = article.published_on
    found._.quotations = article.quotations
    found._.paragraphs = bounds
    return found


def _white_space(nlp: Language, text: str) -> np.ndarray:
    """The row of a token of white space, a sentence of its own."""
    word = nlp.vocab.strings.add(text)
    root = nlp.vocab.strings.add("ROOT")
    outside = Token.iob_strings().index("O")
    row = {ORTH: word, LEMMA: word, DEP: root, POS: SPACE, ENT_IOB: outside}
    return np.array([[row.get(column, 0) for column in COLUMNS]], dtype=np.uint64)
