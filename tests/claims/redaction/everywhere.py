"""Where words still stand: every column of every table, without leave or exception."""

from django.db import connection

from claims.protected import UNLOCKED
from claims.redaction.words import plain
from sources.session import session_variable

COLUMNS = """
SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm')
   AND attnum > 0 AND NOT attisdropped ORDER BY 1, 2
"""


def places_with(*words: str) -> list[str]:
    """``table.column`` of each that holds one of the words, in whatever case, coding or stem."""
    coded = {form for word in words for form in (word, plain(word))}
    coded |= {form.encode("unicode_escape").decode() for form in coded}
    in_bytes = {word.encode(code).hex() for word in words for code in ("utf-8", "latin-1")}
    found = []
    with session_variable(*UNLOCKED), connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ILIKE ANY(%s))',
                [[f"%{form}%" for form in {*coded, *in_bytes}]],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found
