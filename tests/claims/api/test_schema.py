from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from claims.api.openapi.examples import EXAMPLES
from claims.api.resources import RESOURCES

COMMITTED = Path(__file__).parents[3] / "docs/api-schema.yaml"


@pytest.fixture(scope="module")
def generated():
    """The schema as it is now; a warning of the generator is a failure."""
    out = StringIO()
    call_command("spectacular", "--lang=en", "--validate", "--fail-on-warn", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def schema(generated):
    return yaml.safe_load(generated)


def operations(schema):
    return [(path, one) for path, item in schema["paths"].items() for one in item.values()]


def resolved(schema, part):
    while "$ref" in part:
        within = schema
        for name in part["$ref"].removeprefix("#/").split("/"):
            within = within[name]
        part = within
    return part


def test_the_committed_schema_is_that_of_the_code(generated):
    assert generated == COMMITTED.read_text("utf-8"), "run: make schema"


def test_it_is_valid_openapi_31(schema):
    assert schema["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(schema).iter_errors()) == []


def test_it_names_the_licence_of_the_data(schema):
    assert schema["info"]["license"]["identifier"] == "CC-BY-4.0"


def test_every_operation_has_a_name_of_its_own_that_reads_well(schema):
    names = [one["operationId"] for _path, one in operations(schema)]
    assert len(set(names)) == len(names)
    assert {"listClaims", "getClaim", "listEvidence", "getRating"} <= set(names)


def test_every_parameter_is_described(schema):
    assert not [
        (path, parameter["name"])
        for path, one in operations(schema)
        for parameter in one.get("parameters", [])
        if not parameter.get("description", "").strip()
    ]


def test_every_field_is_described(schema):
    assert not [
        (name, field)
        for name, component in schema["components"]["schemas"].items()
        for field, of in component.get("properties", {}).items()
        if "$ref" not in of and not of.get("description")
    ]


def test_every_answer_is_described(schema):
    assert not [
        (path, status)
        for path, one in operations(schema)
        for status, answer in one["responses"].items()
        if not resolved(schema, answer).get("description")
    ]


def test_every_example_of_an_answer_is_one(schema):
    for path, one in operations(schema):
        for answer in one["responses"].values():
            for content in resolved(schema, answer).get("content", {}).values():
                if "example" not in content:
                    continue
                whole = content["schema"] | {"components": schema["components"]}
                faults = list(Draft202012Validator(whole).iter_errors(content["example"]))
                assert not faults, (path, faults)


@pytest.mark.parametrize("name", RESOURCES)
class TestAResource:
    def test_says_of_every_field_what_it_looks_like(self, schema, name):
        listed = schema["paths"][f"/api/v1/{name}/"]["get"]["responses"]["200"]
        page = resolved(schema, listed["content"]["application/json"]["schema"])
        row = resolved(schema, page["properties"]["results"]["items"])
        assert list(row["properties"]) == list(EXAMPLES[name])
        assert row["required"] == ["id"]

    def test_documents_every_error_of_a_row(self, schema, name):
        given = schema["paths"][f"/api/v1/{name}/{{id}}/"]["get"]["responses"]
        wanted = {"200", "304", "400", "401", "404", "405", "429", "503"}
        assert wanted <= set(given)
        for status in set(given) - {"200", "301", "304"}:
            assert list(resolved(schema, given[status])["content"]) == ["application/problem+json"]

    def test_takes_the_parameters_of_every_list(self, schema, name):
        parameters = schema["paths"][f"/api/v1/{name}/"]["get"]["parameters"]
        assert {"fields", "limit", "cursor", "total", "as_of"} <= {
            one["name"] for one in parameters
        }

    def test_tells_the_headers_of_an_answer(self, schema, name):
        given = schema["paths"][f"/api/v1/{name}/{{id}}/"]["get"]["responses"]["200"]
        assert {"ETag", "Last-Modified", "Link", "Cache-Control"} <= set(given["headers"])


@pytest.mark.parametrize(
    ("name", "status"), [("claims", "301"), ("speakers", "301"), ("documents", "410")]
)
def test_what_may_become_of_a_row_is_told(schema, name, status):
    assert status in schema["paths"][f"/api/v1/{name}/{{id}}/"]["get"]["responses"]


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
