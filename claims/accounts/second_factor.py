"""The second factor: a code of six digits from a device (RFC 6238), or a recovery code once."""

import hashlib
import secrets
from base64 import b32encode
from binascii import unhexlify

import segno
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims import roles
from claims.accounts.note import note
from claims.models import AccountAct, RecoveryCode

CODES = 10
# Signs that are told apart when they are written by hand; 16 of them are 79 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
FREE = {*roles.READ, *roles.DRAFT}


def is_required(user: AbstractBaseUser) -> bool:
    """Whether they come in with a second factor only: all who do more than read and draft."""
    return settings.SECOND_FACTOR and (user.is_superuser or bool(user.get_all_permissions() - FREE))


def device_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """The device that makes their codes, once it is set up."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


# Set up


@transaction.atomic
def begin(user: AbstractBaseUser, device_id: int | None) -> TOTPDevice:
    """The device that is being set up: the one with that id, or else a new one in its place."""
    begun = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False)
    if device := begun.filter(pk=device_id).first():
        return device
    begun.delete()
    return TOTPDevice.objects.create(user_id=user.pk, confirmed=False, name="TOTP")


@transaction.atomic
def confirm(user: AbstractBaseUser, device: TOTPDevice, code: str) -> list[str] | None:
    """Set it up with its first code, in place of any before; returns the recovery codes, which are
    shown once, or None where it is not its code."""
    if not (verified := verify_token(user, device.persistent_id, _digits(code))):
        return None
    TOTPDevice.objects.filter(user_id=user.pk).exclude(pk=verified.pk).delete()
    verified.confirmed = True
    verified.save(update_fields=["confirmed"])
    note(user, AccountAct.What.ENROLLED, user)
    return make_codes(user)


def qr(device: TOTPDevice) -> SafeString:
    """The device's address as a drawing (SVG), black on white in any colours of the page."""
    drawn = segno.make(device.config_url, error="m", micro=False)
    colours = {"light": "#fff", "dark": "#000", "svgclass": None, "lineclass": None}
    return mark_safe(drawn.svg_inline(border=4, omitsize=True, **colours))


def written(device: TOTPDevice) -> str:
    """Its secret to be typed, where nothing can be photographed."""
    text = b32encode(unhexlify(device.key)).decode().rstrip("=").lower()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


# Signed in with


def check(user: AbstractBaseUser, device: TOTPDevice, given: str) -> str | None:
    """How they are told by it, as an AccountAct.What; None where it is neither a code of their
    device nor one of the recovery codes they have left."""
    code = _digits(given)
    if len(code) == device.digits and code.isdecimal():
        done = verify_token(user, device.persistent_id, code)
        return AccountAct.What.SIGNED_IN if done else None
    gone, _rows = RecoveryCode.objects.filter(account_id=user.pk, digest=_digest(given)).delete()
    return AccountAct.What.RECOVERED if gone else None


@transaction.atomic
def make_codes(user: AbstractBaseUser) -> list[str]:
    """New recovery codes, in place of all before: only their hashes are kept."""
    codes = ["".join(secrets.choice(SIGNS) for _sign in range(16)) for _code in range(CODES)]
    RecoveryCode.objects.filter(account_id=user.pk).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=user.pk, digest=_digest(code)) for code in codes
    )
    note(user, AccountAct.What.CODES_MADE, user)
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes]


@transaction.atomic
def reset(user: AbstractBaseUser, by: AbstractBaseUser | None) -> None:
    """The device is lost: whoever has the account sets up another with their next sign-in. Done
    ``by`` somebody else, or None for a command."""
    TOTPDevice.objects.filter(user_id=user.pk).delete()
    RecoveryCode.objects.filter(account_id=user.pk).delete()
    note(user, AccountAct.What.FACTOR_RESET, by)


def _digits(code: str) -> str:
    return "".join(code.split())


def _digest(code: str) -> str:
    """79 random bits: nobody guesses them, however fast the hash."""
    kept = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(kept.encode()).hexdigest()
