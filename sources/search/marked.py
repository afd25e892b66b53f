"""What matches, marked in what is shown."""

from collections.abc import Iterable

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sources.search.asked import NO_WORD, Typed, either

CONFIGURATIONS = ("constat_french", "constat_plain", "constat_english")


def marked(texts: Iterable[str], text: str) -> list[SafeString]:
    """Each of ``texts`` as HTML, with what matches the query ``text`` in <mark>: one query."""
    texts, wanted = list(texts), [term for term in Typed.of(text).terms if not term.excluded]
    if not (texts and wanted):
        return [escape(shown) for shown in texts]
    options = "HighlightAll=true, StartSel=\x02, StopSel=\x03"
    columns = ", ".join(["ts_headline(%s, shown, query, %s)"] * len(CONFIGURATIONS))
    named = [value for name in CONFIGURATIONS for value in (name, options)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM unnest(%s::text[]) WITH ORDINALITY AS listed(shown, place),"
            f" (SELECT %s::tsquery AS query) asked ORDER BY place",
            [*named, [NO_WORD.sub(" ", shown) for shown in texts], either(wanted)],
        )
        headlines = cursor.fetchall()
    return [_mark(shown, row) for shown, row in zip(texts, headlines, strict=True)]


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
