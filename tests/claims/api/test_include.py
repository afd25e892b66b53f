"""``include``: rows that others refer to, beside them in the shape they have everywhere."""

import pytest
from django.urls import reverse

from claims.api.resources import RESOURCES
from claims.correct import correct
from tests.api import asked, detail, refused, sentence_id
from tests.factories import ClaimFactory, EffectFactory, ForecastFactory, LinkFactory, UserFactory
from tests.record import supersede, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """One with all that a claim refers to."""
    claim = ClaimFactory(accepted=True)
    correct(supersede(verify(claim)), "update", "Une source de plus.", UserFactory())
    correct(claim, "update", "Une source de plus.", UserFactory())
    EffectFactory(claim=claim)
    ForecastFactory(claim=claim)
    return claim


def test_what_is_included_is_beside_by_its_id(client, claim):
    answer = detail(client, "claims", claim, include="speaker,document")
    assert answer["included"] == {
        "documents": {claim.document.public_id: detail(client, "documents", claim.document)},
        "speakers": {claim.speaker.public_id: detail(client, "speakers", claim.speaker)},
    }


def test_the_rows_of_a_list_share_it(client, claim):
    other = ClaimFactory(accepted=True, speaker=claim.speaker)
    answer = asked(client, reverse("api-claims-list"), include="speaker")
    assert [row["id"] for row in answer["results"]] == [other.public_id, claim.public_id]
    assert list(answer["included"]["speakers"]) == [claim.speaker.public_id]


@pytest.mark.parametrize("name", [name for name, of in RESOURCES.items() if of.references])
def test_everything_a_row_refers_to_can_be_included(client, claim, name):
    """And under the id by which it refers to it."""
    references = RESOURCES[name].references
    answer = asked(client, reverse(f"api-{name}-list"), include=",".join(references))
    assert answer["results"]
    for row in answer["results"]:
        for field, reference in references.items():
            named = row[field] if isinstance(row[field], list) else [row[field]]
            for row_id in filter(None, named):
                assert answer["included"][reference.to][row_id]["id"] == row_id


def test_a_path_leads_on_from_there(client, claim):
    answer = detail(client, "claims", claim, include="document.publisher,verifications.evidence")
    assert sorted(answer["included"]) == ["documents", "evidence", "publishers", "verifications"]
    assert len(answer["included"]["evidence"]) == 2


def test_of_what_is_not_there_nothing_is_beside(client):
    claim = ClaimFactory(accepted=True, speaker=None, quotation="none")
    answer = detail(client, "claims", claim, include="speaker,verifications")
    assert answer["included"] == {"speakers": {}, "verifications": {}}


def test_a_sentence_is_included_by_its_id(client, claim):
    answer = detail(client, "claims", claim, include="sentence")
    assert list(answer["included"]["sentences"]) == [sentence_id(claim.sentence)]


def test_an_empty_list_includes_nothing(client):
    answer = asked(client, reverse("api-claims-list"), include="speaker")
    assert answer == {"results": [], "next": None, "previous": None, "included": {"speakers": {}}}


@pytest.mark.parametrize(
    "value",
    ["", "text", "speeker", "speaker,", "document.title", "document.publisher.id", ".", "a" * 9000,
     "verifications.evidence.document", "speaker.within.publisher", "speaker speaker"],
)  # fmt: skip
def test_what_leads_nowhere_is_refused(client, value):
    assert refused(client, "claims", include=value) == ["include"]


def test_no_more_paths_are_followed_than_ten(client):
    paths = [f"{one}.{two}" for one in ("verifications", "developments", "speaker", "document")
             for two in RESOURCES[RESOURCES["claims"].references[one].to].references]  # fmt: skip
    assert refused(client, "claims", include=",".join([*paths, "sentence"])) == ["include"]


def test_lists_take_as_many_queries_of_many_rows_as_the_baseline(client, counted_queries):
    for _row in range(4):
        claim = ClaimFactory(accepted=True)
        correct(verify(claim), "update", "Une source de plus.", UserFactory())
        effect = EffectFactory(claim=claim)
        ForecastFactory(claim=claim)
        LinkFactory(accepted=True, claim=claim)
        EffectFactory(development=effect.development)
    for name, resource in RESOURCES.items():
        beside = {"include": ",".join(resource.references)} if resource.references else {}
        with counted_queries(f"api {name}"):
            answer = asked(client, reverse(f"api-{name}-list"))
        assert len(answer["results"]) > 2
        with counted_queries(f"api {name}, with all beside"):
            asked(client, reverse(f"api-{name}-list"), total="true", **beside)
