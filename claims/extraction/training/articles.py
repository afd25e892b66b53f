"""Annotated articles as examples are made from them: what is right beside what is found."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from claims.extraction.article import parse
from claims.extraction.attribution import Attribution
from claims.extraction.clauses import QUE, is_infinitive
from claims.extraction.cues import Cue
from claims.extraction.edges import content_spans
from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import pair
from claims.extraction.extractor import Extractor
from claims.extraction.interchange import read_lines
from claims.extraction.sources import Source


class Article(NamedTuple):
    """A gold record and its parsed document."""

    gold: dict
    doc: Doc

    @property
    def name(self) -> str:
        return self.gold["id"]

    def forget(self) -> None:
        """Drop what components kept aside, for other weights may tell otherwise."""
        kept = self.doc.user_data
        self.doc.user_data = {key: kept[key] for key in kept if isinstance(key, tuple)}

    def attributed(self) -> list[dict]:
        """The gold claims somebody is cited for."""
        return [c for c in self.gold["claims"] if c["speaker_kind"] != "narrator"]

    def narrated(self) -> list[dict]:
        """The gold claims in the paper's own voice."""
        return [c for c in self.gold["claims"] if c["speaker_kind"] == "narrator"]


def read_articles(extractor: Extractor, paths: Sequence[Path]) -> list[Article]:
    """The articles of gold files and of folders of them, in order of their names, parsed.

    Files of JSON Lines hold many; in folders only marked-up texts are looked for.
    """
    files = {f for path in paths for f in (path.glob("*.txt") if path.is_dir() else [path])}
    ordered = sorted(files, key=lambda file: (file.name, file))
    gold = [record for file in ordered for record in _records(file)]
    texts = ((record["text"], record["published_on"]) for record in gold)
    return list(map(Article, gold, parse(extractor.nlp, texts, 64)))


def _records(file: Path) -> list[dict]:
    if file.suffix not in (".jsonl", ".ndjson"):
        return [read_gold(file)]
    with file.open(encoding="utf-8") as lines:
        return list(read_lines(lines))


def partners(article: Article) -> dict[int, dict]:
    """By the id of an attribution, the gold claim that it finds."""
    doc, gold = article.doc, article.attributed()
    found = [{"content": content_spans(doc, a.content), "is": a} for a in doc._.attributions]
    return {id(b["is"]): claim for claim, b, _ in pair(article.gold["text"], gold, found)}


def attributions(article: Article) -> Iterator[tuple[dict, Attribution]]:
    """Each gold claim somebody is cited for with the attribution that finds it, else with the one
    its annotation amounts to."""
    claims = partners(article)
    found = {id(claims[id(a)]): a for a in article.doc._.attributions if id(a) in claims}
    for claim in article.attributed():
        yield claim, found.get(id(claim)) or annotated(article.doc, claim)


def annotated(doc: Doc, claim: dict) -> Attribution:
    """The attribution a gold claim amounts to; its cue is None where the rules know none there."""
    content = tuple(tokens(doc, span) for span in claim["content"])
    start, end = tokens(doc, claim["cue"]) if claim["cue"] else (0, 0)
    cue = next((cue for cue in doc._.cues if start <= cue.head < end), None)
    source = None
    if claim["source"]:
        start, end = tokens(doc, claim["source"])
        source = Source(start, end, doc[start:end].root.i)
    return Attribution(content, cue, source, _frame(doc, cue, content[0][0]))


def tokens(doc: Doc, span: Sequence[int]) -> tuple[int, int]:
    """The bounds in tokens of the characters from `span[0]` to `span[1]`."""
    found = doc.char_span(*span, alignment_mode="expand")
    return found.start, found.end


def _frame(doc: Doc, cue: Cue | None, start: int) -> str:
    """The complement that a content which begins at token `start` is of `cue`."""
    if cue is None:
        return "quotation"
    if cue.nature == "preposition":
        return "phrase"
    if cue.passive:
        return "passive"
    if start < cue.head:
        return "inserted"
    between = [token.lower_ for token in doc[max(cue.end, start - 2) : start]]
    if between and between[-1] in QUE:
        return "que"
    if is_infinitive(doc[start]):
        return "inf"
    if ":" in between:
        return "quote"
    if between and between[-1] in cue.verb.after:
        return "after"
    return "object" if "object" in cue.verb.frames else "np"
