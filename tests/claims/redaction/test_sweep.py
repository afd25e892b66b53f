"""What was on disk goes too; and nobody waits long for it."""

import gzip

import pytest
from django.db import connection
from django.utils import timezone

from claims import roles
from claims.redaction.redact import Wish, redact
from claims.redaction.sweep import forget_dumps, sweep
from claims.sync import dump as dump_module
from claims.sync import nightly
from sources.models import Redaction
from sources.refused import Refused
from tests.claims.redaction.case import NAME, SURNAME, made
from tests.factories import UserFactory

WHY = "Demande d’une personne privée."


def wish(case) -> Wish:
    return Wish(case.document, [NAME, SURNAME], [case.speaker], "une personne privée")


@pytest.fixture
def folder(tmp_path, monkeypatch, settings):
    settings.DUMPS_KEPT = 2
    monkeypatch.setattr(nightly, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_dumps_from_before_go_at_once_and_a_new_one_does_not_say_it(folder):
    case = made()
    (folder / "20251208T120000Z").mkdir()
    redact(wish(case), "erasure", WHY, UserFactory(role=roles.CHIEF))
    assert nightly.there() == []
    sweep(timezone.now())
    (name,) = nightly.there()
    files = list((folder / name).glob("*.gz"))
    assert files
    said = "".join(gzip.decompress(file.read_bytes()).decode() for file in files)
    assert case.claim.public_id in said
    assert SURNAME.lower() not in said.lower()
    # PostgreSQL's samples of columns.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats s WHERE s::text ILIKE %s", [f"%{SURNAME}%"])
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_a_dump_that_was_begun_before_does_not_appear_after(folder, monkeypatch):
    ended = folder / ".20251207T120000Z.4711"
    ended.mkdir()
    (ended / "claims.csv.gz").write_bytes(SURNAME.encode())
    write = dump_module._write

    def redacted_meanwhile(draft, *args):
        described = write(draft, *args)
        forget_dumps()
        return described

    monkeypatch.setattr(dump_module, "_write", redacted_meanwhile)
    nightly.make(timezone.now())
    assert [*folder.iterdir()] == []


@pytest.mark.django_db(transaction=True)
def test_while_others_write_it_waits_for_seconds_only_and_does_nothing(settings):
    settings.LOCK_SECONDS = 0.2
    case, chief = made(), UserFactory(role=roles.CHIEF)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE sources_document SET language = 'en'")
            with pytest.raises(Refused):
                redact(wish(case), "erasure", WHY, chief)
        other.rollback()
    finally:
        other.close()
    case.document.refresh_from_db()
    assert SURNAME in case.document.title
    assert not Redaction.objects.exists()
