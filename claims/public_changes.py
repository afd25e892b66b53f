"""Which changes of the record readers see: installed as triggers after migrations.

They note when that was and which rows (claims/sql/public.sql), for the change log, which a CDN and
the webhooks follow (claims/sync).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from claims.models import Claim, Follower, LastChange, PublicChange

EVENTS = ("INSERT", "UPDATE", "DELETE")
CDN = "cdn"  # the follower of the change log that tells it


@dataclass(frozen=True)
class Watched:
    """A table: ``says`` whom a row is about, as "kind=column" (PublicChange.Kind).

    A change counts if the row has, or had, that ``status``; without one, if readers see whom it is
    about first, unless it counts ``always``. If ``any_status``, a change between other statuses
    counts if they see it.
    """

    says: str
    status: str = ""
    always: bool = False
    any_status: bool = False
    events: tuple[str, ...] = EVENTS

    def triggers(self, table: str) -> list[str]:
        """The statements that watch ``table``."""
        mode = "always" if self.always or self.status else "if shown"
        watching = [self._trigger(table, event, mode, self._when(event)) for event in self.events]
        if self.any_status:
            accepted = f"'{self.status}' IN (OLD.status, NEW.status)"
            when = f"WHEN (OLD.status <> NEW.status AND NOT {accepted})"
            watching.append(self._trigger(table, "UPDATE", "if shown", when, "status"))
        return watching

    def _trigger(self, table: str, event: str, mode: str, when: str, of: str = "") -> str:
        arguments = ", ".join(f"'{word}'" for word in (mode, *self.says.split()))
        return (
            f"CREATE CONSTRAINT TRIGGER {_name(event, of)} AFTER {event} ON {table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when}"
            f" EXECUTE FUNCTION public_change({arguments})"
        )

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
    "sources_document": Watched("document=id publisher=publisher_id", events=("UPDATE", "DELETE")),
    "sources_snapshot": Watched("document=document_id", events=("INSERT",)),
    "claims_speaker": Watched("speaker=id"),
    "claims_alias": Watched("speaker=speaker_id"),
    "claims_position": Watched("speaker=speaker_id speaker=organisation_id"),
    "claims_speakermerge": Watched("speaker=kept_id speaker=merged_id", always=True),
    # What a correction says of a claim depends on whether that was rejected.
    "claims_claim": Watched(
        "claim=id speaker=speaker_id sentence=sentence_id", status="accepted", any_status=True
    ),
    "claims_claimmerge": Watched("claim=kept_id claim=merged_id", always=True),
    "claims_appearance": Watched("claim=claim_id sentence=sentence_id"),
    "claims_link": Watched("claim=claim_id claim=earlier_id", status="accepted"),
    "claims_forecast": Watched("claim=claim_id development=development_id forecast=id"),
    "claims_scale": Watched("scale=id", always=True),
    "claims_rating": Watched("rating=id scale=scale_id", always=True),
    "claims_verification": Watched(
        "verification=id verification=predecessor_id", status="published"
    ),
    # The claim first: that somebody writes about it is seen before what is written.
    "claims_verification_claims": Watched("claim=claim_id verification=verification_id"),
    "claims_evidence": Watched("verification=verification_id document=document_id evidence=id"),
    "claims_withdrawal": Watched("verification=verification_id", always=True),
    "claims_recheck": Watched("verification=verification_id", always=True),
    # The claim first: whether readers see another's review, it decides.
    "claims_claimreview": Watched("claim=claim_id publisher=publisher_id"),
    "claims_development": Watched(
        "development=id claim=claim_id document=document_id", status="accepted"
    ),
    "claims_effect": Watched("development=development_id claim=claim_id", status="accepted"),
    "claims_correction": Watched(
        "claim=claim_id verification=verification_id development=development_id correction=id",
        always=True,
    ),
}


def drop() -> None:
    """Before migrations: a table whose changes wait to be noted cannot be altered."""
    names = [*map(_name, EVENTS), _name("UPDATE", "status")]
    _execute(f"DROP TRIGGER IF EXISTS {name} ON {table}" for table in WATCHED for name in names)


def install(*, migrated: bool) -> None:
    """After migrations, if there were any: watch. Pages may look otherwise; where migrations ran or
    the form of the API's documents is another, so may every row."""
    from claims.sync.shape import is_another  # Not loaded with the apps: it takes the whole API.

    there = set(connection.introspection.table_names())
    if Follower._meta.db_table not in there:
        return  # Migrations stopped halfway.
    drop()
    _execute(
        statement
        for table, watched in WATCHED.items()
        if table in there
        for statement in watched.triggers(table)
    )
    note_new_pages()
    if is_another() or migrated:
        note_every_row()


@transaction.atomic
def note_new_pages() -> None:
    """Every page may look otherwise. From now on a CDN is told of changes, if there is one."""
    tell = bool(settings.CDN_PURGE_URL)
    LastChange.objects.update_or_create(
        defaults={"tell_cdn": tell}, create_defaults={"tell_cdn": tell, "at": timezone.now()}
    )
    _execute(["SELECT note_public_change('{}', '{}')"])
    if tell:
        Follower.objects.update_or_create(name=CDN, defaults={"number": None})
        _execute(["SELECT queue_once('purge')"])
    else:
        Follower.objects.filter(name=CDN).delete()


def note_every_row() -> None:
    """Every row of the record may be another: the change log is to tell of each."""
    PublicChange.objects.create(kind=PublicChange.Kind.EVERYTHING, row=0)
    if Claim.objects.published().exists():
        _execute(["SELECT queue_once('settle')"])


def _name(event: str, of: str = "") -> str:
    return "_".join(filter(None, ["public", event.lower(), of]))


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))
