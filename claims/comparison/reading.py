"""What is read of a saying once, before it is compared with others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.comparison.days import FIRST, LAST, Days, days_named, year
from claims.comparison.lexicon import common, deniers, known, listed, load, meanings, skipped
from claims.comparison.numbers import Quantity, quantities
from claims.comparison.polarity import Denied, denied, negating
from claims.comparison.words import LONGEST, Word, fold, words_of
from sources.partial_date import PartialDate

AMOUNTS = ("all", "most", "some", "none")
CERTAINTIES = ("maybe", "if", "wanted")


@dataclass(frozen=True)
class Saying:
    """Some words, the ids of whoever may have said them, and when."""

    text: str
    language: str = "fr"
    speakers: frozenset[int] = frozenset()
    said_on: PartialDate | None = None


class Content(NamedTuple):
    """A word or phrase that tells something; ``place`` among the words of the saying."""

    stem: str
    text: str
    place: int
    meanings: frozenset[int]
    name: bool
    denied: bool
    denies: bool
    parts: tuple["Content", ...] = ()
    """Of a phrase, its words."""

    @property
    def holds_negation(self) -> bool:
        """Whether it is a phrase of which "pas" or "sans" is a word."""
        return not self.denied and any(part.denied for part in self.parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """A saying as it is compared: what it tells, counts, dates and denies."""

    saying: Saying
    words: list[Word]
    contents: list[Content]
    quantities: list[Quantity]
    days: list[Days]
    negations: int
    marks: frozenset[str]
    """What its small words say: "all", "some", "only", "maybe", "wanted", "to come", "past" …"""
    grams: frozenset[str] = field(repr=False)

    @property
    def stems(self) -> list[str]:
        """The stems of what it tells, for which the rarity may be given."""
        return [content.stem for content in self.contents]


def read(saying: Saying) -> Reading:
    """All that takes time: some tenths of a millisecond."""
    language = known(saying.language)
    text = saying.text[:LONGEST]
    words = words_of(text, language)
    days = list(days_named(text, words, language, saying.said_on))
    dated = frozenset(place for day in days for place in range(day.start, day.stop))
    counted, years = quantities(words, language, dated)
    days += [year(value, place) for place, value in years if FIRST <= value <= LAST]
    numeral = {p for q in counted for p in range(q.start, q.end)} | dated
    numeral |= {place for place, _value in years}
    phrases = _phrases(words, language, numeral)
    within = {p for phrase in phrases.values() if phrase.denies for p in phrase.places}
    deny = denied(words, language, within)
    lows = [word.low for word in words]
    contents = list(_contents(words, language, numeral, deny.places, phrases))
    named = {p for phrase in phrases.values() for p in phrase.places[1:]}
    counted = [q for q in counted if not (q.label and named & {q.start, q.start + 1})]
    marks = _marks(language, lows, deny)
    return Reading(
        saying,
        words,
        contents,
        counted,
        days,
        deny.negations,
        marks,
        _grams(text),
    )


class _Phrase(NamedTuple):
    places: tuple[int, ...]
    meanings: frozenset[int]
    denies: bool


def _phrases(words: list[Word], language: str, numeral: set[int]) -> dict[int, _Phrase]:
    """The phrases that mean something, by the place they begin at."""
    known_phrases, between = meanings(language).phrases, skipped(language)
    idle = {p for p, word in enumerate(words) if word.low in between} | numeral
    found, place = {}, 0
    while place < len(words):
        for stems, means in known_phrases.get(words[place].stem, ()):
            if places := _places(words, place, stems, idle):
                denies = any(negating(words[p].low, language) for p in places)
                found[place] = _Phrase(places, means, denies)
                place = places[-1]
                break
        place += 1
    return found


def _places(
    words: list[Word], place: int, stems: tuple[str, ...], idle: set[int]
) -> tuple[int, ...]:
    """Where the stems of a phrase stand, if the first is here and the others follow."""
    places = [place]
    for stem in stems[1:]:
        place += 1
        while place in idle and words[place].stem != stem:
            place += 1
        if place >= len(words) or words[place].stem != stem:
            return ()
        places.append(place)
    return tuple(places)


def _contents(
    words: list[Word],
    language: str,
    without: set[int],
    deny: frozenset[int],
    phrases: dict[int, _Phrase],
) -> Iterator[Content]:
    plain, means, denying = common(language), meanings(language).words, deniers(language)

    def single(place: int, *, denied: bool) -> Iterator[Content]:
        word = words[place]
        telling = word.kind == "word" and word.low not in plain and place not in without
        if telling and (len(word.low) > 1 or word.capital):
            begins = place == 0 or words[place - 1].text in '.!?«"“'
            yield Content(
                word.stem,
                word.text,
                place,
                means.get(word.stem, frozenset()),
                (word.capital and not begins) or word.text[1:] != word.text[1:].lower(),
                denied,
                word.stem in denying,
            )

    inside: set[int] = set()
    for place in range(len(words)):
        if place in phrases:
            places, meaning, denies = phrases[place]
            inside.update(places)
            parts = [part for p in places for part in single(p, denied=denies or p in deny)]
            yield Content(
                " ".join(words[p].stem for p in places),
                " ".join(words[p].text for p in places),
                place,
                meaning,
                False,
                not denies and any(p in deny for p in places),
                denies or any(words[p].stem in denying for p in places),
                tuple(parts),
            )
        elif place not in inside:
            yield from single(place, denied=place in deny)


def _marks(language: str, lows: list[str], deny: Denied) -> frozenset[str]:
    of = load(language)
    said = set(lows)
    found = {
        key
        for table, keys in (("amount", AMOUNTS), ("certainty", CERTAINTIES))
        for key in keys
        if said & listed(language, table, key)
    }
    if deny.ended:
        found.add("ended")
    singles = said & listed(language, "amount", "only")
    if singles and any(
        low in singles and lows[i - 2 : i] == ["pas", "un"] for i, low in enumerate(lows)
    ):
        found.add("none")  # "pas un seul"
    elif deny.only or singles:
        found.add("only")
    tense = of["tense"]
    endings = tuple(tense["endings_to_come"])
    if said & listed(language, "tense", "to_come") or (
        endings
        and any(
            len(low) > 4 and low.endswith(endings) and low not in tense["not_to_come"]
            for low in lows
        )
    ):
        found.add("to come")
    for key in ("past", "change"):
        if said & listed(language, "tense", key):
            found.add(key)
    for key in ("passive", "mutual"):
        if said & listed(language, "roles", key):
            found.add(key)
    if said & listed(language, "roles", "by"):
        found.add("by")
    return frozenset(found)


def _grams(text: str) -> frozenset[str]:
    folded = " ".join(fold(text).split())
    return frozenset(folded[i : i + 3] for i in range(len(folded) - 2))
