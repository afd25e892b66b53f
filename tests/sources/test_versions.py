"""History: who changed what, when and why, behind Django's back too."""

from dataclasses import replace
from datetime import timedelta

import pghistory
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.acts import act
from claims.models import Speaker, Verification
from claims.publish import submit
from sources.models import Publisher
from sources.versions import Difference, coalesced, history, latest, since
from tests.factories import (
    EvidenceFactory,
    PublisherFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_new_row_begins_its_history():
    assert [change.label for change in history(PublisherFactory())] == ["insert"]


def test_a_change_tells_what_was_and_what_is():
    publisher = PublisherFactory(name="Le Journal")
    publisher.name = "Le Nouveau Journal"
    publisher.save()
    (difference,) = history(publisher)[0].differences
    assert (difference.before, difference.after) == ("Le Journal", "Le Nouveau Journal")


def test_a_row_that_came_tells_what_it_said_and_one_that_went_too(english):
    publisher = PublisherFactory(name="Le Journal")
    pk = publisher.pk
    publisher.delete()
    went, came = history(Publisher(pk=pk))
    assert [(d.before, d.after) for d in came.differences if d.name == "name"] == [
        (None, "Le Journal")
    ]
    assert [(d.before, d.after) for d in went.differences if d.name == "name"] == [
        ("Le Journal", None)
    ]


def test_what_is_empty_is_not_told_of_a_new_row(english):
    publisher = PublisherFactory(site="")
    assert "site" not in [difference.name for difference in history(publisher)[0].differences]


def test_a_change_names_the_field_as_the_interface_does(english):
    publisher = PublisherFactory()
    Publisher.objects.update(kind="agency")
    (difference,) = history(publisher)[0].differences
    assert (difference.name, difference.after) == ("kind", "news agency")


def test_raw_sql_leaves_a_trace():
    publisher = PublisherFactory(name="Le Journal")
    sql("UPDATE sources_publisher SET name = 'Pravda'")
    (difference,) = history(publisher)[0].differences
    assert (difference.before, difference.after) == ("Le Journal", "Pravda")


def test_the_trace_of_raw_sql_names_the_database_role():
    publisher = PublisherFactory()
    sql("UPDATE sources_publisher SET name = 'Pravda'")
    change = history(publisher)[0]
    assert (change.user, change.database_user) == (None, connection.settings_dict["USER"])


def test_bulk_changes_leave_a_trace_in_each_row():
    rows = [PublisherFactory(), PublisherFactory()]
    Publisher.objects.update(site="example.org")
    assert [len(history(row)) for row in rows] == [2, 2]


def test_deleting_leaves_a_trace():
    publisher = PublisherFactory()
    sql("DELETE FROM sources_publisher")
    assert [change.label for change in history(publisher)] == ["delete", "insert"]


def test_what_changes_nothing_leaves_none():
    publisher = PublisherFactory()
    publisher.save()
    assert len(history(publisher)) == 1


def test_an_act_is_somebodys_and_has_its_reason():
    speaker, editor = SpeakerFactory(), UserFactory()
    with act(editor, "claims.change_speaker", "Nom d’usage."):
        Speaker.objects.update(name="J. Roux")
    change = history(speaker)[0]
    assert (change.user, change.reason) == (editor, "Nom d’usage.")


def test_what_follows_an_act_in_the_same_transaction_is_not_part_of_it():
    speaker = SpeakerFactory()
    with act(UserFactory(), "claims.change_speaker", "Nom d’usage."):
        pass
    Speaker.objects.update(name="J. Roux")
    change = history(speaker)[0]
    assert (change.user, change.reason) == (None, "")


def test_a_request_is_its_users(client, django_user_model):
    user = django_user_model.objects.create_superuser("chief", password="x")
    client.force_login(user)
    client.post("/admin/sources/publisher/add/", {"name": "Le Journal", "kind": "newspaper"})
    assert history(Publisher.objects.get())[0].user == user


def test_the_parts_of_a_row_are_in_its_history():
    verification = VerificationFactory()
    EvidenceFactory(verification=verification)
    assert {change.model.__name__ for change in history(verification)} == {
        "Verification",
        "Evidence",
    }


def test_a_part_that_was_deleted_is_still_in_it():
    verification = EvidenceFactory().verification
    verification.evidence.all().delete()
    assert [change.label for change in history(verification)] == ["delete", "insert", "insert"]


@pytest.mark.parametrize("change", ["UPDATE {} SET name = 'x'", "DELETE FROM {}"])
def test_history_is_not_rewritten(change):
    PublisherFactory()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        sql(change.format("sources_publisherevent"))


def test_history_outlives_a_refused_change():
    verification = VerificationFactory(published=True)
    before = len(history(verification))
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.update(summary="Autre")
    assert len(history(verification)) == before


def test_the_mark_of_a_row_changes_with_it():
    publisher = PublisherFactory()
    mark = latest(publisher)
    Publisher.objects.update(name="Autre")
    assert latest(publisher) != mark


def test_the_mark_of_a_row_changes_with_its_parts():
    verification = VerificationFactory()
    mark = latest(verification)
    EvidenceFactory(verification=verification)
    assert latest(verification) != mark


def test_the_mark_of_a_row_stays_when_another_changes():
    publisher = PublisherFactory()
    mark = latest(publisher)
    PublisherFactory()
    assert latest(publisher) == mark


def test_since_a_mark_only_what_came_after_is_told():
    verification = VerificationFactory()
    mark = latest(verification)
    EvidenceFactory(verification=verification)
    assert [change.model.__name__ for change in since(verification, mark)] == ["Evidence"]


@pytest.mark.parametrize("mark", ["", "x", "1-2", "1-2-3-4-5-6-7", "-1"])
def test_what_is_no_mark_tells_everything(mark):
    publisher = PublisherFactory()
    assert since(publisher, mark) == history(publisher)


def test_context_of_a_page_joins_that_of_the_act():
    speaker, editor = SpeakerFactory(), UserFactory()
    with pghistory.context(url="/admin/"), act(editor, "claims.change_speaker", "Nom d’usage."):
        Speaker.objects.update(name="J. Roux")
    assert history(speaker)[0].reason == "Nom d’usage."


def autosave(row, user, reason="", **values):
    with pghistory.context(autosaved=True), act(user, "claims.change_verification", reason):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def updates(row):
    return [change for change in coalesced(history(row)) if change.label == "update"]


def test_what_one_person_types_in_one_go_is_one_change():
    verification, user = VerificationFactory(summary="Faux."), UserFactory()
    for summary in ("Fau", "Faux, la", "Faux, la veille."):
        autosave(verification, user, summary=summary)
    (change,) = updates(verification)
    (difference,) = change.differences
    assert (difference.before, difference.after) == ("Faux.", "Faux, la veille.")
    assert change.began_at < change.at


def test_what_was_typed_and_taken_back_is_no_difference():
    verification, user = VerificationFactory(summary="Faux."), UserFactory()
    for summary in ("Vrai.", "Faux."):
        autosave(verification, user, summary=summary, explanation=f"{summary} Voici.")
    assert [d.field for d in updates(verification)[0].differences] == ["explanation"]


def test_what_two_people_type_in_turn_stays_apart():
    verification = VerificationFactory()
    for summary in ("Une.", "Deux."):
        autosave(verification, UserFactory(), summary=summary)
    assert len(updates(verification)) == 2


def test_what_is_typed_an_hour_later_stays_apart():
    verification, user = VerificationFactory(), UserFactory()
    autosave(verification, user, summary="Une.")
    autosave(verification, user, summary="Deux.")
    later, earlier, *others = history(verification)
    later = replace(later, at=earlier.at + timedelta(hours=1))
    assert len(coalesced([later, earlier, *others])) == 2 + len(others)


def test_a_step_is_not_part_of_the_typing():
    verification = VerificationFactory()
    autosave(verification, verification.author, summary="Une.")
    submit(verification, verification.author)
    assert len(updates(verification)) == 2


def test_of_a_long_text_the_words_that_changed_are_told_apart():
    before = "La rencontre a eu lieu le 3 décembre. " * 3
    difference = Difference("explanation", "explanation", before, before.replace("3", "2", 1))
    told = [(kind, words) for kind, words in difference.stretches if kind != "kept"]
    assert told == [("removed", "3"), ("added", "2")]
    both = "".join(words for kind, words in difference.stretches if kind != "removed")
    assert both == difference.after


def test_what_came_since_a_mark_says_what_it_was_before():
    verification = VerificationFactory(summary="Une.")
    piece = EvidenceFactory(verification=verification, note="Avant.")
    mark = latest(verification)
    piece.note = "Après."
    piece.save()
    (change,) = since(verification, mark)
    assert [(d.field, d.before, d.after) for d in change.differences] == [
        ("note", "Avant.", "Après.")
    ]
