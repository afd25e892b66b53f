"""Who is told of a change is told once the replicas show it."""

import pytest

from claims import purge
from claims.models import ChangeLog, Follower
from claims.public_changes import CDN
from claims.sync import replicas
from claims.sync.replicas import wait_for_replicas
from claims.sync.settle import settle


@pytest.fixture
def replica(settings, monkeypatch):
    """The database itself, as if it were one; nobody waits long for it."""
    settings.REPLICAS, settings.REPLICA_SECONDS = ["default"], 0.05
    monkeypatch.setattr(replicas, "PAUSE", 0.01)
    monkeypatch.setattr(replicas, "LOOKED", 0.05)


@pytest.fixture
def looked(monkeypatch):
    """How often a replica was looked at, which shows it at the third time."""
    looks = []
    monkeypatch.setattr(
        replicas, "_has", lambda alias, number: looks.append(number) or len(looks) >= 3
    )
    return looks


def test_without_replicas_nobody_waits(looked):
    wait_for_replicas(7)
    assert not looked


def test_they_are_looked_at_until_they_have_it(replica, looked):
    wait_for_replicas(7)
    assert looked == [7, 7, 7]


@pytest.mark.django_db
def test_what_it_has_is_the_number_of_its_change_log(replica):
    number = settle()
    assert replicas._has("default", number)
    assert not replicas._has("default", number + 1)


@pytest.mark.django_db
def test_one_that_lags_too_far_is_waited_for_no_longer(replica):
    wait_for_replicas(settle() + 1)


@pytest.mark.django_db
def test_a_cdn_is_told_afterwards(replica, looked, monkeypatch):
    Follower.objects.update_or_create(name=CDN, defaults={"number": None})
    told = []
    monkeypatch.setattr(purge, "_ask", lambda tags: told.append(len(looked)))
    purge.purge()
    assert told == [3]
    assert Follower.objects.get(name=CDN).number == ChangeLog.objects.get().number
