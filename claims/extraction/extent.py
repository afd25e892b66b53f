"""How far what is reported reaches: to the end of its sentence, unless something else begins."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.adjuncts import occasions, trailing_start
from claims.extraction.clauses import is_finite, sentence_end
from claims.extraction.cues import Cue
from claims.extraction.document import lows
from claims.extraction.lexicon import words
from claims.extraction.nouns import document_nouns
from claims.extraction.quoted import CLOSING, around, starting_at, starting_between
from claims.extraction.sentences import sentence_of
from claims.extraction.subject_features import number_of_verb
from claims.extraction.subjects import subject_of
from claims.extraction.verb_groups import NEGATION

CONNECTORS = {"et", "mais", "puis", "tout", "en", ",", "avant", "de", "d'", "ou", *NEGATION}
CLAUSES = {"mais", "tandis", "alors", "quand", "et", "or", "car"}
# Contents without a verb of their own in a tense.
PHRASES = {"np", "after", "object", "urge", "judge", "inf", "self"}
CONDITIONAL = ("rait", "raient")
JOINING = {",", "et", "mais", "puis", "or", ":", "–", "—"}
UNSAID = words("unsaid")
SUMMING = words("summing_nouns")
RELATIVES = {"que", "qu'", "qui", "dont"}
SUBORDINATING = words("subordinators") | words("relatives")


def right_end(doc: Doc, cue: Cue, start: int, later: Sequence[Cue], frame: str) -> int:
    """One past the last token of a content that begins at `start`.

    `later` are the cues that do report something; one that stands beside this cue ends it.
    """
    end = sentence_end(doc, start)
    limit = sentence_of(doc, start).end
    for quoted in starting_between(doc, start, end + 1):
        if quoted.end > limit:
            return quoted.end
    for other in later:
        if start < other.group_start < end and is_beside(doc, cue, other):
            end = _before_connector(doc, other.group_start, start)
            break
    end = before_clause(doc, start, end, later)
    end = _after_quotation(doc, start, end)
    inside = set(lows(doc)[start:end])
    for word, cut in CUTS.items():
        if word in inside:
            end = cut(doc, start, end)
    if cue.tense == "gerund":
        end = _main_clause(doc, cue, start, end)
    if frame != "que" and not inside.isdisjoint(CLAUSES):
        end = _own_clause(doc, cue, start, end)
    if frame in PHRASES:
        end = _predicate(doc, start, end)
    return end if inside.isdisjoint(occasions()) else trailing_start(doc, start, end)


def before_clause(doc: Doc, start: int, end: int, later: Sequence[Cue]) -> int:
    """Where a content that would reach to `end` ends before a clause that cites somebody else:
    "X dit que …, [et Y estime que …]"."""
    for other in later:
        if not (start < other.group_start < end and other.finite) or around(doc, other.head):
            continue
        source = subject_of(doc, other) if other.nature == "verb" else None
        if source is None or not start + 1 < source.start < other.group_start:
            continue
        if doc[source.start - 1].lower_ in ("et", "mais"):
            return _before_connector(doc, source.start, start)
    return end


def is_beside(doc: Doc, cue: Cue, other: Cue) -> bool:
    """Whether `other` shares the subject of `cue` rather than being part of what it reports."""
    if other.nature == "preposition" or other.head <= cue.head:
        return False
    before = doc[other.group_start - 1]
    if other.tense == "gerund":
        if before.lower_ == "en" or before.text in {",", *CLOSING}:
            return True
        # A participle right after a noun may tell what that noun says: "un rapport affirmant …".
        noun = doc[other.head].head
        return not (noun.lower_ in document_nouns() and noun.i < other.head)
    if other.tense == "infinitive":
        return before.lower_ in ("de", "d'", "sans") or doc[other.group_start].lower_ == "sans"
    bare = other.tense == "bare participle" and cue.tense in ("participle", "bare participle")
    joined = before.lower_ in {"et", "mais", "puis", "ou"} and (other.finite or bare)
    return joined and _agree(doc, cue, other)


def _agree(doc: Doc, cue: Cue, other: Cue) -> bool:
    """Whether two verbs may have the same subject by their number."""
    numbers = {number_of_verb(doc, cue), number_of_verb(doc, other)} - {""}
    return len(numbers) < 2


def _before_connector(doc: Doc, i: int, start: int) -> int:
    while i > start + 1 and doc[i - 1].lower_ in CONNECTORS:
        i -= 1
    return i


def _semicolon(doc: Doc, start: int, end: int) -> int:
    return next((i for i in _places(doc, ";", start, end) if around(doc, i) is None), end)


def _places(doc: Doc, word: str, start: int, end: int) -> list[int]:
    """Where `word` (lower case) stands in the tokens from `start` to `end`."""
    return [i for i, low in enumerate(lows(doc)[start:end], start) if low == word]


def _after_quotation(doc: Doc, start: int, end: int) -> int:
    """A content wholly in quotation marks ends with them where another clause follows."""
    quoted = starting_at(doc, start)
    if quoted is None or quoted.end >= end:
        return end
    i = quoted.end
    while i < end and doc[i].text in CLOSING:
        i += 1
    if i + 1 < end and _adds(doc, i, end):
        return end
    ends = i < end and doc[i].lower_ in {",", "tandis", "alors", "mais", "quand", ";", ":"}
    joined = i + 1 < end and doc[i].lower_ == "et" and doc[i + 1].lower_ not in {"que", "qu'", "«"}
    return quoted.end if ends or (joined and not starting_at(doc, i + 1)) else end


def _adds(doc: Doc, i: int, end: int) -> bool:
    """Whether one more thing follows a quotation: "« X » et la hausse", "« X », dont Y"."""
    if doc[i].text == "," and doc[i + 1].lower_ == "dont":
        return True
    joined = doc[i].lower_ == "et" and doc[i + 1].pos_ == "DET"
    return joined and not any(is_finite(token) for token in doc[i + 1 : end])


def _explanation(doc: Doc, start: int, end: int) -> int:
    """Where the words themselves follow: "…, dit-il : « … »"."""
    for i in _places(doc, ":", start + 2, end - 1):
        if starting_at(doc, i + 1) and around(doc, i) is None:
            return i
    return end


def _main_clause(doc: Doc, cue: Cue, start: int, end: int) -> int:
    """Where the main clause begins after a participle that opens the sentence: "Affirmant que …, il
    a critiqué …"."""
    left = sentence_of(doc, cue.head).start
    if any(
        t.is_alpha for t in doc[left : cue.group_start] if t.lower_ not in {"tout", "en", "après"}
    ):
        return end
    for i in range(start + 1, end - 1):
        following = doc[i + 1]
        if (
            doc[i].text == ","
            and around(doc, i) is None
            and (
                following.pos_ in ("PRON", "DET", "PROPN")
                and (following.dep_.startswith("nsubj") or following.head.dep_.startswith("nsubj"))
            )
        ):
            return i
    return end


def _comparison(doc: Doc, start: int, end: int) -> int:
    """Where a trailing ", comme l'a lancé X" begins."""
    for i in _places(doc, "comme", start + 1, end - 1):
        opens = doc[i - 1].text == "," and doc[i + 1].lower_ in {"l'", "le", "s'", "on"}
        if opens and around(doc, i) is None:
            return i - 1
    return end


def _left_unsaid(doc: Doc, start: int, end: int) -> int:
    """Where a trailing ", sans donner de chiffre" begins."""
    for i in _places(doc, "sans", start + 1, end - 1):
        if around(doc, i) is None and any(t.lower_ in UNSAID for t in doc[i + 1 : i + 4]):
            return i
    return end


def _summed_up(doc: Doc, start: int, end: int) -> int:
    """Where ", une mesure que X critique" begins: what the article calls all that was said."""
    for i in _places(doc, ",", start + 1, end - 3):
        if doc[i + 1].lower_ not in ("un", "une") or doc[i + 2].lower_ not in SUMMING:
            continue
        relative = any(t.lower_ in RELATIVES for t in doc[i + 3 : i + 5])
        if relative and around(doc, i) is None:
            return i
    return end


CUTS = {
    "un": _summed_up,
    "une": _summed_up,
    ":": _explanation,
    ";": _semicolon,
    "comme": _comparison,
    "sans": _left_unsaid,
}


def _own_clause(doc: Doc, cue: Cue, start: int, end: int) -> int:
    """Where a clause with a subject of its own begins beside a content that is no clause."""
    for i, low in enumerate(lows(doc)[start + 1 : end], start + 1):
        if low in CLAUSES and around(doc, i) is None:
            verb = _next_finite(doc, i, end)
            if verb is not None and _opens_clause(verb, i, start):
                return i
    return end


def _predicate(doc: Doc, start: int, end: int) -> int:
    """Where the clause that cites goes on after a phrase: "évoque des blessés [et appelle au
    calme]", "après avoir nié les faits[, il] avoue"."""
    written = lows(doc)
    joined = None  # the last mark or conjunction
    quoting = bool(starting_between(doc, start, end + 1))
    i = start
    while i < end:
        low = written[i]
        if quoting and (quoted := starting_at(doc, i)):
            i = max(quoted.end, i + 1)
            continue
        if low in SUBORDINATING:
            return end
        if low in JOINING:
            if joined is None or doc[joined].text != ":":
                joined = i
        elif i > start and is_finite(doc[i]) and _goes_on(doc[i], start, joined is not None):
            return _before_connector(doc, i if joined is None else joined, start)
        i += 1
    return end


def _goes_on(verb: Token, start: int, joined: bool) -> bool:
    """Whether a verb after a content that begins at `start` is no part of it.

    After a mark or conjunction it is, unless it hangs on a noun of the content; right after a noun
    only where the parser ties it to nothing there.
    """
    if verb.lower_.endswith(CONDITIONAL):  # "promet de baisser ses prix et fermerait Y"
        return False
    top = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    inside = start <= top.head.i < top.i
    if joined:
        return not (inside and top.dep_.startswith("acl"))
    subjects = (child.i for child in top.children if child.dep_.startswith("nsubj"))
    return not inside and not any(start <= i < top.i for i in subjects)


def _next_finite(doc: Doc, i: int, end: int) -> Token | None:
    return next((t for t in doc[i:end] if is_finite(t)), None)


def _opens_clause(verb: Token, i: int, start: int) -> bool:
    """Whether `verb` has a subject after token `i`, and hangs on nothing after `start`."""
    top = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    own = any(c.dep_.startswith(("nsubj", "expl:subj")) and i < c.i for c in top.children)
    return own and (top.head.i < start or top.head.i == top.i)
