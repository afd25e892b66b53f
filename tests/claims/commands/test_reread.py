from io import StringIO

import pytest
from django.core import serializers
from django.core.management import call_command

from background.models import Job
from background.queue import Priority
from claims import decide, engine, roles
from claims.models import Claim, Reading
from claims.record import record
from tests.factories import ClaimFactory, SnapshotFactory, UserFactory
from tests.worker import jobs, work

TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"


def reread():
    out = StringIO()
    call_command("reread", stdout=out)
    return out.getvalue()


def read(snapshot, version):
    record(snapshot, engine.extractor().read(snapshot.text), version)


@pytest.mark.django_db
def test_what_this_version_has_not_read_is_queued_for_later():
    snapshot = SnapshotFactory()
    Reading.objects.create(snapshot=snapshot, extractor="constat 0")
    reread()
    job = Job.objects.get()
    assert (job.args, job.priority) == ({"snapshot_id": snapshot.pk}, Priority.LATER)


@pytest.mark.django_db
def test_what_this_version_has_read_is_not_queued():
    Reading.objects.create(snapshot=SnapshotFactory(), extractor=engine.version())
    reread()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_how_many_are_queued_is_said(english):
    SnapshotFactory.create_batch(2)
    assert reread() == "2 texts to read.\n"


def test_what_an_editor_decided_stays_as_it_is(queue):
    roles.make_groups(None, None)
    snapshot = SnapshotFactory(text=TEXT)
    read(snapshot, "constat 0")
    rejected = Claim.objects.get()
    ClaimFactory(accepted=True, sentence=rejected.sentence, reading=rejected.reading)
    decide.reject(Claim.objects.filter(pk=rejected.pk), UserFactory())
    before = serializers.serialize("json", Claim.objects.order_by("pk"))
    reread()
    work()
    assert jobs("read") == [("succeeded", 1)]
    assert Reading.objects.filter(extractor=engine.version()).exists()
    assert serializers.serialize("json", Claim.objects.order_by("pk")) == before


def test_what_it_finds_besides_is_proposed(queue):
    snapshot = SnapshotFactory(text=TEXT)
    Reading.objects.create(snapshot=snapshot, extractor="constat 0")
    reread()
    work()
    assert Claim.objects.get().status == Claim.Status.CANDIDATE
