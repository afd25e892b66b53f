"""Read the open corpora into spaCy documents: Universal Dependencies treebanks and WiNER.

Labels follow the official French pipelines (``fr_core_news_*``), so that either can be used:
UD relations with the same subtypes, and the entity types PER, LOC, ORG and MISC.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training.converters import conllu_to_docs
from spacy.util import filter_spans

# Treebanks differ in how far they subdivide a relation; what Sequoia does not know is folded.
RELATIONS = {
    "aux": "aux:tense",
    "csubj:pass": "csubj",
    "dep:comp": "dep",
    "expl:pv": "expl:comp",
    "iobj:agent": "iobj",
    "nsubj:outer": "nsubj",
    "obj:agent": "obj",
    "obj:lvc": "obj",
    "obl": "obl:mod",
    "parataxis:insert": "parataxis",
}
ENTITIES = {
    "Person": "PER",
    "Location": "LOC",
    "Organization": "ORG",
    "Product": "MISC",
    "Event": "MISC",
}
SENTENCE_END = re.compile(r"[.!?…:]\W*$")


def read_treebank(path: Path, longest: int = 6) -> Iterator[Doc]:
    """Yield one document per paragraph-like run of at most ``longest`` sentences.

    A run ends after a sentence without closing punctuation: a headline is followed by a line
    break in real text, never by a sentence on the same line.
    """
    run: list[Doc] = []
    sentences = conllu_to_docs(
        path.read_text(encoding="utf-8"), n_sents=1, merge_subtokens=True, no_print=True
    )
    # Run lengths go round 1 … longest, so that the parser sees short and long paragraphs.
    wanted = 1
    for sentence in map(_harmonise, sentences):
        run.append(sentence)
        if len(run) >= wanted or not SENTENCE_END.search(sentence.text):
            yield Doc.from_docs(run)
            run, wanted = [], wanted % longest + 1
    if run:
        yield Doc.from_docs(run)


def _harmonise(doc: Doc) -> Doc:
    """Fold relations, and give contractions ("du": ADP_DET) the lemma of their preposition."""
    for token in doc:
        token.dep_ = RELATIONS.get(token.dep_, token.dep_)
        if token.dep_ == "obl:mod" and _is_agent(token):
            token.dep_ = "obl:agent"
        if " " in token.lemma_:
            token.lemma_ = token.lemma_.split()[0 if token.pos_ == "ADP" else -1]
    return doc


def _is_agent(token) -> bool:
    """PUD does not mark agents: "par X" below a passive verb is one."""
    children = list(token.head.children)
    passive = any(child.dep_ == "aux:pass" for child in children)
    return passive and any(child.lower_ == "par" for child in token.children)


def months(winer: Path) -> list[Path]:
    """The folders of WiNER, one a month of Wikinews, in order."""
    return sorted(path for path in winer.glob("*/*") if path.is_dir())


def read_entities(folder: Path, nlp: Language) -> Iterator[Doc]:
    """Yield one document per article of a WiNER folder (brat stand-off), entities set.

    WiNER's text keeps a space where a wiki link stood before a comma or full stop; it is taken
    out, since news has none there.
    """
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        spans = []
        for line in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
            label, start, end = line.split("\t")[1].split(" ")
            if label in ENTITIES:
                spans.append((int(start), int(end), ENTITIES[label]))
        text, spans = _close_gaps(text, spans)
        doc = nlp.make_doc(text)
        found = [doc.char_span(a, b, label, alignment_mode="contract") for a, b, label in spans]
        doc.ents = filter_spans([span for span in found if span])
        yield from _paragraphs(doc)


def _close_gaps(text: str, spans: list[tuple[int, int, str]]):
    gaps = [match.start(1) for match in re.finditer(r"(?<=\S)( )(?=[.,](?:\s|$))", text)]

    def moved(offset: int) -> int:
        return offset - sum(gap < offset for gap in gaps)

    dropped = set(gaps)
    text = "".join(char for i, char in enumerate(text) if i not in dropped)
    return text, [(moved(start), moved(end), label) for start, end, label in spans]


def _paragraphs(doc: Doc) -> Iterator[Doc]:
    """Cut at line breaks: the pipeline reads paragraph by paragraph."""
    breaks = [token.i for token in doc if "\n" in token.text]
    for start, end in pairwise([-1, *breaks, len(doc)]):
        span = Span(doc, start + 1, end) if end > start + 1 else None
        if span and span.text.strip():
            yield span.as_doc()
