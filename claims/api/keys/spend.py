"""What is asked is counted against its limits, in one statement that many processes may run at
once: none of them ever gets more than there is (docs/decisions/0031)."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled

from claims.models import AddressUsage, KeyUsage
from claims.models.api_key import Limits
from sources.prepared import prepared

MINUTE = timedelta(minutes=1)
DAY = 86_400  # seconds
EXTRACTION = 10_000  # code points: a long article

# In the row of who asks, which is locked meanwhile. A minute only gives way to a later one,
# whatever the clocks of two servers say. What the limits do not let in is counted as refused, and
# spends nothing. Commits need not wait for the disk: a crash forgets some tenths of a second.
SPEND = """
WITH hurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO {table} AS usage
  ({owner}, day, minute, in_minute, requests, let_in, read, refused, last_at)
SELECT %(owner)s, %(day)s, %(minute)s, n, n, n = 1, n * %(good)s, 1 - n * %(good)s, %(now)s
  FROM hurried, (SELECT (least(%(a_minute)s, %(a_day)s) > 0)::int AS n) AS first
ON CONFLICT ({owner}, day) DO UPDATE
  SET (minute, in_minute, requests, let_in, read, refused, last_at) = (
    SELECT greatest(usage.minute, excluded.minute), before + n, usage.requests + n, n = 1,
           usage.read + n * %(good)s, usage.refused + 1 - n * %(good)s,
           greatest(usage.last_at, excluded.last_at)
      FROM (SELECT CASE WHEN excluded.minute > usage.minute THEN 0 ELSE usage.in_minute END
              AS before) AS minute,
           LATERAL (
             SELECT (before < %(a_minute)s AND usage.requests < %(a_day)s)::int AS n) AS more)
RETURNING let_in, minute, in_minute, requests
"""

EXTRACT = """
UPDATE claims_keyusage SET extractions = extractions + %(n)s
 WHERE key_id = %(owner)s AND day = %(day)s AND extractions + %(n)s <= %(most)s
RETURNING extractions
"""


class TooMany(Throttled):
    """Says how long to wait, in seconds, and in words that are wholly ours."""

    def __init__(self, wait: int, said: str):
        super().__init__(detail=said)
        self.wait = wait


@dataclass(frozen=True)
class Left:
    """What a limit of ``most`` leaves until it begins anew, in ``reset`` seconds."""

    name: str
    most: int
    window: int
    left: int
    reset: int


@dataclass
class Spent:
    """A request that was counted, and what its row says since: of ``owner``, on that ``day``."""

    usage: type[AddressUsage] | type[KeyUsage]
    owner: str | int
    limits: Limits
    now: datetime
    let_in: bool
    minute: datetime
    in_minute: int
    requests: int
    kind: str = "read"
    extractions: int | None = None

    @property
    def day(self) -> date:
        """Of the newsroom."""
        return timezone.localdate(self.now)

    @property
    def left(self) -> list[Left]:
        """What each limit leaves; that of extractions is told where some were spent."""
        of = "key" if self.usage is KeyUsage else "anonymous"
        minute = math.ceil((self.minute + MINUTE - self.now).total_seconds())
        a_minute, a_day = self.limits.a_minute, self.limits.a_day
        found = [
            Left(f"{of}-minute", a_minute, 60, max(0, a_minute - self.in_minute), max(1, minute)),
            Left(f"{of}-day", a_day, DAY, max(0, a_day - self.requests), self.until_midnight),
        ]
        if self.extractions is not None:
            most = self.limits.extractions
            left = max(0, most - self.extractions)
            found.append(Left("extractions-day", most, DAY, left, self.until_midnight))
        return found

    @property
    def until_midnight(self) -> int:
        """Of the newsroom, in seconds."""
        tomorrow = self.day + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
        return max(1, math.ceil((midnight - self.now).total_seconds()))

    def refusal(self) -> TooMany:
        """For a request that was not let in."""
        reached = max((left for left in self.left if not left.left), key=lambda left: left.reset)
        said = _("No more requests this minute: the limit is %(most)d. Ask again in %(wait)d s.")
        if reached.window == DAY:
            said = _("No more requests today: the limit is %(most)d. Ask again in %(wait)d s.")
        return TooMany(reached.reset, said % {"most": reached.most, "wait": reached.reset})

    def turns_out(self, kind: str) -> None:
        """It was no reading, as it was counted, but ``extract``, ``match``, ``propose`` or
        ``refused``."""
        row = self.usage.objects.filter(pk=(self.owner, self.day))
        row.update(**{self.kind: F(self.kind) - 1, kind: F(kind) + 1})
        self.kind = kind

    def extract(self, code_points: int) -> None:
        """Spend extractions of the day: one for every 10,000 code points begun. Raises TooMany."""
        cost, most = max(1, math.ceil(code_points / EXTRACTION)), self.limits.extractions
        values = {"n": cost, "owner": self.owner, "day": self.day, "most": most}
        with connection.cursor() as cursor:
            cursor.execute(EXTRACT, values)
            if found := cursor.fetchone():
                (self.extractions,) = found
                return
        self.turns_out("refused")
        wait = self.until_midnight
        said = _(
            "This takes %(cost)d extractions, more than are left today: the limit is %(most)d. Ask"
            " again in %(wait)d s."
        )
        raise TooMany(wait, said % {"cost": cost, "most": most, "wait": wait})


def spend(usage, owner: str | int, limits: Limits, now: datetime, good: bool = True) -> Spent:
    """Count a request of ``owner``, the id of a key or the hash of an address; what is not
    ``good`` is refused for another reason, and spends as much.

    A fault of the database is raised: it lets nobody in.
    """
    sql = SPEND.format(
        table=usage._meta.db_table, owner="key_id" if usage is KeyUsage else "address"
    )
    values = {
        "owner": owner,
        "day": timezone.localdate(now),
        "minute": now.replace(second=0, microsecond=0),
        "now": now,
        "good": int(good),
        "a_minute": limits.a_minute,
        "a_day": limits.a_day,
    }
    with prepared() as cursor:
        cursor.execute(sql, values)
        return Spent(usage, owner, limits, now, *cursor.fetchone())
