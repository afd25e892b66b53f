"""What is read of a saying once, before it is compared with others."""

from dataclasses import dataclass, field
from typing import NamedTuple

from claims.comparison.days import FIRST, LAST, Days, days_named, year
from claims.comparison.lexicon import common, deniers, known, listed, load, meanings
from claims.comparison.numbers import Quantity, quantities
from claims.comparison.polarity import Denied, denied
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
    deny = denied(words, language)
    numeral = {p for q in counted for p in range(q.start, q.end)} | dated
    numeral |= {place for place, _value in years}
    lows = [word.low for word in words]
    contents = list(_contents(words, language, numeral, deny.places))
    named = {p for c in contents for p in range(c.place + 1, c.place + c.stem.count(" ") + 1)}
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


def _contents(words: list[Word], language: str, without: set[int], deny: frozenset[int]):
    plain, known_meanings, denying = common(language), meanings(language), deniers(language)
    place = 0
    while place < len(words):
        word = words[place]
        length, means = _phrase(words, place, known_meanings.phrases)
        if length:
            places = range(place, place + length)
            yield Content(
                " ".join(words[i].stem for i in places),
                " ".join(words[i].text for i in places),
                place,
                means,
                False,
                any(i in deny for i in places),
                any(words[i].stem in denying for i in places),
            )
            place += length
            continue
        telling = word.kind == "word" and word.low not in plain and place not in without
        if telling and (len(word.low) > 1 or word.capital):
            begins = place == 0 or words[place - 1].text in '.!?«"“'
            yield Content(
                word.stem,
                word.text,
                place,
                known_meanings.words.get(word.stem, frozenset()),
                (word.capital and not begins) or word.text[1:] != word.text[1:].lower(),
                place in deny,
                word.stem in denying,
            )
        place += 1


def _phrase(words: list[Word], place: int, phrases) -> tuple[int, frozenset[int]]:
    """How many words from here are a phrase that means something, and what."""
    for stems, means in phrases.get(words[place].stem, ()):
        end = place + len(stems)
        if end <= len(words) and all(words[place + i].stem == stem for i, stem in enumerate(stems)):
            return len(stems), means
    return 0, frozenset()


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
