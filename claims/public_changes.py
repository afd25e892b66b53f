"""Which changes of the record readers see: installed as triggers after migrations.

They note when that was (claims/sql/public.sql), and what a CDN has to forget (claims/purge.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from claims.models import LastChange, PublicChange

EVENTS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Watched:
    """A table: ``says`` whom a row is about, as "kind=column" (PublicChange.Kind).

    A change counts if the row has, or had, that ``status``; without one, if readers see whom it is
    about first, unless it counts ``always``.
    """

    says: str
    status: str = ""
    always: bool = False
    events: tuple[str, ...] = EVENTS

    def triggers(self, table: str) -> list[str]:
        """The statements that watch ``table``."""
        mode = "always" if self.always or self.status else "if shown"
        arguments = ", ".join(f"'{word}'" for word in (mode, *self.says.split()))
        return [
            f"CREATE CONSTRAINT TRIGGER {_name(event)} AFTER {event} ON {table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {self._when(event)}"
            f" EXECUTE FUNCTION public_change({arguments})"
            for event in self.events
        ]

    def _when(self, event: str) -> str:
        rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
        conditions = []
        if self.status:
            conditions.append(" OR ".join(f"{row}.status = '{self.status}'" for row in rows))
        if event == "UPDATE":
            conditions.append("OLD.* IS DISTINCT FROM NEW.*")
        return f"WHEN ({' AND '.join(f'({each})' for each in conditions)})" if conditions else ""


WATCHED = {
    "sources_publisher": Watched("publisher=id", events=("UPDATE", "DELETE")),
    # What is new is seen only with what cites it. Snapshots never change.
    "sources_document": Watched("document=id", events=("UPDATE", "DELETE")),
    "sources_snapshot": Watched("document=document_id", events=("INSERT",)),
    "claims_speaker": Watched("speaker=id"),
    "claims_alias": Watched("speaker=speaker_id"),
    "claims_position": Watched("speaker=speaker_id speaker=organisation_id"),
    "claims_speakermerge": Watched("speaker=kept_id speaker=merged_id", always=True),
    "claims_claim": Watched("claim=id speaker=speaker_id sentence=sentence_id", status="accepted"),
    "claims_claimmerge": Watched("claim=kept_id claim=merged_id", always=True),
    "claims_appearance": Watched("claim=claim_id sentence=sentence_id"),
    "claims_link": Watched("claim=claim_id claim=earlier_id", status="accepted"),
    "claims_forecast": Watched("claim=claim_id development=development_id"),
    "claims_scale": Watched("everything=id", always=True),
    "claims_rating": Watched("everything=id", always=True),
    "claims_verification": Watched(
        "verification=id verification=predecessor_id", status="published"
    ),
    # The claim first: that somebody writes about it is seen before what is written.
    "claims_verification_claims": Watched("claim=claim_id verification=verification_id"),
    "claims_evidence": Watched("verification=verification_id document=document_id"),
    "claims_withdrawal": Watched("verification=verification_id", always=True),
    "claims_recheck": Watched("verification=verification_id", always=True),
    # The claim first: whether readers see another's review, it decides.
    "claims_claimreview": Watched("claim=claim_id publisher=publisher_id"),
    "claims_development": Watched(
        "development=id claim=claim_id document=document_id", status="accepted"
    ),
    "claims_effect": Watched("development=development_id claim=claim_id", status="accepted"),
    "claims_correction": Watched(
        "claim=claim_id verification=verification_id development=development_id", always=True
    ),
}


def drop() -> None:
    """Before migrations: a table whose changes wait to be noted cannot be altered."""
    _execute(
        f"DROP TRIGGER IF EXISTS {_name(event)} ON {table}" for table in WATCHED for event in EVENTS
    )


def install() -> None:
    """After migrations: watch; and what they changed themselves may be anything."""
    there = set(connection.introspection.table_names())
    if LastChange._meta.db_table not in there:
        return  # Migrations stopped halfway.
    drop()
    _execute(
        statement
        for table, watched in WATCHED.items()
        if table in there
        for statement in watched.triggers(table)
    )
    note_everything()


@transaction.atomic
def note_everything() -> None:
    """Every page may have changed. From now on a CDN is told of changes, if there is one."""
    tell = bool(settings.CDN_PURGE_URL)
    LastChange.objects.update_or_create(
        defaults={"tell_cdn": tell}, create_defaults={"tell_cdn": tell, "at": timezone.now()}
    )
    if not tell:
        PublicChange.objects.all().delete()
    _execute(["SELECT note_public_change('{everything}', '{0}')"])


def _name(event: str) -> str:
    return f"public_{event.lower()}"


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))
