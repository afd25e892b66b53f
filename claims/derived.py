"""What the database derives: gates, standing, when readers saw a change; installed from claims/sql
after migrations."""

from pathlib import Path

from django.db import connection, transaction
from django.utils import translation

from claims import public_changes
from claims.gates import GATES
from claims.models import Claim

SQL = Path(__file__).parent / "sql"

# Triggers look at the tables of the record, whatever search path or temporary table a session has.
PINNED = """
DO $$
DECLARE routine regprocedure;
BEGIN
  FOR routine IN
    SELECT oid FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace
       AND (prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
            OR proname = 'verification_breaches')
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', routine);
  END LOOP;
END $$
"""


def drop(**kwargs) -> None:
    """Before migrations: a table cannot be altered while a view reads it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP VIEW IF EXISTS claims_standing")
    public_changes.drop()


def install(*, plan=None, **kwargs) -> None:
    """After migrations: the gates; the standing, of today and over the tables of the past; what
    readers see is watched."""
    if plan is None:  # Tables were emptied, which sends the signal too: what is derived stays.
        return
    if Claim._meta.db_table not in connection.introspection.table_names():
        return
    standing = (SQL / "standing.sql").read_text("utf-8")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = off")  # They call one another.
        cursor.execute(_sentences())
        for file in (
            SQL / "closed.sql",
            *sorted((SQL / "gates").glob("*.sql")),
            SQL / "public.sql",
            SQL / "touched.sql",
            SQL / "accounts.sql",
            SQL / "link_search.sql",
        ):
            cursor.execute(file.read_text("utf-8"))
        cursor.execute(PINNED)
        drop()
        cursor.execute(standing)
        cursor.execute("SET LOCAL search_path = past, public")
        cursor.execute(standing)
        cursor.execute("SET LOCAL search_path = public")
        public_changes.install(migrated=bool(plan))
    from claims.api.resources import RESOURCES  # They look at models when they are loaded.

    for resource in RESOURCES.values():
        resource.install()


def _sentences() -> str:
    """The function that tells a gate's sentence, in English, to whoever works in raw SQL."""
    with translation.override("en"), connection.cursor() as cursor:
        cases = cursor.mogrify(
            " ".join(["WHEN %s THEN %s"] * len(GATES)),
            [str(part) for gate in GATES.items() for part in gate],
        )
    return f"""
        CREATE OR REPLACE FUNCTION gate_sentence(gate text) RETURNS text
        LANGUAGE sql IMMUTABLE AS $$ SELECT CASE gate {cases} ELSE gate END $$
    """
