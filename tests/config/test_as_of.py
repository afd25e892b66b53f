from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from claims.api.resources import RESOURCES
from config.as_of import AsOf
from sources.history import record_clock
from tests.factories import ClaimFactory
from tests.record import verify

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


def moment(asked):
    return AsOf.parse(asked, NOW).moment


class TestATimeOfTheRecord:
    def test_a_day_means_its_end_in_the_newsroom(self):
        assert moment("2026-03-01") == datetime(2026, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)

    def test_a_day_of_summer_ends_by_summer_time(self):
        assert moment("2025-07-01") == datetime(2025, 7, 1, 21, 59, 59, 999999, tzinfo=UTC)

    def test_today_means_now(self):
        assert moment("2026-03-03") == NOW

    def test_a_time_may_name_its_zone(self):
        assert moment("2026-03-01T14:30:00Z") == datetime(2026, 3, 1, 14, 30, tzinfo=UTC)

    def test_a_time_without_a_zone_is_the_newsrooms(self):
        assert moment("2026-03-01T14:30") == datetime(2026, 3, 1, 13, 30, tzinfo=UTC)

    @pytest.mark.parametrize("asked", ["2026-03-04", "2026-03-03T09:00:01Z", "9999-12-31"])
    def test_what_has_not_come_yet_is_refused(self, asked):
        with pytest.raises(ValueError, match="as_of"):
            AsOf.parse(asked, NOW)

    @pytest.mark.parametrize(
        "asked",
        [
            "",
            "hier",
            "2026-02-30",
            "2026-03",
            "\0",
            "2026-03-01T25:00",
            "0001-01-01T00:00:00+23:59",
        ],
    )
    def test_what_is_no_time_is_refused(self, asked):
        with pytest.raises(ValueError, match="2026-03-03"):
            AsOf.parse(asked, NOW)

    @pytest.mark.parametrize("offset", ["+23:59", "-23:59:59", "+00:00:00.000001"])
    def test_any_offset_is_told_to_the_database_as_utc(self, offset):
        assert moment(f"2026-03-01T14:30{offset}").utcoffset() == timedelta(0)


ADDRESSES = ["/", "/claims/", "/developments/", "/corrections/"]
ENDPOINTS = [f"api-{name}-list" for name in RESOURCES]


@pytest.mark.django_db
class TestARequest:
    @pytest.mark.parametrize("asked", ["hier", "9999-12-31", ""])
    @pytest.mark.parametrize("path", [*ADDRESSES, "/en/claims/", "/rien"])
    def test_of_no_time_is_refused_on_a_page(self, client, path, asked):
        answer = client.get(path, {"as_of": asked})
        assert answer.status_code == 400
        assert "as_of" in answer.content.decode()

    @pytest.mark.parametrize("asked", ["hier", "9999-12-31", ""])
    @pytest.mark.parametrize("name", ENDPOINTS)
    def test_of_no_time_is_refused_in_the_api(self, client, name, asked):
        answer = client.get(reverse(name), {"as_of": asked})
        assert answer.status_code == 400
        assert [error["parameter"] for error in answer.json()["errors"]] == ["as_of"]

    @pytest.mark.parametrize("name", ENDPOINTS)
    def test_of_a_past_time_is_answered_by_every_endpoint(self, client, name):
        verify(ClaimFactory(accepted=True))
        answer = client.get(reverse(name), {"as_of": "0001-01-01", "total": "true"})
        assert (answer.status_code, answer.json()["total"]["rows"]) == (200, 0)

    def test_is_refused_in_the_language_of_the_page(self, client):
        assert "has not come yet" in client.get("/en/?as_of=9999-12-31").content.decode()

    @pytest.mark.parametrize("desk", ["/admin/login/", "/en/admin/login/"])
    def test_at_the_desk_means_nothing(self, client, desk):
        assert client.get(desk, {"as_of": "hier"}).status_code == 200

    def test_that_is_no_reading_means_nothing(self, client):
        assert client.post("/api/v1/speakers/?as_of=hier").status_code == 405

    def test_leaves_an_address_that_leads_nowhere_as_it_is(self, client):
        assert client.get("/rien?as_of=2025-12-01").status_code == 404


@pytest.mark.django_db(transaction=True)
class TestTheNextRequest:
    """Each of these shares the connection of the one before, as in a thread that serves."""

    @pytest.fixture
    def claim(self, transactional_db):
        return ClaimFactory(accepted=True)

    def test_reads_the_present(self, client, claim):
        path = claim.get_absolute_url()
        answers = [client.get(path, {"as_of": "2025-12-01"}), client.get(path)]
        assert [answer.status_code for answer in answers] == [404, 200]
        assert search_path() == "public"

    def test_reads_the_present_after_a_fault(self, client, claim, monkeypatch):
        client.raise_request_exception = False
        with monkeypatch.context() as patched:
            patched.setattr("claims.pages.claim.marked_sentence", fail_in_the_database)
            with record_clock(datetime(2025, 12, 1, tzinfo=UTC)):
                old = ClaimFactory(accepted=True)
            answer = client.get(old.get_absolute_url(), {"as_of": "2025-12-02"})
        assert answer.status_code == 500
        assert client.get(claim.get_absolute_url()).status_code == 200
        assert search_path() == "public"


def fail_in_the_database(claim):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def search_path() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schemas(false)")
        return ", ".join(cursor.fetchone()[0])
