"""What "selon X" reports: the words before it, after it, or on both sides."""

from collections.abc import Sequence

from spacy.tokens import Doc

from claims.extraction.clauses import QUE, breaks_off, has_finite, is_finite, sentence_end, trim
from claims.extraction.cues import Cue, cues_between
from claims.extraction.extent import before_clause
from claims.extraction.lexicon import words
from claims.extraction.quoted import around, starting_at
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source

Spans = list[tuple[int, int]]

LEADS = words("leads")
FAR = 16  # tokens
RELATIVES = {"lequel", "laquelle", "lesquels", "lesquelles", "qui"}
CLITIC = {"a", "n'", "ne", "se", "s'", "l'", "en", "y"}
ATTRIBUTES = {"qui", "dont", "où", "lequel", "laquelle"}


def around_phrase(doc: Doc, cue: Cue, source: Source, later: Sequence[Cue]) -> Spans:
    """The content of a preposition that names its source; `later` as in `right_end`."""
    spans = _around(doc, cue, source)
    if spans and spans[-1][0] >= cue.end:
        start, end = spans[-1]
        spans[-1] = start, before_clause(doc, start, end, later)
    return spans


def _around(doc: Doc, cue: Cue, source: Source) -> Spans:
    sentence = sentence_of(doc, cue.head)
    end = _local_end(doc, max(source.end, cue.end), sentence_end(doc, sentence.end - 1))
    after = max(source.end, cue.end)
    if after < end and doc[after].lower_ in RELATIVES:
        after += 1
        end = _relative_end(doc, after, end)
    else:
        after = _past_attribute(doc, after, end)
    if source.end <= cue.start:
        return trim(doc, [(after, _quoted_end(doc, after, end))])
    start = _local_start(doc, sentence.start, cue.start)
    while start < cue.start and doc[start].lower_ in LEADS:
        start += 1
    before = doc[start : cue.start]
    if not any(t.is_alpha or t.like_num for t in before) or _is_adverbial(doc, start, cue.start):
        return trim(doc, [(after, _quoted_end(doc, after, end))])
    if has_finite(doc, start, cue.start):
        if after < end and (breaks_off(doc, start, cue.start) or _shares_subject(doc, after, end)):
            return trim(doc, [(start, cue.start), (after, end)])
        return trim(doc, [(start, cue.start)])
    if after < end and has_finite(doc, after, min(after + 12, end)):
        return trim(doc, [(start, cue.start), (after, end)])
    return trim(doc, [(start, cue.start)])


def _relative_end(doc: Doc, start: int, end: int) -> int:
    """Where "selon qui …" ends: at the comma before the verb it stands in front of."""
    for i in range(start, end - 1):
        following = doc[i + 1]
        if doc[i].text == "," and around(doc, i) is None:
            if is_finite(following) or following.pos_ in ("AUX", "VERB"):
                return i
            if following.lower_ in CLITIC and i + 2 < end and is_finite(doc[i + 2]):
                return i
    return end


def _local_start(doc: Doc, left: int, right: int) -> int:
    """Where the clause of the phrase begins: after a semicolon, a colon, a cue's "que"."""
    others = [cue.head for cue in cues_between(doc, left, right)]
    for i in range(right - 1, left - 1, -1):
        token = doc[i]
        if token.text in {";", ":"} and around(doc, i) is None:
            return i + 1
        if token.lower_ in {"que", "qu'"} and i > left and not has_finite(doc, i + 1, right):
            return i + 1
        if others and token.text == "," and i < right - 1 and not has_finite(doc, i + 1, right):
            earlier = [head for head in others if head < i]
            if earlier and doc[earlier[-1]].pos_ == "ADP":
                return i + 1
        if token.lower_ in {"mais", "et"} and not has_finite(doc, i, right) and i >= right - 2:
            return i + 1
    return left


def _local_end(doc: Doc, left: int, right: int) -> int:
    for i in range(left, right):
        if doc[i].text == ";" and around(doc, i) is None and i > left + 1:
            return i
    return right


def _past_attribute(doc: Doc, i: int, end: int) -> int:
    """Past what else is said of the source: ", qui …,", "qu'elle a publiée,"."""
    if i < end and doc[i].lower_ in QUE:
        return next((j + 1 for j in range(i, min(i + FAR, end)) if doc[j].text == ","), i)
    while i < end and doc[i].text in {",", ";", ":"}:
        if i + 1 < end and _attributes(doc, i + 1, end):
            i = next((j for j in range(i + 1, end) if doc[j].text == ","), end)
        else:
            return i + 1
    # No comma yet: what stands before the next one, unless the clause begins here.
    if i < end and doc[i].pos_ in ("VERB", "ADP", "ADJ", "ADV") and starting_at(doc, i) is None:
        for j in range(i, min(i + FAR, end)):
            if doc[j].text == ",":
                return j + 1
            if is_finite(doc[j]):
                return i
    return i


def _attributes(doc: Doc, i: int, end: int) -> bool:
    """Whether what a comma brings in after a source tells of it: "qui …", "citant un diplomate",
    "interrogé par la presse"."""
    token = doc[i]
    if token.lower_ in ATTRIBUTES:
        return True
    if token.pos_ != "VERB" or token.morph.get("VerbForm") != ["Part"]:
        return False
    for j in range(i + 1, min(i + FAR, end)):
        if doc[j].text == ",":
            return True
        if is_finite(doc[j]):
            return False
    return False


def _is_adverbial(doc: Doc, start: int, end: int) -> bool:
    """ "En effet", "À 10 h 23": words before the phrase that are no subject."""
    first = doc[start]
    return first.pos_ in ("ADP", "ADV") and not has_finite(doc, start, end)


def _shares_subject(doc: Doc, after: int, end: int) -> bool:
    """ "… selon X et porterait …": a second verb goes on after the phrase."""
    return doc[after].lower_ == "et" and after + 1 < end and is_finite(doc[after + 1])


def _quoted_end(doc: Doc, start: int, end: int) -> int:
    """The end of a quotation of several sentences that the phrase introduces."""
    quoted = starting_at(doc, start) if start < len(doc) else None
    return max(end, quoted.end) if quoted else end
