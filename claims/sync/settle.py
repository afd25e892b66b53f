"""Settle: what the triggers noted becomes entries of the change log.

They note, in the order of commits, which rows somebody changed (claims/sql/public.sql). Which rows
of the API's resources that concerns, themselves or by what is derived (claims/sql/touched.sql), is
told in the log under consecutive numbers, by one statement whatever their number. So the log is
right without a worker: whoever reads it settles first.
"""

from datetime import date

from django.db import connection, transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.models import ChangeLog, Claim, Follower, PublicChange, Standing
from claims.public_changes import CDN

# What is referred to is told before what refers to it.
ORDER = [
    "publishers", "documents", "sentences", "speakers", "ratings", "claims", "verifications",
    "evidence", "developments", "forecasts", "corrections",
]  # fmt: skip
WEBHOOKS = "webhooks"  # the follower that tells subscribers of events
TASKS = {CDN: "purge", WEBHOOKS: "tell_subscribers"}  # what is queued for whom

SETTLED = """
SELECT log.number FROM claims_changelog log
 WHERE log.day >= record_today() AND NOT EXISTS (SELECT FROM claims_publicchange)
"""
TOUCHED = "SELECT * FROM touched_rows(%s, %s, %s)"
EVER_TOLD = 'SELECT DISTINCT resource, "row", true FROM claims_change'
# Where a row is public no longer, or under another id, its old ids are told first: another row may
# have one by now. What is public as before, or gone as before, is told too: in between it may have
# been otherwise, and somebody may have read an entry of it just then.
ENTRIES = """
WITH touched(resource, number, others) AS MATERIALIZED ({touched}),
now(resource, "row", public_id, standing) AS MATERIALIZED ({now}),
before AS MATERIALIZED (
  SELECT touched.resource, touched.number AS "row", last.public_id
    FROM touched CROSS JOIN LATERAL (
      SELECT public_id FROM claims_change
       WHERE resource = touched.resource AND "row" = touched.number
       ORDER BY claims_change.number DESC
       -- Those of others never change.
       LIMIT CASE WHEN touched.resource NOT IN ('forecasts', 'ratings') THEN 1 END) last
   GROUP BY touched.resource, touched.number, last.public_id
),
entry AS (
  SELECT now.*, false AS gone, coalesce(touched.others, true) AS other
    FROM now LEFT JOIN touched ON touched.resource = now.resource AND touched.number = now."row"
  UNION ALL
  SELECT before.resource, before."row", before.public_id, '', true, true
    FROM before LEFT JOIN now USING (resource, "row")
   WHERE now.public_id IS DISTINCT FROM before.public_id
)
INSERT INTO claims_change (number, resource, "row", public_id, at, gone, other, standing)
SELECT %s + row_number() OVER (
         ORDER BY gone DESC, array_position(%s, resource), "row"),
       resource, "row", public_id, now(), gone, other, coalesce(standing, '')
  FROM entry
"""


def settle() -> int:
    """Tell the log of all that is committed; returns its last number."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        if settled := cursor.fetchone():
            return settled[0]
    with transaction.atomic():
        ChangeLog.objects.bulk_create([ChangeLog()], ignore_conflicts=True)
        log = ChangeLog.objects.select_for_update().get()
        # Whoever notes a change waits for who did before: below the last none is still to come.
        until = PublicChange.objects.aggregate(last=Max("id"))["last"] or 0
        noted = PublicChange.objects.filter(id__lte=until)
        if log.day is None or noted.filter(kind=PublicChange.Kind.EVERYTHING).exists():
            log.number += _tell_of_all(log.number)
        else:
            log.number += _tell(log.number, TOUCHED, [until, log.day, _today()])
        log.day = _today()
        log.save(update_fields=["number", "day"])
        noted.delete()
        _queue_followers(log.number)
        return log.number


def _tell_of_all(number: int) -> int:
    """Every row that is public, or was."""
    return _tell(number, EVER_TOLD, [], chosen=False)


def _tell(number: int, touched: str, given: list, *, chosen: bool = True) -> int:
    """Entries after ``number`` for those rows; returns how many. Not ``chosen``: and all others."""
    now, parameters = [], []
    for resource in RESOURCES.values():
        sql, values = _rows(resource, chosen).query.sql_with_params()
        now.append(f"SELECT %s::text, found.* FROM ({sql}) found")
        parameters += [resource.name, *values]
    statement = ENTRIES.format(touched=touched, now=" UNION ALL ".join(now))
    with connection.cursor() as cursor:
        # To compile a statement of so many parts takes longer than to do it.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(statement, [*given, *parameters, number, ORDER])
        return cursor.rowcount


def _rows(resource: Resource, chosen: bool) -> QuerySet:
    """Key, id in the API and, of a claim, the standing of its public rows."""
    rows = resource.published().order_by()
    if chosen:
        rows = rows.filter(
            pk__in=RawSQL("SELECT number FROM touched WHERE resource = %s", [resource.name])
        )
    standing = Value("", TextField())
    if resource.model is Claim:
        # Asked of each row: joined, it may be derived for every claim there is.
        words = Concat("basis", Value(" "), "value", output_field=TextField())
        of_claim = Standing.objects.filter(claim=OuterRef("pk")).annotate(words=words)
        standing = Subquery(of_claim.values("words"))
    api_id = resource.serializer().fields["id"].sql("")
    rows = rows.annotate(api_id=api_id, log_standing=standing)
    return rows.values_list("pk", "api_id", "log_standing")


def _today() -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_today()")
        return cursor.fetchone()[0]


def _queue_followers(number: int) -> None:
    """Have those told who did not read that far."""
    behind = Follower.objects.exclude(number__gte=number).values_list("name", flat=True)
    with connection.cursor() as cursor:
        for name in behind:
            cursor.execute("SELECT queue_once(%s)", [TASKS[name]])
