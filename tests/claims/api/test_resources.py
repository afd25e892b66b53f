"""What each resource looks like: bodies that are kept, and the schema's word for them.

UPDATE_GOLDEN=1 writes the bodies anew.
"""

import json
import os
import random
from pathlib import Path

import pytest
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from claims.api.resources import RESOURCES
from claims.correct import correct
from claims.models import Alias, Correction, Recheck
from sources import fields
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.api import asked
from tests.factories import (
    NOON,
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def record(monkeypatch):
    """A claim with all that a record may have, at noon; its ids are always the same."""
    chance = random.Random(1)
    monkeypatch.setattr(fields.secrets, "choice", chance.choice)
    with record_clock(NOON):
        party = SpeakerFactory(kind="organisation", name="Parti du lac")
        speaker = SpeakerFactory(name="Jeanne Roux", wikidata_id="Q42")
        Alias.objects.create(speaker=speaker, name="Mme Roux")
        PositionFactory(
            speaker=speaker, title="élue", organisation=party, until=PartialDate.parse("2020")
        )
        PositionFactory(speaker=speaker, since=PartialDate.parse("2020-07-04"))
        snapshot = SnapshotFactory(
            text="« Deux écoles ouvriront », promet Jeanne Roux.",
            document__title="Deux écoles",
            document__byline="A. B.",
            document__url="https://journal.test/ecoles",
            document__publisher__name="Le Journal",
            document__publisher__site="journal.test",
        )
        claim = ClaimFactory(
            accepted=True,
            sentence__snapshot=snapshot,
            speaker=speaker,
            wording="Deux écoles ouvriront.",
            quotation="direct",
        )
        act = SnapshotFactory(
            text="Une école.", document__title="Acte", document__publisher__name="Le Greffe"
        )
        source = {"document": act.document}
        editor = UserFactory()
    first = verify(claim, evidence=[source, {"document": source["document"], "primary": True}],
                   summary="Une seule.")  # fmt: skip
    second = supersede(first, summary="Une seule école.")
    with record_clock(NOON):
        correct(second, "update", "Une source de plus.", editor)
        correct(claim, "error", "Deux.", editor, wording="Deux écoles ouvriront en 2026.")
        Recheck.objects.create(
            verification=second, review_by="2026-06-01", note="Toujours.", made_by=editor
        )
        effect = EffectFactory(
            claim=claim,
            development__title="Une école ouvre",
            development__document=source["document"],
        )
        correct(effect.development, "clarification", "En janvier.", editor)
        ForecastFactory(claim=claim)
        other = ClaimFactory(accepted=True, sentence__snapshot__text="Deux écoles, dit-elle.",
                             sentence__snapshot__document__title="Autre",
                             sentence__snapshot__document__publisher__name="L’Autre Journal",
                             speaker__name="Ida")  # fmt: skip
        LinkFactory(accepted=True, claim=other, earlier=claim)
        document = {"document": source["document"]}
    withdrawn(verify(ClaimFactory(
        accepted=True, sentence__snapshot__text="Rien.", sentence__snapshot__document__title="Rien",
        sentence__snapshot__document__publisher__name="Rien", speaker__name="Rien",
    ), evidence=[document], summary="Rien."), "La source est un faux.")  # fmt: skip


def bodies(client, name: str) -> list[dict]:
    """What a list gives; corrections are numbered as if they were the first there are."""
    rows = asked(client, reverse(f"api-{name}-list"))["results"]
    numbers = Correction.objects.order_by("pk").values_list("pk", flat=True)
    text = json.dumps(rows, ensure_ascii=False)
    for place, number in enumerate(numbers, start=1):
        text = text.replace(f'"{number}"', f'"{place}"')
        text = text.replace(f"/corrections/{number}/", f"/corrections/{place}/")
    return json.loads(text)


@pytest.mark.parametrize("name", RESOURCES)
def test_it_looks_as_it_did(client, record, name):
    kept, given = GOLDEN / f"{name}.json", bodies(client, name)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        kept.write_text(json.dumps(given, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert given == json.loads(kept.read_text("utf-8")), "if that is meant: UPDATE_GOLDEN=1"


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.mark.parametrize("name", RESOURCES)
def test_it_looks_as_the_schema_says(schema, name):
    component = RESOURCES[name].serializer.__name__.removesuffix("Serializer")
    described = {"$ref": f"#/components/schemas/{component}", "components": schema["components"]}
    validator = Draft202012Validator(described)
    properties = schema["components"]["schemas"][component]["properties"]
    for row in json.loads((GOLDEN / f"{name}.json").read_text("utf-8")):
        assert [error.message for error in validator.iter_errors(row)] == []
        assert list(row) == list(properties)
