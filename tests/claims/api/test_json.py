"""The JSON that PostgreSQL builds says what the framework would of the same rows."""

import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rest_framework import fields

from claims.api.resources import RESOURCES
from claims.correct import correct
from sources.models import Document
from tests.factories import ClaimFactory, EffectFactory, ForecastFactory, UserFactory
from tests.record import verify, withdrawn

pytestmark = pytest.mark.django_db

# What a text column takes: anything but NUL, and no halves of pairs.
TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60
)


@pytest.fixture
def document():
    return ClaimFactory(accepted=True).document


@given(text=TEXTS)
@example(text="".join(map(chr, range(1, 160))))
@example(text="« l’été » \"'\\/</script>\u2028\u2029\ufeff\U0001f600\u0301{}[]%s")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_given_as_it_is(document, text):
    Document.objects.filter(pk=document.pk).update(title=text)
    [(name, given)] = RESOURCES["documents"].documents(Document.objects.filter(pk=document.pk))
    assert (name, json.loads(given)["title"]) == (document.public_id, text)


PLAIN = (
    fields.CharField, fields.IntegerField, fields.DateTimeField, fields.DateField,
    fields.BooleanField, fields.ChoiceField,
)  # fmt: skip


@pytest.mark.parametrize("name", RESOURCES)
def test_a_plain_column_is_what_the_framework_makes_of_it(name):
    verification = verify(ClaimFactory(accepted=True))
    correct(verification, "update", "Une source de plus.", UserFactory())
    withdrawn(verification, "La source est un faux.")
    EffectFactory()
    ForecastFactory()
    resource = RESOURCES[name]
    plain = {
        field: of
        for field, of in resource.serializer().fields.items()
        if isinstance(of, PLAIN) and of.source != "*"
    }
    rows = resource.published().order_by("pk")
    documents = [json.loads(text) for _id, text in resource.documents(rows)]
    assert documents
    for row, document in zip(rows, documents, strict=True):
        for field, of in plain.items():
            attribute = of.get_attribute(row)
            expected = None if attribute is None else of.to_representation(attribute)
            assert comparable(of, document[field]) == comparable(of, expected), field


def comparable(of, value):
    """A time is the same in any zone."""
    if isinstance(of, fields.DateTimeField) and value is not None:
        return datetime.fromisoformat(value)
    return value


def test_times_are_told_in_utc():
    verify(ClaimFactory(accepted=True))
    rows = RESOURCES["verifications"].published()
    [(_id, text)] = RESOURCES["verifications"].documents(rows)
    assert json.loads(text)["published_at"] == "2025-12-08T12:00:00+00:00"


def test_what_is_empty_is_told_as_empty():
    ClaimFactory(accepted=True, speaker=None, quotation="none", said_on=None)
    [(_id, text)] = RESOURCES["claims"].documents(RESOURCES["claims"].published())
    given = json.loads(text)
    empty = ["speaker", "said_on", "cue", "source", "forecast"]
    assert [given[name] for name in empty] == [None] * 5
    lists = ["parts", "verifications", "developments", "links", "corrections"]
    assert [given[name] for name in lists] == [[]] * 5
