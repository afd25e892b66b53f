"""Accounts with passwords and devices, for tests that sign in as a browser does."""

from django.contrib.auth.models import User
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims import roles
from claims.models import AccountAct
from tests.factories import UserFactory

LOGIN, CODE, DESK = "/en/admin/login/", "/en/admin/login/code/", "/en/admin/"
PASSWORD = "une chouette sur le toit"


def account(role=roles.EDITOR, **fields) -> User:
    user = UserFactory(role=role, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def device_for(user) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, confirmed=True, name="TOTP")


def code_of(device) -> str:
    """What an application would show now."""
    return f"{totp(bytes.fromhex(device.key)):06}"


def give_password(client, user, password=PASSWORD):
    return client.post(LOGIN, {"username": user.username, "password": password})


def is_in(client) -> bool:
    """On a page that costs little."""
    return client.get("/en/admin/second-factor/").status_code == 200


def acts_of(user) -> list[str]:
    acts = AccountAct.objects.filter(account=user).order_by("id")
    return list(acts.values_list("what", flat=True))
