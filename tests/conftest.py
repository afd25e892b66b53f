import json
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

BASELINE = Path(__file__).parent / "query_counts.json"


def pytest_addoption(parser, pluginmanager):
    # The language engine's tests also run without Django (-p no:django).
    if not pluginmanager.has_plugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "means nothing without pytest-django")


@pytest.fixture
def english():
    """Messages in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def counted_queries():
    """``with counted_queries("home page"):`` — as many queries as the committed baseline says.

    A failure prints the SQL. UPDATE_QUERY_COUNTS=1 writes what was counted instead.
    """

    @contextmanager
    def count(name: str):
        with CaptureQueriesContext(connection) as captured:
            yield
        counts = json.loads(BASELINE.read_text())
        if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
            counts[name] = len(captured)
            BASELINE.write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n")
            return
        sql = "\n".join(query["sql"] for query in captured.captured_queries)
        assert len(captured) == counts.get(name), f"{name}: {len(captured)} queries:\n{sql}"

    return count
