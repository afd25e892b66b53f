"""Search, one way for the desk, the pages and the API: words in any form, with or without accents.

Tables that can be searched have a generated column ``search``: their words as French stems, as
French stems of the words without accents, and as English stems (``search_vector``). A query is
made of the same (``search_query``), so a word is found by any of the three. The column is no field
of its model: no query carries it along unasked, and no history copies it.

A query is words, all of them wanted; "several words" in that order; -not this one. The last word
may be unfinished, unless a space or a quotation mark ends it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, reduce
from itertools import combinations
from operator import or_

from django.contrib.postgres.search import SearchQueryField, SearchVectorField, TrigramDistance
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sources.fields import ALPHABET, LENGTH
from sources.models.word import Word
from sources.session import planned

# Of more matches than these, the latest are ranked.
RANKED = 1000
# Of so many ids the rows are read first, to see how common what is looked for is; of so many they
# are read rather than an index asked, which takes longer the commoner a word is.
NEWEST = 8000
READ = 80_000
# An unfinished word stands for so many known ones, besides what its stem begins.
COMPLETIONS = 20
# No query has more characters, or more terms.
LONGEST = 300
MOST = 20
MOST_TOLD = 8  # of which one may be left out, or two, or three
SHORTEST_GUESSED = 4
SHORTEST_SHARED = 4
LIKE_ENOUGH = 0.7

TERM = re.compile(r'(?P<excluded>-?)(?:"(?P<phrase>[^"]+)"?|(?P<word>[^\s"]+))')
PUBLIC_ID = re.compile(rf"(?:https?://\S+/)?([{ALPHABET}]{{{LENGTH}}})/?")
CONFIGURATIONS = ("constat_french", "constat_plain", "constat_english")
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
# What the database takes for no part of a word (search_text), nor a headline for markup.
NO_WORD = re.compile(
    "[\x00-\x1f<>&\u0080-\u00bf\u00d7\u00f7\u02bc\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f"
    "\ufe00-\ufe0f\ufeff\U0001f000-\U0001faff]"
)


class SearchColumn(models.Func):
    """The column ``search`` of the row whose primary key is given: ``SearchColumn("pk")``."""

    arity = 1
    output_field = SearchVectorField()

    def as_sql(self, compiler, connection, **extra):
        (row,) = self.get_source_expressions()
        return f'{compiler.quote_name_unless_alias(row.alias)}."search"', []


class Unindexed(SearchColumn):
    """The same column, for which no index is asked."""

    def as_sql(self, compiler, connection, **extra):
        column, params = super().as_sql(compiler, connection, **extra)
        return f"coalesce({column}, '')", params


class Matches(models.Func):
    """Whether a search column has what a query asks for."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


class NoWords(models.Func):
    """Whether a query asks for nothing, as every language passes over its words."""

    template = "(numnode(%(expressions)s) = 0)"
    output_field = models.BooleanField()


class Rank(models.Func):
    """How well: more of the words, oftener, in a dearer place."""

    function = "ts_rank"
    output_field = models.FloatField()


class Nearness(models.Func):
    """How near to one another all the words stand, from 0, where one is lacking, to 1."""

    template = "ts_rank_cd(%(expressions)s, 32)"
    output_field = models.FloatField()


class _Stems(models.Func):
    function = "search_query"
    output_field = SearchQueryField()


class Among(models.Func):
    """Whether a value is one of many, which are one parameter: ``IN`` has a parameter for each, and
    takes long to write where there are a thousand."""

    template = "(%(expressions)s = ANY(%%s::bigint[]))"
    output_field = models.BooleanField()

    def __init__(self, value: str, some: Iterable[int]):
        super().__init__(value)
        self.some = list(some)

    def as_sql(self, compiler, connection, **extra):
        if not self.some:
            raise EmptyResultSet
        sql, params = super().as_sql(compiler, connection, **extra)
        return sql, [*params, self.some]


class _Joined(models.Func):
    template = "(%(expressions)s)"
    output_field = SearchQueryField()


class _All(_Joined):
    arg_joiner = " && "


class _Any(_Joined):
    arg_joiner = " || "


class _Not(_Joined):
    template = "(!! %(expressions)s)"


class _Either(models.Func):
    function = "search_either"
    output_field = SearchQueryField()


class _List(models.Func):
    template = "ARRAY[%(expressions)s]"


@dataclass(frozen=True)
class Term:
    """A word or phrase of a query. ``open`` is the last word while it may be unfinished."""

    text: str
    excluded: bool = False
    phrase: bool = False
    open: bool = False

    @cached_property
    def query(self) -> models.Expression:
        """What PostgreSQL is asked; an unfinished word is completed once."""
        stems = _Stems(models.Value(self.text), models.Value(self.open))
        if self.open and len(self.text) >= SHORTEST_GUESSED:
            words = Word.objects.filter(text__startswith=self.text.lower())
            completed = words.values_list("text", flat=True).distinct()[:COMPLETIONS]
            whole = [_Stems(models.Value(word), models.Value(False)) for word in completed]
            stems = _Either(_List(stems, *whole))
        return _Not(stems) if self.excluded else stems


class Typed(str):
    """A query as it was typed. Asked several times, its terms are read once."""

    @cached_property
    def terms(self) -> list[Term]:
        return terms(self)

    @classmethod
    def of(cls, text: str) -> "Typed":
        return text if isinstance(text, cls) else cls(text)


def terms(text: str) -> list[Term]:
    """The terms of a query; nothing in it is an error."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).translate(QUOTES)
    text = NO_WORD.sub(" ", text)
    found = [
        Term(
            text=match["phrase"] or match["word"],
            excluded=bool(match["excluded"]),
            phrase=bool(match["phrase"]),
            open=match.end() == len(text) and bool(match["word"]),
        )
        for match in TERM.finditer(text)
    ]
    return [term for term in found if any(map(str.isalnum, term.text))][:MOST]


def every(terms: Sequence[Term]) -> models.Expression:
    """The query for all of the terms."""
    return reduce(_All, [term.query for term in terms])


def most(terms: Sequence[Term], lacking: int) -> models.Expression:
    """The query for all of the terms but so many, whichever they are."""
    return reduce(_Any, [every(some) for some in combinations(terms, len(terms) - lacking)])


def either(terms: Sequence[Term]) -> models.Expression:
    """The query for any of the terms."""
    return reduce(_Any, [term.query for term in terms])


def relevance(text: str) -> models.Expression:
    """How well a row of a table with a column ``search`` matches the query ``text``: how many of
    the words it has, how often, in what place, and, of several, how near to one another."""
    column, asked = SearchColumn("pk"), Typed.of(text).terms or [Term(text)]
    wanted = [term for term in asked if not term.excluded] or asked
    rank = Rank(column, either(wanted))
    return rank + Nearness(column, every(wanted)) if len(wanted) > 1 else rank


class SearchQuerySet(models.QuerySet):
    """Rows of a table with a column ``search``."""

    def search(self, text: str):
        """Those with all the words of ``text``; also the one whose public id or address it is."""
        ways = self.ways_to(text)
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def ways_to(self, text: str) -> list[Q]:
        """Conditions of which what ``search`` finds fulfils one, each with an index of its own."""
        if match := PUBLIC_ID.fullmatch(text.strip()):
            exact = self._named(match[1])
            if self.filter(exact).exists():
                return [exact]
        wanted = Typed.of(text).terms
        return self._ways(wanted) if wanted else []

    def _named(self, public_id: str) -> Q:
        has_one = any(field.name == "public_id" for field in self.model._meta.fields)
        return Q(public_id=public_id) if has_one else Q(pk__in=[])

    def _ways(self, wanted: Sequence[Term]) -> list[Q]:
        return [Q(Matches(SearchColumn("pk"), every(wanted)))]

    def latest_found(self, text: str):
        """The latest of what ``search`` finds: as many as are ever ranked or followed further."""
        return self.search(text).order_by("-pk").values("pk")[:RANKED]

    def newest(self, ways: list[Q], most: int) -> list[int]:
        """The ids of the latest rows that fulfil one of these (``ways_to``); so many at most.

        Whether to read back through the table until there are enough, or to ask the indexes for all
        there are: of two words, or of a word and a year, the planner knows it only by chance. So
        the newest rows are read, and they foretell how far to go, and in which of the two ways.
        """
        if not ways:
            return []
        last = self.model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        found: list[int] = []
        upper, looked_at, step = last or 0, 0, NEWEST
        while upper > 0 and len(found) < most:
            lower = 0 if 2 * step > upper else upper - step
            rows = self.filter(pk__lte=upper, pk__gt=lower)
            look = _walked if upper - lower <= READ else _asked
            found += look(rows, ways, most - len(found))
            looked_at, upper = looked_at + upper - lower, lower
            step = int(1.5 * looked_at * most / len(found)) if found else upper
        return found

    def without_index(self):
        """The same rows, but that the index of words is not asked for them."""
        rows = self._chain()
        column = SearchColumn("pk").resolve_expression(rows.query)
        unindexed = Unindexed("pk").resolve_expression(rows.query)
        rows.query.where = rows.query.where.replace_expressions({column: unindexed})
        return rows

    def best(self, text: str):
        """What ``search`` finds, by how well it matches; of very many, the latest."""
        return self.filter(pk__in=self.latest_found(text)).best_first(text)

    def best_first(self, text: str):
        """By how well they match the query ``text``."""
        return self.order_by(relevance(text).desc(), "-pk")

    def with_most_of(self, text: str) -> list[int]:
        """The ids of those with all the words of ``text`` but one; if there are none, but two; and
        so on while it is half of them. Of a long text, its longest words; of very many, the latest.
        """
        wanted = _telling(text)
        rows = self
        if unwanted := [term for term in Typed.of(text).terms if term.excluded]:
            rows = rows.filter(Matches(SearchColumn("pk"), every(unwanted)))
        for lacking in range(1, len(wanted) // 2 + 1):
            if found := rows.newest(self._most_ways(wanted, lacking), RANKED):
                return found
        return []

    def _most_ways(self, wanted: Sequence[Term], lacking: int) -> list[Q]:
        return [Q(Matches(SearchColumn("pk"), most(wanted, lacking)))]

    def best_with_most(self, text: str):
        """What ``with_most_of`` finds, the best first."""
        return self.filter(Among("pk", self.with_most_of(text))).best_first(text)

    def sharing(self, text: str):
        """Those with any of the longer words of ``text``, most of them first; of very many, the
        latest. What is suggested, where ``search`` is what was asked for."""
        words = [term for term in terms(f"{text} ") if len(term.text) >= SHORTEST_SHARED]
        if not words:
            return self.none()
        query = either(words)
        shared = self.filter(Matches(SearchColumn("pk"), query)).order_by("-pk").values("pk")
        rank = Rank(SearchColumn("pk"), query)
        return self.filter(pk__in=shared[:RANKED]).order_by(rank.desc(), "-pk")


def _walked(rows: SearchQuerySet, ways: list[Q], most: int) -> list[int]:
    """The latest by their ids that fulfil one of these, read one by one from the latest."""
    some = rows.filter(reduce(or_, ways)).without_index().order_by("-pk")
    with planned(walking=True):
        return list(some.values_list("pk", flat=True)[:most])


def _asked(rows: SearchQuerySet, ways: list[Q], most: int) -> list[int]:
    """The same, each way by its own index."""
    found: set[int] = set()
    for way in ways:
        # Not in the order of an index: the planner would walk it, hoping for enough soon.
        some = rows.filter(way).order_by((F("pk") + 0).desc())
        with planned(walking=False):
            found.update(some.values_list("pk", flat=True)[:most])
    return sorted(found, reverse=True)[:most]


def in_any(rows: models.QuerySet, **found: models.QuerySet):
    """Those of ``rows`` whose value of any of these names is in the query given for it."""
    every_row = rows.model._base_manager.order_by()
    first, *others = [
        every_row.filter(**{f"{name}__in": some}).values("pk") for name, some in found.items()
    ]
    return rows.filter(pk__in=first.union(*others, all=True))


def _telling(text: str) -> list[Term]:
    """The words of a query that are looked for, those of its phrases too, the longest first; none
    that every language passes over."""
    asked = " ".join(term.text for term in Typed.of(text).terms if not term.excluded)
    words = list({term.text.lower(): term for term in terms(f"{asked} ")}.values())
    if not words:
        return []
    passed, params = _sql(_List(*[NoWords(word.query) for word in words]))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {passed}", params)
        (no_words,) = cursor.fetchone()
    told = [word for word, no_word in zip(words, no_words, strict=True) if not no_word]
    return sorted(told, key=lambda word: -len(word.text))[:MOST_TOLD]


def corrected(text: str) -> str | None:
    """``text`` with the nearest known word for each unknown one; None if none changes."""
    changed = False
    written = []
    for term in Typed.of(text).terms:
        word = term.text
        if not term.phrase and not term.excluded and (nearest := _nearest(term)):
            word, changed = nearest, True
        quoted = f'"{word}"' if term.phrase else word
        written.append(f"-{quoted}" if term.excluded else quoted)
    return " ".join(written) if changed else None


def _nearest(term: Term) -> str | None:
    word = term.text.lower()
    if len(word) < SHORTEST_GUESSED or not word.isalpha():
        return None
    known = Q(text__startswith=word) if term.open else Q(text=word)
    if Word.objects.filter(known).exists():
        return None
    nearest = Word.objects.order_by(TrigramDistance("text", word)).values_list("text", flat=True)
    rated = [
        (SequenceMatcher(None, plain(word), plain(other)).ratio(), not other.isascii(), other)
        for other in nearest[:20]
    ]
    ratio, _accented, best = max(rated, default=(0, False, ""))
    return best if ratio >= LIKE_ENOUGH else None


def plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def marked(texts: Iterable[str], text: str) -> list[SafeString]:
    """Each of ``texts`` as HTML, with what matches the query ``text`` in <mark>: one query."""
    texts, wanted = list(texts), [term for term in Typed.of(text).terms if not term.excluded]
    if not (texts and wanted):
        return [escape(shown) for shown in texts]
    query, params = _sql(either(wanted))
    options = "HighlightAll=true, StartSel=\x02, StopSel=\x03"
    columns = ", ".join(["ts_headline(%s, shown, query, %s)"] * len(CONFIGURATIONS))
    named = [value for name in CONFIGURATIONS for value in (name, options)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM unnest(%s::text[]) WITH ORDINALITY AS listed(shown, place),"
            f" (SELECT {query} AS query) asked ORDER BY place",
            [*named, [NO_WORD.sub(" ", shown) for shown in texts], *params],
        )
        headlines = cursor.fetchall()
    return [_mark(shown, row) for shown, row in zip(texts, headlines, strict=True)]


def _sql(expression: models.Expression) -> tuple[str, list]:
    compiler = Word.objects.all().query.get_compiler(connection=connection)
    return compiler.compile(expression)


def _mark(shown: str, headlines: Iterable[str]) -> SafeString:
    """The text with what any of the headlines marks."""
    inside = [False] * len(shown)
    for headline in headlines:
        place, within = 0, False
        for character in headline:
            if character in "\x02\x03":
                within = character == "\x02"
            elif place < len(inside):
                inside[place] |= within
                place += 1
    pieces = []
    start = 0
    for place in range(1, len(shown) + 1):
        if place == len(shown) or inside[place] != inside[start]:
            piece = escape(shown[start:place])
            pieces.append(f"<mark>{piece}</mark>" if inside[start] else piece)
            start = place
    return mark_safe("".join(pieces))  # Every piece is escaped.
