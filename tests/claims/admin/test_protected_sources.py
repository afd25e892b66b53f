"""Who stands behind a protected source: written by whoever verifies, read by its readers."""

import pytest
from django.contrib.auth.models import Permission

from claims import roles
from claims.models import Evidence, ProtectedSource
from claims.protected import entitled, keep_source
from claims.publish import publish, submit
from tests.claims.admin.editor import change, save, screen
from tests.claims.admin.forms import address
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


def cite(client, verification, **values):
    return change(client, verification, "evidence", note="Un témoin était là.", **values)


def test_an_editor_writes_down_who_it_is(client, reader):
    client.force_login(UserFactory())
    cite(client, VerificationFactory(), identity=NAME, contact="01 02")
    with entitled(reader):
        source = ProtectedSource.objects.get()
    assert (source.evidence, source.identity) == (Evidence.objects.get(), NAME)


def test_one_that_nobody_named_is_refused_in_words(client):
    client.force_login(UserFactory())
    answer = cite(client, VerificationFactory(), identity=" ")
    assert "Say who it is" in answer.json()["refusal"]
    assert not Evidence.objects.exists()


def test_who_may_not_keep_one_is_not_asked(client):
    author = UserFactory()
    author.groups.clear()
    author.user_permissions.add(*Permission.objects.filter(codename__endswith="_verification"))
    client.force_login(author)
    assert 'name="identity"' not in client.get(address(VerificationFactory())).content.decode()


def test_what_the_page_asks_for_again_does_not_name_it_either(client, piece):
    client.force_login(piece.verification.author)
    answer = change(client, piece.verification, "notes", text="Vu.", mark="")
    save(client, piece.verification, **{f"evidence.{piece.pk}.note": "Un autre."})
    news = client.get(screen(piece.verification, "news"), {"mark": "x"})
    assert NAME not in answer.content.decode() + news.content.decode()


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
