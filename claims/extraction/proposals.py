"""Every content a cue might report: what the rules find, and what they were too strict for.

`weighing` chooses among them. A proposal is made wherever the words allow it; whether the verb
takes such a complement, whether its subject can speak, how far the words stand apart are for the
weights.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from claims.extraction.clauses import (
    QUE,
    STOPS,
    has_finite,
    is_finite,
    is_infinitive,
    sentence_end,
    trim,
)
from claims.extraction.contents import BEFORE_VERB, OPENS_SELF
from claims.extraction.cues import Cue
from claims.extraction.document import lows
from claims.extraction.extent import right_end
from claims.extraction.inserted import around_inserted
from claims.extraction.lexicon import words
from claims.extraction.noun_phrases import time_words
from claims.extraction.passives import passive_spans
from claims.extraction.phrases import around_phrase
from claims.extraction.quoted import ending_before, starting_at
from claims.extraction.relatives import antecedent
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source, agent_of, before_subject, first_noun, phrase
from claims.extraction.subjects import subject_of
from claims.extraction.verb_groups import NEGATION

FAR = 16  # tokens between a cue and what it reports
MOST = 4  # complements tried for one cue
PREPOSITIONS = {"de", "d'", "du", "des", "à", "au", "aux", "sur", "contre", "pour", "dans", "en"}
NOMINAL = {"DET", "NOUN", "PROPN", "NUM", "ADJ", "PRON"}
ATTRIBUTIVE = {"NOUN", "PROPN", "ADJ"}
TAKING_UP = {*QUE, "comme"}  # "ce que soutient X", "comme dit X": what is said stands elsewhere

Spans = tuple[tuple[int, int], ...]


class Proposal(NamedTuple):
    """What a cue may report, and whose it would be; token positions, ends exclusive."""

    content: Spans
    source: Source | None
    frame: str  # the complement, see cue_verbs.toml; or "inserted", "phrase", "passive"
    link: str = ""  # the word that joins cue and content: "que", "de", ":"
    at: int = 0  # the token where the complement begins


def proposals(doc: Doc, cue: Cue, later: Sequence[Cue]) -> Iterator[Proposal]:
    """What `cue` may report; `later` are the cues further on that do report something."""
    if cue.nature == "preposition":
        yield from _of_preposition(doc, cue, later)
    elif cue.passive or cue.tense == "bare participle":
        yield from _of_passive(doc, cue)
    else:
        yield from _of_verb(doc, cue, later)


def _of_preposition(doc: Doc, cue: Cue, later: Sequence[Cue]) -> Iterator[Proposal]:
    """ "Selon X, …", "…, selon X": the words after, the words before, or both."""
    sentence = sentence_of(doc, cue.head)
    source = _named_after(doc, cue, sentence.end)
    if source is None:
        return
    spans = around_phrase(doc, cue, source, later)
    yield from _proposal(doc, spans, source, "phrase", "around")
    after = max(source.end, cue.end)
    end = sentence_end(doc, sentence.end - 1)
    if after < end and doc[after].text in {",", ":", ";"}:
        yield from _proposal(doc, [(after + 1, end)], source, "phrase", "after")
    if sentence.start < cue.start:
        yield from _proposal(doc, [(sentence.start, cue.start)], source, "phrase", "before")


def _named_after(doc: Doc, cue: Cue, limit: int) -> Source | None:
    if "pronoun phrase" in cue.verb.frames or "unnamed phrase" in cue.verb.frames:
        return None
    head = first_noun(doc, cue.end, limit)
    if head is None or doc[head].lower_ in time_words():
        return None
    return before_subject(doc, phrase(doc, head, cue.end, limit))


def _of_passive(doc: Doc, cue: Cue) -> Iterator[Proposal]:
    """ "X est accusé de Y par Z", "« … », lancée par Z"."""
    agent = agent_of(doc, cue)
    for spans, link in passive_spans(doc, cue, agent):
        yield from _proposal(doc, spans, agent, "passive", link)
    if agent is not None and (quoted := ending_before(doc, cue.group_start)):
        yield from _proposal(doc, [quoted], agent, "passive", "quotation")


def _of_verb(doc: Doc, cue: Cue, later: Sequence[Cue]) -> Iterator[Proposal]:
    subject = subject_of(doc, cue)
    behind = subject if subject is not None and subject.start > cue.head else None
    if cue.inverted is not None:
        behind = subject
    if cue.finite and cue.group_start > 0:
        quoted = ending_before(doc, cue.group_start)
        before = doc[cue.group_start - 1].lower_
        if quoted or (behind is not None and before not in TAKING_UP):
            spans = around_inserted(doc, cue, behind)
            link = "quotation" if quoted else before
            yield from _proposal(doc, spans, subject, "inserted", link)
    yield from taken_up(doc, cue, subject)
    yield from _complements(doc, cue, subject, later)


def taken_up(doc: Doc, cue: Cue, source: Source | None) -> Iterator[Proposal]:
    """ "… C'est ce qu'a annoncé X", "…, comme l'a annoncé X": what stands before, or around."""
    sentence = sentence_of(doc, cue.head)
    before = lows(doc)[sentence.start : cue.group_start]
    if not cue.finite:
        return
    if before[:1] in (["c'"], ["voilà"]) and {"que", "qu'"} & set(before) and sentence.start:
        previous = sentence_of(doc, sentence.start - 1)
        if doc[previous.start].is_space and previous.start:
            previous = sentence_of(doc, previous.start - 1)
        yield from _proposal(doc, [previous], source, "inserted", "ce que")
    if "comme" not in before or source is None:
        return
    at = len(before) - 1 - before[::-1].index("comme")
    if len(before) - at > FAR:
        return
    opens = sentence.start + at
    if has_finite(doc, opens, cue.group_start):
        return
    end = sentence_end(doc, opens)
    last = max(cue.end, source.end)
    comma = next((i for i in range(last, end) if doc[i].text in {",", ":"}), end)
    rest = (comma + 1, end) if comma + 1 < end else None
    left = next((i + 1 for i in range(at - 1, -1, -1) if before[i] in {":", ";"}), 0)
    if any(word.isalpha() for word in before[left:at]):
        spans = [(sentence.start + left, opens)]
        yield from _proposal(doc, spans, source, "inserted", "comme")
        if rest:
            yield from _proposal(doc, [*spans, rest], source, "inserted", "comme around")
    elif rest:
        yield from _proposal(doc, [rest], source, "inserted", "comme")


def _complements(
    doc: Doc, cue: Cue, source: Source | None, later: Sequence[Cue]
) -> Iterator[Proposal]:
    """Each complement that begins after the cue, the nearest first."""
    limit = sentence_of(doc, cue.head).end
    start = cue.end if cue.inverted is None else max(cue.end, cue.inverted + 1)
    skipped = range(source.start, source.end) if source else range(0)
    relative = _antecedent(doc, cue)
    if relative is not None:
        rest = _until(doc, cue, start, later, "object") if start < limit else []
        if len(rest) and rest[0][1] - rest[0][0] <= FAR:
            yield from _proposal(doc, [relative, *rest], source, "object", "que", start)
    count = 0
    for i in range(start, min(limit, start + FAR)):
        if i in skipped:
            continue
        if found := _begins(doc, cue, i, limit):
            frame, link, begin = found
            if frame == "quote" and link == ":":
                spans = _after_colon(doc, begin, limit)
            else:
                spans = _until(doc, cue, begin, later, "que" if frame == "que" else frame)
            yield from _proposal(doc, spans, source, frame, link, i)
            count += 1
            if count == MOST or frame in ("que", "quote"):
                return
        token = doc[i]
        if token.text in STOPS or is_finite(token):
            return


def _begins(doc: Doc, cue: Cue, i: int, limit: int) -> tuple[str, str, int] | None:
    """The complement that begins at token `i`: its frame, its link, and its first token."""
    token = doc[i]
    low = token.lower_
    if low in QUE:
        return ("que", "que", i + 1) if i + 1 < limit else None
    if token.text == ":":
        return ("quote", ":", i + 1) if i + 1 < limit else None
    if starting_at(doc, i):
        return "quote", doc[i - 1].lower_ if i > cue.end else "", i
    if is_infinitive(token):
        begin = i
        while begin > cue.end and doc[begin - 1].lower_ in BEFORE_VERB:
            begin -= 1
        return "inf", doc[begin - 1].lower_ if begin > cue.end else "", begin
    if i == cue.end and cue.verb.holds("self") == "often" and token.pos_ in OPENS_SELF:
        return "self", "", i
    inside = ("DET", "ADP") if token.pos_ == "DET" else ("DET", "ADP", "ADJ", "NUM")
    if i > cue.end and doc[i - 1].pos_ in inside:
        return None
    if low in PREPOSITIONS and token.pos_ == "ADP" and i + 1 < limit:
        verb = i + 1
        while verb + 1 < limit and (
            doc[verb].lower_ in BEFORE_VERB | NEGATION or (verb > i + 1 and doc[verb].is_punct)
        ):  # "de ne « jamais » céder"
            verb += 1
        return ("inf" if is_infinitive(doc[verb]) else "after"), low, i + 1
    if token.pos_ in NOMINAL and low not in words("personal_pronouns"):
        near = i == cue.end or token.pos_ == "DET" or doc[i - 1].pos_ not in ("NOUN", "PROPN")
        return ("np", "", i) if near else None
    if i == cue.end and token.pos_ == "VERB":
        return "self", "", i
    return None


def _antecedent(doc: Doc, cue: Cue) -> tuple[int, int] | None:
    """The noun phrase before "que X qualifie de …", or the pronoun in "le qualifie de"."""
    left = sentence_of(doc, cue.head).start
    for i in range(cue.group_start, cue.head):
        if doc[i].lower_ in ("le", "la", "l'", "les") and doc[i].pos_ == "PRON":
            return i, i + 1
    for i in range(cue.group_start - 1, max(left, cue.group_start - 8), -1):
        if doc[i].lower_ in QUE and i > left:
            if doc[i - 1].pos_ not in ATTRIBUTIVE and doc[i - 1].text != ",":
                return None
            found = antecedent(doc, i, left)
            return (found.start, found.end) if found else None
        if is_finite(doc[i]):
            return None
    return None


def _after_colon(doc: Doc, start: int, limit: int) -> list[tuple[int, int]]:
    if doc[start].lower_ in QUE and start + 1 < limit:
        start += 1
    quoted = starting_at(doc, start)
    return [quoted] if quoted else [(start, sentence_end(doc, start))]


def _until(
    doc: Doc, cue: Cue, start: int, later: Sequence[Cue], frame: str
) -> list[tuple[int, int]]:
    if start >= sentence_of(doc, cue.head).end:
        return []
    quoted = starting_at(doc, start)
    if quoted and quoted.end > sentence_of(doc, cue.head).end:
        return [quoted]
    return [(start, right_end(doc, cue, start, later, frame))]


def _proposal(
    doc: Doc, spans, source: Source | None, frame: str, link: str, at: int = 0
) -> Iterator[Proposal]:
    content = tuple(tuple(span) for span in trim(doc, list(spans)))
    if content:
        yield Proposal(content, source, frame, link, at)
