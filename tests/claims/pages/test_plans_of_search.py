"""No search of the public pages, and no filter of one, reads more as the record grows."""

import pytest
from django.db import transaction
from django.test import Client

from tests.plans import CLAIMS, faults, fill

pytestmark = pytest.mark.django_db

# Some have many claims, some few.
FILTERS = [
    "speaker=s900",
    "speaker=s900&speaker=s901&speaker=s909",
    "kind=fact",
    "kind=demand",
    "standing=unverified",
    "standing=false",
    "standing=hoax",
    "standing=kept",
    "publisher=p1",
    "publisher=p7",
    "from=2022&to=2025",
    "from=2025-06-03&to=2025-06-03",
    "to=2022",
    "kind=fact&standing=false",
    "kind=demand&publisher=p1&standing=unverified",
    "speaker=s900&kind=fact&standing=false&publisher=p1&from=2022&to=2026",
]
WITH_WORDS = [
    "speaker=s900",
    "kind=demand",
    "standing=unverified",
    "standing=false",
    "publisher=p1",
]
LOOKS = {
    "": ["", "page=50", *FILTERS],
    "q=annonce": ["", "page=50", "sort=latest", "from=2022&to=2025", *WITH_WORDS],
    "q=ministre+eebipnkg": ["", *WITH_WORDS, FILTERS[-1]],
    "q=annnonce": [""],
    "q=-annonce+eebip": [""],
}


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker):
    """Of a large record, which is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        yield Client()
        transaction.set_rollback(True)


@pytest.mark.parametrize("words", LOOKS)
def test_a_search_reads_no_more_than_it_counts(reader, words):
    found = []
    for filters in LOOKS[words]:
        # What is found is grouped; where a claim stands is derived, of some twenty rows.
        times = 3 if "standing" in filters else 2
        found += faults(reader, f"/claims/?{filters}&{words}", times)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("query", ["", "page=4", "q=eebip", "q=gngdbbmg"])
def test_the_speakers_are_read_no_further_than_they_are_counted(reader, query):
    assert faults(reader, f"/speakers/?{query}") == []
