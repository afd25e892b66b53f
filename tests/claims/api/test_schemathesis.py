"""schemathesis asks whatever the schema allows and forbids, and holds every answer against it.

``SCHEMATHESIS=500 pytest tests/claims/api/test_schemathesis.py`` asks longer: so many questions of
each endpoint beside those that the schema itself leads to.
"""

import os
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, seed
from hypothesis import settings as asking
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance

from claims.api.openapi.examples import EXAMPLES
from claims.correct import correct
from config.wsgi import application
from tests.factories import (
    ApiKeyFactory,
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    UserFactory,
)
from tests.record import verify

# Where Django closes connections; here one transaction, never committed, is all that is read.
ENDS_OF_REQUESTS = (request_started, request_finished)
LONGER = int(os.environ.get("SCHEMATHESIS", 0))
REFERENCES = {
    "claim", "development", "document", "links_to", "publisher", "speaker", "verification",
}  # fmt: skip
schemathesis.openapi.format("partial-date", st.dates().map(str))

config = schemathesis.Config.from_dict(
    {
        # Every limit of every parameter, one by one, takes minutes.
        "phases": {"coverage": {"enabled": bool(LONGER)}},
        # The null byte is in no text of PostgreSQL's: test_hostile.py asks with it.
        "generation": {"allow-x00": False},
    }
)
api = schemathesis.openapi.from_path(
    Path(__file__).parents[3] / "docs/api-schema.yaml", config=config
)
api.app = application


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """A record with a row of each resource: their ids, by the name of the resource; and a key."""
    limits = dict.fromkeys(settings.API_LIMITS, 10**9)
    with (
        django_db_blocker.unblock(),
        override_settings(API_LIMITS=limits),
        transaction.atomic(),
    ):
        claim = ClaimFactory(accepted=True, public_id=EXAMPLES["claims"]["id"])
        correct(verify(claim), "update", "Une source de plus.", UserFactory())
        EffectFactory(claim=claim)
        ForecastFactory(claim=claim)
        LinkFactory(accepted=True, claim=claim)
        PositionFactory(speaker=claim.speaker)
        rows = {name: Client().get(f"/api/v1/{name}/").json()["results"] for name in EXAMPLES}
        for signal in ENDS_OF_REQUESTS:
            signal.disconnect(close_old_connections)
        key = ApiKeyFactory(scopes=["extract", "match", "propose"])
        yield {
            "key": key.header["headers"],
            **{name: [row["id"] for row in found] for name, found in rows.items()},
        }
        for signal in ENDS_OF_REQUESTS:
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


def make_sense(case, known):
    """What the schema cannot say of good values: which rows there are, what came before what."""
    query = case.query
    # Half of the time a row that is there.
    if "id" in case.path_parameters and len(str(case.path_parameters["id"])) % 2:
        case.path_parameters["id"] = known[case.path.split("/")[3]][0]
    for name in REFERENCES & set(query):
        resource = "claims" if name == "links_to" else f"{name}s"
        several = isinstance(query[name], list)
        query[name] = known[resource][:1] if several else known[resource][0]
    for name in ("cursor", "pageToken"):
        query.pop(name, None)  # Only an answer gives one.
    if case.path.startswith("/v1alpha1/"):
        query["query"] = "écoles"  # Needed, or a site.
        query.pop("fields", None)  # In a language of its own.
    if "since" in query:
        query["since"] = 0
    if "as_of" in query:
        query["as_of"] = timezone.localdate().isoformat()
    if "standing" in query:
        query["standing"] = "unverified"
    if "from" in query:
        query.pop("to", None)
    if not str(query.get("q", "")).strip():
        query.pop("sort", None)


def excluded(case):
    """Checks that are not made, and why."""
    if case.path.startswith("/v1alpha1/"):
        # Google's clients send a long GET as a POST that says so; it is no method of its own.
        return [allow_header_conformance]
    if case.method == "POST":
        # What a proposal is made of has to be there: words in a text, one source and no other.
        return [positive_data_acceptance]
    return []


@pytest.mark.django_db
@api.parametrize()
@seed(20_251_208)
@asking(
    max_examples=LONGER or 8,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_the_schema_says(case, known):
    if case.meta.generation.mode is schemathesis.GenerationMode.POSITIVE:
        make_sense(case, known)
    case.call_and_validate(
        headers={"Accept-Encoding": "identity", **known["key"]}, excluded_checks=excluded(case)
    )
