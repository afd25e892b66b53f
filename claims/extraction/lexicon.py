"""The lexicons beside this file, loaded once and indexed for look-up."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from claims.extraction.conjugation import conjugate, principal_parts

FOLDER = Path(__file__).parent / "lexicons"
ELIDED_REFLEXIVE = ("s'", "se ")


@cache
def load(name: str) -> dict:
    """The lexicon ``lexicons/<name>.toml`` as a dictionary."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass
class CueVerb:
    """What a cue verb takes as its content; see ``cue_verbs.toml``."""

    name: str
    frames: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)  # prepositions of the frame "after"
    kinds: dict[str, str] = field(default_factory=dict)  # frame -> kind, where the verb says it
    seldom: set[str] = field(default_factory=set)  # frames it reports with now and then
    negation: str = "none"  # what a negation leaves of the claim: "none", "allowed", "required"

    @cached_property
    def reflexive(self) -> bool:
        return self.name.startswith(ELIDED_REFLEXIVE)

    def holds(self, frame: str) -> str:
        """How often a complement of this frame holds a claim: "often", "seldom" or "never"."""
        return "often" if frame in self.frames else "seldom" if frame in self.seldom else "never"

    @cached_property
    def signature(self) -> str:
        """What verbs that take the same complements share."""
        kinds = sorted(set(self.kinds.values()))
        return " ".join([*sorted(self.frames), "|", *sorted(self.seldom), "|", *kinds])

    @cached_property
    def words(self) -> list[str]:
        """The verb and what follows it, without the reflexive pronoun."""
        name = self.name
        for pronoun in ELIDED_REFLEXIVE:
            name = name.removeprefix(pronoun)
        return name.split()


@cache
def people_nouns() -> frozenset[str]:
    """Nouns for people by what they are."""
    return frozenset().union(*load("nouns")["families"].values())


@cache
def cue_verbs() -> dict[str, list[CueVerb]]:
    """Written form -> the cue verbs it may be the head of, those of more words first."""
    verbs: dict[str, CueVerb] = {}
    for group in load("cue_verbs")["group"]:
        for name in group["verbs"]:
            verb = verbs.setdefault(name, CueVerb(name))
            (verb.seldom if group.get("seldom") else verb.frames).update(group["frames"])
            verb.after |= set(group.get("after", ())) if "after" in group["frames"] else set()
            verb.negation = group.get("negation", verb.negation)
            for frame in group["frames"]:
                if "kind" in group:
                    verb.kinds.setdefault(frame, group["kind"])
    for name in load("cue_nouns")["verbs"]:  # "exprimer" is a cue with "sa conviction" only
        verbs.setdefault(name, CueVerb(name))
    index: dict[str, list[CueVerb]] = defaultdict(list)
    for verb in verbs.values():
        for form in conjugate(verb.words[0]):
            index[form].append(verb)
    for found in index.values():
        found.sort(key=lambda verb: (-len(verb.words), not verb.reflexive, verb.name))
    return dict(index)


@cache
def verb_forms() -> dict[str, str]:
    """Written form of a cue verb -> its tense, see `conjugation.conjugate`."""
    forms: dict[str, str] = {}
    for found in dict.fromkeys(verb.words[0] for verbs in cue_verbs().values() for verb in verbs):
        for form, tense in conjugate(found).items():
            forms.setdefault(form, tense)
    return forms


@cache
def participles() -> frozenset[str]:
    """The past participles of cue verbs, whatever else their forms may be ("dit")."""
    verbs = {verb.words[0] for found in cue_verbs().values() for verb in found}
    agreed = [principal_parts(verb).participle for verb in verbs]
    return frozenset(p + ending for p in agreed for ending in ("", "e", "s", "es"))


@cache
def is_source_noun(word: str) -> bool:
    """Whether a noun may stand for somebody with a view: a role, an institution, a document."""
    known = _source_nouns()
    return word in known or word.removesuffix("s") in known or word.removesuffix("x") in known


@cache
def _source_nouns() -> frozenset[str]:
    nouns = load("nouns")
    people = {noun for family in nouns["families"].values() for noun in family}
    groups = ("organisations", "groups", "documents")
    return frozenset(people | {n for key in groups for n in nouns[key]["nouns"]})


@cache
def words(name: str) -> frozenset[str]:
    """A closed class of words from ``lexicons/grammar.toml``."""
    return frozenset(load("grammar")[name].split())
