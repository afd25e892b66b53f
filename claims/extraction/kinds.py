"""What kind of claim it is: what is said outranks the verb that reports it."""

import re

from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite

OUGHT = re.compile(
    r"^(?:doit|doivent|devrait|devraient|devons|devez|faut|faudrait|faudra|devra|devront)$"
)
RISK = re.compile(
    r"\b(?:risque|risques|menace|danger|scénario|pourrait|pourraient|avenir|futur)\b", re.IGNORECASE
)
FIRST = {"je", "j'", "nous", "on"}


def kind_of(doc: Doc, attribution: Attribution) -> str:
    """fact, prediction, opinion, commitment or demand."""
    cue = attribution.cue
    of_verb = cue.verb.kinds.get(attribution.frame) if cue else None
    if cue and not of_verb and attribution.frame in ("quote", "inserted", "que", "np", "passive"):
        of_verb = cue.verb.kinds.get("quote") or None
    main = _main_verb(doc, attribution)
    if cue and RISK.search(doc[cue.end : max(cue.end, attribution.start)].text):
        return "prediction"
    text = " ".join(doc[start:end].text for start, end in attribution.content)
    if of_verb in ("demand", "commitment"):
        return of_verb
    if main is not None:
        tense = _tense(main)
        subject = next((c.lower_ for c in main.children if c.dep_.startswith("nsubj")), "")
        if tense == "Fut" or (tense == "Cnd" and not _past_conditional(main)):
            if subject in FIRST and tense == "Fut":
                return "commitment"
            return "prediction"
        if OUGHT.match(main.lower_):
            return "demand"
    if RISK.search(text):
        return "prediction"
    return of_verb or "fact"


def _main_verb(doc: Doc, attribution: Attribution) -> Token | None:
    """The finite verb nearest to the top of the tree among the words claimed."""
    best, depth = None, 99
    for start, end in attribution.content:
        for token in doc[start:end]:
            if is_finite(token):
                level = _depth(token)
                if level < depth:
                    best, depth = token, level
    return best


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token and depth < 50:
        token, depth = token.head, depth + 1
    return depth


def _tense(verb: Token) -> str:
    """ "Fut", "Cnd" or another value of the tagger, of the verb or its auxiliary."""
    for token in (verb, *(c for c in verb.children if c.dep_.startswith(("aux", "cop")))):
        if "Cnd" in token.morph.get("Mood"):
            return "Cnd"
        if "Fut" in token.morph.get("Tense"):
            return "Fut"
    return ""


def _past_conditional(verb: Token) -> bool:
    return any(
        c.lower_ in ("aurait", "auraient", "serait", "seraient") for c in verb.children
    ) and ("Part" in verb.morph.get("VerbForm"))
