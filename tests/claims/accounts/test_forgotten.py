"""A password that was forgotten: an e-mail leads to a new one."""

import re

import pytest
from django.core import mail

from background.models import Job
from claims.accounts import forgotten
from tests.claims.accounts.signing_in import account, acts_of, device_for, give_password, is_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/en/admin/login/forgotten/"
NEW = "un hibou sous la lune"


@pytest.fixture(autouse=True)
def _mails(settings):
    settings.EMAIL_HOST = "localhost"


def ask(client, address):
    return client.post(PAGE, {"email": address})


def way_of(user) -> str:
    """The address that is sent to them."""
    forgotten.send(user.email, "en")
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def follow(client, way, new=NEW):
    page = client.get(way)
    if page.status_code != 302:
        return page
    return client.post(page.url, {"new_password1": new, "new_password2": new})


def test_nobody_is_told_whether_there_is_such_an_account(client):
    user = account(email="camille@journal.example")
    known, unknown = ask(client, user.email), ask(client, "personne@journal.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Job.objects.filter(task_name="send_password_reset").count() == 2


def test_the_worker_writes_to_who_has_the_address_and_to_nobody_else():
    account(email="camille@journal.example")
    account(email="autre@journal.example")
    account(email="partie@journal.example", is_active=False)
    for address in ("CAMILLE@journal.example", "partie@journal.example", "x@y.example"):
        forgotten.send(address, "en")
    assert [message.to for message in mail.outbox] == [["camille@journal.example"]]


def test_the_way_leads_to_a_new_password_once(client):
    user = account(email="camille@journal.example")
    way = way_of(user)
    assert follow(client, way).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert acts_of(user)[-1] == "password_reset"
    assert b"too old" in follow(client, way).content


def test_it_signs_nobody_in_and_the_second_factor_stays(client):
    user = account(email="camille@journal.example")
    device_for(user)
    follow(client, way_of(user))
    assert not is_in(client)
    assert give_password(client, user, NEW).url.startswith("/en/admin/login/code/")


def test_the_way_is_good_for_an_hour(client, time_machine):
    time_machine.move_to("2026-11-26T08:00:00Z", tick=False)
    way = way_of(account(email="camille@journal.example"))
    time_machine.shift(3601)
    assert b"too old" in follow(client, way).content


def test_the_e_mail_leads_to_this_site_whatever_host_was_asked(settings):
    settings.SITE = "https://constat.example"
    user = account(email="camille@journal.example")
    way_of(user)
    assert "https://constat.example/en/admin/login/new/" in mail.outbox[-1].body


def test_one_address_is_written_to_only_so_often(client):
    answers = [ask(client, "camille@journal.example").status_code for _time in range(4)]
    assert answers == [302, 302, 302, 429]


def test_without_a_way_to_send_e_mails_it_is_not_offered(client, settings):
    settings.EMAIL_HOST = ""
    assert client.get(PAGE).status_code == 404
    assert b"forgotten/" not in client.get("/en/admin/login/").content
