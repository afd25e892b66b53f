"""Quotations that no cue brings in: those that go on after a claim, and those with a name alone.

« A », a déclaré X. « B. »          B belongs to the claim before it
Le préfet, Sylvain Courtade : « B » the name before the colon
« B »                               the name in the line below, after a dash
— Jennifer Psaki
X n'a pas cillé. « B »              the person the sentence before is about
"""

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from claims.extraction.clauses import is_finite, trim
from claims.extraction.quoted import Quoted, around, quotations
from claims.extraction.sentences import Sentence, sentence_of
from claims.extraction.sources import Source, can_speak, phrase, source_at

DASHES = {"—", "–", "-"}
SHORTEST = 4  # words: a shorter one is a name or a mannered word


@dataclass(frozen=True)
class Found:
    """A quotation nobody was cited for: whose it is, or which claim it goes on with."""

    quoted: Quoted
    source: Source | None
    continues: int | None = None  # index of the attribution it belongs to


def standalone(doc: Doc, attributions) -> list[Found]:
    """The quotations outside every claim that may be claims or parts of one, in order."""
    taken = [span for attribution in attributions for span in attribution.content]
    found: list[Found] = []
    last_end = -1
    for quoted in quotations(doc):
        if quoted.start < last_end or any(s < quoted.end and quoted.start < e for s, e in taken):
            continue
        if sum(t.is_alpha for t in doc[quoted.start : quoted.end]) < SHORTEST:
            continue
        last_end = quoted.end
        if item := _whose(doc, quoted, attributions):
            found.append(item)
    return found


def _whose(doc: Doc, quoted: Quoted, attributions) -> Found | None:
    sentence = sentence_of(doc, quoted.start)
    before = [t for t in doc[sentence.start : quoted.start] if t.is_alpha]
    if before:
        label = _label(doc, sentence, quoted)
        return Found(quoted, label) if label else None
    paragraph = next((p for p in doc._.paragraphs if p[0] <= quoted.start < p[1]), None)
    if paragraph is None:
        return None
    if signature := _signature(doc, quoted, paragraph):
        return Found(quoted, signature)
    if not any(is_finite(t) for t in doc[quoted.start : quoted.end]):
        return None
    if sentence.start <= paragraph[0]:
        return None
    previous = sentence_of(doc, sentence.start - 1)
    for index, attribution in enumerate(attributions):
        at = attribution.cue.head if attribution.cue else attribution.start
        if previous.start <= at < previous.end and not attribution.nested:
            return Found(quoted, None, index)
    subject = _subject(doc, previous)
    return Found(quoted, subject) if subject else None


def _label(doc: Doc, sentence: Sentence, quoted: Quoted) -> Source | None:
    """The noun phrase before ": «", or the subject of the clause that ends so."""
    colon = next(
        (i for i in range(quoted.start - 1, max(quoted.start - 4, sentence.start), -1)
         if doc[i].text == ":"),
        None,
    )  # fmt: skip
    if colon is None or around(doc, colon) is not None:
        return None
    if any(is_finite(t) for t in doc[sentence.start : colon]):
        return _subject(doc, Sentence(sentence.start, colon))
    found = source_at(doc, sentence.start, colon)
    return found if found is not None and can_speak(doc, found) else None


def _signature(doc: Doc, quoted: Quoted, paragraph: tuple[int, int]) -> Source | None:
    """The line below the quotation: "— Jennifer Psaki, directrice …"."""
    if quoted.end < paragraph[1] - 3:
        return None
    below = next((p for p in doc._.paragraphs if p[0] >= paragraph[1]), None)
    if below is None or doc[below[0]].text not in DASHES or below[1] - below[0] > 25:
        return None
    return source_at(doc, below[0] + 1, below[1])


def _subject(doc: Doc, sentence: Sentence) -> Source | None:
    """The subject of a sentence, if it can speak and the sentence is about one person."""
    for token in doc[sentence.start : sentence.end]:
        if token.dep_ in ("nsubj", "nsubj:pass") and token.head.dep_ in (
            "ROOT",
            "conj",
            "parataxis",
        ):
            if around(doc, token.i) is not None:
                return None
            found = phrase(
                doc,
                token.i,
                sentence.start,
                token.head.i if token.head.i > token.i else sentence.end,
            )
            personal = token.pos_ == "PRON" and token.lower_ in {"il", "elle"}
            named = any(t.ent_type_ == "PER" for t in doc[found.start : found.end])
            return found if personal or named else None
    return None


def with_standalone(doc: Doc, attributions: list, make) -> list:
    """`attributions` with the quotations that stand alone added to them, in order.

    `make` builds an attribution from a content and a source.
    """
    result = list(attributions)
    for item in standalone(doc, attributions):
        spans = tuple(trim(doc, [item.quoted]))
        if not spans:
            continue
        if item.continues is not None:
            old = result[item.continues]
            result[item.continues] = replace(old, content=old.content + spans)
        elif item.source is not None:
            result.append(make(spans, item.source))
    return sorted(result, key=lambda a: a.cue.head if a.cue else a.start)
