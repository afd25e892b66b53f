"""Webhooks at the desk."""

import pytest
from django.urls import reverse

from claims.models import Delivery, Subscription
from claims.sync.events import tell_test
from claims.sync.subscribe import subscribe
from tests.claims.admin.forms import address, told
from tests.factories import UserFactory
from tests.worker import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FIELDS = {
    "name": "Le Journal",
    "address": "https://journal.example/hook",
    "events": ["verification.published"],
    "active": "on",
}


def add(client, **fields):
    return client.post(reverse("admin:claims_subscription_add"), FIELDS | fields, follow=True)


def press(client, subscription, step="", **fields):
    button = {f"claims_subscription_{step}": "1"} if step else {}
    return client.post(address(subscription), FIELDS | button | fields, follow=True)


@pytest.fixture
def subscription(admin_user):
    made = Subscription(**FIELDS | {"active": True}, made_by=admin_user)
    subscribe(made)
    return made


def test_its_secret_is_shown_once(admin_client, admin_user):
    shown = told(add(admin_client))
    made = Subscription.objects.get()
    assert any(made.secret in message for message in shown)
    assert made.made_by == admin_user
    assert made.secret not in admin_client.get(address(made)).content.decode()


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("http://journal.example/hook", "https://"),
        ("https://127.0.0.1/hook", ""),
        ("https://localhost/hook", "public web"),
    ],
)
def test_an_address_inside_is_refused(admin_client, bad, why):
    answer = add(admin_client, address=bad)
    if bad == "https://127.0.0.1/hook":  # What it leads to is judged when something is sent.
        assert Subscription.objects.exists()
        return
    assert why in str(answer.context["adminform"].form.errors["address"])
    assert not Subscription.objects.exists()


def test_a_test_is_sent(admin_client, subscription):
    press(admin_client, subscription, "send_test")
    assert Delivery.objects.get().event.type == "webhook.test"
    assert jobs("deliver") == [("todo", 0)]


def test_a_new_secret_is_shown_once(admin_client, subscription):
    shown = told(press(admin_client, subscription, "renew_secret"))
    before = subscription.secret
    subscription.refresh_from_db()
    assert subscription.secret != before
    assert any(subscription.secret in message for message in shown)


def test_switched_on_again_it_has_no_note(admin_client, subscription):
    Subscription.objects.update(active=False, note="HTTP 410")
    subscription.refresh_from_db()
    assert "HTTP 410" in admin_client.get(address(subscription)).content.decode()
    press(admin_client, subscription)
    subscription.refresh_from_db()
    assert (subscription.active, subscription.note) == (True, "")


def test_a_delivery_is_shown_and_sent_again(admin_client, subscription):
    tell_test(subscription)
    delivery = Delivery.objects.get()
    Delivery.objects.update(
        status="given_up", due_at=None, code=500, answer="<b>Oh</b>", attempts=10
    )
    shown = admin_client.get(address(delivery)).content.decode()
    assert "&lt;b&gt;Oh&lt;/b&gt;" in shown
    assert "given up" in shown
    assert "(&#x27;given_up" not in shown
    assert delivery.event.pk in shown
    chosen = {"action": "deliver_again", "_selected_action": delivery.pk}
    admin_client.post(reverse("admin:claims_delivery_changelist"), chosen)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("waiting", 0)


def test_the_deliveries_to_one_are_listed(admin_client, admin_user, subscription):
    other = Subscription(**FIELDS | {"name": "Autre", "active": True}, made_by=admin_user)
    subscribe(other)
    for each in (subscription, other):
        tell_test(each)
    address = reverse("admin:claims_delivery_changelist")
    listed = admin_client.get(f"{address}?subscription={other.pk}").context["cl"].result_list
    assert [delivery.subscription for delivery in listed] == [other]
    assert admin_client.get(f"{address}?subscription=x").status_code == 200


def test_a_chief_sees_to_them_and_an_editor_does_not(client, chief, subscription):
    for user, status in ((chief, 200), (UserFactory(), 403)):
        client.force_login(user)
        for name in ("subscription", "delivery"):
            page = client.get(reverse(f"admin:claims_{name}_changelist"))
            assert page.status_code == status
