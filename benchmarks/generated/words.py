"""A vocabulary of some 50,000 written words: those of the news first, then made-up ones.

The first thousand are the nouns, verbs and adjectives of the annotated articles (``seeds/gold``),
the verbs that report and those that are irregular, and the words of ``synonyms.toml``; beyond,
words are made of French syllables and endings, and inflected as French is. How often each is drawn
falls with its place, as Zipf saw it.
"""

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy
import spacy

from claims.extraction.conjugation import principal_parts

ROOT = Path(__file__).parents[2]
LEXICONS = ROOT / "claims/extraction/lexicons"
NOUNS, VERBS, ADJECTIVES, SURNAMES = 9_000, 2_500, 5_000, 8_000
AT_ONCE = 500_000  # places that are drawn
ONSETS = "b c d f g j l m n p r s t v br cr dr fr gr pr tr bl cl fl pl ch ph qu".split()
VOWELS = "a e i o u é an en in on ou oi ai au".split()
NOUN_ENDINGS = {
    "tion": True, "ment": False, "age": False, "eur": False, "ité": True, "isme": False,
    "ence": True, "ure": True, "ier": False, "oir": False, "ette": True, "et": False,
}  # fmt: skip
VERB_ENDINGS = ("er", "er", "iser", "ifier", "ir", "onner")
ADJECTIVE_ENDINGS = ("if", "eux", "ique", "aire", "el", "able", "al", "ant", "ier", "u")


@dataclass(frozen=True)
class Noun:
    singular: str
    plural: str
    feminine: bool


@dataclass(frozen=True)
class Verb:
    """The third person of each tense: singular, plural."""

    infinitive: str
    present: tuple[str, str]
    future: tuple[str, str]
    imperfect: tuple[str, str]


@dataclass(frozen=True)
class Adjective:
    masculine: str
    feminine: str

    def agreeing(self, feminine: bool, plural: bool) -> str:
        form = self.feminine if feminine else self.masculine
        return plural_of(form) if plural else form


def plural_of(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-2]}aux"
    return f"{word}x" if word.endswith(("au", "eu")) else f"{word}s"


def feminine_of(word: str) -> str:
    for ending, feminine in (
        ("if", "ive"), ("eux", "euse"), ("el", "elle"), ("er", "ère"), ("eau", "elle"),
        ("en", "enne"), ("ic", "ique"),
    ):  # fmt: skip
        if word.endswith(ending):
            return word[: -len(ending)] + feminine
    return word if word.endswith("e") else f"{word}e"


def _noun(word: str, feminine: bool) -> Noun:
    return Noun(word, plural_of(word), feminine)


def _verb(infinitive: str) -> Verb:
    parts = principal_parts(infinitive)
    return Verb(
        infinitive,
        (parts.third, parts.plural),
        (f"{parts.future}a", f"{parts.future}ont"),
        (f"{parts.stem}ait", f"{parts.stem}aient"),
    )


class Zipf:
    """Draws places from 0, the rarer the higher."""

    def __init__(self, places: int, seed: int, exponent: float = 1.0, shift: float = 4.0):
        weights = 1 / (numpy.arange(places) + shift) ** exponent
        self._ends = numpy.cumsum(weights / weights.sum())
        self._generator = numpy.random.default_rng(seed)
        self._drawn = self._draw()

    def _draw(self) -> Iterator[int]:
        while True:
            even = self._generator.random(AT_ONCE)
            places = numpy.searchsorted(self._ends, even)
            yield from numpy.minimum(places, len(self._ends) - 1).tolist()

    def __call__(self) -> int:
        return next(self._drawn)


class Vocabulary:
    """Nouns, verbs, adjectives and surnames, the most common first; the same for each seed."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        self._taken: set[str] = set()
        with (Path(__file__).parent / "synonyms.toml").open("rb") as file:
            synonyms = tomllib.load(file)
        known = _of_the_news()
        self.nouns = [_noun(word, feminine) for word, feminine in known["NOUN"]]
        self.verbs = [_verb(word) for word in known["VERB"]]
        self.adjectives = [Adjective(word, feminine_of(word)) for word in known["ADJ"]]
        self._taken |= {noun.singular for noun in self.nouns} | {*known["VERB"], *known["ADJ"]}
        while len(self.nouns) < NOUNS:
            ending = self._random.choice(list(NOUN_ENDINGS))
            self.nouns.append(_noun(self._made(ending), NOUN_ENDINGS[ending]))
        while len(self.verbs) < VERBS:
            self.verbs.append(_verb(self._made(self._random.choice(VERB_ENDINGS))))
        while len(self.adjectives) < ADJECTIVES:
            word = self._made(self._random.choice(ADJECTIVE_ENDINGS))
            self.adjectives.append(Adjective(word, feminine_of(word)))
        self.surnames = [self._made("", 2).capitalize() for _number in range(SURNAMES)]
        self.first_names = _first_names()
        self.other_nouns = _others([noun.singular for noun in self.nouns], synonyms["nouns"])
        self.other_verbs = _others([verb.infinitive for verb in self.verbs], synonyms["verbs"])
        self.other_adjectives = _others(
            [adjective.masculine for adjective in self.adjectives], synonyms["adjectives"]
        )

    def _made(self, ending: str, shortest: int = 1) -> str:
        while True:
            syllables = range(self._random.choice((shortest, 2, 2, 3)))
            stem = "".join(
                self._random.choice(ONSETS) + self._random.choice(VOWELS) for _each in syllables
            )
            if ending and stem[-1] in "aeiouyé":
                stem += self._random.choice("lrnstvd")
            if (word := stem + ending) not in self._taken:
                self._taken.add(word)
                return word

    @cached_property
    def forms(self) -> int:
        """How many written words there are."""
        nouns = {form for noun in self.nouns for form in (noun.singular, noun.plural)}
        verbs = {
            form
            for verb in self.verbs
            for form in (*verb.present, *verb.future, *verb.imperfect, verb.infinitive)
        }
        adjectives = {
            adjective.agreeing(feminine, plural)
            for adjective in self.adjectives
            for feminine in (False, True)
            for plural in (False, True)
        }
        return len(nouns | verbs | adjectives | set(self.surnames) | set(self.first_names))


@cache
def _of_the_news() -> dict[str, list]:
    """Nouns with whether each is feminine, verbs and adjectives, as written in dictionaries."""
    language = spacy.load("fr_constat_news")
    articles = [
        re.sub(r"<[^>]*>", "", path.read_text("utf-8").split("\n---\n")[1])
        for path in sorted((ROOT / "seeds/gold").glob("dev-*.txt"))
    ]
    counts: dict[str, Counter] = {kind: Counter() for kind in ("NOUN", "VERB", "ADJ")}
    for document in language.pipe(articles):
        for token in document:
            lemma = token.lemma_.lower()
            if token.pos_ not in counts or not re.fullmatch("[a-zà-ÿœ]{3,}", lemma):
                continue
            if token.pos_ == "VERB" and not lemma.endswith(("er", "ir", "re")):
                continue
            if token.pos_ == "NOUN":
                counts["NOUN"][lemma, "Fem" in token.morph.get("Gender")] += 1
            else:
                counts[token.pos_][lemma] += 1
    with (Path(__file__).parent / "synonyms.toml").open("rb") as file:
        synonyms = tomllib.load(file)
    for kind, name in (("VERB", "verbs"), ("ADJ", "adjectives")):
        counts[kind].update(word for pair in synonyms[name] for word in pair)
    genders = dict(counts["NOUN"].keys())
    for pair in synonyms["nouns"]:
        for word in pair:
            counts["NOUN"][word, genders.get(word, word.endswith(("e", "ion")))] += 1
    counts["VERB"].update(_listed_verbs())
    words = {
        kind: [word for word, _number in counted.most_common()] for kind, counted in counts.items()
    }
    # Of a noun that was read in both genders, the commoner.
    words["NOUN"] = list(dict(reversed(words["NOUN"])).items())[::-1]
    return words


def _listed_verbs() -> list[str]:
    with (LEXICONS / "irregular_verbs.toml").open("rb") as file:
        irregular = [verb for verb in tomllib.load(file) if len(verb) > 3]
    reporting = re.findall(r"[a-zà-ÿ]{3,}er\b", (LEXICONS / "cue_verbs.toml").read_text("utf-8"))
    return list(dict.fromkeys([*irregular, *reporting]))


def _first_names() -> list[str]:
    with (LEXICONS / "first_names.toml").open("rb") as file:
        names = tomllib.load(file)
    return [*names["masculine"].split(), *names["feminine"].split()]


def _others(words: list[str], pairs: list[list[str]]) -> dict[int, int]:
    """The place of what says the same, for the places that have such another.

    Of the made-up words, which have no entry, each third one has the next for a synonym.
    """
    places = {word: place for place, word in enumerate(words)}
    others = {}
    for one, other in pairs:
        if one in places and other in places:
            others[places[one]], others[places[other]] = places[other], places[one]
    for place in range(1000, len(words) - 1, 3):
        others.setdefault(place, place + 1)
        others.setdefault(place + 1, place)
    return others
