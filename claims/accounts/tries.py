"""How often may be tried what somebody could guess: counted before it is tried, in one statement,
so that no number of requests at once gets more tries than there are (docs/decisions/0042)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.client import client_address, hashed, known_salt
from claims.models import Tries

# A window begins with its first try and ends by itself: later ones do not lengthen it.
TRY = """
INSERT INTO claims_tries AS t (of, since, tries) VALUES (%(of)s, %(now)s, 1)
ON CONFLICT (of) DO UPDATE
  SET since = CASE WHEN t.since <= %(over)s THEN excluded.since ELSE t.since END,
      tries = CASE WHEN t.since <= %(over)s THEN 1 ELSE least(t.tries, %(most)s + 1) + 1 END
RETURNING since, tries
"""


@dataclass(frozen=True)
class Limit:
    """``most`` tries within a ``window`` that begins with the first."""

    name: str
    most: int
    window: timedelta


# For one name, from browsers it did not sign in with before; for one such browser; from one place.
NAME = Limit("name", 10, timedelta(minutes=15))
BROWSER = Limit("browser", 10, timedelta(minutes=15))
PLACE = Limit("place", 50, timedelta(minutes=15))
# Codes after a right password: of three good ones in a million, these many a day.
CODE = Limit("code", 10, timedelta(days=1))
RESET_NAME = Limit("reset of", 3, timedelta(hours=1))
RESET_PLACE = Limit("reset from", 10, timedelta(hours=1))
LONGEST = timedelta(days=2)


class TooManyTries(Exception):
    """``wait`` tells how long nothing more is tried; ``first``, that it is the first refused."""

    def __init__(self, wait: timedelta, first: bool):
        super().__init__(wait)
        self.wait, self.first = wait, first


@dataclass(frozen=True)
class Tried:
    """A try that was counted, and may be taken back."""

    of: str

    def forgiven(self) -> None:
        """It was a good one: it does not count."""
        Tries.objects.filter(of=self.of, tries__gt=0).update(tries=F("tries") - 1)


def try_once(limit: Limit, of: str, now: datetime) -> Tried:
    """Count one try; raises TooManyTries where there were as many as there may be."""
    digest = _digest(limit, of)
    values = {"of": digest, "now": now, "over": now - limit.window, "most": limit.most}
    with connection.cursor() as cursor:
        cursor.execute(TRY, values)
        since, tries = cursor.fetchone()
    if tries > limit.most:
        wait = max(timedelta(seconds=1), since + limit.window - now)
        raise TooManyTries(wait, tries == limit.most + 1)
    return Tried(digest)


def try_from(limit: Limit, request: HttpRequest, now: datetime) -> Tried:
    """The same for the place that asks."""
    return try_once(
        limit, hashed(client_address(request), known_salt(timezone.localdate(now))), now
    )


def let_in_again(user: AbstractBaseUser) -> None:
    """They may try again at once, from any browser."""
    of = [_digest(NAME, key_of_name(user.get_username())), _digest(CODE, f"{user.pk}")]
    Tries.objects.filter(of__in=of).delete()


def key_of_name(name: str) -> str:
    """One for a name however it is written, whether anybody has it or not."""
    return name.strip().casefold()


def forget(now: datetime) -> None:
    """Those whose window is long over."""
    Tries.objects.filter(since__lt=now - LONGEST).delete()


def _digest(limit: Limit, of: str) -> str:
    return salted_hmac(f"constat.tries.{limit.name}", of, algorithm="sha256").hexdigest()
