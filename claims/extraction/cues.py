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
from claims.extraction.lexicon import CueVerb, cue_verbs, load, participles, verb_forms, words
from claims.extraction.sentences import sentence_of
from claims.extraction.verb_groups import INVERTED, NEGATION, VerbGroup, is_verb, verb_group

PASSED = INVERTED | NEGATION  # between the words of a verb: "ne prend-il pas acte"
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
        verbs, phrases = cue_verbs(), _phrases()
        for i, low in enumerate(lows(doc)):
            cue = verb_cue(doc[i]) if low in verbs else None
            if cue is None and low in phrases:
                cue = preposition_cue(doc[i])
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
    if before[-1] in ("de", "d'") and before[0] in ("avant", "et"):
        return True
    if before[-1] not in ("de", "d'", "à", "pour", "par", "en"):
        return doc[start - 1].lemma_ in ("vouloir", "aller", "oser")
    governor = doc[start - 2] if start > 1 else doc[0]
    if governor.pos_ == "ADV" and start > 2:
        governor = doc[start - 3]
    return governor.lemma_ in words("governors") or governor.lower_ in words("governors")


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
    limit = sentence_of(doc, i).end
    for phrase, frame in _phrases().get(token.lower_, ()):
        end = _match(lows(doc), i, phrase)
        if end is None or end > limit or (end == limit and frame != "pronoun phrase"):
            continue
        inside = next((j for j in range(i, end) if phrase[j - i] == "*"), None)
        return Cue(i, i, end, i, "preposition", CueVerb(" ".join(phrase), {frame}), inverted=inside)
    return None


@cache
def _phrases() -> dict[str, list[tuple[list[str], str]]]:
    """First word -> phrases that begin with it, the longest first, each with its frame.

    An asterisk stands for the pronoun that is the source: "à l'en croire".
    """
    index: dict[str, list[tuple[list[str], str]]] = {}
    for key, frame in (
        ("named", "phrase"),
        ("person", "person phrase"),
        ("pronoun", "pronoun phrase"),
        ("unnamed", "unnamed phrase"),
    ):
        for phrase in load("cue_phrases")[key]:
            parts = phrase.replace("'", "' ").split()
            for first in {parts[0], parts[0].replace("à", "a")}:
                index.setdefault(first, []).append(([first, *parts[1:]], frame))
    for found in index.values():
        found.sort(key=lambda item: -len(item[0]))
    return index


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
        if word != "de" or i < len(phrase) - 1 or found[i] not in ("d'", "du", "des"):
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
