"""The life of an import, with the worker that does what nobody waits for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import importing
from claims.jobs import have_import_run
from claims.models import Import, ImportPart, Speaker
from tests.claims.claim_review.feeds import REVIEW, feed
from tests.claims.claim_review.feeds import brought as reviews_brought
from tests.claims.exchange.files import brought, checked, csv_file
from tests.factories import UserFactory
from tests.worker import jobs, work

TWO = csv_file(["name", "kind"], ["Jeanne Roux", "person"], ["Paul Blanc", "town"])
SPEAKERS = Import.Kind.SPEAKERS


def ran(import_: Import) -> Import:
    """The import after a worker took it."""
    have_import_run(import_)
    work()
    return Import.objects.get(pk=import_.pk)


@pytest.mark.usefixtures("queue")
def test_a_worker_checks_and_carries_out_in_the_language_of_who_waits(english):
    import_ = ran(brought(TWO, SPEAKERS))
    assert import_.state == Import.State.CHECKED
    assert "is none of" in import_.rows.get(number=3).problems[0]["sentence"]
    assert not Speaker.objects.exists()
    importing.confirm(import_, import_.made_by, leaves_out=True)
    assert ran(import_).state == Import.State.DONE
    assert Speaker.objects.get().name == "Jeanne Roux"


@pytest.mark.usefixtures("queue")
def test_how_far_it_is_is_told_meanwhile(monkeypatch):
    monkeypatch.setattr("claims.exchange.progress.PAUSE", 0)
    seen = []
    import_ = brought(TWO, SPEAKERS)
    monkeypatch.setattr(
        "claims.exchange.run._keep_fates",
        lambda *_args: seen.append(Import.objects.get(pk=import_.pk).seen),
    )
    ran(import_)
    assert seen == [2]


@pytest.mark.usefixtures("queue")
def test_a_fault_of_ours_ends_it_in_a_sentence(english, monkeypatch):
    def fail(import_):
        raise ZeroDivisionError

    monkeypatch.setattr("claims.importing.tables.check", fail)
    import_ = ran(brought(TWO, SPEAKERS))
    assert import_.state == Import.State.FAILED
    assert import_.reason == "reading it failed: this is a fault of Constat, report it"
    assert jobs("run_import") == [("failed", 1)]


@pytest.mark.usefixtures("queue")
def test_a_worker_reads_reviews():
    assert ran(reviews_brought(feed(REVIEW))).added == 1


@pytest.mark.django_db
def test_only_one_of_two_who_press_at_once_imports():
    import_, other = checked(TWO, SPEAKERS), UserFactory()
    assert importing.confirm(import_, import_.made_by, leaves_out=True)
    assert not importing.confirm(import_, other, leaves_out=True)
    assert not importing.cancel(import_, other)


@pytest.mark.django_db
def test_what_nobody_carries_out_for_a_week_is_let_go_of():
    import_ = checked(TWO, SPEAKERS)
    importing.forget_abandoned(timezone.now())
    assert ImportPart.objects.exists()
    importing.forget_abandoned(timezone.now() + importing.KEPT + timedelta(hours=1))
    import_.refresh_from_db()
    assert import_.state == Import.State.CANCELLED
    assert not ImportPart.objects.exists()
