"""What claims:search finds, in which order, and what it refuses."""

import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api.factchecktools import search
from claims.claim_review.items import items
from claims.claim_review.read import read, reviews_in
from claims.models import Claim
from sources.models import Word
from sources.partial_date import PartialDate
from tests.claims.api.factchecktools.elsewhere import reviewed_by
from tests.factories import NOON, ClaimFactory, SpeakerFactory
from tests.plans import fill, plan, rows_read, sorted_rows, whole_tables
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
ADDRESS = "/v1alpha1/claims:search"
PUBLISHER = {"name": "Constat", "site": "testserver"}


def asked(client, **given) -> dict:
    answer = client.get(ADDRESS, given)
    assert answer.status_code == 200, answer.content
    return answer.json()


def texts(client, **given) -> list[str]:
    return [claim["text"] for claim in asked(client, **given).get("claims", [])]


def every_page(client, **given) -> list[str]:
    """The texts of all pages; each token leads on."""
    found = []
    while True:
        answer = asked(client, **given)
        found += [claim["text"] for claim in answer.get("claims", [])]
        if "nextPageToken" not in answer:
            return found
        given["pageToken"] = answer["nextPageToken"]


def verified(wording: str, at=NOON, **fields) -> Claim:
    claim = ClaimFactory(accepted=True, wording=wording, **fields)
    verify(claim, at=at)
    return claim


def refused(client, status=400, **given) -> dict:
    answer = client.get(ADDRESS, given)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"].startswith("application/json")
    error = answer.json()["error"]
    assert error["code"] == status
    return error


class TestWhatIsFound:
    def test_is_found_by_other_forms_of_the_words_and_without_accents(self, client):
        verified("Deux écoles ouvriront")
        assert texts(client, query="ecole ouvrir") == ["Deux écoles ouvriront"]

    def test_is_found_by_who_says_it(self, client):
        verified("Deux écoles ouvriront", speaker=SpeakerFactory(name="Aimée Durand"))
        assert texts(client, query="durand écoles") == ["Deux écoles ouvriront"]

    def test_is_what_best_matches_first(self, client):
        verified("Une école et un pont, une gare et trois routes ouvriront")
        verified("Le pont, un pont")
        verified("Rien de tel")
        assert texts(client, query="pont")[0] == "Le pont, un pont"

    def test_of_a_slip_is_what_was_meant_on_every_page(self, client):
        for number in range(3):
            verified(f"Deux écoles ouvriront ({number})")
        Word.objects.create(text="ouvriront")
        assert len(every_page(client, query="ouvrirot", pageSize=2)) == 3

    @pytest.mark.parametrize("asked_for", [{"query": "écoles"}, {"site": "testserver"}])
    def test_is_verified_by_a_finding_in_force(self, client, asked_for):
        if site := asked_for.pop("site", ""):
            asked_for = {"reviewPublisherSiteFilter": site}
        ClaimFactory(accepted=True, wording="Aucune école")
        old = verify(ClaimFactory(accepted=True, wording="Une école"))
        new = supersede(old, summary="C’est autrement.")
        withdrawn(verify(ClaimFactory(accepted=True, wording="Trois écoles")), "Un faux.")
        (claim,) = asked(client, **asked_for)["claims"]
        (review,) = claim["claimReview"]
        assert (claim["text"], review["title"]) == ("Une école", "C’est autrement.")
        assert review["url"].endswith(new.get_absolute_url())

    def test_is_reviewed_by_another_if_an_editor_said_so(self, client):
        claim = ClaimFactory(accepted=True, wording="Une école")
        reviewed_by("verif.test", claim)
        reviewed_by("verif.test", number=2)
        reviewed_by("verif.test", ClaimFactory(wording="Une école candidate"), number=3)
        (found,) = asked(client, query="école")["claims"]
        assert [one["url"] for one in found["claimReview"]] == ["https://www.verif.test/1"]

    def test_leaves_out_a_day_that_is_not_known(self, client):
        verified("Une école", said_on=PartialDate.parse("2025-11"))
        reviewed_by("verif.test", Claim.objects.get(), published_on=PartialDate.parse("2025"))
        (claim,) = asked(client, query="école")["claims"]
        assert "claimDate" not in claim
        assert "reviewDate" not in claim["claimReview"][1]

    def test_is_read_by_our_own_import(self, client, settings):
        settings.ALLOWED_HOSTS = ["constat.example"]
        verified("Une école", said_on=PartialDate.parse("2025-12-03"))
        answer = client.get(ADDRESS, {"query": "école"}, headers={"Host": "constat.example"})
        body = io.BytesIO(answer.content)
        ((review,),) = [[read(one) for one in reviews_in(item.value)] for item in items(body)]
        assert (review.claim_reviewed, review.rating_text) == ("Une école", "Imprécis")
        assert review.said_on == PartialDate.parse("2025-12-03")


class TestTheFilters:
    @pytest.mark.parametrize("language", ["fr", "fr-FR", "FR", "fr_CA"])
    def test_a_language_is_asked_for_without_its_region(self, client, language):
        verified("Une école")
        assert texts(client, query="école", languageCode=language) == ["Une école"]

    def test_ours_are_in_no_other_language(self, client):
        claim = verified("Une école")
        assert asked(client, query="école", languageCode="en") == {}
        reviewed_by("verif.test", claim, language="en-US")
        (found,) = asked(client, query="école", languageCode="en")["claims"]
        assert [one["languageCode"] for one in found["claimReview"]] == ["en-US"]

    @pytest.mark.parametrize("site", ["verif.test", "www.verif.test", "HTTPS://Verif.test/x"])
    def test_a_site_is_asked_for_however_it_is_written(self, client, site):
        claim = verified("Une école")
        verified("Deux écoles")
        reviewed_by("verif.test", claim)
        reviewed_by("autre.test", claim, number=2)
        for given in ({"query": "école"}, {}):
            (found,) = asked(client, reviewPublisherSiteFilter=site, **given)["claims"]
            assert [one["publisher"]["site"] for one in found["claimReview"]] == ["verif.test"]

    @pytest.mark.parametrize("asked_for", [{"query": "école"}, {"reviewPublisherSiteFilter": ""}])
    def test_an_age_is_that_of_the_review(self, client, asked_for):
        verified("Une vieille école", at=NOON)
        verified("Une école neuve", at=NOON + timedelta(days=10))
        reviewed_by("verif.test", ClaimFactory(accepted=True, wording="Une école ailleurs"))
        asked_for = {name: value or "testserver" for name, value in asked_for.items()}
        with time_machine.travel(NOON + timedelta(days=12)):
            assert texts(client, maxAgeDays=5, **asked_for) == ["Une école neuve"]
            assert len(texts(client, maxAgeDays=2147483647, **asked_for)) >= 2


class TestThePages:
    def test_are_of_ten_claims_or_as_many_as_are_wanted(self, client):
        for number in range(11):
            verified(f"École {number}")
        assert [len(texts(client, query="école", pageSize=size)) for size in (0, 3, 999)] == [
            10, 3, 11,
        ]  # fmt: skip

    def test_an_offset_passes_over_the_first(self, client):
        for number in range(5):
            verified(f"École {number}")
        found = texts(client, query="école")
        assert texts(client, query="école", offset=3) == found[3:]
        assert asked(client, query="école", offset=900) == {}
        of_the_site = {"reviewPublisherSiteFilter": "testserver"}
        assert texts(client, offset=4, **of_the_site) == texts(client, **of_the_site)[4:]

    def test_stand_still_while_claims_are_added(self, client):
        for number in range(5):
            verified(f"Une école et un pont ({number})")
        before = texts(client, query="école")
        first = asked(client, query="école", pageSize=2)
        verified("École, école, école")
        rest = every_page(client, query="école", pageSize=2, pageToken=first["nextPageToken"])
        assert [claim["text"] for claim in first["claims"]] + rest == before

    def test_of_our_site_are_the_latest_first_and_stand_still_too(self, client):
        for number in range(3):
            verified(f"École {number}", at=NOON + timedelta(hours=number))
        both = ClaimFactory.create_batch(2, accepted=True, wording="Deux fois")
        verify(*both, at=NOON + timedelta(hours=9))
        of_the_site = {"reviewPublisherSiteFilter": "testserver", "pageSize": 1}
        first = asked(client, **of_the_site)
        verified("Trop tard", at=NOON + timedelta(hours=10))
        rest = every_page(client, pageToken=first["nextPageToken"], **of_the_site)
        assert rest == ["Deux fois", "École 2", "École 1", "École 0"]

    def test_of_another_site_have_each_claim_once(self, client):
        claims = [ClaimFactory(accepted=True, wording=f"École {n}") for n in range(3)]
        for number, claim in enumerate([*claims, claims[0]]):
            reviewed_by("verif.test", claim, number=number)
        found = every_page(client, reviewPublisherSiteFilter="verif.test", pageSize=1)
        assert found == ["École 0", "École 2", "École 1"]

    def test_a_token_that_was_tampered_with_is_refused(self, client):
        for number in range(2):
            verified(f"École {number}")
        token = asked(client, query="école", pageSize=1)["nextPageToken"]
        middle = len(token) // 2
        other = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
        for bad in (other, token[:-1], "é", "A" * 500):
            assert refused(client, query="école", pageToken=bad)["message"] == "Invalid page token."

    def test_a_token_is_of_no_other_search(self, client):
        for number in range(2):
            verified(f"École {number}")
        token = asked(client, query="école", pageSize=1)["nextPageToken"]
        error = refused(client, query="pont", pageToken=token)
        assert error["message"].startswith("The page token was given for other parameters")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("pageSize", "-1"), ("pageSize", "dix"), ("pageSize", "9999999999"), ("offset", "-1"),
            ("offset", "1001"), ("maxAgeDays", "-3"), ("maxAgeDays", "1.5"),
            ("languageCode", "!!"), ("reviewPublisherSiteFilter", "deux mots"), ("alt", "proto"),
            ("alt", "media"), ("callback", "f"), ("prettyPrint", "maybe"), ("fields", "claims("),
            ("fields", "author"), ("fields", "claims/text/x"), ("fields", "(" * 3000),
            ("fields", "a/" * 3000), ("page_size", "1"), ("as_of", "2026-01-01"), ("as_of", "x"),
            ("pageToken", "x"),
        ],
    )  # fmt: skip
    def test_names_the_parameter(self, client, name, value):
        error = refused(client, query="école", **{name: value})
        assert error["status"] == "INVALID_ARGUMENT"
        (detail,) = error["details"]
        assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
        assert detail["fieldViolations"][0]["field"] == name

    def test_is_told_in_english(self, client):
        error = refused(client, foo="1")
        assert error["message"].startswith('Invalid JSON payload received. Unknown name "foo"')

    @pytest.mark.parametrize("given", [{}, {"query": " "}, {"languageCode": "fr"}])
    def test_is_nothing_in_particular(self, client, given):
        assert refused(client, **given)["details"][0]["fieldViolations"][0]["field"] == "query"

    def test_an_oauth_token_is_unknown(self, client):
        assert refused(client, 401, query="x", access_token="x")["status"] == "UNAUTHENTICATED"

    def test_a_search_that_takes_too_long_is_given_up(self, client, monkeypatch):
        def long(*_given):
            raise TimeoutError

        monkeypatch.setattr("claims.api.factchecktools.view.page", long)
        assert refused(client, 503, query="x")["status"] == "UNAVAILABLE"

    def test_a_fault_is_told_in_the_same_shape(self, client, monkeypatch):
        monkeypatch.setattr("claims.api.factchecktools.view.page", lambda *_given: 1 / 0)
        client.raise_request_exception = False
        assert refused(client, 500, query="x")["status"] == "INTERNAL"

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("post", "claims:search", 405), ("delete", "claims:search", 405),
            ("get", "pages", 501), ("delete", "pages/1", 501), ("get", "", 404),
            ("get", "claims:imageSearch", 501), ("get", "claims", 404), ("post", "x/y", 404),
        ],
    )  # fmt: skip
    def test_what_there_is_not_is_told_in_the_same_shape(self, client, method, path, status):
        answer = getattr(client, method)(f"/v1alpha1/{path}")
        assert answer.status_code == status
        assert answer.json()["error"]["code"] == status


class TestTheAnswer:
    def test_may_be_read_by_a_page_elsewhere_and_kept_by_a_cache(self, client):
        answer = client.get(ADDRESS, {"query": "x"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"].startswith("public")
        again = client.get(ADDRESS, {"query": "x"}, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304

    def test_is_printed_as_is_wanted(self, client):
        verified("École")
        pretty = client.get(ADDRESS, {"query": "école"}).content
        plain = client.get(ADDRESS, {"query": "école", "prettyPrint": "false"}).content
        assert pretty.startswith(b'{\n  "claims"')
        assert plain.startswith(b'{"claims":[')
        assert json.loads(pretty) == json.loads(plain)

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ("claims/text", [{"text": "École"}]),
            ("claims(text),claims/text", [{"text": "École"}]),
            ("claims/claimReview/publisher(*)", [{"claimReview": [{"publisher": PUBLISHER}]}]),
            ("*/claimReview(languageCode)", [{"claimReview": [{"languageCode": "fr"}]}]),
            ("nextPageToken", None),
        ],
    )
    def test_is_a_part_if_a_part_is_wanted(self, client, fields, expected):
        verified("École")
        assert asked(client, query="école", fields=fields).get("claims") == expected

    @pytest.mark.parametrize(
        "given", [{"query": "école"}, {"reviewPublisherSiteFilter": "testserver"}]
    )
    def test_takes_as_many_queries_as_the_baseline(self, client, counted_queries, given):
        for number in range(4):
            claim = verified(f"École {number}")
            reviewed_by("verif.test", claim, number=number)
        with counted_queries(f"claims:search, by {min(given)}"):
            asked(client, pageSize=3, **given)


@pytest.fixture(scope="module")
def large(django_db_setup, django_db_blocker):
    """A client of a large record, which is gone afterwards: a third of what is public in it is
    verified, and every tenth of that was reviewed elsewhere."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(6000)
        editor = Claim.objects.published()[0].decided_by
        for number, pk in enumerate(range(10, 1500, 10)):
            site = f"verif{number % 3}.test"
            reviewed_by(site, Claim(pk=pk), number=number, by=editor)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_claimreview")
        yield Client()
        transaction.set_rollback(True)


LOOKED_AT = 200


@pytest.mark.parametrize(
    "given",
    [
        {"query": "ministre"},
        {"query": "annonce", "languageCode": "en"},
        {"query": "annonce", "reviewPublisherSiteFilter": "verif1.test"},
        {"reviewPublisherSiteFilter": "testserver"},
        {"reviewPublisherSiteFilter": "testserver", "maxAgeDays": "1"},
        {"reviewPublisherSiteFilter": "verif1.test"},
    ],
)
def test_no_page_reads_more_than_is_looked_at(large, given, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_AT", LOOKED_AT)
    token, found = {}, []
    for _page in range(3):
        with CaptureQueriesContext(connection) as captured:
            answer = asked(large, **given, **token)
        for query in captured.captured_queries:
            if not query["sql"].lstrip().startswith(("SELECT", "WITH")):
                continue
            done = plan(query["sql"])
            if tables := whole_tables(done):
                found.append(f"all of {tables}: {query['sql']}")
            # Of each claim: itself, whether one of ours or another's is about it, is in force.
            elif (read := rows_read(done)) > 8 * LOOKED_AT or sorted_rows(done) > 2 * LOOKED_AT:
                found.append(f"{read} rows read, {sorted_rows(done)} sorted: {query['sql']}")
        if "nextPageToken" not in answer:
            break
        token = {"pageToken": answer["nextPageToken"]}
    assert found == [], "\n".join(found)
