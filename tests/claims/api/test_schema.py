from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

COMMITTED = Path(__file__).parents[3] / "docs/api-schema.yaml"


@pytest.fixture
def schema():
    """The schema as it is now; a warning of the generator is a failure."""
    out = StringIO()
    call_command("spectacular", "--lang=en", "--validate", "--fail-on-warn", stdout=out)
    return out.getvalue()


def test_the_committed_schema_is_that_of_the_code(schema):
    assert schema == COMMITTED.read_text("utf-8"), "run: make schema"


@pytest.mark.django_db
def test_the_schema_served_is_the_committed_one(client):
    assert client.get("/api/schema/").content.decode() == COMMITTED.read_text("utf-8")


@pytest.mark.django_db
def test_the_reference_loads_nothing_from_elsewhere(client):
    page = client.get("/api/docs/").content.decode()
    assert "swagger-ui" in page
    assert "//cdn" not in page


@pytest.mark.django_db
def test_the_reference_runs_no_script_of_others(client):
    policy = client.get("/api/docs/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"


@pytest.mark.django_db
def test_the_reference_and_its_script_come_without_a_cookie(client):
    for address in ("/api/docs/", "/api/docs/?script="):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
