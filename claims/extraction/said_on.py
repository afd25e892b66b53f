"""When the words were said: the date in the clause of the cue, of the occasion it refers to, or of
what was said just before."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property

from spacy.tokens import Doc

from claims.extraction.attribution import Attribution
from claims.extraction.cast import Speaker
from claims.extraction.dates import DateNamed, dates_named
from claims.extraction.document import text_of
from claims.extraction.lexicon import load, words
from claims.extraction.quoted import Quoted, quotation_of
from claims.extraction.sentences import Sentence, sentence_of, sentences_between
from claims.extraction.sources import Source

SHORT = 3  # tokens
REACH = 8  # sentences back to an occasion, line breaks counted
# The more precise a date, the likelier it dates the words rather than what they are about.
FORMS = ("day", "weekday", "moment", "again", "month", "year")
DAYS = FORMS[:4]
AHEAD = words("obligation") | words("expected")  # "doit requérir vendredi"
SAME_DAY, UNTIL_THEN = "le même jour", "jusque-là"
PAST = {"participle", "infinitive", "imperfect"}  # "a plaidé", "et d'ajouter", "plaidait"


def dates_said(
    doc: Doc, attributions: Sequence[Attribution], speakers: Sequence[Speaker]
) -> list[str | None]:
    """When the words of each attribution were said, where the text tells."""
    clauses = Clauses(doc, attributions)
    dates: list[str | None] = []
    before: tuple[Attribution, Speaker] | None = None
    for attribution, speaker in zip(attributions, speakers, strict=True):
        found = _date_said(clauses, attribution)
        if found is None and before is not None and _goes_on(doc, before, (attribution, speaker)):
            found = dates[-1]
        dates.append(found or _date_of_hearing(clauses, attribution))
        before = attribution, speaker
    return dates


class Clauses:
    """The sentences of a document without what is claimed in them, and the dates they name."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]):
        self.doc = doc
        self.quotation = quotation_of(doc)
        self.claimed = {
            i for a in attributions for start, end in a.content for i in range(start, end)
        }
        self.known: dict[tuple[Sentence, Quoted | None], tuple[str, list[DateNamed]]] = {}

    def around(self, i: int) -> tuple[str, list[DateNamed]]:
        """The words of the sentence of token `i` that nobody is cited for, and their dates.

        What stands in other quotation marks than the token is somebody's words all the same.
        """
        sentence, quoted = sentence_of(self.doc, i), self.quotation.get(i)
        if (sentence, quoted) not in self.known:
            self.known[sentence, quoted] = self._without(sentence, quoted, self.claimed)
        return self.known[sentence, quoted]

    def inside(self, attribution: Attribution) -> list[DateNamed]:
        """The dates of a cue that stands in somebody's claim, beside what it reports itself: "En
        2020, elle disait que …, rappelle X"."""
        at = _at(attribution)
        own = {i for start, end in attribution.content for i in range(start, end)}
        return self._without(sentence_of(self.doc, at), self.quotation.get(at), own)[1]

    def _without(
        self, sentence: Sentence, quoted: Quoted | None, left_out: set[int]
    ) -> tuple[str, list[DateNamed]]:
        clause = "".join(
            [
                token.text + token.whitespace_
                for token in self.doc[sentence.start : sentence.end]
                if token.i not in left_out and self.quotation.get(token.i, quoted) == quoted
            ]
        )
        return clause, dates_named(clause, self.doc._.published_on)

    @cached_property
    def days_of_hearings(self) -> list[tuple[int, str]]:
        """The first token of each sentence that dates a hearing or session, and its day: one that
        tells of it, or a later one that names another day that has come."""
        found: list[tuple[int, str]] = []
        if not _hearing().search(self.doc._.text.lower()):
            return found
        for sentence in sentences_between(self.doc, 0, len(self.doc)):
            clause, dates = self.around(sentence.start)
            day = next((named.value for named in dates if named.form in DAYS), None)
            low = clause.lower()
            if day and AHEAD.isdisjoint(low.split()) and (found or _hearing().search(low)):
                found.append((sentence.start, day))
        return found


def _at(attribution: Attribution) -> int:
    return attribution.cue.head if attribution.cue else attribution.start


def _date_said(clauses: Clauses, attribution: Attribution) -> str | None:
    clause, dates = clauses.around(_at(attribution))
    published = clauses.doc._.published_on or ""
    if not dates and attribution.nested:
        dates = clauses.inside(attribution)
    dates = [named for named in dates if named.form != "moment" or named.value <= published]
    if dates:
        return min(dates, key=lambda named: FORMS.index(named.form)).value
    start = sentence_of(clauses.doc, _at(attribution)).start
    if SAME_DAY in clause.lower():
        return _day_before(clauses.doc, start, DAYS)
    if attribution.cue is None or not _occasion().search(clause.lower()):
        return None
    return _day_before(clauses.doc, start, ("day",))


def _day_before(doc: Doc, at: int, forms: Sequence[str]) -> str | None:
    """The day that one of the sentences before token `at` names in one of these forms: that of the
    occasion it refers to ("S'exprimant après la rencontre", "le même jour")."""
    for _ in range(REACH):
        if at == 0:
            break
        sentence = sentence_of(doc, at - 1)
        text = text_of(doc, *sentence)
        dates = dates_named(text, doc._.published_on)
        if day := next((d for d in dates if d.form in forms), None):
            return day.value
        at = sentence.start
    return None


def _goes_on(
    doc: Doc, before: tuple[Attribution, Speaker], after: tuple[Attribution, Speaker]
) -> bool:
    """Whether the same speaker goes on speaking, in the same sentence or the next."""
    (first, one), (second, other) = before, after
    shared = second.source is not None and second.source == first.source
    same = other.name is not None and other.name == one.name
    if _is_phrase(second) and not _is_phrase(first):
        return False  # "selon lui" dates nothing
    earlier, sentence = sentence_of(doc, _at(first)), sentence_of(doc, _at(second))
    if sentence == earlier:
        return shared or same
    return same and earlier.end == sentence.start and _is_short(second.source)


def _is_short(source: Source | None) -> bool:
    """Whether a source only takes somebody up: "il", "Mme Roux", no role told anew."""
    return source is None or source.end - source.start <= SHORT


def _is_phrase(attribution: Attribution) -> bool:
    return attribution.cue is not None and attribution.cue.nature == "preposition"


def _date_of_hearing(clauses: Clauses, attribution: Attribution) -> str | None:
    """The day of the hearing or session under way: the last one named since it was told of."""
    cue = attribution.cue
    if attribution.nested:
        return None
    if cue is not None and cue.tense not in PAST and "label phrase" not in cue.verb.frames:
        return None
    days = clauses.days_of_hearings
    if days and UNTIL_THEN in clauses.around(_at(attribution))[0].lower():
        return None
    i = bisect_left(days, (_at(attribution), ""))
    return days[i - 1][1] if i else None


@cache
def _occasion() -> re.Pattern:
    lexicon = load("calendar")
    links, nouns = "|".join(lexicon["links"]), "|".join(lexicon["occasions"])
    return re.compile(rf"\b(?:{links})\b[^,.;:]{{0,30}}?\b(?:{nouns})\b")


@cache
def _hearing() -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(load('calendar')['hearings'])})\b")
