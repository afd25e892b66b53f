"""Subscribers are told of what happens: once, signed, until it is taken, and nobody inside."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from standardwebhooks.webhooks import Webhook

from claims.correct import correct
from claims.models import Delivery, Event, Follower, Subscription
from claims.sync import deliver, events
from claims.sync.events import tell_subscribers, tell_test
from claims.sync.subscribe import renew_secret, subscribe
from tests.factories import ClaimFactory, EffectFactory, LinkFactory, RatingFactory, UserFactory
from tests.raw_sql import committed, sql
from tests.record import supersede, verify
from tests.web import Web, answer, redirect
from tests.worker import jobs, work

pytestmark = pytest.mark.django_db

EVENTS = ["verification.published", "claim.standing_changed", "correction.published"]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def receiver(settings):
    """A server inside, which the operator trusts."""
    server = Web()
    server.pages["/hook"] = answer(b"Merci")
    settings.WEBHOOK_HOSTS = [f"127.0.0.1:{server.port}"]
    yield server
    server.close()


def subscription(receiver, wanted=EVENTS, **fields) -> Subscription:
    committed()
    address = f"http://127.0.0.1:{receiver.port}/hook"
    made = Subscription(
        name="Le Journal", address=address, events=wanted, made_by=UserFactory(), **fields
    )
    subscribe(made)
    return made


def told() -> list[dict]:
    """The bodies of all events there are by now, and each for a delivery."""
    committed()
    tell_subscribers()
    return [
        json.loads(body) for body in Event.objects.order_by("number").values_list("body", flat=True)
    ]


def sent(delivery: Delivery, now=NOW) -> Delivery:
    deliver.deliver(delivery.pk, now)
    delivery.refresh_from_db()
    delivery.subscription.refresh_from_db()
    return delivery


def a_delivery(made: Subscription) -> Delivery:
    tell_test(made)
    return made.deliveries.latest("pk")


class TestWhatHappened:
    def test_a_verification_is_published(self, receiver):
        claim = ClaimFactory(accepted=True)
        RatingFactory()
        subscription(receiver, ["verification.published"])
        verification = verify(claim)
        [event] = told()
        assert event["type"] == "verification.published"
        assert event["data"]["resource"] == "verifications"
        assert event["data"]["id"] == event["data"]["document"]["id"] == verification.public_id
        assert datetime.fromisoformat(event["timestamp"]).tzinfo

    def test_a_claim_stands_otherwise_and_so_does_what_repeats_it(self, receiver):
        claim, repeat = ClaimFactory.create_batch(2, accepted=True)
        LinkFactory(accepted=True, claim=repeat, earlier=claim)
        subscription(receiver, ["claim.standing_changed"])
        verify(claim, rating=RatingFactory(value="false"))
        found = told()
        assert {event["data"]["id"] for event in found} == {claim.public_id, repeat.public_id}
        for event in found:
            assert event["data"]["before"] == {"basis": "none", "value": "unverified"}
            assert event["data"]["after"] == {"basis": "verification", "value": "false"}
            assert event["data"]["document"]["standing"]["value"] == "false"
        EffectFactory(claim=repeat, kind="contradicts")
        assert told()[-1]["data"]["after"] == {"basis": "development", "value": "contradicted"}

    def test_a_correction_is_published(self, receiver):
        claim = ClaimFactory(accepted=True)
        subscription(receiver, ["correction.published"])
        note = correct(claim, "error", "Mal cité.", UserFactory(), wording="Mieux.")
        [event] = told()
        assert event["type"] == "correction.published"
        assert event["data"]["id"] == str(note.pk)
        assert event["data"]["document"]["note"] == "Mal cité."

    def test_nothing_that_was_there_before(self, receiver):
        claim = ClaimFactory(accepted=True)
        verification = verify(claim)
        subscription(receiver)
        sql("UPDATE claims_claim SET wording = 'Autrement.' WHERE id = %s", claim.pk)
        assert told() == []
        supersede(verification)  # with the same rating
        assert [event["type"] for event in told()] == ["verification.published"]

    def test_a_new_claim_stood_nowhere_before(self, receiver):
        subscription(receiver)
        ClaimFactory(accepted=True)
        assert told() == []

    def test_each_once_for_each_subscriber(self, receiver, monkeypatch):
        monkeypatch.setattr(events, "AT_ONCE", 2)
        RatingFactory()
        claims = ClaimFactory.create_batch(3, accepted=True)
        both = [subscription(receiver), subscription(receiver, ["verification.published"])]
        for claim in claims:
            verify(claim)
        assert len(told()) == 6
        assert told() == told()
        assert [made.deliveries.count() for made in both] == [6, 3]
        first = Delivery.objects.first()
        first.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save()

    def test_nobody_is_told_of_what_happened_before_there_was_anybody(self, receiver):
        verify(ClaimFactory(accepted=True))
        assert told() == []
        assert not Follower.objects.filter(name="webhooks").exists()


class TestADelivery:
    def test_is_signed_as_the_standard_has_it(self, receiver):
        made = subscription(receiver)
        delivery = sent(a_delivery(made), datetime.now(UTC))
        [(_path, headers, body)] = receiver.posted
        assert Webhook(made.secret).verify(body, headers)["type"] == "webhook.test"
        assert headers["webhook-id"] == delivery.event.pk
        assert headers["Content-Type"] == "application/json"
        assert (delivery.status, delivery.code, delivery.answer) == ("delivered", 200, "Merci")
        assert delivery.milliseconds is not None
        assert delivery.subscription.delivered_at

    def test_is_signed_with_the_latest_secret(self, receiver):
        made = subscription(receiver)
        before = made.secret
        assert renew_secret(made) != before
        sent(a_delivery(made), datetime.now(UTC))
        [(_path, headers, body)] = receiver.posted
        Webhook(made.secret).verify(body, headers)

    def test_that_is_not_taken_is_tried_later_and_later_under_the_same_id(self, receiver):
        receiver.pages["/hook"] = answer(b"x" * 5000, status="500 Oh")
        delivery = sent(a_delivery(subscription(receiver)))
        assert (delivery.status, delivery.attempts, delivery.code) == ("waiting", 1, 500)
        assert delivery.answer == "x" * 1000
        waits = []
        while delivery.status == "waiting":
            now = delivery.due_at + timedelta(minutes=1)
            waits.append((now - delivery.tried_at).total_seconds())
            delivery = sent(delivery, now)
        assert (delivery.status, delivery.attempts) == ("given_up", 10)
        assert all(later > 1.5 * wait for wait, later in pairwise(waits[1:7]))
        assert 2 * 86_400 < sum(waits) < 4 * 86_400
        assert len({headers["webhook-id"] for _path, headers, _body in receiver.posted}) == 1

    def test_that_nobody_ever_took_switches_the_subscription_off(self, receiver):
        receiver.pages["/hook"] = answer(status="500 Oh")
        delivery = a_delivery(subscription(receiver))
        delivery.attempts = 9
        delivery.save()
        made = sent(delivery).subscription
        assert not made.active
        assert "HTTP 500" in made.note

    def test_that_alone_was_not_taken_does_not(self, receiver):
        made = subscription(receiver)
        delivery = a_delivery(made)
        Delivery.objects.filter(pk=delivery.pk).update(attempts=9)
        Subscription.objects.update(delivered_at=datetime.now(UTC) + timedelta(hours=1))
        receiver.pages["/hook"] = answer(status="400 No")
        delivery = sent(Delivery.objects.get(pk=delivery.pk))
        assert delivery.status == "given_up"
        assert delivery.subscription.active

    def test_to_what_is_gone_switches_it_off_at_once(self, receiver):
        receiver.pages["/hook"] = answer(status="410 Gone")
        delivery = sent(a_delivery(subscription(receiver)))
        assert delivery.status == "given_up"
        assert not delivery.subscription.active

    def test_keeps_others_to_a_dead_address_from_trying(self, receiver):
        receiver.pages["/hook"] = answer(status="503 Away")
        made = subscription(receiver)
        one, other = a_delivery(made), a_delivery(made)
        sent(one)
        other = sent(other)
        assert (other.status, other.attempts) == ("waiting", 0)
        assert other.due_at == other.subscription.resume_at > NOW
        assert len(receiver.posted) == 1

    def test_follows_no_redirect(self, receiver):
        receiver.pages["/hook"] = redirect("/elsewhere")
        receiver.pages["/elsewhere"] = answer()
        delivery = sent(a_delivery(subscription(receiver)))
        assert (delivery.status, delivery.code) == ("waiting", 302)
        assert [path for path, *_rest in receiver.posted] == ["/hook"]

    def test_is_sent_again_by_hand_under_its_id(self, receiver):
        delivery = sent(a_delivery(subscription(receiver)))
        deliver.again(delivery)
        delivery = sent(Delivery.objects.get(pk=delivery.pk))
        assert delivery.status == "delivered"
        ids = [headers["webhook-id"] for _path, headers, _body in receiver.posted]
        assert ids == [delivery.event.pk] * 2

    def test_that_is_done_or_switched_off_is_not_sent(self, receiver):
        delivery = sent(a_delivery(subscription(receiver)))
        sent(delivery)
        Subscription.objects.update(active=False)
        sent(a_delivery(delivery.subscription))
        assert len(receiver.posted) == 1

    def test_is_due_when_its_time_has_come(self, receiver):
        delivery = a_delivery(subscription(receiver))
        assert deliver.due(delivery.due_at) == [delivery.pk]
        assert deliver.due(delivery.due_at - timedelta(seconds=1)) == []

    def test_is_forgotten_after_a_month(self, receiver):
        a_delivery(subscription(receiver))
        deliver.forget(datetime.now(UTC) + timedelta(days=29))
        assert Delivery.objects.exists()
        deliver.forget(datetime.now(UTC) + timedelta(days=31))
        assert not Delivery.objects.exists()


class TestNothingIsSentInside:
    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("http://journal.example/hook", "https"),
            ("https://localhost/hook", "localhost"),
            ("https://127.0.0.1/hook", "127.0.0.1"),
            ("https://169.254.169.254/latest/meta-data", "169.254.169.254"),
            ("https://[::1]/hook", "::1"),
            ("https://user:word@journal.example/hook", "mot de passe"),
            ("https://journal.example:8443/hook", "8443"),
        ],
    )
    def test_whatever_the_address(self, receiver, address, why):
        made = subscription(receiver)
        Subscription.objects.update(address=address)
        delivery = sent(a_delivery(made))
        assert (delivery.status, delivery.code) == ("waiting", None)
        assert why in delivery.reason

    def test_whatever_its_name_leads_to(self, receiver, monkeypatch):
        from sources.fetching import addresses

        monkeypatch.setattr(addresses, "look_up", lambda host, port: ["127.0.0.1"])
        made = subscription(receiver)
        Subscription.objects.update(address="https://journal.example/hook")
        assert "127.0.0.1" in sent(a_delivery(made)).reason

    def test_by_a_port_of_a_trusted_host_that_is_not_named(self, receiver):
        made = subscription(receiver)
        Subscription.objects.update(address="http://127.0.0.1/hook")
        assert sent(a_delivery(made)).code is None


def test_the_worker_tells_of_what_happened(queue, receiver):
    RatingFactory()
    subscription(receiver, ["verification.published"])
    verification = verify(ClaimFactory(accepted=True))
    work()
    [(_path, _headers, body)] = receiver.posted
    assert json.loads(body)["data"]["id"] == verification.public_id
    assert jobs("deliver") == [("succeeded", 1)]
