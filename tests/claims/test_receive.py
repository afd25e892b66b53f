"""What readers write is kept, within limits; who they are is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from claims import receive as receiving
from claims.forget import forget
from claims.models import Message, Salt, Sender, Sending
from claims.receive import Limit, TooMany, receive

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 8, 11, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HERE, THERE = "192.0.2.1", "192.0.2.2"


def send(origin=HERE, at=NOON, **sender) -> Message:
    message = Message(kind="claim", text="Le maire a promis deux écoles.")
    return receive(message, Sender(**sender), origin, at)


@pytest.fixture(autouse=True)
def limits(monkeypatch):
    few = [Limit(2, HOUR), Limit(3, DAY), Limit(5, DAY, in_all=True)]
    monkeypatch.setattr(receiving, "LIMITS", few)


def waits(origin=HERE, at=NOON) -> timedelta:
    with pytest.raises(TooMany) as refusal:
        send(origin, at)
    return refusal.value.wait


def test_a_message_is_kept_with_its_sender():
    message = send(name="Ida", email="ida@journal.test")
    assert Message.objects.get() == message
    assert (message.status, str(message.sender)) == ("new", "Ida · ida@journal.test")


def test_of_whoever_says_nothing_of_themselves_nothing_is_kept():
    send()
    assert not Sender.objects.exists()


def test_history_does_not_know_who_sent_it():
    send(name="Ida Nom", email="ida@journal.test")
    fields = [field.name for field in Message.pgh_event_model._meta.get_fields()]
    assert not {"name", "email", "sender"} & set(fields)


def test_no_more_come_from_one_place_in_an_hour():
    send(at=NOON)
    send(at=NOON + timedelta(minutes=20))
    assert waits(at=NOON + timedelta(minutes=30)) == timedelta(minutes=30)
    assert Message.objects.count() == 2
    send(at=NOON + HOUR)


def test_no_more_come_from_one_place_in_a_day():
    for hours in range(3):
        send(at=NOON + 2 * hours * HOUR)
    assert waits(at=NOON + 6 * HOUR) == 6 * HOUR
    send(at=NOON + 12 * HOUR)


def test_others_are_not_held_up_by_it():
    send()
    send()
    send(THERE)


def test_no_more_come_in_all_in_a_day():
    for number in range(5):
        send(f"192.0.2.{number}")
    assert waits("192.0.2.9") == 12 * HOUR


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_whoever_has_many_addresses_is_one_place(one, other, same):
    for each in (one, other):
        send(each)
    assert (Sending.objects.values("sender").distinct().count() == 1) is same


def test_the_address_is_not_kept():
    send(HERE)
    assert HERE not in Sending.objects.get().sender
    assert len(Sending.objects.get().sender) == 64


def test_the_same_address_is_another_hash_on_another_day():
    send()
    first = Sending.objects.get()
    send(at=NOON + DAY)
    assert first.sender not in Sending.objects.exclude(pk=first.pk).values_list("sender", flat=True)


class TestForgetting:
    def test_erases_senders_whose_time_is_over(self, settings):
        settings.CONTACT_DAYS = 30
        old, new = send(name="Ida"), send(THERE, name="Léa")
        Sender.objects.filter(message=old).update(received_at=NOON - 31 * DAY)
        Sender.objects.filter(message=new).update(received_at=NOON - 29 * DAY)
        forget(NOON)
        assert [sender.name for sender in Sender.objects.all()] == ["Léa"]
        assert Message.objects.count() == 2

    def test_erases_where_messages_of_other_days_came_from(self):
        send()
        forget(NOON + 6 * HOUR)
        assert (Salt.objects.count(), Sending.objects.count()) == (1, 1)
        forget(NOON + DAY)
        assert (Salt.objects.count(), Sending.objects.count()) == (0, 0)
