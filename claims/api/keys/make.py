"""A key is made, and revoked."""

from django.contrib.auth.models import AbstractBaseUser

from claims.acts import act
from claims.api.keys.written import Written
from claims.models import ApiKey, ApiSecret
from sources.history import RecordClock


def make(key: ApiKey, by: AbstractBaseUser) -> str:
    """Save a new key; returns it as it is written, which nobody can see again."""
    written = Written.new()
    with act(by, "claims.add_apikey"):
        key.prefix, key.made_by = written.prefix, by
        key.save(force_insert=True)
        ApiSecret.objects.create(key=key, sha256=written.sha256)
    return written.text


def revoke(key: ApiKey, by: AbstractBaseUser, reason: str = "") -> None:
    """It opens nothing from now on; who revoked it before, and when, stays."""
    with act(by, "claims.change_apikey", reason):
        ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(
            revoked_by=by, revoked_at=RecordClock()
        )
    key.refresh_from_db()
