"""New rows in bulk, by INSERT and by COPY."""

import secrets
from contextlib import nullcontext
from itertools import chain
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from sources.fields import ALPHABET
from sources.insert import by_copy, insert
from sources.keep import keep
from sources.known import Text
from sources.models import Document
from sources.origin import Origin
from sources.readers.page import Page
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("way", [nullcontext, by_copy])


def draw(monkeypatch, public_id: str) -> None:
    """The next public id is this one."""
    signs = chain(public_id, iter(lambda: secrets.choice(ALPHABET), None))
    known = SimpleNamespace(choice=lambda alphabet: next(signs))
    monkeypatch.setattr("sources.fields.secrets", known)


@WAYS
def test_an_error_is_one_of_djangos(way):
    there = DocumentFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), way():
        insert(Document, [Document(title="Un autre", public_id=there.public_id)])


@WAYS
def test_who_draws_the_public_id_of_another_draws_again(way, monkeypatch):
    there = DocumentFactory()
    draw(monkeypatch, there.public_id)
    with way():
        keep([Text(Page("Un texte.", "text/plain"), b"Un texte.", Origin())])
    assert Document.objects.count() == 2
    assert Document.objects.get(pk=there.pk).public_id == there.public_id
