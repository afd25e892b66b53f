"""What is done with accounts is noted, by whoever and however; administrators undo what is lost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import roles
from claims.accounts import note, second_factor
from claims.accounts.tries import NAME
from claims.models import AccountAct
from tests.claims.accounts.signing_in import (
    account,
    acts_of,
    code_of,
    device_for,
    give_password,
    is_in,
)
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def last(count=1):
    acts = AccountAct.objects.order_by("-id")[:count]
    return [(act.name, act.what, act.detail, act.by) for act in acts]


def test_a_role_that_is_given_or_taken_is_noted():
    user = UserFactory()
    user.groups.add(Group.objects.get(name=roles.CHIEF))
    assert last() == [(user.username, "right_given", "chief", None)]
    user.groups.clear()
    assert {act[1:3] for act in last(2)} == {("right_taken", "chief"), ("right_taken", "editor")}


def test_so_is_a_permission_of_ones_own():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="publish_verification"))
    assert last()[0][1:3] == ("right_given", "publish_verification")


@pytest.mark.parametrize("flag", ["is_superuser", "is_staff", "is_active"])
def test_so_is_what_makes_an_account_more_or_less_in_raw_sql_too(flag):
    user = UserFactory(is_staff=False)
    before = getattr(user, flag)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE auth_user SET {flag} = NOT {flag} WHERE id = %s", [user.pk])
    assert last()[0][1:3] == ("right_taken" if before else "right_given", flag)


def test_an_account_that_is_removed_leaves_its_acts():
    user = UserFactory()
    name = user.username
    user.delete()
    assert last() == [(name, "removed", "", None)]


def test_who_gave_a_role_at_the_desk_is_noted(client, admin_user):
    user = account(role=roles.CONTRIBUTOR)
    client.force_login(admin_user)
    page = client.get(reverse("admin:auth_user_change", args=[user.pk]))
    form = page.context["adminform"].form
    shown = {name: form[name].value() for name in ("username", "first_name", "last_name", "email")}
    groups = [Group.objects.get(name=roles.EDITOR).pk]
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}
    given = shown | joined | {"is_active": "on", "is_staff": "on", "groups": groups}
    answer = client.post(reverse("admin:auth_user_change", args=[user.pk]), given)
    assert answer.status_code == 302
    noted = AccountAct.objects.get(account=user, what="right_given", detail="editor")
    assert noted.by == admin_user


def test_nothing_that_was_noted_is_changed():
    UserFactory()
    with pytest.raises(ProgrammingError, match="stays as it was noted"), transaction.atomic():
        AccountAct.objects.update(what="made")


def test_who_signed_in_is_forgotten_after_a_year_and_what_changed_is_not():
    user = UserFactory()
    note.note(user, AccountAct.What.SIGNED_IN, user)
    note.forget(timezone.now() + timedelta(days=366))
    assert "signed_in" not in acts_of(user)
    assert "made" in acts_of(user)


# What an administrator does


def press(client, user, step):
    page = client.get(reverse("admin:auth_user_change", args=[user.pk]))
    form = page.context["adminform"].form
    values = {name: form[name].value() or "" for name in ("username", "first_name", "email")}
    values |= {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}
    values |= {"is_active": "on", "is_staff": "on", "groups": form["groups"].value()}
    values[f"auth_user_{step}"] = "1"
    address = reverse("admin:auth_user_change", args=[user.pk])
    return client.post(address, values)


@pytest.fixture
def administrator(client, admin_user):
    client.force_login(admin_user)
    return client


def test_a_lost_device_is_reset_with_its_recovery_codes(administrator, settings):
    settings.SECOND_FACTOR = False
    user = account()
    device_for(user)
    second_factor.make_codes(user)
    assert press(administrator, user, "reset_second_factor").status_code == 302
    assert second_factor.device_of(user) is None
    assert not user.recovery_codes.exists()
    assert acts_of(user)[-1] == "factor_reset"


def test_a_session_that_a_reset_device_opened_is_over_where_one_is_required(settings):
    settings.SECOND_FACTOR = True
    user, client = account(), Client()
    device = device_for(user)
    give_password(client, user)
    client.post("/en/admin/login/code/", {"code": code_of(device)})
    assert is_in(client)
    second_factor.reset(user, None)
    assert not is_in(client)


def test_whoever_was_locked_out_is_let_in_again(administrator):
    user, elsewhere = account(), Client()
    for _time in range(NAME.most + 1):
        give_password(elsewhere, user, "faux")
    press(administrator, user, "let_in_again")
    assert give_password(elsewhere, user).status_code == 302
    assert "unlocked" in acts_of(user)


def test_no_page_of_the_desk_shows_the_key_of_a_device(administrator):
    user = account()
    device = device_for(user)
    for address in (reverse("admin:auth_user_change", args=[user.pk]), "/en/admin/auth/user/"):
        assert device.key not in administrator.get(address).content.decode()
    assert administrator.get("/admin/otp_totp/totpdevice/").status_code == 404


# One's own


def test_another_device_takes_the_place_of_the_first_with_the_password_only(client):
    user = account()
    give_password(client, user)
    where = "/en/admin/login/set-up/"
    client.get(where)
    device = user.totpdevice_set.get()
    assert client.post(where, {"code": code_of(device), "password": "faux"}).status_code == 200
    assert second_factor.device_of(user) is None
    right = {"code": code_of(device), "password": "une chouette sur le toit"}
    assert len(client.post(where, right).context["codes"]) == 10
    assert second_factor.device_of(user) == device


def test_what_another_session_was_shown_is_not_what_is_set_up(client):
    user, thief = account(), Client()
    give_password(client, user)
    give_password(thief, user)
    thief.get("/en/admin/login/set-up/")
    seen = user.totpdevice_set.get().key
    client.get("/en/admin/login/set-up/")
    assert user.totpdevice_set.get().key != seen


def test_new_recovery_codes_take_the_password_and_end_the_old_ones(client):
    user = account()
    give_password(client, user)
    device_for(user)
    (old, *_rest) = second_factor.make_codes(user)
    where = "/en/admin/second-factor/"
    assert client.post(where, {"password": "faux"}).status_code == 200
    codes = client.post(where, {"password": "une chouette sur le toit"}).context["codes"]
    assert old not in codes
    assert second_factor.check(user, second_factor.device_of(user), old) is None


def test_a_user_form_shows_no_password(administrator):
    user = account()
    page = administrator.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    assert User.objects.get(pk=user.pk).password not in page
