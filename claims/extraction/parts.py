"""The atomic propositions of a compound claim: "retirerait …, réduirait … et mettrait fin à …"."""

from spacy.tokens import Doc, Token

from claims.extraction.clauses import is_finite, trim
from claims.extraction.lexicon import words
from claims.extraction.sentences import sentence_of

COORDINATORS = words("coordinators")
CONNECTORS = COORDINATORS | {",", ";", "tandis", "alors", "tout", "en", "que", "qu'", "ce", "qui"}
SUBORDINATORS = words("subordinators")
BEFORE_VERB = words("before_verb")


def parts_of(doc: Doc, content: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Token bounds of each proposition; empty where there is only one."""
    found: list[tuple[int, int]] = []
    for start, end in content:
        for sentence in _sentences(doc, start, end):
            found += _split(doc, *sentence)
    return found if len(found) > 1 else []


def _sentences(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    bounds = []
    while start < end:
        stop = min(end, sentence_of(doc, start).end)
        if any(t.is_alpha for t in doc[start:stop]):
            bounds.append((start, stop))
        start = stop
    return bounds


def _split(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    verbs = _coordinated(doc, start, end)
    if len(verbs) < 2:
        return trim(doc, [(start, end)])
    cuts = [_clause_start(doc, verbs[0], start)]
    for verb in verbs[1:]:
        cuts.append(_left_edge(doc, verb, cuts[-1]))
    bounds = []
    for i, cut in enumerate(cuts):
        stop = cuts[i + 1] if i + 1 < len(cuts) else end
        while stop > cut and i + 1 < len(cuts) and doc[stop - 1].lower_ in CONNECTORS:
            stop -= 1
        bounds.append((cut, stop))
    return trim(doc, bounds)


def _coordinated(doc: Doc, start: int, end: int) -> list[Token]:
    """The verbs that head propositions side by side: the longest series of one mood."""
    verbs = [t for t in doc[start:end] if _heads_proposition(doc, t, start)]
    if len(verbs) < 2:
        return verbs
    series = [verbs[0]]
    for verb in verbs[1:]:
        if _continues(doc, verb, start):
            series.append(verb)
        elif len(series) == 1:
            series = [verb]
    return series if series[0] is verbs[0] or _is_complement(doc, series[0], start) else []


def _heads_proposition(doc: Doc, token: Token, start: int) -> bool:
    if token.dep_ == "acl:relcl" and doc[_group_start(doc, token.i, start) - 1].lower_ != "qui":
        return False
    if is_finite(token):
        before = doc[_group_start(doc, token.i, start) - 1].lower_
        after_ce = before == "qui" and doc[_group_start(doc, token.i, start) - 2].lower_ == "ce"
        return after_ce or not (before in {"qui", "dont", "où"} or _is_subordinate(token))
    if not token.lower_.endswith("ant"):
        return False
    return [t.lower_ for t in doc[max(start, token.i - 2) : token.i]] == ["tout", "en"]


def _is_subordinate(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in SUBORDINATORS for c in verb.children)


def _group_start(doc: Doc, i: int, start: int) -> int:
    while i > start and (doc[i - 1].lower_ in BEFORE_VERB and doc[i - 1].pos_ != "DET"):
        i -= 1
    return i


def _continues(doc: Doc, verb: Token, start: int) -> bool:
    """Whether `verb` opens a proposition beside the one before it."""
    first = _group_start(doc, verb.i, start)
    before = doc[first - 1].lower_ if first > start else ""
    if before in COORDINATORS or before in {",", "en", "tout"}:
        return True
    if before == "qui" and doc[first - 2].lower_ == "ce":
        return True
    subject = _subject(verb)
    if subject is None:
        # No subject of its own and no conjunction: the commas got lost.
        return is_finite(verb) and before not in {"que", "qu'"}
    edge = subject.left_edge.i
    return edge > start and doc[edge - 1].lower_ in COORDINATORS | {",", ";"}


def _is_complement(doc: Doc, verb: Token, start: int) -> bool:
    """ "le scénario est que …", but not "le risque que …": the clause is what is claimed."""
    for i in range(verb.i - 1, start, -1):
        if doc[i].lower_ in {"que", "qu'"}:
            return doc[i - 1].pos_ in ("VERB", "AUX")
    return False


def _subject(verb: Token) -> Token | None:
    for token in (verb, verb.head if verb.dep_.startswith(("aux", "cop")) else verb):
        for child in token.children:
            before = child.dep_.startswith(("nsubj", "expl:subj")) and child.i < verb.i
            if before and child.lower_ != "qui":
                return child
    return None


def _clause_start(doc: Doc, verb: Token, start: int) -> int:
    """Where the first proposition of the series begins: after its own "que", else at the start."""
    for i in range(verb.i - 1, start, -1):
        if is_finite(doc[i]):
            break
        if doc[i].lower_ in {"que", "qu'"}:
            return i + 1
    return start


def _left_edge(doc: Doc, verb: Token, after: int) -> int:
    subject = _subject(verb)
    edge = subject.left_edge.i if subject is not None else _group_start(doc, verb.i, after + 1)
    return edge if edge > after else verb.i
