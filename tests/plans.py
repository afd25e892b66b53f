"""How PostgreSQL answers: what a query reads, and whether that grows with the record."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.lists import BOUND

CLAIMS = 20_000
# A count reads up to the bound, in some three tables, and a page as well.
READ = 10 * BOUND
SORTED = 900
# As many rows stay however long a newsroom works, or nearly.
SMALL = {
    "auth_group", "auth_permission", "auth_user", "auth_user_groups", "auth_group_permissions",
    "auth_user_user_permissions", "claims_apikey", "claims_rating", "claims_scale",
    "claims_subscription", "django_content_type", "django_session", "sources_feed",
    "sources_polling", "sources_publisher", "sources_savedfilter",
}  # fmt: skip


def fill(claims: int) -> None:
    """The record of benchmarks/desk.sql, known to the planner."""
    sql = Path("benchmarks/desk.sql").read_text("utf-8")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"claims": claims})
        cursor.execute("ANALYZE")
        # As if every table were so large that nobody would think of reading it whole.
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("SET LOCAL random_page_cost = 1.1")


def plan(sql: str) -> dict:
    """What was done for a query, with the rows that were read."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def whole_tables(plan: dict) -> list[str]:
    """The tables that grow and were read from end to end."""
    return [
        node["Relation Name"]
        for node in nodes(plan)
        if node["Node Type"] == "Seq Scan"
        and node["Relation Name"] not in SMALL
        and node["Actual Loops"]
    ]


def sorted_rows(plan: dict) -> int:
    """The most rows that were put in order, rather than read in order."""
    return max(
        (
            round(part["Actual Rows"] * part["Actual Loops"])
            for node in nodes(plan)
            if node["Node Type"] == "Sort"
            for part in node["Plans"]
        ),
        default=0,
    )


def rows_read(plan: dict) -> int:
    """How many rows, or index entries, of tables that grow were looked at.

    Those of a bitmap are counted in the table: its index has entries of rows that are gone, too.
    """
    read = 0
    for node in nodes(plan):
        scan = node["Node Type"]
        if (
            "Scan" in scan
            and scan != "Bitmap Index Scan"
            and node.get("Relation Name") not in SMALL
        ):
            rows = node["Actual Rows"] + sum(
                node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck")
            )
            read += round(rows * node["Actual Loops"])
    return read


def faults(client: Client, address: str, times: int = 1) -> list[str]:
    """What grows with the record, of the queries behind a page; of a dear one, with more than is
    usual, so many ``times``."""
    # What words find is put in order afterwards; there are no more than are counted.
    to_sort = BOUND + 1 if re.search(r"(q|term)=.", address) else SORTED
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    found = []
    for query in captured.captured_queries:
        if not query["sql"].lstrip("( ").startswith(("SELECT", "WITH", "\nWITH")):
            continue
        done = plan(query["sql"])
        if tables := whole_tables(done):
            found.append(f"{address}: all of {tables}: {query['sql']}")
        elif (read := rows_read(done)) > times * READ:
            found.append(f"{address}: {read} rows read: {query['sql']}")
        elif (rows := sorted_rows(done)) > times * to_sort:
            found.append(f"{address}: {rows} rows sorted: {query['sql']}")
    return found
