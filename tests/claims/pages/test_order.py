"""Pages put everything in one order, however the database comes by it."""

import pytest
from django.db import connection

from tests.claims.pages.test_growth import claim_amid, pages_of

pytestmark = pytest.mark.django_db

WITHOUT = [
    "indexscan indexonlyscan bitmapscan",
    "seqscan",
    "hashjoin mergejoin",
    "nestloop sort",
]


def without(ways: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ALL")
        for way in ways.split():
            cursor.execute(f"SET LOCAL enable_{way} = off")


def test_pages_are_the_same_whatever_the_plan(client):
    pages = pages_of(claim_amid(6))
    before = {page: client.get(page).content for page in pages}
    changed = []
    for ways in WITHOUT:
        without(ways)
        changed += [(page, ways) for page in pages if client.get(page).content != before[page]]
    assert changed == []
