"""What kind of claim it is: what is said outranks the verb that reports it.

A future or conditional is a prediction, or a commitment where the speaker is its subject; "doit"
and "il faut" ask for something; words of praise and blame are a judgement; the verb decides the
rest.
"""

import re
from functools import cache

from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite, is_infinitive
from claims.extraction.lexicon import load
from claims.extraction.quoted import around

OUGHT = re.compile(
    r"^(?:doit|doivent|devrait|devraient|devons|devez|faut|faudrait|faudra|devra|devront)$"
)
RISK = re.compile(
    r"\b(?:risque|risques|menace|danger|scénario|avenir|piste|option)\b", re.IGNORECASE
)
FUTURE = re.compile(
    r"\b(?:pourrait|pourraient|prochaines? (?:années?|mois|jours|semaines?)|va bientôt"
    r"|d'ici (?:à|la|le))\b",
    re.IGNORECASE,
)
# "céderait", whatever the tagger says
FUTURE_FORM = re.compile(r"(?:er|dr|vr|rr|aur|ser)(?:ai|as|a|ons|ez|ont)$")
CONDITIONAL = re.compile(r"(?:er|dr|vr|rr|aur|ser)(?:ait|aient)$")
EXPECTED = {"attendu", "attendue", "attendus", "prévu", "prévue", "prévus", "prévues"}
GOING = {"vais", "va", "vont", "allons", "allait", "allaient"}
FIRST = {"je", "j'", "nous"}
SELF = {"il", "elle", "ils", "elles"}
HAVING = {"avoir", "être"}


@cache
def _lexicon(name: str) -> tuple[str, ...]:
    found = load("kinds")[name]
    return tuple(found.split() if isinstance(found, str) else found)


def kind_of(doc: Doc, attribution: Attribution) -> str:
    """fact, prediction, opinion, commitment or demand."""
    cue = attribution.cue
    of_verb = _kind_of_verb(attribution)
    if cue and RISK.search(doc[cue.end : max(cue.end, attribution.start)].text):
        return "prediction"
    if (
        of_verb == "demand"
        and attribution.frame == "inf"
        and cue.verb.name in ("souhaiter", "vouloir")
    ):
        return "commitment"  # what one wishes to do oneself
    if of_verb in ("demand", "commitment"):
        return of_verb
    if attribution.frame == "inf":
        return of_verb or _kind_of_infinitive(doc, attribution)
    if announced := _announced_action(doc, attribution):
        return announced
    main = _main_verb(doc, attribution.content)
    if main is not None and (kind := _kind_of_tense(doc, main, attribution)):
        return kind
    text = _text(doc, attribution)
    if RISK.search(text) or FUTURE.search(text):
        return "prediction"
    if of_verb:
        return of_verb
    return "opinion" if _is_judgement(doc, attribution, text) else "fact"


def kind_of_narration(doc: Doc, bounds: tuple[int, int]) -> str:
    """ "prediction" where the sentence tells what will be, else "fact"."""
    main = _main_verb(doc, (bounds,))
    if main is None:
        return "fact"
    expected = any(t.lower_ in EXPECTED for t in main.subtree)
    ahead = _tense(main) == "Fut" or OUGHT.match(main.lower_) or expected
    return "prediction" if ahead else "fact"


def _kind_of_verb(attribution: Attribution) -> str | None:
    """The kind the cue alone gives its claim."""
    cue = attribution.cue
    if cue is None:
        return None
    if cue.nature == "preposition":
        return "opinion" if cue.verb.name in _lexicon("judging_phrases") else None
    kinds = cue.verb.kinds
    if attribution.frame in kinds:
        return kinds[attribution.frame]
    if attribution.frame in ("quote", "inserted", "que", "np", "passive"):
        shared = kinds.get("quote") or (
            next(iter(kinds.values())) if len(set(kinds.values())) == 1 else None
        )
        return shared if attribution.frame != "inserted" or shared == "opinion" else None
    return None


def _kind_of_infinitive(doc: Doc, attribution: Attribution) -> str:
    """ "dit avoir écrit" tells what happened, "dit vouloir partir" what will."""
    start, end = attribution.content[0]
    first = next((t for t in doc[start:end] if is_infinitive(t)), None)
    if first is None or first.lower_ in HAVING:
        return "opinion" if _is_judgement(doc, attribution, _text(doc, attribution)) else "fact"
    return "commitment"


def _announced_action(doc: Doc, attribution: Attribution) -> str | None:
    """ "annonce la fermeture": a commitment of who announces it."""
    cue = attribution.cue
    if cue is None or attribution.frame != "np" or cue.verb.name not in ("annoncer", "confirmer"):
        return None
    start, end = attribution.content[0]
    noun = next((t for t in doc[start:end] if t.pos_ in ("NOUN", "PROPN")), None)
    if noun is None:
        return None
    word = noun.lower_
    return "commitment" if word in _lexicon("actions") or word[:-1] in _lexicon("actions") else None


def _kind_of_tense(doc: Doc, main: Token, attribution: Attribution) -> str | None:
    """By the tense and the subject of the main verb."""
    tense = _tense(main)
    subject = next((c for c in main.children if c.dep_.startswith(("nsubj", "expl"))), None)
    low = subject.lower_ if subject is not None else ""
    going = main.lower_ in GOING and any(is_infinitive(c) for c in main.children)
    if going or tense == "Fut" or (tense == "Cnd" and not _is_hearsay(main, attribution)):
        return "commitment" if low in FIRST or _is_speaker(low, attribution, doc) else "prediction"
    if OUGHT.match(main.lower_):
        return "demand"
    return None


def _is_speaker(low: str, attribution: Attribution, doc: Doc) -> bool:
    """ "il déposera" in "X annonce qu'il déposera": the pronoun agrees with the source."""
    source = attribution.source
    if low not in SELF or source is None or attribution.frame not in ("que", "inserted", "quote"):
        return False
    head = doc[source.head]
    plural = "Plur" in head.morph.get("Number")
    gender = (head.morph.get("Gender") or [""])[0]
    agrees = not gender or (gender == "Fem") == low.startswith("elle") or head.pos_ == "PROPN"
    return plural == low.endswith("s") and agrees


def _main_verb(doc: Doc, content: tuple[tuple[int, int], ...]) -> Token | None:
    """The finite verb nearest to the top of the tree among the words claimed."""
    best, depth = None, 99
    for start, end in content:
        for token in doc[start:end]:
            if is_finite(token) and token.dep_ != "acl:relcl":
                top = token.head if token.dep_.startswith(("aux", "cop")) else token
                level = _depth(top)
                if level < depth:
                    best, depth = token, level
    return best


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token and depth < 50:
        token, depth = token.head, depth + 1
    return depth


def _tense(verb: Token) -> str:
    """ "Fut", "Cnd" or "", of the verb or its auxiliary."""
    for token in (verb, *(c for c in verb.children if c.dep_.startswith(("aux", "cop")))):
        if "Cnd" in token.morph.get("Mood"):
            return "Cnd"
        if "Fut" in token.morph.get("Tense"):
            return "Fut"
        if CONDITIONAL.search(token.lower_):
            return "Cnd"
        if FUTURE_FORM.search(token.lower_):
            return "Fut"
    return ""


def _is_hearsay(verb: Token, attribution: Attribution) -> bool:
    """ "aurait cédé", "serait en cause" after "selon": what is said to have happened."""
    low = verb.lower_
    if low not in ("aurait", "auraient", "serait", "seraient"):
        return False
    following = verb.doc[verb.i + 1 : verb.i + 4]
    past = any("Part" in t.morph.get("VerbForm") for t in following) and verb.dep_.startswith("aux")
    return past or attribution.frame == "phrase"


def _text(doc: Doc, attribution: Attribution) -> str:
    return " ".join(doc[start:end].text for start, end in attribution.content)


def _is_judgement(doc: Doc, attribution: Attribution, text: str) -> bool:
    """Words of praise or blame and no figures, or a way of speaking that goes with them."""
    if re.search(r"\d", text):
        return False
    words = [t.lower_ for start, end in attribution.content for t in doc[start:end]]
    stems = _lexicon("evaluative")
    judged = any(word.startswith(stems) for word in words if len(word) > 3)
    cue = attribution.cue
    quoted = around(doc, attribution.start) is not None
    if cue is not None and cue.verb.name in _lexicon("judging_verbs"):
        return True
    return judged or (quoted and len(words) <= 6)
