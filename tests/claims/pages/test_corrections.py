"""The register of corrections, and the pages of what was corrected."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.correct import correct
from claims.decide import reject
from claims.merge import merge_claims
from claims.models import Claim
from sources.history import record_clock
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    UserFactory,
)
from tests.pages import heading, shown
from tests.plans import plan, sorted_rows, whole_tables
from tests.record import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    return ClaimFactory(accepted=True, wording="Trois écoles.")


@pytest.fixture
def old_claim():
    """One that was public before anything here was corrected."""
    with record_clock(datetime.fromisoformat("2023-01-01T12:00:00+01:00")):
        return ClaimFactory(accepted=True, wording="Trois écoles.")


@pytest.fixture
def correction(corrected):
    note = "Nous avions écrit trois."
    return correct(corrected, "error", note, UserFactory(), wording="Deux écoles.")


def test_are_listed_with_before_and_after(client, correction):
    page = shown(client, "/corrections/")
    texts = (correction.note, "Trois écoles.", "Deux écoles.")
    assert [text for text in texts if text not in page] == []
    assert correction.claim.get_absolute_url() in page


def test_of_a_claim_are_at_the_top_of_its_page(client, corrected, correction):
    assert correction.note in heading(client, corrected)


def test_of_a_verification_are_at_the_top_of_its_page(client):
    verification = verify(ClaimFactory(accepted=True))
    note = correct(verification, "right_of_reply", "La mairie répond.", UserFactory()).note
    assert note in heading(client, verification)


def test_of_a_development_are_at_the_top_of_its_page(client):
    development = EffectFactory().development
    note = correct(development, "update", "Un chiffre nouveau.", UserFactory()).note
    assert note in heading(client, development)
    listed = shown(client, "/developments/")
    assert listed.index(note) < listed.index(development.title)


def made(claim, *days, kind="update"):
    """Corrections of those days, in the order of their making."""
    found = []
    for day in days:
        with record_clock(datetime.fromisoformat(f"{day}T12:00:00+01:00")):
            found.append(correct(claim, kind, f"Le {day}.", UserFactory()))
    return found


def hrefs(page, text) -> list[str]:
    return [unescape(href) for href in re.findall(rf'href="([^"]*)"[^>]*>{text}<', page)]


class TestTheRegister:
    def test_goes_on_over_pages_of_which_none_is_left_out(self, client, old_claim, english):
        made(old_claim, *["2025-12-08"] * 45)
        page, notes = shown(client, "/en/corrections/"), []
        while True:
            notes += re.findall(r'id="c(\d+)"', page)
            if not (further := hrefs(page, "Earlier corrections")):
                break
            page = shown(client, further[0])
        assert notes == sorted(notes, key=int, reverse=True)
        assert len(notes) == 45
        back = shown(client, hrefs(page, "Later corrections")[0])
        assert re.findall(r'id="c(\d+)"', back) == notes[20:40]

    def test_is_filtered_by_kind_and_year(self, client, old_claim):
        made(old_claim, "2024-05-01", "2025-12-08")
        made(old_claim, "2025-12-09", kind="clarification")
        page = shown(client, "/corrections/?kind=update&year=2025")
        assert re.findall(r"Le (\S+)\.", page) == ["2025-12-08"]

    def test_leads_to_each_kind_and_year(self, client, old_claim):
        made(old_claim, "2023-05-01", "2025-12-08")
        page = shown(client, "/corrections/?year=2025")
        assert "/corrections/?kind=error&year=2025" in unescape(page)
        assert [f"/corrections/?year={year}" in page for year in (2025, 2024, 2023)] == [True] * 3

    def test_keeps_filters_and_place_in_the_other_language(self, client, old_claim):
        first, _second = made(old_claim, "2025-12-08", "2025-12-09")
        path = f"/corrections/?kind=update&after={first.pk}"
        assert f'href="/en{path}"' in unescape(shown(client, path))

    @pytest.mark.parametrize(
        "query", ["kind=nothing", "year=x", "year=1850", "before=x", "before=9" * 3, "after=12345"]
    )
    def test_does_not_take_what_nobody_asks(self, client, old_claim, query):
        made(old_claim, "2025-12-08")
        assert client.get(f"/corrections/?{query}").status_code == 404

    def test_does_not_say_what_is_no_longer_public(self, client, old_claim):
        made(old_claim, "2025-12-08")
        reject(Claim.objects.filter(pk=old_claim.pk), UserFactory())
        page = shown(client, "/corrections/")
        assert old_claim.text not in page
        assert old_claim.get_absolute_url() in page

    def test_does_not_say_what_was_merged_into_a_claim_that_is_no_longer_public(
        self, client, old_claim
    ):
        made(old_claim, "2025-12-08")
        kept = ClaimFactory(accepted=True)
        merge_claims(old_claim, kept, UserFactory(role="chief"), "La même phrase.")
        assert old_claim.text in shown(client, "/corrections/")
        reject(Claim.objects.filter(pk=kept.pk), UserFactory())
        assert old_claim.text not in shown(client, "/corrections/")

    def test_reads_an_index_however_far_one_goes(self, client, old_claim):
        some = made(old_claim, *["2025-12-08"] * 3)
        with CaptureQueriesContext(connection) as captured:
            shown(client, f"/corrections/?before={some[2].pk}&kind=update&year=2025")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        plans = [plan(query["sql"]) for query in captured.captured_queries]
        assert [whole_tables(each) for each in plans if whole_tables(each)] == []
        assert [sorted_rows(each) for each in plans if sorted_rows(each)] == []


class TestOneCorrection:
    def test_has_an_address_of_its_own(self, client, correction):
        page = shown(client, correction)
        texts = (correction.note, "Trois écoles.", "Deux écoles.")
        assert [text for text in texts if text not in page] == []

    def test_is_linked_from_the_register(self, client, correction):
        assert f'href="{correction.get_absolute_url()}"' in shown(client, "/corrections/")

    @pytest.mark.parametrize("number", ["1", "9" * 30])
    def test_that_was_never_made_is_not_there(self, client, number):
        assert client.get(f"/corrections/{number}/").status_code == 404


@pytest.mark.parametrize("name", ["before", "after", "year"])
def test_a_number_that_is_too_long_to_be_one_is_not_there(client, name):
    assert client.get(f"/corrections/?{name}={'9' * 5000}").status_code == 404
