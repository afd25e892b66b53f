"""Pages cost as many queries of a large record as of a small one, and show nothing unwatched."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.api.resources import RESOURCES
from claims.correct import correct
from claims.public_changes import WATCHED
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.pages import every_page
from tests.record import supersede, verify

pytestmark = pytest.mark.django_db

# Texts never change, and where a claim stands follows from what is watched.
UNCHANGING = {"sources_sentence", "claims_standing", "claims_lastchange"}


def claim_amid(number: int):
    """A claim with so many of everything around it."""
    claim = ClaimFactory(accepted=True, kind="commitment")
    SnapshotFactory(document=claim.document, text="Autre.")
    ForecastFactory(claim=claim)
    editor, snapshot = UserFactory(), claim.sentence.snapshot
    others = ClaimFactory.create_batch(
        number, accepted=True, speaker=claim.speaker, sentence__snapshot=snapshot
    )
    latest = supersede(verify(claim, evidence=[{}] * number))
    for other in others:
        LinkFactory(accepted=True, claim=other, earlier=claim)
        effect = EffectFactory(claim=claim)
        EffectFactory(claim=other, development=claim.developments.first())
        for of in (claim, latest, effect.development):
            correct(of, "update", "Une source de plus.", editor)
        claim.appearances.create(sentence=SentenceFactory())
        PositionFactory(speaker=claim.speaker, title=f"maire {other.pk}")
    return claim


def lists() -> list[str]:
    """Each list of the API, with all that can be asked of its rows."""
    return [
        f"{reverse(f'api-{name}-list')}?total=true&include={','.join(resource.references)}"
        for name, resource in RESOURCES.items()
        if resource.references
    ]


def pages_of(claim) -> list[str]:
    verification = claim.verifications.latest_versions().get()
    rows = [claim, claim.speaker, claim.document, verification, claim.developments.first()]
    return [*every_page(*rows), "/claims/?page=2", *lists()]


def queries(client, pages) -> list[int]:
    """How many each page takes; none that is not there."""
    found = []
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            there = client.get(page).status_code == 200
        found.append(len(captured) if there else 0)
    return found


def test_no_page_takes_more_queries_of_more(client):
    pages = pages_of(claim_amid(1))
    few = queries(client, pages)
    many = queries(client, pages_of(claim_amid(30)))
    taken = zip(pages, few, many, strict=True)
    assert [(page, one, thirty) for page, one, thirty in taken if one and thirty > one] == []
    assert sum(map(bool, few)) > 15


def test_nothing_is_shown_whose_changes_are_not_noted(client):
    """Else a page might be kept that shows what is no longer so: see claims/public_changes.py."""
    unwatched = {}
    for page in pages_of(claim_amid(1)):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        sql = " ".join(query["sql"] for query in captured)
        tables = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
        if found := tables - set(WATCHED) - UNCHANGING:
            unwatched[page] = found
    assert unwatched == {}


def test_nor_is_it_by_the_functions_that_make_the_rows_of_the_api():
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'api\\_%'")
        shown = {name: set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)) for name, sql in cursor}
    assert shown.keys() >= {f"api_{name}" for name in RESOURCES}
    unwatched = {name: tables - set(WATCHED) - UNCHANGING for name, tables in shown.items()}
    assert {name: tables for name, tables in unwatched.items() if tables} == {}
