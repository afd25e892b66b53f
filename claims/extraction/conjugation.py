"""French verb forms from infinitives.

A statistical lemmatizer sometimes misses a participle it never saw; a cue verb is therefore also
recognised by its form. Regular verbs follow their spelling rules; the others follow the principal
parts in ``lexicons/irregular_verbs.toml``.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

IMPERFECT = ("ais", "ait", "ions", "iez", "aient")
# The vowel before a single consonant opens where the ending is mute: il rappelle, il espère.
OPEN_E = re.compile(
    r"(.*)(?:e(?=[bcdfgjklmnprstvz]$)|é)([bcdfgjklmnprstvz]|gn|qu|gu|[bcdgptv][rl]|ch)"
)
FUTURE = ("ai", "as", "a", "ons", "ez", "ont")


class Form(NamedTuple):
    """A form of a verb: ``tense`` is "present", "imperfect", "past", "future", "conditional",
    "infinitive", "participle" (past) or "gerund" (present participle)."""

    verb: str
    tense: str


class Parts(NamedTuple):
    """The principal parts a verb's forms are built on."""

    first: str  # je dis
    third: str  # il dit
    plural: str  # ils disent
    stem: str  # nous dis-ons, il dis-ait, dis-ant
    future: str  # il dir-a
    participle: str  # dit
    past: str  # il dit (passé simple)


@cache
def _irregular() -> dict[str, Parts]:
    path = Path(__file__).parent / "lexicons" / "irregular_verbs.toml"
    with path.open("rb") as file:
        return {verb: Parts(*parts.split()) for verb, parts in tomllib.load(file).items()}


def principal_parts(verb: str) -> Parts:
    """The parts of `verb`; of an irregular verb by its longest known ending (prédire: dire)."""
    known = _irregular()
    for start in range(len(verb)):
        if parts := known.get(verb[start:]):
            return Parts(*(verb[:start] + part for part in parts))
    if verb.endswith("ir"):
        stem = verb[:-2]
        parts = ("is", "it", "issent", "iss", "ir", "i", "it")
    else:
        stem = verb[:-2]
        parts = ("e", "e", "ent", "", "er", "é", "a")
        if verb.endswith("er"):
            return _first_group(stem)
    return Parts(*(stem + part for part in parts))


def _first_group(stem: str) -> Parts:
    """Verbs in -er, with the spelling changes of manger, lancer, espérer, rappeler, balayer."""
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1:], stem)  # before a
    mute = stem  # before a silent e
    if open_e := OPEN_E.fullmatch(stem):
        if re.search(r"(app?el|jet|iquet)$", stem):
            mute = stem + stem[-1]
        else:
            mute = f"{open_e[1]}è{open_e[2]}"
    elif stem.endswith(("oy", "uy", "ay")):
        mute = stem[:-1] + "i"
    future = stem if "é" in stem and mute != stem else mute
    return Parts(mute + "e", mute + "e", mute + "ent", soft, future + "er", stem + "é", soft + "a")


@cache
def conjugate(verb: str) -> dict[str, str]:
    """Every written form of `verb` (an infinitive, lower case) with its tense."""
    parts = principal_parts(verb)
    plain = verb[:-2] if verb.endswith("er") else parts.stem  # nous lanç-ons but ils lanc-èrent
    forms = {verb: "infinitive"}
    past = parts.past
    if past.endswith("a"):
        forms |= dict.fromkeys((past, past[:-1] + "ai", plain + "èrent"), "past")
    else:
        forms |= dict.fromkeys((past, past[:-1] + "rent"), "past")
    for ending in IMPERFECT:
        stem = plain if ending in ("ions", "iez") else parts.stem
        forms[stem + ending] = "imperfect"
        forms[parts.future + ending] = "conditional"
    forms |= dict.fromkeys((parts.future + ending for ending in FUTURE), "future")
    agreed = parts.participle
    plural = agreed if agreed.endswith("s") else agreed + "s"
    forms |= dict.fromkeys((agreed, plural, agreed + "e", agreed + "es"), "participle")
    forms[parts.stem + "ant"] = "gerund"
    present = {parts.first, parts.third, parts.plural, parts.stem + "ons", plain + "ez"}
    # "dit" is both; the auxiliary before it tells them apart, so the finite reading wins here.
    return forms | dict.fromkeys(present, "present")
