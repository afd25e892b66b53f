"""What takes several steps to stand in the record, for tests."""

from django.db import connection

from claims.models import Claim, Verification
from claims.publish import publish, submit, succeed, withdraw
from sources.history import installed_events, record_clock
from sources.past import as_of
from tests.factories import NOON, EvidenceFactory, UserFactory, VerificationFactory


def verify(*claims: Claim, at=NOON, evidence=({},), **fields) -> Verification:
    """A verification of ``claims`` published at that time, with such pieces of evidence."""
    with record_clock(at):
        draft = VerificationFactory(claims=claims, **fields)
        for piece in evidence:
            EvidenceFactory(verification=draft, **piece)
        return _published(draft)


def supersede(verification: Verification, at=NOON, **changes) -> Verification:
    """A successor with these changes, published at that time."""
    with record_clock(at):
        draft = succeed(verification, UserFactory())
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save()
        return _published(draft)


def withdrawn(verification: Verification, reason: str, at=NOON) -> Verification:
    """The verification, withdrawn at that time."""
    with record_clock(at):
        withdraw(verification, UserFactory(role="chief"), reason)
    return verification


def _published(draft: Verification) -> Verification:
    submit(draft, draft.author)
    publish(draft, UserFactory())
    return draft


def unrecorded() -> list[tuple]:
    """Rows that differ from the last version of them in their history, of any table: none."""
    different = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
        with as_of(now):
            for event in installed_events():
                model = event.pgh_tracked_model
                columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
                for one, other in (("public", "past"), ("past", "public")):
                    cursor.execute(
                        f"SELECT {columns} FROM {one}.{model._meta.db_table}"
                        f" EXCEPT SELECT {columns} FROM {other}.{model._meta.db_table}"
                    )
                    different += cursor.fetchall()
    return different
