"""One article as one parsed document: its paragraphs parsed apart, put together again.

Parsing paragraph by paragraph keeps the parser from seeing line breaks as words; putting the
paragraphs together lets a rule look across them with one set of offsets.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction.paragraphs import paragraphs
from claims.extraction.quotations import Quotation, find_quotations
from claims.extraction.sentences import set_sentence_starts
from claims.extraction.typography import plain

Doc.set_extension("text", default="", force=True)  # as it was given, marks and all
Doc.set_extension("published_on", default=None, force=True)
Doc.set_extension("quotations", default=(), force=True)
Doc.set_extension("paragraphs", default=(), force=True)  # (first token, one past the last)


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
        self.quotations = [q for bounds in self.bounds for q in find_quotations(self.text, *bounds)]
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
            yield _assemble(nlp, waiting.popleft())
        article.docs.append(doc)
    while waiting:
        yield _assemble(nlp, waiting.popleft())


def _assemble(nlp: Language, article: Article) -> Doc:
    """The paragraphs of an article as one document; white space between them is one token."""
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    entities: list[str] = []
    tags: dict[str, list[str]] = {"pos": [], "deps": [], "lemmas": [], "morphs": []}

    def add(word: str, space: bool, head: int, entity: str, *values: str) -> None:
        words.append(word)
        spaces.append(space)
        heads.append(head)
        entities.append(entity)
        for column, value in zip(tags.values(), values, strict=True):
            column.append(value)

    bounds = []
    at = 0
    for (start, end), doc in zip(article.bounds, article.docs, strict=True):
        if gap := article.plain[at:start]:
            add(gap, False, len(words), "O", "SPACE", "ROOT", gap, "")
        offset = len(words)
        for token in doc:
            entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
            values = token.pos_, token.dep_, token.lemma_, str(token.morph)
            add(token.text, bool(token.whitespace_), offset + token.head.i, entity, *values)
        bounds.append((offset, len(words)))
        at = end
    if gap := article.plain[at:]:
        add(gap, False, len(words), "O", "SPACE", "ROOT", gap, "")
    found = Doc(nlp.vocab, words=words, spaces=spaces, heads=heads, ents=entities, **tags)
    found._.text = article.text
    found._.published_on = article.published_on
    found._.quotations = article.quotations
    found._.paragraphs = bounds
    return found
