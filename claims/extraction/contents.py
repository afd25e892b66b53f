"""What follows a cue and is reported by it: a clause, an infinitive, a noun phrase, a quotation."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.adjuncts import skip_adjuncts
from claims.extraction.clauses import QUE, STOPS, is_finite, is_infinitive, sentence_end, trim
from claims.extraction.cues import Cue, cues_between
from claims.extraction.extent import right_end
from claims.extraction.lexicon import words
from claims.extraction.quoted import OPENING, starting_at
from claims.extraction.relatives import antecedent as antecedent_of
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source
from claims.extraction.verb_groups import INVERTED

Spans = list[tuple[int, int]]

COMPLEX = words("before_que")
BEFORE_VERB = words("before_verb") | {"pas", "plus", "jamais", "rien"}
CONTRACTED = {"de": {"de", "d'", "du", "des"}, "à": {"à", "au", "aux"}}
OBJECT_LINKS = {"de", "d'", "du", "des", "comme", "à", "au", "aux"}
NOMINAL = {"DET", "NOUN", "PROPN", "NUM", "ADJ"}
OPENS_SELF = NOMINAL | {"VERB", "ADV"}
OPENS_OBJECT = NOMINAL | {"ADP", "PRON", "ADV"}
NO_OBJECT = QUE | {"de", "d'"}


def complement(
    doc: Doc, cue: Cue, source: Source | None, later: Sequence[Cue]
) -> tuple[str, Spans] | None:
    """The frame and the content of what follows the cue, or None; the nearest complement wins.

    `later` are the cues further on that do report something: a content ends before one that
    stands beside this cue.
    """
    limit = sentence_of(doc, cue.head).end
    start = cue.end
    if cue.inverted is not None:
        start = max(start, cue.inverted + 1)
    if source is not None and source.start >= start:
        start = max(start, source.end) if source.start <= start + 2 else start
    near = skip_adjuncts(doc, start, limit)
    others = cues_between(doc, start, limit)
    heads = {other.head for other in others if other.nature != "preposition"} - {cue.head}
    skipped = range(source.start, source.end) if source else range(0)
    for i in range(start, limit):
        if i in skipped:
            continue
        if found := _at(doc, cue, i, limit, later, near=i == near):
            frame, spans = found
            return (frame, spans) if spans else None
        token = doc[i]
        if token.text in STOPS or i in heads or (is_finite(token) and not _in_relative(token)):
            return None
    return None


def _at(
    doc: Doc, cue: Cue, i: int, limit: int, later: Sequence[Cue], near: bool
) -> tuple[str, Spans] | None:
    """The complement that begins at token `i`, if one does; `near` if only adjuncts are between."""
    token = doc[i]
    low = token.lower_
    frames = cue.verb.frames
    if low in QUE and "np" in frames and cue.negated and near and _only(doc, i, limit):
        return "np", _until(doc, cue, i + 1, later, "np")
    if low in QUE and "que" in frames:
        if doc[i - 1].lower_ in COMPLEX and not (
            near and doc[i - 1].lower_ not in {"alors", "afin"}
        ):
            return None
        return "que", _until(doc, cue, i + 1, later)
    if token.text == ":" and frames & {"que", "inf", "quote", "np", "object", "urge"}:
        return "quote", _after_colon(doc, i + 1, limit)
    quoted = starting_at(doc, i)
    if quoted and near and frames & {"quote", "np", "self"}:
        return "quote", _quotation(doc, cue, i, quoted, later)
    accused = "object" in frames and cue.tense == "bare participle"  # "X, accusé de mentir"
    if "inf" in frames and not accused and is_infinitive(token) and _governs(doc, cue, i):
        begin = i
        while begin - 1 >= cue.end and doc[begin - 1].lower_ in BEFORE_VERB:
            begin -= 1
        return "inf", _until(doc, cue, begin, later, "inf")
    if "after" in frames and i + 1 < limit and _is_preposition(doc, cue, i, near):
        return "after", _until(doc, cue, i + 1, later, "after")
    if not near:
        return None
    if "self" in frames and (token.pos_ in OPENS_SELF or quoted):
        return "self", _until(doc, cue, i, later, "self")
    if frames & {"np", "object"} and (found := _announced(doc, i, limit)):
        return found
    for frame in ("object", "urge", "judge"):
        if frame in frames and (spans := _object(doc, cue, i, later, frame)):
            return frame, spans
    if frames & {"object", "judge"} and (antecedent := _relative_object(doc, cue)):
        rest = _until(doc, cue, i, later, "object")
        return ("object", [antecedent, *rest]) if rest else None
    if "np" in frames and cue.verb.name != "voir" and _is_object(doc, cue, i):
        return "np", _until(doc, cue, i, later, "np")
    if quoted and frames & {"que", "inf", "after", "object"}:
        return "quote", _quotation(doc, cue, i, quoted, later)
    return None


def _only(doc: Doc, i: int, limit: int) -> bool:
    """ "n'attend plus que 5,9 %": a "que" that opens no clause."""
    nominal = i + 1 < limit and doc[i + 1].pos_ in NOMINAL
    return nominal and not any(is_finite(t) for t in doc[i : i + 6])


def _in_relative(token: Token) -> bool:
    return any(t.dep_ == "acl:relcl" for t in (token, token.head))


def _governs(doc: Doc, cue: Cue, i: int) -> bool:
    """Whether the infinitive at `i` depends on the cue: "promet de publier", "dit avoir écrit"."""
    before = i - 1
    while before >= cue.end and (
        doc[before].lower_ in BEFORE_VERB
        or doc[before].pos_ == "ADV"
        or doc[before].text in OPENING
    ):
        before -= 1
    if before < cue.end or doc[before].lower_ in INVERTED:
        return True
    if doc[before].lower_ in ("de", "d'", "à"):
        between = skip_adjuncts(doc, cue.end, before)
        return between >= before or doc[i].head.i == cue.head
    return doc[before].text == "," and skip_adjuncts(doc, cue.end, i) >= before


def _is_preposition(doc: Doc, cue: Cue, i: int, near: bool) -> bool:
    wanted: set[str] = set()
    for preposition in cue.verb.after:
        wanted |= CONTRACTED.get(preposition, {preposition})
    if doc[i].lower_ not in wanted:
        return False
    return near or doc[i].head.head.i == cue.head


def _is_object(doc: Doc, cue: Cue, i: int) -> bool:
    """Whether a noun phrase that is the object of the cue begins at `i`."""
    token = doc[i]
    if token.lower_ in ("du", "des", "de", "d'"):
        return token.pos_ == "DET" or (token.head.dep_ == "obj" and token.head.head.i == cue.head)
    if token.lower_ in ("tout", "toute", "tous", "toutes"):
        return True
    if token.pos_ not in NOMINAL or token.lower_ in ("ce", "cela", "ça"):
        return False
    noun = token
    for _ in range(4):
        if noun.dep_.startswith("nsubj") and noun.head.i > i:
            return False
        if noun.head.i == cue.head:
            break
        noun = noun.head
    return token.pos_ in ("DET", "NUM", "ADJ") or noun.dep_ in ("obj", "obl:arg", "xcomp")


def _announced(doc: Doc, start: int, limit: int) -> tuple[str, Spans] | None:
    """ "propose un autre scénario : que …": the noun only announces the clause."""
    for i in range(start, min(start + 12, limit - 1)):
        if doc[i].text == ":" and (doc[i + 1].lower_ in QUE or starting_at(doc, i + 1)):
            return "que", _after_colon(doc, i + 1, limit)
        if is_finite(doc[i]):
            break
    return None


def _object(doc: Doc, cue: Cue, i: int, later: Sequence[Cue], frame: str) -> Spans:
    """ "qualifie X de Y": from the object on, where something is said of it."""
    token = doc[i]
    if token.lower_ in NO_OBJECT or (token.is_punct and token.text not in OPENING):
        return []
    if token.pos_ not in OPENS_OBJECT and token.text not in OPENING:
        return []
    spans = _until(doc, cue, i, later, frame)
    if not spans:
        return []
    inside = doc[spans[0][0] : spans[-1][1]]
    if frame == "judge":
        # The parser takes what is said of the object for a part of it: "l'accord fragile".
        judged = (
            token.text in OPENING
            or inside[-1].pos_ == "ADJ"
            or any(
                t.text in OPENING or (t.pos_ in ("ADJ", "ADV", "VERB") and t.dep_ != "amod")
                for t in inside
            )
        )
        return spans if judged else []
    if frame == "urge":
        urged = any(_is_urged(doc, t) or _is_called_to(t, cue) for t in inside[1:])
        return spans if urged else []
    return spans if any(t.lower_ in OBJECT_LINKS for t in inside) else []


def _relative_object(doc: Doc, cue: Cue) -> tuple[int, int] | None:
    """The noun phrase before "que X qualifie de …": the object is what "que" stands for."""
    left = sentence_of(doc, cue.head).start
    for i in range(cue.group_start - 1, max(left, cue.group_start - 8), -1):
        if doc[i].lower_ in QUE and i > left:
            before = doc[i - 1]
            if before.pos_ not in ("NOUN", "PROPN", "ADJ") and before.text != ",":
                return None
            found = antecedent_of(doc, i, left)
            return (found.start, found.end) if found else None
        if is_finite(doc[i]):
            return None
    return None


def _is_called_to(token: Token, cue: Cue) -> bool:
    """ "appelle les siens [à] la retenue": the noun that the verb itself calls to."""
    wanted = "à" in cue.verb.after and token.lower_ in CONTRACTED["à"]
    return wanted and token.pos_ == "ADP" and token.head.head.i == cue.head


def _is_urged(doc: Doc, token: Token) -> bool:
    """ "à partir", "de ne pas céder": an infinitive after its preposition."""
    i = token.i - 1
    while doc[i].lower_ in BEFORE_VERB or doc[i].text in OPENING:
        i -= 1
    return is_infinitive(token) and doc[i].lower_ in ("de", "d'", "à")


def _after_colon(doc: Doc, start: int, limit: int) -> Spans:
    if start < limit and doc[start].lower_ in QUE:
        start += 1
    if start >= limit:
        return []
    quoted = starting_at(doc, start)
    if quoted:
        return trim(doc, [quoted])
    return trim(doc, [(start, sentence_end(doc, start))])


def _quotation(doc: Doc, cue: Cue, i: int, quoted: tuple[int, int], later: Sequence[Cue]) -> Spans:
    """A quotation right after the cue, with the words of its sentence that follow it."""
    spans = _until(doc, cue, i, later, "np")
    if not spans or quoted[1] > sentence_of(doc, cue.head).end:
        return trim(doc, [quoted])
    return spans


def _until(doc: Doc, cue: Cue, start: int, later: Sequence[Cue], frame: str = "que") -> Spans:
    if start >= sentence_of(doc, cue.head).end:
        return []
    return trim(doc, [(start, right_end(doc, cue, start, later, frame))])
