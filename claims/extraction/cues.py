"""Find the reporting expressions: verbs ("a déclaré"), prepositions ("selon"), nouns ("volonté").

A cue found here may still come to nothing: a verb that reports needs something reported, which
`attribution` looks for.
"""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token

from claims.extraction.document import Document, lows
from claims.extraction.lexicon import (
    CueVerb,
    cue_verbs,
    is_source_noun,
    load,
    participles,
    verb_forms,
    words,
)
from claims.extraction.sentences import sentence_of
from claims.extraction.verb_groups import INVERTED, NEGATION, VerbGroup, is_verb, verb_group

PASSED = INVERTED | NEGATION  # between the words of a verb: "ne prend-il pas acte"
CONTRACTED = {"d'", "du", "des"}
STRESSED = {"lui", "elle", "eux", "elles"}
LONGEST_SUBJECT = 14  # tokens before "de conclure", or between "Réponse de" and its colon
POSSESSIVES = {"sa", "son", "ses", "leur", "leurs"}


class Cue(NamedTuple):
    """A reporting expression; positions are tokens of the document, ends exclusive."""

    head: int
    start: int  # the span of the cue as it is reported
    end: int
    group_start: int  # with the auxiliary, pronouns and adverbs before it
    nature: str  # "verb", "noun", "preposition"
    verb: CueVerb
    tense: str = ""
    passive: bool = False
    negated: bool = False
    inverted: int | None = None  # the pronoun after the verb: "a-t-il"
    plain: bool = True  # neither denied nor only wanted: not "n'a pas dit", "a refusé de dire"

    @property
    def finite(self) -> bool:
        return self.tense not in ("infinitive", "gerund", "bare participle")


Doc.set_extension("cues", default=(), force=True)


@Language.factory(
    "constat_cues",
    assigns=["doc._.cues"],
    requires=["token.pos", "token.dep", "token.lemma", "doc.sents"],
)
def create_cue_finder(nlp: Language, name: str) -> "CueFinder":
    """Create the component that sets ``doc._.cues``."""
    return CueFinder()


def cues_between(doc: Doc, start: int, end: int) -> tuple[Cue, ...]:
    """The cues whose heads stand in the tokens from `start` to `end`, in order."""
    heads = doc.user_data.get("cue heads")
    if heads is None:
        heads = doc.user_data["cue heads"] = [cue.head for cue in doc._.cues]
    return doc._.cues[bisect_left(heads, start) : bisect_left(heads, end)]


class CueFinder:
    """Sets ``doc._.cues``, in the order of their heads."""

    def __call__(self, doc: Doc) -> Doc:
        given, doc = doc, Document.of(doc)
        found = []
        verbs, openers = cue_verbs(), _openers()
        past = 0  # the words of a phrase are no cues of their own: "A en [croire]"
        for i, low in enumerate(lows(doc)):
            cue = preposition_cue(doc[i]) if low in openers else None
            if cue is not None:
                past = cue.end
            elif low in verbs and i >= past:
                cue = verb_cue(doc[i])
            if cue is not None:
                found.append(noun_cue(doc, cue) or cue)
        doc._.cues = tuple(found)
        return given


def verb_cue(token: Token) -> Cue | None:
    """The cue of which `token` is the main verb, if it is one."""
    candidates = cue_verbs().get(token.lower_)
    if not candidates or not is_verb(token):
        return None
    group = verb_group(token)
    verb, last = _choose(token, candidates, group)
    if verb is None:
        return None
    tense = _tense(token, group)
    low = lows(token.doc)
    without = group.start > 0 and low[group.start - 1] == "sans"
    denied = group.negated
    negated = denied or without
    fits = verb.negation != "none" if negated else verb.negation != "required"
    governed = tense != "infinitive" or without or _is_governed(token.doc, group.start)
    end = last + 1
    while denied and end < len(low) and low[end] in NEGATION:
        end += 1
    return Cue(
        head=token.i,
        start=group.start - 1 if without else group.contiguous_start,
        end=end,
        group_start=group.start - 1 if without else group.start,
        nature="verb",
        verb=verb,
        tense=tense,
        passive=tense == "participle" and group.passive,
        negated=negated,
        inverted=group.inverted,
        plain=fits and governed,
    )


def _tense(token: Token, group: VerbGroup) -> str:
    tense = verb_forms().get(token.lower_, "present")
    if group.modal:
        return "present"
    if group.auxiliaries and tense != "infinitive":
        return "participle"
    participle = token.lower_ in participles() and token.morph.get("VerbForm") == ["Part"]
    return "bare participle" if tense == "participle" or participle else tense


def _is_governed(doc: Doc, start: int) -> bool:
    """Whether an infinitive that begins at `start` tells what somebody did say: "avant d'ajouter",
    "a tenu à rappeler", but not "a refusé de dire"."""
    before = [token.lower_ for token in doc[max(0, start - 2) : start]]
    if not before:
        return False
    if before[-1] in ("de", "d'") and (before[0] in ("avant", "et") or _narrates(doc, start)):
        return True
    if before[-1] not in ("de", "d'", "à", "pour", "par", "en"):
        return doc[start - 1].lemma_ in ("vouloir", "aller", "oser")
    governor = doc[start - 2] if start > 1 else doc[0]
    if governor.pos_ == "ADV" and start > 2:
        governor = doc[start - 3]
    return governor.lemma_ in words("governors") or governor.lower_ in words("governors")


def _narrates(doc: Doc, start: int) -> bool:
    """Whether an infinitive that begins at `start` stands for a verb in a tense: "Et le maire de
    conclure", "Eux d'ajouter"."""
    first = sentence_of(doc, start).start
    if not first < start - 1 <= first + LONGEST_SUBJECT:
        return False
    subject = doc[first : start - 1]
    if any(t.pos_ in ("VERB", "AUX") for t in subject):
        return False
    if subject[0].lower_ == "et":
        last = next((t for t in reversed(subject) if not t.is_punct), subject[0])
        return last.pos_ == "PROPN" or is_source_noun(last.lower_)
    return len(subject) == 1 and subject[0].lower_ in STRESSED


def _choose(
    token: Token, candidates: list[CueVerb], group: VerbGroup
) -> tuple[CueVerb | None, int]:
    """The verb of most words that stands here, and its last token."""
    for verb in candidates:
        if verb.reflexive != group.reflexive:
            continue
        last: int | None = token.i
        for word in verb.words[1:]:
            last = _next_word(token.doc, last, word)
            if last is None:
                break
        if last is not None:
            return verb, last
    return None, token.i


def _next_word(doc: Doc, i: int, word: str) -> int | None:
    """The token of `word` after `i`, past an inverted pronoun, a negation or an adverb."""
    for token in doc[i + 1 : i + 4]:
        if token.lower_ == word or token.lemma_ == word:
            return token.i
        if token.lower_ not in PASSED and token.pos_ != "ADV":
            return None
    return None


def preposition_cue(token: Token) -> Cue | None:
    """ "selon", "d'après", "pour" … at `token`, if they may name a source."""
    doc, i = token.doc, token.i
    low, phrases = lows(doc), _phrases()
    second = low[i + 1] if i + 1 < len(low) else ""
    for phrase, frame in phrases.get((low[i], second)) or phrases.get((low[i], ""), ()):
        end = _match(low, i, phrase)
        limit = sentence_of(doc, i).end
        if end is None or end > limit or (end == limit and frame != "pronoun phrase"):
            continue
        if frame == "label phrase" and not _is_label(doc, i, end, limit):
            continue
        inside = next((j for j in range(i, end) if phrase[j - i] == "*"), None)
        return Cue(i, i, end, i, "preposition", CueVerb(" ".join(phrase), {frame}), inverted=inside)
    return None


def _is_label(doc: Doc, start: int, end: int, limit: int) -> bool:
    """Whether "Réponse de X :" opens a sentence, its colon before any verb."""
    if start > sentence_of(doc, start).start:
        return False
    for token in doc[end : min(end + LONGEST_SUBJECT, limit)]:
        if token.text == ":":
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


@cache
def _openers() -> frozenset[str]:
    """The words that phrases begin with."""
    return frozenset(first for first, _ in _phrases())


@cache
def _phrases() -> dict[tuple[str, str], list[tuple[list[str], str]]]:
    """First and second word -> phrases that begin with them, the longest first, each with its
    frame; a phrase of one word stands under itself and "" too.

    An asterisk stands for the pronoun that is the source: "à l'en croire".
    """
    index: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
    single = []
    for key, frame in (
        ("named", "phrase"),
        ("person", "person phrase"),
        ("pronoun", "pronoun phrase"),
        ("unnamed", "unnamed phrase"),
        ("label", "label phrase"),
    ):
        for phrase in load("cue_phrases")[key]:
            parts = phrase.replace("'", "' ").split()
            for first in {parts[0], parts[0].replace("à", "a")}:
                words = [first, *parts[1:]]
                for second in _seconds(words):
                    index.setdefault((first, second), []).append((words, frame))
                if len(words) == 1:
                    single.append((first, (words, frame)))
    for first, phrase in single:
        for (other, _), found in index.items():
            if other == first and phrase not in found:
                found.append(phrase)
    for found in index.values():
        found.sort(key=lambda item: -len(item[0]))
    return index


def _seconds(words: list[str]) -> set[str]:
    """What the second word of a phrase may be written as."""
    second = words[1] if len(words) > 1 else ""
    if second == "*":
        return _PRONOUNS
    return {"de", *CONTRACTED} if second == "de" and len(words) == 2 else {second}


def _match(low: list[str], start: int, phrase: list[str]) -> int | None:
    """One past the last token of `phrase` at `start`; "de" may be contracted at its end."""
    end = start + len(phrase)
    found = low[start:end]
    if found == phrase:
        return end
    if len(found) < len(phrase):
        return None
    for i, word in enumerate(phrase):
        if found[i] == word or (word == "*" and found[i] in _PRONOUNS):
            continue
        if word != "de" or i < len(phrase) - 1 or found[i] not in CONTRACTED:
            return None
    return end


_PRONOUNS = {"l'", "les", "le", "la", "ses", "leurs", "l"}


def noun_cue(doc: Doc, cue: Cue) -> Cue | None:
    """ "a exprimé sa conviction", if the verb cue goes on with such a noun."""
    lexicon = load("cue_nouns")
    if cue.nature != "verb" or cue.verb.name not in lexicon["verbs"] or cue.end + 1 >= len(doc):
        return None
    noun = doc[cue.end + 1]
    kind = lexicon["nouns"].get(noun.lower_) or lexicon["nouns"].get(noun.lemma_)
    if doc[cue.end].lower_ not in POSSESSIVES or not kind:
        return None
    frames = {"que", "inf", "after"}
    verb = CueVerb(f"{cue.verb.name} {noun.lower_}", frames, {"de"}, dict.fromkeys(frames, kind))
    return cue._replace(end=cue.end + 2, nature="noun", verb=verb)
