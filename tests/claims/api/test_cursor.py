"""Pages of a list: every row once and in order, whatever is added meanwhile."""

import base64
import json
from itertools import chain

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.api.cursor import Cursor
from claims.api.page import Wanted
from claims.api.resources import RESOURCES
from claims.models import Claim
from claims.query import Refused
from sources.partial_date import PartialDate
from tests.api import asked, listed, refused
from tests.factories import NOON, ClaimFactory, EffectFactory

pytestmark = pytest.mark.django_db
CLAIMS = RESOURCES["claims"]


def page(cursor, limit, by=CLAIMS.by):
    wanted = Wanted(CLAIMS, CLAIMS.published(), by, ["id"], "")
    return wanted.page(cursor and str(cursor), limit)


def pks(found) -> list[int]:
    return [pk for pk, _text in found.rows]


def walk(limits, by=CLAIMS.by, back=False, added=lambda: None):
    """What the pages have from one end to the other, and the last page."""
    found, cursor = [], None
    for limit in [*limits, *[100] * 3]:
        here = page(cursor, limit, by)
        found.append(pks(here))
        cursor = here.next
        added()
        if cursor is None:
            return found, here
    raise AssertionError("it has no end")


@pytest.fixture
def claims():
    """Twelve, most of them let in at the same time as another; said on days, months and years."""
    for number in range(12):
        ClaimFactory(
            accepted=True,
            decided_at=NOON.replace(hour=number // 4, microsecond=number // 6),
            said_on=PartialDate.parse(["2025-12-03", "2025-12", "2025"][number % 3]),
        )


def in_order(by=CLAIMS.by) -> list[int]:
    return list(Claim.objects.published().order_by(*by).values_list("pk", flat=True))


ORDERS = pytest.mark.parametrize("by", [CLAIMS.by, ("-said_on", "-pk"), ("-pk",)])
LIMITS = st.lists(st.integers(1, 13), max_size=14)
examples = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ORDERS
@examples
@given(limits=LIMITS)
def test_pages_have_every_row_once_and_in_order(claims, by, limits):
    found, _last = walk(limits, by)
    assert list(chain.from_iterable(found)) == in_order(by)


@examples
@given(limits=LIMITS)
def test_what_is_added_meanwhile_moves_no_row(claims, limits):
    before = in_order()

    def add():
        for day in (1, 9):
            ClaimFactory(accepted=True, decided_at=NOON.replace(day=day))

    with transaction.atomic():
        found, _last = walk(limits, added=add)
        transaction.set_rollback(True)
    found = list(chain.from_iterable(found))
    assert [pk for pk in found if pk in before] == before
    assert len(found) == len(set(found))


@ORDERS
@examples
@given(limits=LIMITS, steps=st.lists(st.integers(1, 13), min_size=1, max_size=14))
def test_the_way_back_has_the_same_rows(claims, by, limits, steps):
    found, here = walk(limits, by)
    expected = in_order(by)
    assert (here.next, here.previous is None) == (None, len(found) == 1)
    back = pks(here)
    for limit in [*steps, *[100] * 3]:
        if here.previous is None:
            break
        here = page(here.previous, limit, by)
        back = pks(here) + back
    assert back == expected


def test_the_first_page_names_the_next_and_the_last_the_one_before(client, claims):
    first = asked(client, "/api/v1/claims/", limit=8, kind="commitment")
    assert (len(first["results"]), first["previous"]) == (8, None)
    last = client.get(first["next"]).json()
    assert (len(last["results"]), last["next"]) == (4, None)
    again = client.get(last["previous"]).json()
    assert again["results"] == first["results"]
    assert "kind=commitment" in first["next"]


def test_what_words_find_is_paged_by_relevance(client, claims):
    first = asked(client, "/api/v1/claims/", q="écoles", limit=8)
    last = client.get(first["next"]).json()
    assert client.get(last["previous"]).json()["results"] == first["results"]
    ids = {row["id"] for row in first["results"] + last["results"]}
    assert len(ids) == 12


def test_a_period_is_in_the_order_of_its_days(client, claims):
    ClaimFactory(accepted=True, said_on=None)
    first = asked(client, "/api/v1/claims/", limit=8, **{"from": "2025"})
    rows = first["results"] + client.get(first["next"]).json()["results"]
    assert [row["said_on"] for row in rows] == ["2025-12-03"] * 4 + ["2025-12"] * 4 + ["2025"] * 4


@pytest.mark.parametrize("name", RESOURCES)
def test_every_list_has_pages(client, name):
    for _row in range(3):
        EffectFactory()
    every = listed(client, name)
    assert [row["id"] for rows in pages(client, name) for row in rows] == every


def pages(client, name):
    address = f"{reverse(f'api-{name}-list')}?limit=1"
    while address:
        answer = client.get(address).json()
        yield answer["results"]
        address = answer["next"]


def written(*parts) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "é", "\0", "after-3", "=" * 9, "A" * 500,
        written(), written(False), written(False, "2025-12-08T12:00:00+00:00"),
        written(1, "2025-12-08T12:00:00+00:00", 1), written(False, "2025-12-08T12:00:00", 1),
        written(False, "2025-12-08T12:00:00+00:00", 2**63), written(False, "hier", 1),
        written(False, "2025-12-08T12:00:00+00:00", "1"), written(False, None, 1),
        written(False, "2025-12-08T12:00:00+00:00", -1),
        written(False, "0001-01-01T00:00:00+23:59", 1),
        written(False, "2025-12-08T12:00:00+00:00", True), written({"a": 1}, [], {}),
    ],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(Refused, match="cursor"):
        Cursor.parse(text, Claim, CLAIMS.by)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("cursor", "x"), ("limit", "0"), ("limit", "101"), ("limit", "-1"), ("limit", "²"),
     ("limit", ""), ("limit", "9" * 5000), ("total", "1"), ("page", "2"), ("page_size", "2")],
)  # fmt: skip
def test_a_list_refuses_what_is_no_page(client, parameter, value):
    assert refused(client, "claims", **{parameter: value}) == [parameter]


def test_a_total_is_given_where_it_is_asked_for(client, claims):
    assert asked(client, "/api/v1/claims/", limit=2, total="true")["total"] == {
        "rows": 12,
        "more": False,
    }
    assert "total" not in asked(client, "/api/v1/claims/")


@pytest.mark.parametrize("name", ["claims", "sentences"])
def test_a_total_that_is_not_counted_to_its_end_says_so(client, claims, monkeypatch, name):
    monkeypatch.setattr("claims.api.viewset.COUNTED", 11)
    assert asked(client, f"/api/v1/{name}/", total="true")["total"] == {"rows": 11, "more": True}


def test_nor_is_one_of_what_words_find(client, claims, monkeypatch):
    for module in ("claims.query", "claims.api.viewset"):
        monkeypatch.setattr(f"{module}.BOUND", 11)
    answer = asked(client, "/api/v1/claims/", q="écoles", total="true")
    assert answer["total"] == {"rows": 11, "more": True}
