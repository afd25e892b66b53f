"""What the database derives: gates and standing, installed from claims/sql after migrations."""

from pathlib import Path

from django.db import connection, transaction
from django.utils import translation

from claims.gates import GATES
from claims.models import Claim

SQL = Path(__file__).parent / "sql"


def drop(**kwargs) -> None:
    """Before migrations: a table cannot be altered while a view reads it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP VIEW IF EXISTS claims_standing")


def install(**kwargs) -> None:
    """After migrations: the gates; the standing, of today and over the tables of the past."""
    if Claim._meta.db_table not in connection.introspection.table_names():
        return
    standing = (SQL / "standing.sql").read_text("utf-8")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_sentences())
        cursor.execute((SQL / "gates.sql").read_text("utf-8"))
        drop()
        cursor.execute(standing)
        cursor.execute("SET LOCAL search_path = past, public")
        cursor.execute(standing)
        cursor.execute("SET LOCAL search_path = public")


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
