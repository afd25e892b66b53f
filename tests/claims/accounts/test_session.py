"""How long somebody stays signed in, and what ends it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from claims.forget import forget
from tests.claims.accounts.signing_in import PASSWORD, account, acts_of, give_password, is_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
START = "2026-11-26T08:00:00Z"
NEW = "un hibou sous la lune"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(START, tick=False)
    return time_machine


def test_it_ends_after_so_many_hours_however_busy_one_is(client, clock):
    give_password(client, account())
    for _hour in range(12):
        clock.shift(timedelta(minutes=59))
        assert is_in(client)
    clock.shift(timedelta(minutes=59))
    assert not is_in(client)


def test_it_ends_while_nothing_is_done(client, clock):
    give_password(client, account())
    clock.shift(timedelta(minutes=121))
    assert not is_in(client)


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(client, clock):
    give_password(client, account())
    for _time in range(3):
        clock.shift(timedelta(minutes=41))
        client.get("/en/admin/second-factor/", headers={"sec-fetch-mode": "cors"})
    assert not is_in(client)


def test_a_session_that_is_over_is_gone_from_the_server(client, clock):
    give_password(client, account())
    key = client.session.session_key
    clock.shift(timedelta(minutes=121))
    is_in(client)
    assert not Session.objects.filter(session_key=key).exists()


def test_sessions_that_nobody_came_back_to_are_forgotten(client, clock):
    give_password(client, account())
    clock.shift(timedelta(hours=13))
    forget(timezone.now())
    assert not Session.objects.exists()


def change_password(client, new):
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    return client.post("/en/admin/password_change/", fields)


def test_a_new_password_ends_every_other_session(client):
    user, elsewhere = account(), Client()
    give_password(client, user)
    give_password(elsewhere, user)
    assert change_password(client, NEW).status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)
    assert acts_of(user)[-1] == "password_changed"


@pytest.mark.parametrize("weak", ["court", "motdepasse", "123456789012", "password1234"])
def test_a_weak_password_is_refused(client, weak):
    user = account()
    give_password(client, user)
    assert change_password(client, weak).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_logging_out_ends_the_session_on_the_server(client):
    give_password(client, account())
    stolen = Client()
    stolen.cookies = client.cookies.copy()
    client.post("/en/admin/logout/")
    assert not is_in(stolen)


def test_cookies_are_told_to_no_script(client):
    answer = give_password(client, account())
    for name in ("sessionid", "known"):
        assert answer.cookies[name]["httponly"]
        assert answer.cookies[name]["samesite"] == "Lax"
