"""After a restore: what a backup from before still says is redacted again, to the same digest."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from claims import roles
from claims.redaction.again import listed
from claims.redaction.redact import Wish, redact
from sources.models import Redaction
from tests.claims.redaction.case import ADDRESS, NAME, SURNAME, TEXT
from tests.claims.redaction.everywhere import places_with
from tests.factories import SnapshotFactory, UserFactory

pytestmark = pytest.mark.django_db


def lost(case, tmp_path) -> tuple[str, str]:
    """A list of two redactions that the database knows nothing of any more; the last digest."""
    chief = UserFactory(role=roles.CHIEF)
    before = transaction.savepoint()
    redact(Wish(case.document, [ADDRESS]), "privacy", "Une adresse.", chief)
    wish = Wish(case.document, [NAME, SURNAME], [case.speaker], "une personne privée")
    last = redact(wish, "erasure", "Demande d’une personne privée.", chief).digest
    said = "\n".join(json.dumps(each) for each in listed())
    transaction.savepoint_rollback(before)
    path = tmp_path / "redactions.jsonl"
    path.write_text(said, "utf-8")
    case.chief = chief
    return str(path), last


def test_the_list_has_no_word_of_what_was_redacted(case, tmp_path):
    path, _last = lost(case, tmp_path)
    lines = Path(path).read_text("utf-8").splitlines()
    said = json.dumps([json.loads(line) for line in lines], ensure_ascii=False)
    assert [word for word in (NAME, SURNAME, "Tisserandes") if word.lower() in said.lower()] == []


def test_it_is_redacted_again_with_the_same_digests(case, tmp_path):
    path, last = lost(case, tmp_path)
    assert places_with(SURNAME)
    case.chief.groups.clear()  # Who did it may do it no longer.
    call_command("redactions", "--again", path)
    assert places_with(SURNAME, "Tisserandes", "Q4242") == []
    assert Redaction.objects.first().digest == last


def test_one_of_a_younger_document_keeps_no_other_out(case, tmp_path):
    chief = UserFactory(role=roles.CHIEF)
    before = transaction.savepoint()
    younger = SnapshotFactory(text="Quévriaux, l’autre, l’a dit.")
    redact(Wish(younger.document, [SURNAME]), "erasure", "Demande.", chief)
    wish = Wish(case.document, [NAME, SURNAME], [case.speaker], "une personne privée")
    last = redact(wish, "erasure", "Demande d’une personne privée.", chief).digest
    path = tmp_path / "redactions.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in listed()), "utf-8")
    transaction.savepoint_rollback(before)
    call_command("redactions", "--again", str(path))
    assert places_with(SURNAME) == []
    assert [each.digest for each in Redaction.objects.all()] == [last]
    with pytest.raises(CommandError):  # Of the other it tells that it is missing.
        call_command("redactions", "--check")


def test_what_is_there_is_not_made_twice(case, tmp_path):
    path, _last = lost(case, tmp_path)
    call_command("redactions", "--again", path)
    call_command("redactions", "--again", path)
    assert Redaction.objects.count() == 2


def test_the_command_tells_who_holds_the_original_whether_nothing_else_differs(case, tmp_path):
    path, _last = lost(case, tmp_path)
    call_command("redactions", "--again", path)
    call_command("redactions", "--check")
    case.snapshot.refresh_from_db()
    original = tmp_path / "original.txt"
    original.write_bytes(TEXT.encode())
    call_command("redactions", "--original", str(original), case.snapshot.sha256)
    original.write_bytes(TEXT.replace("deux", "trois").encode())
    with pytest.raises(CommandError):
        call_command("redactions", "--original", str(original), case.snapshot.sha256)


def test_a_file_that_is_no_list_is_refused(tmp_path):
    path = tmp_path / "autre.txt"
    path.write_text("[1]\n")
    with pytest.raises(CommandError):
        call_command("redactions", "--again", path)
