"""What is counted of the whole record: each figure by one query, kept so that no page waits for it.

A figure is a table without words: names and numbers, fit for every language and for a file. The
periodic job of claims/jobs.py counts them all anew; claims/plots draws them.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import TruncDate, TruncWeek
from django.utils import timezone

from claims.models import Claim, Figure
from sources.models import Document

WEEKS = 26
DAYS = 14
SPEAKERS = 15
PERIODS = {
    Figure.Period.QUARTER: timedelta(days=91),
    Figure.Period.YEAR: timedelta(days=365),
    Figure.Period.ALL: None,
}
# Days from a claim to its verification: the last of each bin; what took longer is in one more.
BINS = [0, 1, 3, 7, 14, 30, 90, 365]

DELAYS = """
SELECT count(*) FILTER (WHERE dated), count(*) FILTER (WHERE NOT dated),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE dated),
       {bins}
  FROM (
    SELECT local_date(verification.published_at) - lower(said) AS days,
           coalesce(upper(said) - lower(said) = 1, false) AS dated
      FROM claims_verification verification
      JOIN claims_verification_claims coverage ON coverage.verification_id = verification.id
      JOIN claims_claim claim ON claim.id = coverage.claim_id
      JOIN sources_sentence sentence ON sentence.id = claim.sentence_id
      JOIN sources_snapshot snapshot ON snapshot.id = sentence.snapshot_id
      JOIN sources_document document ON document.id = snapshot.document_id
     CROSS JOIN LATERAL (SELECT coalesce(claim.said_on, document.published_on) AS said) dated
     WHERE verification.status = 'published' AND verification.published_at >= %(since)s
       -- The first verification of the claim.
       AND NOT EXISTS (
         SELECT FROM claims_verification_claims other
           JOIN claims_verification earlier ON earlier.id = other.verification_id
          WHERE other.claim_id = claim.id AND earlier.status = 'published'
            AND (earlier.published_at, earlier.id)
                < (verification.published_at, verification.id))
  ) delay
"""

# Claims with a finding in force that was published since, with its rating.
RATED = """
rated AS (
  SELECT claim.id, claim.speaker_id, rating.value,
         upper(coalesce(claim.said_on, document.published_on)) - 1 AS day
    FROM claims_verification verification
    JOIN claims_rating rating ON rating.id = verification.rating_id
    JOIN claims_verification_claims coverage ON coverage.verification_id = verification.id
    JOIN claims_claim claim ON claim.id = coverage.claim_id
    JOIN sources_sentence sentence ON sentence.id = claim.sentence_id
    JOIN sources_snapshot snapshot ON snapshot.id = sentence.snapshot_id
    JOIN sources_document document ON document.id = snapshot.document_id
   WHERE verification.status = 'published' AND verification.published_at >= %(since)s
     AND NOT EXISTS (
       SELECT FROM claims_withdrawal WHERE verification_id = verification.id)
     AND NOT EXISTS (
       SELECT FROM claims_verification later
        WHERE later.predecessor_id = verification.id AND later.status = 'published')
)
"""

RATINGS = f"""
WITH {RATED} SELECT value, count(*) FROM rated GROUP BY value
"""

# By speaker; where a document speaks in its own voice, by none.
BY_SPEAKER = """
subject AS (SELECT rated.speaker_id AS subject_id, rated.id, rated.value FROM rated)
"""

# By every organisation the speaker held a position in on the day, or is; by none if none is known.
BY_ORGANISATION = """
subject AS (
  SELECT DISTINCT organisation.id AS subject_id, rated.id, rated.value
    FROM rated
    LEFT JOIN claims_speaker speaker ON speaker.id = rated.speaker_id
    LEFT JOIN claims_position position ON position.speaker_id = speaker.id
      AND position.organisation_id IS NOT NULL
      AND (position.since IS NULL OR lower(position.since) <= rated.day)
      AND (position.until IS NULL OR rated.day < upper(position.until))
    LEFT JOIN claims_speaker organisation ON organisation.id = coalesce(
      position.organisation_id, CASE WHEN speaker.kind = 'organisation' THEN speaker.id END)
)
"""

# The subjects with the most claims, each with its claims by rating; all the others in one row.
BALANCE = """
WITH {rated}, {subject}, first AS (
  SELECT subject_id, row_number() OVER (ORDER BY count(*) DESC, subject_id) AS place, count(*)
    FROM subject WHERE subject_id IS NOT NULL GROUP BY subject_id ORDER BY place LIMIT {most}
)
SELECT first.place, speaker.name, speaker.public_id, subject.subject_id IS NULL, subject.value,
       count(*)
  FROM subject
  LEFT JOIN first ON first.subject_id = subject.subject_id
  LEFT JOIN claims_speaker speaker ON speaker.id = first.subject_id
 GROUP BY 1, 2, 3, 4, 5
 ORDER BY first.place NULLS LAST, 4
"""


def weeks(today: date, since: None) -> dict:
    """Claims let in, by the Monday of each of the last weeks and by kind.

    ``{"rows": [["2026-06-01", {"fact": 3}], …]}``, one for every week.
    """
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    counted = (
        Claim.objects.published()
        .filter(decided_at__gte=_midnight(first))
        .annotate(week=TruncWeek("decided_at"))
        .values_list("week", "kind")
        .annotate(number=Count("pk"))
        .order_by()
    )
    rows = {first + timedelta(weeks=number): {} for number in range(WEEKS)}
    for week, kind, number in counted:
        rows.setdefault(timezone.localdate(week), {})[kind] = number
    return {"rows": [[week.isoformat(), kinds] for week, kinds in rows.items()]}


def delays(today: date, since: datetime | None) -> dict:
    """Days from a claim to its first verification, by BINS and one more for what took longer.

    ``{"bins": [4, …], "median": 6, "undated": 2}``: undated are those of no known day.
    """
    edges = [-1, *BINS]
    bins = [
        f"count(*) FILTER (WHERE dated AND days > {low} AND days <= {high})"
        for low, high in zip(edges, BINS, strict=False)
    ]
    bins.append(f"count(*) FILTER (WHERE dated AND days > {BINS[-1]})")
    ((_dated, undated, median, *counts),) = _rows(DELAYS.format(bins=", ".join(bins)), since)
    return {"bins": counts, "median": median, "undated": undated}


def ratings(today: date, since: datetime | None) -> dict:
    """Verified claims by rating: ``{"rows": {"false": 3, …}}``."""
    return {"rows": dict(_rows(RATINGS, since))}


def speakers(today: date, since: datetime | None) -> dict:
    """Verified claims by speaker and rating.

    ``{"rows": [["Jeanne Roux", "public id", {"false": 3}], …], "rest": {…}, "none": {…}}``: the
    ``rest`` are all the others', ``none`` what documents say in their own voice.
    """
    return _balance(BY_SPEAKER, since)


def organisations(today: date, since: datetime | None) -> dict:
    """Verified claims by organisation and rating, as ``speakers``; ``none``: none is known.

    A claim counts for every organisation its speaker held a position in on that day.
    """
    return _balance(BY_ORGANISATION, since)


def documents_by_day(today: date) -> dict[date, int]:
    """Documents that came in on each of the last days, by an index of that alone."""
    first = today - timedelta(days=DAYS - 1)
    counted = (
        Document.objects.filter(added_at__gte=_midnight(first))
        .annotate(day=TruncDate("added_at"))
        .values_list("day")
        .annotate(number=Count("*"))
        .order_by()
    )
    return dict.fromkeys((first + timedelta(days=n) for n in range(DAYS)), 0) | dict(counted)


# The weeks are as many whatever the period.
OF_ANY_PERIOD = "weeks"
FIGURES: dict[str, Callable[[date, datetime | None], dict]] = {
    "weeks": weeks,
    "delays": delays,
    "ratings": ratings,
    "speakers": speakers,
    "organisations": organisations,
}


def kept(period: str) -> dict[str, Figure]:
    """The figures of that period by their names; those that were never counted are counted now."""
    wanted = Q(period=period, speaker=None) | Q(name=OF_ANY_PERIOD)
    found = {figure.name: figure for figure in Figure.objects.filter(wanted)}
    return {name: found.get(name) or _keep(name, period) for name in FIGURES}


def count_anew() -> None:
    """Count every figure over every period, and keep it."""
    for name in FIGURES:
        for period in [Figure.Period.ALL] if name == OF_ANY_PERIOD else PERIODS:
            _keep(name, period)


def _keep(name: str, period: str) -> Figure:
    if name == OF_ANY_PERIOD:
        period = Figure.Period.ALL
    now = timezone.now()
    length = PERIODS[Figure.Period(period)]
    today = timezone.localdate(now)
    since = _midnight(today - length) if length else None
    figure, _created = Figure.objects.update_or_create(
        name=name,
        period=period,
        speaker=None,
        defaults={"table": FIGURES[name](today, since), "counted_at": now},
    )
    return figure


def _balance(subject: str, since: datetime | None) -> dict:
    rows, rest, none = {}, {}, {}
    sql = BALANCE.format(rated=RATED, subject=subject, most=SPEAKERS)
    for place, name, public_id, unknown, rating, number in _rows(sql, since):
        if place:
            counts = rows.setdefault(place, [name, public_id, {}])[2]
        else:
            counts = none if unknown else rest
        counts[rating] = number
    return {"rows": list(rows.values()), "rest": rest, "none": none}


def _rows(sql: str, since: datetime | None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": since or datetime.min})
        return cursor.fetchall()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
