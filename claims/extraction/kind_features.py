"""What is looked at to tell the kind of a claim: its cue, its source, the words claimed.

Each feature is a name that is there or not, "cue=estimer" or "has=Fut"; `linear` weighs them.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite
from claims.extraction.cues import Cue
from claims.extraction.lexicon import load, words
from claims.extraction.quoted import count_quoted

# "céderait", "céderont", whatever the tagger says
CONDITIONAL = re.compile(r"(?:er|dr|vr|rr|ir|aur|ser)(?:ait|aient|ais|ions|iez)$")
FUTURE = re.compile(r"(?:er|dr|vr|rr|ir|aur|ser)(?:ai|as|a|ons|ez|ont)$")
HEARSAY = {"aurait", "auraient", "serait", "seraient"}
GOING = {"vais", "va", "vont", "allons", "allait", "allaient"}
FIRST = {"je", "j'", "nous"}
THIRD = {"il", "elle", "ils", "elles"}
PRONOUNS = FIRST | THIRD | {"on", "ce", "c'", "ça", "cela"}
NEGATION = words("negation") | {"aucun", "aucune", "personne"}
OF_VERBS = ("aux", "cop")
DEEPEST = 99  # steps up the tree
LENGTHS = (3, 6, 10, 20)  # words: bounds of the classes of length
# Complements that say as much of a verb's kind as a quotation does.
LIKE_QUOTE = {"quote", "inserted", "que", "np", "passive"}


def kind_features(doc: Doc, attribution: Attribution) -> list[str]:
    """The features of one claim, each once."""
    found = [f"frame={attribution.frame}"]
    found += _of_cue(doc, attribution)
    found += _of_source(doc, attribution)
    found += _of_words(doc, attribution)
    verb = main_verb(doc, attribution.content)
    found += _of_main_verb(doc, attribution, verb) if verb else ["main=none"]
    return list(dict.fromkeys(found))


def verb_form(verb: Token) -> str:
    """Tense, or mood where it is no indicative: "Pres", "Fut", "Cnd", "Sub", "Inf", "Part"."""
    if form := _form_by_ending(verb.lower_):
        return form
    morph = verb.morph
    for form in morph.get("VerbForm"):
        if form in ("Inf", "Part"):
            return form
    for mood in morph.get("Mood"):
        if mood in ("Cnd", "Sub", "Imp"):
            return mood
    return next(iter(morph.get("Tense")), "Pres")


@lru_cache(maxsize=4096)
def _form_by_ending(low: str) -> str:
    if CONDITIONAL.search(low):
        return "Cnd"
    return "Fut" if FUTURE.search(low) else ""


def main_verb(doc: Doc, content: tuple[tuple[int, int], ...]) -> Token | None:
    """The finite verb nearest to the top of the tree; relative clauses aside."""
    best, least = None, DEEPEST
    for start, end in content:
        for token in doc[start:end]:
            if is_finite(token) and token.dep_ != "acl:relcl":
                depth = _depth(_head(token), least)
                if depth < least:
                    best, least = token, depth
    return best


def _depth(token: Token, most: int) -> int:
    """How many steps `token` is below the top of the tree, counted up to `most`."""
    depth = 0
    while depth < most and token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth


def tense_of(verb: Token) -> str:
    """`verb_form` of a finite verb, or of the auxiliary or copula that bears its tense."""
    bearers = [verb, *(c for c in verb.children if c.dep_.startswith(OF_VERBS))]
    forms = [verb_form(token) for token in bearers]
    return next((form for form in forms if form in ("Fut", "Cnd")), forms[0])


def _head(verb: Token) -> Token:
    """The word an auxiliary or copula belongs to, else the verb itself."""
    return verb.head if verb.dep_.startswith(OF_VERBS) else verb


def _of_cue(doc: Doc, attribution: Attribution) -> list[str]:
    cue, frame = attribution.cue, attribution.frame
    if cue is None:
        return ["cue=none"]
    name = cue.verb.name
    between = doc[cue.end : attribution.start] if attribution.start < cue.end + 8 else ()
    return [
        f"cue={name}", f"cue={name}+{frame}", f"given={_given(cue, frame)}",
        f"nature={cue.nature}", f"tense={cue.tense}", f"negated={cue.negated}",
        *(f"between={token.lower_}" for token in between if token.is_alpha),
        f"prospect={any(token.lemma_ in words('prospects') for token in between)}",
    ]  # fmt: skip


def _given(cue: Cue, frame: str) -> str:
    """The kind the lexicon gives what the cue reports."""
    kinds = cue.verb.kinds
    if frame in kinds:
        return kinds[frame]
    if frame not in LIKE_QUOTE:
        return "none"
    alike = set(kinds.values())
    return kinds.get("quote") or (alike.pop() if len(alike) == 1 else "none")


def _of_source(doc: Doc, attribution: Attribution) -> list[str]:
    if attribution.source is None:
        return ["source=none"]
    head = doc[attribution.source.head]
    if head.pos_ == "NOUN":
        return ["source=NOUN", f"source={head.lemma_}"]
    return [f"source={head.ent_type_ or head.pos_}"]


def _of_words(doc: Doc, attribution: Attribution) -> Iterator[str]:
    cue = attribution.cue.verb.name if attribution.cue else "none"
    stems = _evaluative_stems()
    prospects = words("prospects")
    before, first, noun = "^", "", ""
    count = quoted = judged = verbs = names = sentences = 0
    number = negated = False
    for start, end in attribution.content:
        quoted += count_quoted(doc, start, end)
        for token in doc[start:end]:
            word = token.lower_
            sentences += token.is_sent_start
            if not word[0].isalnum():
                if word in "!?%€$":
                    yield f"mark={word}"
                continue
            if word[0].isdigit():
                word, number = "0", True
            count += 1
            first = first or word
            negated = negated or word in NEGATION
            yield f"pair={before} {word}"
            before = word
            pos = token.pos_
            if pos == "ADV":
                yield f"adverb={word}"
            elif pos in ("NOUN", "ADJ", "VERB", "AUX"):
                lemma = token.lemma_
                yield f"lemma={lemma}"
                if lemma in prospects:
                    yield f"prospect={'inside' if noun or verbs > 1 else 'first'}"
                judged += len(word) > 3 and word.startswith(stems)
                if pos == "NOUN" and not noun and not verbs:
                    noun = lemma
                elif pos in ("VERB", "AUX"):
                    form = verb_form(token)
                    yield f"has={form}"
                    if form == "Inf":
                        yield f"infinitive={lemma}"
                        if count < 4 and not verbs:
                            yield f"opens=Inf+{cue}"
                    verbs += form not in ("Inf", "Part")
            elif pos == "PROPN":
                names += 1
    size = attribution.content[-1][1] - attribution.content[0][0]
    marks = "all" if quoted >= size - 1 else "part" if quoted else "none"
    length = sum(count > bound for bound in LENGTHS)
    judged = min(judged, 2)
    yield from (
        f"first={first}", f"noun={noun}", f"noun={noun}+{attribution.frame}",
        f"number={number}", f"negation={negated}", f"names={min(names, 2)}",
        f"judged={judged}", f"judged={judged}+number={number}",
        f"quoted={marks}", f"quoted={marks}+{attribution.frame}",
        f"length={length}", f"length={length}+quoted={marks}", f"sentences={min(sentences, 2)}",
    )  # fmt: skip


@cache
def _evaluative_stems() -> tuple[str, ...]:
    return tuple(load("kinds")["evaluative"].split())


def _of_main_verb(doc: Doc, attribution: Attribution, verb: Token) -> Iterator[str]:
    tense = _main_tense(verb, attribution.frame)
    children = [child for child in verb.children if child.i < verb.i]
    subject = next((c for c in children if c.dep_.startswith(("nsubj", "expl"))), None)
    who = _who(doc, attribution, subject)
    yield from (
        f"main={tense}", f"main={tense}+{attribution.frame}", f"who={who}", f"who={who}+{tense}",
        f"verb={verb.lower_}", f"main={verb.lemma_}",
    )  # fmt: skip
    if subject is not None and subject.pos_ == "NOUN":
        yield f"subject={subject.lemma_}"
    copula = any(child.dep_ == "cop" for child in verb.children)
    predicate = verb.head if verb.dep_ == "cop" else verb if copula else None
    if predicate is not None:
        yield f"predicate={predicate.pos_}"
        yield f"predicate={predicate.lemma_}"


def _main_tense(verb: Token, frame: str) -> str:
    """`tense_of`; "going" to do something, "hearsay" of what may have happened already."""
    if verb.lower_ in GOING and any("Inf" in c.morph.get("VerbForm") for c in verb.children):
        return "going"
    tense = tense_of(verb)
    if tense == "Cnd" and verb.lower_ in HEARSAY:
        following = verb.doc[verb.i + 1 : verb.i + 4]
        past = any("Part" in token.morph.get("VerbForm") for token in following)
        if frame == "phrase" or (past and verb.dep_.startswith("aux")):
            return "hearsay"
    return tense


def _who(doc: Doc, attribution: Attribution, subject: Token | None) -> str:
    """Who the subject is: "first" person, who "speaks", another pronoun, "nobody", or "other"."""
    word = subject.lower_ if subject is not None else ""
    if subject is not None and subject.dep_.startswith("expl"):
        return "nobody"
    if word in FIRST:
        return "first"
    if word in THIRD:
        return "speaks" if _agrees(doc, attribution, word) else "third"
    return word if word in PRONOUNS else "other"


def _agrees(doc: Doc, attribution: Attribution, pronoun: str) -> bool:
    """Whether `pronoun` has the number and gender of the source."""
    if attribution.source is None:
        return False
    head = doc[attribution.source.head]
    if ("Plur" in head.morph.get("Number")) != pronoun.endswith("s"):
        return False
    gender = head.morph.get("Gender")
    if head.pos_ == "PROPN" or not gender:
        return True
    return ("Fem" in gender) == pronoun.startswith("elle")
