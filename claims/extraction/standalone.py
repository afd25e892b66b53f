"""Quotations that no cue brings in: those that go on after a claim, and those with a name alone.

« A », a déclaré X. « B. »          B belongs to the claim before it
Le préfet, Sylvain Courtade : « B » the name before the colon
« B »                               the name in the line below, after a dash
— Jennifer Psaki
X n'a pas cillé. « B »              the person the sentence before is about
"""

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

from spacy.tokens import Doc, Token

from claims.extraction.clauses import is_finite, trim
from claims.extraction.given_names import gender_of
from claims.extraction.quoted import Quoted, around, chains, quotations
from claims.extraction.roles import is_role
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
    spans = (span for attribution in attributions for span in attribution.content)
    taken = {i for start, end in spans for i in range(start, end)}
    claims = _claims_by_sentence(doc, attributions)
    found: list[Found] = []
    last_end = -1
    for quoted in quotations(doc):
        if quoted.start < last_end or not taken.isdisjoint(range(*quoted)):
            continue
        if sum(t.is_alpha for t in doc[quoted.start : quoted.end]) < SHORTEST:
            continue
        last_end = quoted.end
        if item := _whose(doc, quoted, claims):
            found.append(item)
    return found


def _claims_by_sentence(doc: Doc, attributions) -> dict[Sentence, int]:
    """Sentence -> the index of its first claim that stands inside no other."""
    found: dict[Sentence, int] = {}
    for index, attribution in enumerate(attributions):
        if not attribution.nested:
            at = attribution.cue.head if attribution.cue else attribution.start
            found.setdefault(sentence_of(doc, at), index)
    return found


def _whose(doc: Doc, quoted: Quoted, claims: dict[Sentence, int]) -> Found | None:
    sentence = sentence_of(doc, quoted.start)
    before = [t for t in doc[sentence.start : quoted.start] if t.is_alpha]
    if before:
        label = _label(doc, sentence, quoted)
        return Found(quoted, label) if label else None
    number = bisect_right(doc._.paragraphs, quoted.start, key=itemgetter(0)) - 1
    if number < 0 or quoted.start >= doc._.paragraphs[number][1]:
        return None
    paragraph, *below = doc._.paragraphs[number : number + 2]
    if signature := _signature(doc, quoted, paragraph, below):
        return Found(quoted, signature)
    if not any(is_finite(t) for t in doc[quoted.start : quoted.end]):
        return None
    if sentence.start <= paragraph[0]:
        return None
    previous = sentence_of(doc, sentence.start - 1)
    if previous in claims:
        return Found(quoted, None, claims[previous])
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
        return _subject(doc, Sentence(sentence.start, colon), introduced=True)
    found = source_at(doc, sentence.start, colon)
    return found if found is not None and can_speak(doc, found) else None


def _signature(
    doc: Doc, quoted: Quoted, paragraph: tuple[int, int], below: list[tuple[int, int]]
) -> Source | None:
    """The line below the quotation: "— Jennifer Psaki, directrice …"."""
    if quoted.end < paragraph[1] - 3 or not below:
        return None
    start, end = below[0]
    if doc[start].text not in DASHES or end - start > 25:
        return None
    return source_at(doc, start + 1, end)


def _subject(doc: Doc, sentence: Sentence, introduced: bool = False) -> Source | None:
    """The subject of a sentence, if it can speak and the sentence is about one person; a role will
    do where the sentence has introduced the quotation: "L'entraîneur exulte : « … »"."""
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
            named = any(_names_person(t) for t in doc[found.start : found.end])
            role = introduced and is_role(doc[found.head].lower_)
            return found if personal or named or role else None
    return None


def _names_person(token: Token) -> bool:
    return token.ent_type_ == "PER" or (token.pos_ == "PROPN" and bool(gender_of(token.text)))


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
            result[item.continues] = old._replace(content=old.content + spans)
        elif item.source is not None:
            result.append(make(spans, item.source))
    result = _over_paragraphs(doc, result)
    return sorted(result, key=lambda a: a.cue.head if a.cue else a.start)


def _over_paragraphs(doc: Doc, attributions: list) -> list:
    """`attributions` with the other paragraphs of the quotations they cite, where one claim alone
    cites any of them."""
    holders = {
        i: index
        for index, attribution in enumerate(attributions)
        if chains(doc) and not attribution.nested
        for start, end in attribution.content
        for i in range(start, end)
    }
    for chain in chains(doc):
        holding = [{holders[i] for i in range(*piece) if i in holders} for piece in chain]
        found = set().union(*holding)
        if len(found) == 1:
            (index,) = found
            rest = [piece for piece, inside in zip(chain, holding, strict=True) if not inside]
            old = attributions[index]
            content = sorted([*old.content, *trim(doc, rest)])
            attributions[index] = old._replace(content=tuple(content))
    return attributions
