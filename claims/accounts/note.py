"""What is done with an account is noted: who signed in, what was set up, reset or changed.

What changes its rights the database notes itself (claims/sql/accounts.sql).
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser

from claims.models import AccountAct

KEPT = timedelta(days=365)  # of who signed in; what changed an account stays
PASSING = [
    AccountAct.What.SIGNED_IN,
    AccountAct.What.LOCKED,
    AccountAct.What.WRONG_CODE,
    AccountAct.What.RECOVERED,
]


def note(account: AbstractBaseUser, what: str, by: AbstractBaseUser | None) -> None:
    """An AccountAct.What; ``by`` is None for a command, or where nobody has shown who they are."""
    AccountAct.objects.create(account=account, name=account.get_username(), what=what, by=by)


def forget(now: datetime) -> None:
    """Who signed in longer ago than a year."""
    AccountAct.objects.filter(at__lt=now - KEPT, what__in=PASSING).delete()
