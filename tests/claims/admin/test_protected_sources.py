"""Who stands behind a protected source: written by whoever verifies, read by its readers."""

import pytest

from claims import roles
from claims.models import Evidence, ProtectedSource
from claims.protected import entitled, keep_source
from claims.publish import publish, submit
from tests.claims.admin.forms import address, part, send
from tests.factories import ClaimFactory, EvidenceFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NAME = "Camille Verneuil"


@pytest.fixture
def reader():
    """An editor who may also read protected sources."""
    user = UserFactory()
    user.groups.add(*UserFactory(role=roles.PROTECTED_SOURCE_READER).groups.all())
    return user


@pytest.fixture
def piece():
    piece = EvidenceFactory(document=None, protected=True, note="Un témoin était là.")
    keep_source(piece.pk, NAME, "camille@example.org")
    return piece


def protected(**values):
    return part(
        "evidence",
        stance="refutes",
        note="Un témoin était là.",
        protected="on",
        retrieved_at_0="2025-12-08",
        retrieved_at_1="12:00",
        **values,
    )


def test_an_editor_writes_down_who_it_is(client, reader):
    client.force_login(UserFactory())
    send(client, VerificationFactory(), **protected(identity=NAME, contact="01 02"))
    with entitled(reader):
        source = ProtectedSource.objects.get()
    assert (source.evidence, source.identity) == (Evidence.objects.get(), NAME)


def test_one_that_nobody_named_is_refused_in_words(client):
    client.force_login(UserFactory())
    answer = send(client, VerificationFactory(), **protected())
    assert "Say who it is" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_it_is_named_once(client, piece):
    client.force_login(UserFactory())
    answer = send(client, piece.verification, **{"evidence-0-identity": "Quelqu’un d’autre"})
    assert "has been written down already" in answer.content.decode()


def test_its_readers_see_it(client, piece, reader):
    client.force_login(reader)
    page = client.get(address(piece.verification)).content.decode()
    assert NAME in page
    assert "camille@example.org" in page


@pytest.mark.parametrize("role", [roles.CONTRIBUTOR, roles.EDITOR, roles.CHIEF])
@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_nobody_else_does(client, piece, role, view):
    author = piece.verification.author
    author.groups.set(UserFactory(role=role).groups.all())
    client.force_login(author)
    answer = client.get(address(piece.verification, view))
    assert answer.status_code == 200
    assert NAME not in answer.content.decode()


def test_its_readers_see_it_after_publication(client, piece, reader):
    verification = piece.verification
    verification.claims.add(ClaimFactory(accepted=True))
    submit(verification, verification.author)
    publish(verification, UserFactory())
    client.force_login(reader)
    assert NAME in client.get(address(verification)).content.decode()


def test_a_draft_goes_with_its_protected_source(transactional_db, client, piece):
    client.force_login(UserFactory())
    client.post(address(piece.verification, "delete"), {"post": "yes"})
    assert not Evidence.objects.exists()
