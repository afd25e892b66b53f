"""What caches are told of every page and endpoint."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import http_date, parse_http_date

from claims.api.resources import RESOURCES
from claims.correct import correct
from claims.merge import merge_claims
from claims.models import LastChange
from config import caching
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, EffectFactory, ForecastFactory, UserFactory
from tests.pages import shown
from tests.raw_sql import committed
from tests.record import verify

pytestmark = pytest.mark.django_db

LISTS = ["/", "/claims/", "/developments/", "/corrections/", "/en/", "/en/claims/"]
ENDPOINTS = ["/api/v1/", *(f"/api/v1/{name}/" for name in RESOURCES)]


@pytest.fixture(autouse=True)
def _started_long_ago(monkeypatch):
    monkeypatch.setattr(caching, "STARTED", 0)


@pytest.fixture
def claim():
    claim = ClaimFactory(accepted=True)
    correct(verify(claim), "update", "Une source de plus.", UserFactory())
    EffectFactory(claim=claim)
    return claim


def rows(claim):
    """The addresses of the rows it is shown with."""
    shown = [
        claim,
        claim.speaker,
        claim.document,
        claim.verifications.get(),
        *claim.developments.all(),
    ]
    pages = [row.get_absolute_url() for row in shown]
    return [*pages, *(f"/en{page}" for page in pages), *(f"/api/v1{page}" for page in pages)]


def validators(answer):
    return {"If-None-Match": answer["ETag"]}, {"If-Modified-Since": answer["Last-Modified"]}


class TestAPublicAnswer:
    def test_may_be_kept_and_depends_on_nobody(self, client, claim):
        for address in [*LISTS, *ENDPOINTS, *rows(claim), "/api/docs/"]:
            answer = client.get(address)
            assert answer["Cache-Control"].startswith("public, max-age="), address
            assert "s-maxage=" in answer["Cache-Control"], address
            assert not answer.cookies, address
            assert answer["Vary"] == "Accept-Encoding", address

    def test_is_not_modified_if_nothing_changed(self, client, claim):
        committed()
        for address in [*LISTS, *ENDPOINTS, *rows(claim)]:
            with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10), tick=False):
                answer = client.get(address)
                for validator in validators(answer):
                    again = client.get(address, headers=validator)
                    assert (again.status_code, again.content) == (304, b""), address
                    kept = ("Cache-Control", "ETag", "Last-Modified", "Vary", "Cache-Tag")
                    assert all(again[name] == answer[name] for name in kept), address

    def test_has_the_same_headers_for_head(self, client, claim):
        for address in ["/", claim.get_absolute_url(), "/api/v1/claims/"]:
            get, head = client.get(address), client.head(address)
            assert head["ETag"] == get["ETag"]
            again = client.head(address, headers={"If-None-Match": get["ETag"]})
            assert again.status_code == 304

    def test_has_no_body_for_head(self, rf, claim):
        """Whatever the server or a client would do with one."""
        answer = caching.caching(lambda request: HttpResponse("seen"))(rf.head("/"))
        assert answer.content == b""
        streamed = StreamingHttpResponse(["seen"])
        assert not b"".join(caching.caching(lambda request: streamed)(rf.head("/")))

    def test_that_is_streamed_is_not_modified_if_nothing_changed(self, client, claim):
        address = f"/sitemaps/claims-{claim.pk // 5000}.xml"
        committed()
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10), tick=False):
            modified = client.get(address)["Last-Modified"]
            again = client.get(address, headers={"If-Modified-Since": modified})
            assert again.status_code == 304
            ClaimFactory(accepted=True)
            committed()
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=20), tick=False):
            again = client.get(address, headers={"If-Modified-Since": modified})
            assert again.status_code == 200

    @pytest.mark.parametrize("address", ["/claims/", "/feeds/claims.atom"])
    def test_is_packed_for_who_takes_it(self, client, claim, address):
        plain = client.get(address)
        packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        again = client.get(
            address, headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
        )
        assert again.status_code == 304

    def test_is_kept_until_midnight_at_most(self, client):
        with time_machine.travel(datetime(2026, 11, 26, 22, 59, 50, tzinfo=UTC), tick=False):
            assert "max-age=10, s-maxage=10" in client.get("/")["Cache-Control"]

    def test_of_a_finished_past_is_kept_for_long(self, client):
        for address in ("/?as_of=2026-03-03", "/api/v1/claims/?as_of=2026-03-03"):
            assert "s-maxage=3600" in client.get(address)["Cache-Control"]

    def test_of_today_is_not(self, client):
        today = datetime.now(UTC).astimezone().date().isoformat()
        assert "s-maxage=60" in client.get(f"/?as_of={today}")["Cache-Control"]

    def test_of_a_merged_claim_may_be_kept(self, client):
        merged, kept = ClaimFactory.create_batch(2, accepted=True)
        merge_claims(merged, kept, UserFactory(role="chief"), "La même phrase.")
        answer = client.get(merged.get_absolute_url())
        assert answer.status_code == 301
        assert answer["Cache-Control"].startswith("public")
        assert {merged.public_id, kept.public_id} <= set(answer["Surrogate-Key"].split())

    def test_says_its_language(self, client):
        assert client.get("/")["Content-Language"] == "fr"
        assert client.get("/en/")["Content-Language"] == "en"


class TestWhatIsForNobodyElse:
    @pytest.mark.parametrize(
        "address",
        [
            "/rien", "/claims/rien/", "/?as_of=hier", "/api/v1/claims/?rien=1",
            "/api/v1/claims/rien/", "/admin/", "/admin/login/", "/en/admin/login/",
        ],
    )  # fmt: skip
    def test_is_not_kept(self, client, address):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert not answer.has_header("Surrogate-Key")

    def test_nor_is_what_is_sent(self, client):
        assert client.post("/claims/")["Cache-Control"] == "private, no-store"

    def test_nor_is_the_desk(self, client):
        client.force_login(UserFactory(role="editor"))
        answer = client.get("/admin/claims/claim/", headers={"Accept-Encoding": "gzip"})
        assert "no-store" in answer["Cache-Control"]
        assert not answer.has_header("Content-Encoding")

    def test_nor_is_a_fault(self, client, monkeypatch):
        client.raise_request_exception = False
        monkeypatch.setattr("claims.pages.home.in_brief", None)
        answer = client.get("/")
        assert (answer.status_code, answer["Cache-Control"]) == (500, "private, no-store")


class TestWhatChanged:
    @pytest.fixture(autouse=True)
    def _later(self):
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=60)):
            yield

    def modified(self, client, address, change):
        """Whether each of the validators of before finds the page changed."""
        committed()
        before = client.get(address)
        change()
        committed()
        return {
            client.get(address, headers=validator).status_code == 200
            for validator in validators(before)
        }

    def test_elsewhere_is_on_the_page(self, client, claim):
        speaker, document = claim.speaker, claim.document
        rating = claim.verifications.get().rating

        def rename():
            type(speaker).objects.filter(pk=speaker.pk).update(name="Une autre")

        def retitle():
            type(document).objects.filter(pk=document.pk).update(title="Un autre titre")

        address = claim.get_absolute_url()
        assert self.modified(client, address, rename) == {True}
        assert self.modified(client, address, retitle) == {True}
        assert rating.label in shown(client, address)

    def test_by_the_day_alone_is_on_the_page(self, client):
        due = PartialDate.day(datetime.now(UTC).astimezone().date() + timedelta(days=3))
        claim = ForecastFactory(due_on=due).claim
        committed()
        before = client.get(claim.get_absolute_url())
        assert parse_http_date(before["Last-Modified"]) > 0
        with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
            again = client.get(
                claim.get_absolute_url(),
                headers={"If-Modified-Since": before["Last-Modified"]},
            )
        assert again.status_code == 200

    def test_with_the_process_is_on_the_page(self, client, claim, monkeypatch):
        committed()
        before = client.get("/")
        monkeypatch.setattr(caching, "STARTED", parse_http_date(before["Last-Modified"]) + 1)
        again = client.get("/", headers={"If-Modified-Since": before["Last-Modified"]})
        assert again.status_code == 200

    def test_that_nobody_sees_changes_no_time(self, client, claim):
        committed()
        before = client.get("/")["Last-Modified"]
        ClaimFactory()
        committed()
        assert client.get("/")["Last-Modified"] == before

    def test_as_recorded_long_ago_is_on_the_page_of_the_past(self, client):
        then = datetime(2026, 3, 1, tzinfo=UTC)
        committed()
        before = client.get("/?as_of=2026-03-03")
        with record_clock(then):
            ClaimFactory(accepted=True)
        committed()
        for validator in validators(before):
            assert client.get("/?as_of=2026-03-03", headers=validator).status_code == 200

    def test_comes_with_no_time_that_is_still_to_come(self, client, claim):
        """Each change has a second of its own, so many at once run ahead of the clock."""
        committed()
        LastChange.objects.update(at=datetime.now(UTC) + timedelta(minutes=1))
        answer = client.get("/")
        assert not answer.has_header("Last-Modified")
        later = http_date(datetime.now(UTC).timestamp() + 3600)
        assert client.get("/", headers={"If-Modified-Since": later}).status_code == 200


class TestTags:
    def tags(self, client, address):
        answer = client.get(address)
        assert answer["Cache-Tag"].split(",") == answer["Surrogate-Key"].split()
        return set(answer["Surrogate-Key"].split())

    def test_name_the_rows_of_a_page(self, client, claim):
        development = claim.developments.get()
        named = {
            claim.public_id, claim.speaker.public_id, claim.document.public_id,
            claim.verifications.get().public_id, development.public_id,
            development.document.public_id, claim.document.publisher.public_id,
        }  # fmt: skip
        assert named | {"constat"} <= self.tags(client, claim.get_absolute_url())

    @pytest.mark.parametrize("address", ["/", "/claims/", "/api/v1/claims/"])
    def test_of_a_list_are_those_of_any_change(self, client, claim, address):
        assert self.tags(client, address) == {"constat", "record"}

    def test_that_are_too_many_are_those_of_any_change(self, client, claim, monkeypatch):
        monkeypatch.setattr("claims.cache_tags.MOST", 3)
        assert self.tags(client, claim.get_absolute_url()) == {"constat", "record"}

    def test_are_of_one_page_each(self, client, claim):
        other = ClaimFactory(accepted=True)
        self.tags(client, claim.get_absolute_url())
        assert claim.public_id not in self.tags(client, other.get_absolute_url())
