"""The atomic propositions of a compound claim: "retirerait …, réduirait … et mettrait fin à …".

A proposition is a clause, an infinitive or a noun phrase; the next one of the same sort begins
after a coordinator or a comma. Surface order decides: a parser gets coordination wrong most.
"""

from spacy.tokens import Doc, Token

from claims.extraction.clauses import QUE, is_finite, is_infinitive, trim
from claims.extraction.kind_features import verb_form
from claims.extraction.lexicon import words
from claims.extraction.quoted import OPENING

COORDINATORS = words("coordinators") | {"puis"}
BREAKS = COORDINATORS | {",", ";"}
CONNECTORS = BREAKS | {"tandis", "alors", "tout", "en", "que", "qu'", "ce", "qui", "de", "d'", "à"}
RELATIVES = {"qui", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"}
SUBORDINATORS = words("subordinators") | RELATIVES
BEFORE_VERB = words("before_verb")
BEFORE_INFINITIVE = BEFORE_VERB | {"pas", "plus", "de", "d'", "à"}
ARTICLES = words("articles") - {"d'", "de"}
REPEATED = {"de", "du", "des", "d'", "à", "au", "aux", "en", "pour", "sur", "dans"}
PRONOUNS = words("personal_pronouns") | {
    "ce",
    "c'",
    "ça",
    "cela",
    "ceci",
    "personne",
    "rien",
    "tout",
}


def parts_of(doc: Doc, content: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Token bounds of each proposition; empty where there is only one."""
    pieces = [s for start, end in content for s in _sentences(doc, start, end)]
    split = [_split(doc, *piece) for piece in pieces]
    if len(content) > 1:  # a cue in the middle of a clause cuts it; its halves are no propositions
        split = [
            parts
            for parts, piece in zip(split, pieces, strict=True)
            if len(parts) > 1 or any(is_finite(token) for token in doc[slice(*piece)])
        ]
    found = [part for parts in split for part in parts]
    return found if len(found) > 1 else []


def _sentences(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(t.i for t in doc[start + 1 : end] if t.is_sent_start), end]
    bounds = [(cuts[i], cuts[i + 1]) for i in range(len(cuts) - 1)]
    return [(s, e) for s, e in bounds if any(t.is_alpha for t in doc[s:e])]


def _split(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    if _opens_infinitive(doc, start, end):
        cuts = _infinitives(doc, start, end)
    else:
        cuts = _clauses(doc, start, end) or _noun_phrases(doc, start, end)
    if len(cuts) < 2:
        return trim(doc, [(start, end)])
    bounds = []
    for cut, following in zip(cuts, [*cuts[1:], end], strict=True):
        stop = following
        while stop > cut and following < end and doc[stop - 1].lower_ in CONNECTORS:
            stop -= 1
        bounds.append((cut, stop))
    return trim(doc, bounds)


def _opens_infinitive(doc: Doc, i: int, end: int) -> bool:
    """Whether an infinitive begins at `i`, its preposition and pronouns before it."""
    while i < end and (doc[i].lower_ in BEFORE_INFINITIVE or doc[i].text in OPENING):
        i += 1
    return i < end and is_infinitive(doc[i])


def _infinitives(doc: Doc, start: int, end: int) -> list[int]:
    """Where each of the infinitives side by side begins, after its preposition."""
    return [start] + [
        i + (doc[i].lower_ in {"de", "d'", "à"})
        for i in range(start + 2, end)
        if doc[i - 1].lower_ in BREAKS and _opens_infinitive(doc, i, end)
    ]


def _noun_phrases(doc: Doc, start: int, end: int) -> list[int]:
    """Where each of the noun phrases side by side begins, if there is no main verb before them."""
    first = start + (doc[start].text in OPENING)
    if first >= end or doc[first].lower_ not in ARTICLES:
        return []
    cuts = [start]
    for i in range(first + 2, end):
        if is_finite(doc[i]) or _subordinates(doc[i]):
            break
        if doc[i - 1].lower_ in BREAKS and doc[i].lower_ in ARTICLES and _is_beside(doc, i, start):
            cuts.append(i)
    return cuts


def _is_beside(doc: Doc, i: int, start: int) -> bool:
    """Whether the noun after the article `i` is coordinated with the first noun after `start`: by
    the parser, or because no preposition is repeated ("la hausse des prix et la baisse")."""
    nouns = [token for token in doc[start:i] if token.pos_ in ("NOUN", "PROPN")]
    first = nouns[0] if nouns else None
    if doc[i - 1].lower_ in COORDINATORS and len(nouns) > 1 and _is_governed(doc, nouns[-1].i):
        return True
    noun = next((token for token in doc[i : i + 4] if token.pos_ in ("NOUN", "PROPN")), None)
    while noun is not None and noun.dep_ == "conj":
        noun = noun.head
    return noun is not None and first is not None and noun.i == first.i


def _is_governed(doc: Doc, i: int) -> bool:
    """Whether the noun `i` follows a preposition that would be said again before a second one."""
    i -= 1
    while i > 0 and doc[i].pos_ in ("DET", "ADJ", "NUM") and doc[i].lower_ not in REPEATED:
        i -= 1
    return doc[i].lower_ in REPEATED


def _clauses(doc: Doc, start: int, end: int) -> list[int]:
    """Where each of the clauses side by side begins."""
    cuts: list[int] = []
    for i in range(start, end):
        token = doc[i]
        finite = is_finite(token)
        if not finite and not token.lower_.endswith("ant"):
            continue
        gerund = i > start + 1 and doc[i - 1].lower_ == "en" and doc[i - 2].lower_ == "tout"
        if not finite and not gerund:
            continue
        if not cuts:
            if (first := _first(doc, token, start)) is not None:
                cuts.append(first)
        elif len(cuts) == 1 and (first := _first(doc, token, cuts[0])) not in (None, cuts[0]):
            cuts = [first]
        elif (opening := i if gerund else _opening(doc, token, cuts[-1])) is not None:
            cuts.append(opening)
    return cuts


def _first(doc: Doc, verb: Token, start: int) -> int | None:
    """Where the first clause begins whose verb is `verb`: after "le scénario est que"; None if it
    is the verb of a subordinate clause."""
    for i in range(verb.i - 1, start - 1, -1):
        low = doc[i].lower_
        if low in QUE and i > start and doc[i - 1].lemma_ == "être":
            return i + 1
        if _subordinates(doc[i]) or low in QUE:
            return None
    return start


def _opening(doc: Doc, verb: Token, after: int) -> int | None:
    """Where the clause of `verb` begins if it stands beside the one that begins at `after`."""
    i = verb.i
    while i > after + 1 and doc[i - 1].lower_ in BEFORE_VERB and doc[i - 1].pos_ != "DET":
        i -= 1
    before = doc[i - 1].lower_
    if before in BREAKS:
        return i if before in COORDINATORS or is_finite(verb) else None
    if before == "qui" and doc[i - 2].lower_ == "ce":
        return i
    group = i
    while i > after:
        low = doc[i - 1].lower_
        if low in QUE:
            return i if doc[i - 2].lower_ in BREAKS else None
        if _subordinates(doc[i - 1]):
            return None
        if is_finite(doc[i - 1]):
            return group if _lost_its_comma(verb, doc[i - 1]) else None
        if low in COORDINATORS or low == ";":
            return i
        if low == ",":
            return i if _opens_clause(doc[i]) else None
        i -= 1
    return None


def _lost_its_comma(verb: Token, before: Token) -> bool:
    """ "retirerait ses troupes réduirait son aide": the same tense, and no subject of its own."""
    forms = [verb_form(token) for token in (verb, before)]
    subject = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children)
    return forms[0] == forms[1] and not subject and not verb.dep_.startswith(("aux", "cop"))


def _subordinates(token: Token) -> bool:
    """ "si", "qui", "lorsque" …; "s'il", but not "s'effondre"."""
    low = token.lower_
    if low == "s'" and token.i + 1 < len(token.doc):
        return token.nbor().lower_ in {"il", "ils"}
    return low in SUBORDINATORS


def _opens_clause(token: Token) -> bool:
    return token.lower_ in PRONOUNS or token.lower_ in ARTICLES or token.pos_ == "PROPN"
