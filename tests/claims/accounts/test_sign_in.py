"""Signing in to the desk, as a browser does: a password, then a code where there is a second
factor; and how many tries there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims import roles
from claims.accounts import second_factor
from claims.accounts.tries import NAME, PLACE, TooManyTries, try_once
from claims.models import Tries
from tests.claims.accounts.signing_in import (
    CODE,
    DESK,
    LOGIN,
    PASSWORD,
    account,
    acts_of,
    code_of,
    device_for,
    give_password,
    is_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = True


# The password


def test_a_right_password_lets_in_where_no_second_factor_is_asked_for(client):
    answer = give_password(client, account())
    assert (answer.status_code, answer.url) == (302, DESK)
    assert is_in(client)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}, {}])
def test_what_is_wrong_is_answered_as_a_name_that_nobody_has(client, fields):
    user = account(**fields)
    given = PASSWORD if fields else "faux"
    known = client.post(LOGIN, {"username": user.username, "password": given})
    unknown = client.post(LOGIN, {"username": "personne", "password": given})
    assert shown(known, user.username) == shown(unknown, "personne")
    assert not is_in(client)


def shown(answer, name) -> tuple[int, str]:
    """The page without what differs each time."""
    page = answer.content.decode().replace(name, "NAME")
    return answer.status_code, page.replace(str(answer.context["csrf_token"]), "TOKEN")


def test_the_session_has_another_key_than_before(client):
    user = account()
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key
    give_password(client, user)
    assert client.session.session_key != before


@pytest.mark.parametrize("to", ["https://ailleurs.example/", "//ailleurs.example/", "/claims/"])
def test_it_leads_nowhere_but_to_the_desk(client, to):
    user = account()
    answer = client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": to})
    assert answer.url == DESK


def test_a_form_of_another_site_signs_nobody_in():
    client = Client(enforce_csrf_checks=True)
    user = account()
    assert give_password(client, user).status_code == 403


def test_who_signed_in_is_noted(client):
    user = account()
    give_password(client, user)
    assert acts_of(user)[-1] == "signed_in"


# Too many tries


def guess(client, user, times=1):
    for _time in range(times):
        answer = give_password(client, user, "faux")
    return answer


def test_after_so_many_wrong_passwords_the_right_one_is_not_tried_either(client):
    user = account()
    assert guess(client, user, NAME.most).status_code == 200
    answer = give_password(client, user)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= NAME.window.total_seconds()
    assert not is_in(client)


def test_a_name_that_nobody_has_is_locked_alike(client):
    nobody = User(username="personne")
    guess(client, nobody, NAME.most)
    assert give_password(client, nobody).status_code == 429


def test_a_name_written_otherwise_has_no_other_tries(client):
    user = account(username="camille")
    guess(client, user, NAME.most)
    answer = client.post(LOGIN, {"username": " CAMILLE ", "password": PASSWORD})
    assert answer.status_code == 429


def test_a_lock_ends_by_itself_however_often_it_is_tried_meanwhile(client, time_machine):
    user = account()
    time_machine.move_to("2026-11-26T10:00:00Z", tick=False)
    guess(client, user, NAME.most + 5)
    time_machine.shift(NAME.window - timedelta(seconds=1))
    assert guess(client, user).status_code == 429
    time_machine.shift(timedelta(seconds=1))
    assert give_password(client, user).status_code == 302


def test_nobody_locks_an_editor_out_of_a_browser_they_know(client):
    user = account()
    give_password(client, user)
    client.post("/en/admin/logout/")
    stranger = Client()
    assert guess(stranger, user, NAME.most + 1).status_code == 429
    assert give_password(client, user).status_code == 302


def test_a_known_browser_has_no_more_tries_than_another(client):
    user = account()
    give_password(client, user)
    client.post("/en/admin/logout/")
    assert guess(client, user, NAME.most + 1).status_code == 429


def test_a_browser_is_known_for_one_name_only(client):
    give_password(client, account())
    client.post("/en/admin/logout/")
    other = account()
    guess(Client(), other, NAME.most)
    assert give_password(client, other).status_code == 429


def test_a_cookie_that_was_not_signed_here_makes_no_browser_known(client):
    user = account()
    client.cookies["known"] = "WyJjYW1pbGxlIiwiYSJd:1abcde:forged"
    guess(client, user, NAME.most)
    assert give_password(client, user).status_code == 429


def test_one_place_tries_many_names_only_so_often(client):
    now = timezone.now()
    for number in range(PLACE.most):
        client.post(LOGIN, {"username": f"nom-{number}", "password": "faux"})
    assert give_password(client, account()).status_code == 429
    assert now


def test_a_good_sign_in_spends_no_try(client):
    user = account()
    for _time in range(NAME.most + 1):
        fresh = Client()
        assert give_password(fresh, user).status_code == 302


def test_that_it_was_locked_is_noted_once(client):
    user = account()
    guess(client, user, NAME.most + 3)
    assert acts_of(user).count("locked") == 1


def test_neither_name_nor_address_is_kept_with_the_tries(client):
    user = account(username="camille")
    guess(client, user)
    kept = list(Tries.objects.values_list("of", flat=True))
    assert len(kept) == 2
    assert all(len(of) == 64 and "camille" not in of and "127" not in of for of in kept)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_tries_than_there_are():
    def one(_number):
        try:
            try_once(NAME, "camille", timezone.now())
            return True
        except TooManyTries:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        let_in = sum(threads.map(one, range(40)))
    assert let_in == NAME.most


# The second factor


def test_a_password_alone_signs_nobody_in_who_has_a_second_factor(client):
    user = account()
    device_for(user)
    answer = give_password(client, user)
    assert answer.url.startswith(CODE)
    assert SESSION_KEY not in client.session
    assert not is_in(client)


def test_a_code_of_the_device_does(client):
    user = account()
    device = device_for(user)
    give_password(client, user)
    answer = client.post(CODE, {"code": code_of(device)})
    assert (answer.status_code, answer.url) == (302, DESK)
    assert is_in(client)


def test_a_code_is_good_once(client):
    user = account()
    device = device_for(user)
    code = code_of(device)
    give_password(client, user)
    client.post(CODE, {"code": code})
    other = Client()
    give_password(other, user)
    assert other.post(CODE, {"code": code}).status_code == 200
    assert not is_in(other)


@pytest.mark.parametrize("code", ["", "000", "abcdef", "１２３４５６", "-00001", "0" * 40, "\x00"])
def test_what_is_no_code_lets_nobody_in(client, code):
    user = account()
    device_for(user)
    give_password(client, user)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)


def test_codes_are_tried_only_so_often_a_day(client, time_machine):
    time_machine.move_to("2026-11-26T10:00:00Z", tick=False)
    user = account()
    device = device_for(user)
    for _time in range(10):
        give_password(client, user)
        client.post(CODE, {"code": "000000"})
    time_machine.shift(timedelta(hours=1))
    give_password(client, user)
    assert client.post(CODE, {"code": code_of(device)}).status_code == 429
    assert acts_of(user).count("wrong_code") == 10


def test_without_the_password_there_is_no_page_for_the_code(client):
    assert client.get(CODE).url.startswith(LOGIN)
    assert client.post(CODE, {"code": "123456"}).url.startswith(LOGIN)


def test_the_password_opens_the_page_for_the_code_for_ten_minutes(client, time_machine):
    time_machine.move_to("2026-11-26T10:00:00Z", tick=False)
    user = account()
    device = device_for(user)
    give_password(client, user)
    time_machine.shift(timedelta(minutes=11))
    assert client.post(CODE, {"code": code_of(device)}).url.startswith(LOGIN)


def test_nor_any_more_once_the_password_is_another(client):
    user = account()
    device = device_for(user)
    give_password(client, user)
    user.set_password("autre chose encore")
    user.save()
    assert client.post(CODE, {"code": code_of(device)}).url.startswith(LOGIN)


def test_a_recovery_code_lets_in_once(client):
    user = account()
    device_for(user)
    codes = second_factor.make_codes(user)
    give_password(client, user)
    assert client.post(CODE, {"code": codes[0].upper().replace("-", " ")}).status_code == 302
    assert acts_of(user)[-1] == "recovered"
    other = Client()
    give_password(other, user)
    assert other.post(CODE, {"code": codes[0]}).status_code == 200
    assert user.recovery_codes.count() == len(codes) - 1


def test_only_the_hash_of_a_recovery_code_is_kept():
    user = account()
    codes = second_factor.make_codes(user)
    kept = set(user.recovery_codes.values_list("digest", flat=True))
    assert len(kept) == len(codes) == 10
    assert all(len(digest) == 64 for digest in kept)
    assert not {code.replace("-", "") for code in codes} & kept


# Where it is required


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (roles.CONTRIBUTOR, False),
        (roles.EDITOR, True),
        (roles.CHIEF, True),
        (roles.PROTECTED_SOURCE_READER, True),
    ],
)
@pytest.mark.usefixtures("required")
def test_whoever_does_more_than_draft_sets_it_up_with_the_first_sign_in(client, role, asked):
    answer = give_password(client, account(role))
    assert answer.url.startswith("/en/admin/login/set-up/") == asked
    assert is_in(client) == (not asked)


@pytest.mark.usefixtures("required")
def test_a_session_of_before_it_was_required_opens_nothing_any_more(client, settings):
    user = account()
    settings.SECOND_FACTOR = False
    give_password(client, user)
    assert is_in(client)
    settings.SECOND_FACTOR = True
    assert not is_in(client)


@pytest.mark.usefixtures("required")
def test_it_is_set_up_by_photograph_and_code_and_the_recovery_codes_are_shown_once(client):
    user = account()
    where = give_password(client, user).url
    page = client.get(where)
    device = TOTPDevice.objects.get(user=user, confirmed=False)
    assert "<svg" in page.content.decode()
    answer = client.post(where, {"code": code_of(device)})
    codes = answer.context["codes"]
    assert all(code in answer.content.decode() for code in codes)
    assert is_in(client)
    assert acts_of(user)[-3:] == ["enrolled", "codes_made", "signed_in"]
    assert client.get(where).context.get("codes") is None


@pytest.mark.usefixtures("required")
def test_a_wrong_code_sets_nothing_up(client):
    user = account()
    where = give_password(client, user).url
    client.get(where)
    assert client.post(where, {"code": "000000"}).status_code == 200
    assert not second_factor.device_of(user)
    assert not is_in(client)


@pytest.mark.usefixtures("required")
def test_a_password_alone_sets_up_no_device_in_the_place_of_one(client):
    user = account()
    device = device_for(user)
    give_password(client, user)
    assert client.get("/en/admin/login/set-up/").url.startswith(LOGIN)
    assert list(TOTPDevice.objects.filter(user=user)) == [device]
