"""A protected source never reaches a public query."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from claims import roles
from claims.models import ProtectedSource
from claims.protected import entitled, keep_source
from claims.publish import publish, submit, succeed
from sources.past import as_of
from tests.factories import ClaimFactory, EvidenceFactory, UserFactory, VerificationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    user = UserFactory()
    user.groups.add(*UserFactory(role=roles.PROTECTED_SOURCE_READER).groups.all())
    return user


@pytest.fixture
def piece():
    """A piece of evidence that rests on somebody nobody may know."""
    piece = EvidenceFactory(
        verification=VerificationFactory(claims=[ClaimFactory(accepted=True)]),
        document=None,
        protected=True,
        note="Une personne présente à la réunion, dont nous connaissons l’identité.",
    )
    keep_source(piece.pk, "Paul Martin", "06 00 00 00 00")
    return piece


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.parametrize("table", ["claims_protectedsource", "claims_protectedsourceevent"])
def test_raw_sql_does_not_see_it(piece, table):
    assert raw(f"SELECT * FROM {table}") == []


def test_raw_sql_does_not_change_it(piece, reader):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_protectedsource SET identity = 'Autre'")
    with entitled(reader):
        assert ProtectedSource.objects.get().identity == "Paul Martin"


def test_the_record_as_it_was_does_not_show_it(piece, django_db_blocker):
    (now,) = raw("SELECT clock_timestamp()")[0]
    with as_of(now):
        assert not ProtectedSource.objects.exists()


def test_a_reader_of_protected_sources_sees_it(piece, reader):
    with entitled(reader):
        assert ProtectedSource.objects.get().identity == "Paul Martin"


def test_afterwards_it_is_hidden_again(piece, reader):
    with entitled(reader):
        pass
    assert not ProtectedSource.objects.exists()


@pytest.mark.parametrize("role", [roles.CONTRIBUTOR, roles.EDITOR, roles.CHIEF])
def test_nobody_else_is_entitled(role):
    with pytest.raises(PermissionDenied), entitled(UserFactory(role=role)):
        pass


def test_a_successor_rests_on_the_same_source(piece, reader):
    verification = piece.verification
    submit(verification, verification.author)
    publish(verification, UserFactory())
    successor = succeed(verification, UserFactory())
    with entitled(reader):
        assert successor.evidence.get().source.identity == "Paul Martin"
