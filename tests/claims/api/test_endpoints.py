import pytest
from django.urls import reverse

from claims.correct import correct
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import verify, withdrawn

pytestmark = pytest.mark.django_db


def listed(client, endpoint, **parameters):
    """The ids a list answers with."""
    answer = client.get(reverse(f"api-{endpoint}-list"), parameters)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def detail(client, name, row):
    answer = client.get(reverse(f"api-{name}-detail", args=[row.public_id]))
    assert answer.status_code == 200
    return answer.json()


def record_of_one():
    """An accepted claim with all that hangs on it."""
    claim = ClaimFactory(accepted=True)
    correct(verify(claim), "update", "Une source de plus.", UserFactory())
    EffectFactory(claim=claim)
    EffectFactory(
        claim=claim,
        development__document=None,
        development__claim=ClaimFactory(accepted=True),
    )
    ForecastFactory(claim=claim)
    LinkFactory(accepted=True, claim=claim)
    PositionFactory(speaker=claim.speaker)
    return claim


def test_a_claim_gives_speaker_date_and_source_sentence(client):
    claim = ClaimFactory(accepted=True)
    answer = detail(client, "claim", claim)
    assert (answer["speaker"]["name"], answer["said_on"], answer["sentence"]["text"]) == (
        claim.speaker.name,
        "2025-12-03",
        claim.sentence.text,
    )


def test_spans_are_pairs_of_offsets(client):
    claim = ClaimFactory(accepted=True)
    assert detail(client, "claim", claim)["content"] == [[0, claim.sentence.end]]


def test_the_digest_of_the_text_comes_with_the_sentence(client):
    claim = ClaimFactory(accepted=True)
    assert detail(client, "claim", claim)["sentence"]["sha256"] == claim.sentence.snapshot.sha256


def test_a_claim_gives_the_position_held_that_day(client):
    claim = ClaimFactory(accepted=True)
    PositionFactory(speaker=claim.speaker, title="élue", until=PartialDate.parse("2020"))
    PositionFactory(speaker=claim.speaker, title="maire", since=PartialDate.parse("2020"))
    assert detail(client, "claim", claim)["position"]["title"] == "maire"


def test_a_claim_gives_its_published_verification(client):
    claim = ClaimFactory(accepted=True)
    verification = VerificationFactory(published=True, claims=[claim])
    VerificationFactory(claims=[claim])
    answer = detail(client, "claim", claim)
    assert [found["id"] for found in answer["verifications"]] == [verification.public_id]


def test_a_claim_gives_its_accepted_developments(client):
    effect = EffectFactory()
    EffectFactory(claim=effect.claim, development=DevelopmentFactory())
    answer = detail(client, "claim", effect.claim)
    assert [found["development"] for found in answer["developments"]] == [
        effect.development.public_id
    ]


def test_a_claim_gives_its_forecast(client):
    forecast = ForecastFactory()
    assert detail(client, "claim", forecast.claim)["forecast"]["due_on"] == "2026"


def test_a_claim_names_its_page(client):
    claim = ClaimFactory(accepted=True)
    page = f"http://testserver/claims/{claim.public_id}/"
    assert detail(client, "claim", claim)["page"] == page


def test_a_verification_gives_its_evidence(client):
    verification = verify(ClaimFactory(accepted=True))
    evidence = verification.evidence.get()
    answer = detail(client, "verification", verification)
    assert answer["evidence"][0]["document"]["title"] == evidence.document.title


def test_a_development_gives_its_effects(client):
    effect = EffectFactory()
    assert detail(client, "development", effect.development)["effects"] == [
        {"claim": effect.claim.public_id, "effect": "partly_fulfils", "note": ""}
    ]


def test_a_document_does_not_give_away_its_text(client):
    claim = ClaimFactory(accepted=True)
    assert claim.sentence.text not in str(detail(client, "document", claim.document))


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("claim", ClaimFactory),
        ("speaker", SpeakerFactory),
        ("document", DocumentFactory),
        ("verification", VerificationFactory),
        ("development", DevelopmentFactory),
    ],
)
class TestNothingUnpublished:
    def test_is_listed(self, client, name, hidden):
        hidden()
        assert listed(client, name) == []

    def test_is_shown(self, client, name, hidden):
        address = reverse(f"api-{name}-detail", args=[hidden().public_id])
        assert client.get(address).status_code == 404


def test_a_development_does_not_name_an_unpublished_claim(client):
    effect = EffectFactory(claim=ClaimFactory())
    assert detail(client, "development", effect.development)["effects"] == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"kind": "commitment"},
        {"quotation": "indirect"},
        {"said_from": "2025-12-03"},
        {"said_to": "2025-12-03"},
        {"rating": "imprecise"},
        {"basis": "verification"},
        {"standing": "imprecise"},
    ],
)
def test_claims_are_filtered_by(client, parameters):
    wanted = ClaimFactory(accepted=True)
    VerificationFactory(published=True, claims=[wanted])
    ClaimFactory(
        accepted=True,
        kind="fact",
        quotation="direct",
        said_on=PartialDate.parse("2025-12-02" if "said_from" in parameters else "2025-12-04"),
    )
    assert listed(client, "claim", **parameters) == [wanted.public_id]


def test_claims_are_filtered_by_speaker(client):
    wanted, _other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    assert listed(client, "claim", speaker=wanted.speaker.public_id) == [wanted.public_id]


def test_claims_are_filtered_by_document(client):
    wanted, _other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    assert listed(client, "claim", document=wanted.document.public_id) == [wanted.public_id]


def test_a_draft_rating_filters_nothing_in(client):
    VerificationFactory(claims=[ClaimFactory(accepted=True)])
    assert listed(client, "claim", rating="imprecise") == []


def test_a_withdrawn_rating_filters_nothing_in(client):
    withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
    assert listed(client, "claim", rating="imprecise") == []


def test_a_rating_filters_in_what_it_stands_for(client):
    link = LinkFactory(accepted=True)
    verify(link.earlier)
    found = listed(client, "claim", rating="imprecise")
    assert set(found) == {link.claim.public_id, link.earlier.public_id}


def test_speakers_are_filtered_by_part_of_their_name(client):
    wanted = ClaimFactory(accepted=True, speaker=SpeakerFactory(name="Ève Marchetti")).speaker
    ClaimFactory(accepted=True)
    assert listed(client, "speaker", name="marche") == [wanted.public_id]


def test_documents_are_filtered_by_period(client):
    def holding(iso):
        document = DocumentFactory(published_on=PartialDate.parse(iso))
        sentence = SentenceFactory(snapshot=SnapshotFactory(document=document))
        return ClaimFactory(accepted=True, sentence=sentence).document

    wanted, _earlier = holding("2025-12"), holding("2025-11-30")
    assert listed(client, "document", published_from="2025-12-31") == [wanted.public_id]


def test_verifications_are_filtered_by_claim(client):
    claim = ClaimFactory(accepted=True)
    wanted = VerificationFactory(published=True, claims=[claim])
    VerificationFactory(published=True, claims=[ClaimFactory(accepted=True)])
    assert listed(client, "verification", claim=claim.public_id) == [wanted.public_id]


def test_verifications_are_filtered_by_rating(client):
    wanted = VerificationFactory(published=True)
    VerificationFactory(published=True, rating=RatingFactory(value="true"))
    assert listed(client, "verification", rating="imprecise") == [wanted.public_id]


def test_developments_are_filtered_by_effect(client):
    wanted = EffectFactory().development
    EffectFactory(kind="breaks")
    assert listed(client, "development", effect="partly_fulfils") == [wanted.public_id]


@pytest.mark.parametrize(
    "name", ["claim", "speaker", "document", "verification", "development", "correction"]
)
class TestEveryEndpoint:
    def test_refuses_an_unknown_parameter_by_name(self, client, name):
        answer = client.get(reverse(f"api-{name}-list"), {"speeker": "x"})
        assert (answer.status_code, list(answer.json())) == (400, ["speeker"])

    def test_refuses_to_be_written_to(self, client, name):
        assert client.post(reverse(f"api-{name}-list"), {}).status_code == 405

    def test_needs_as_many_queries_for_thirty_rows_as_the_baseline(
        self, client, name, counted_queries
    ):
        for _row in range(30):
            record_of_one()
        with counted_queries(f"api {name} list"):
            answer = client.get(reverse(f"api-{name}-list"), {"page_size": 50})
        assert len(answer.json()["results"]) >= 30

    def test_is_paginated(self, client, name):
        for _row in range(3):
            record_of_one()
        first = client.get(reverse(f"api-{name}-list"), {"page_size": 2}).json()
        assert (len(first["results"]), "page=2" in first["next"]) == (2, True)


@pytest.mark.parametrize("value", ["hier", "2025-02-30"])
def test_a_date_that_is_none_is_refused(client, value):
    answer = client.get(reverse("api-claim-list"), {"said_from": value})
    assert (answer.status_code, list(answer.json())) == (400, ["said_from"])


def test_an_id_that_is_none_is_not_found(client):
    assert client.get("/api/v1/claims/%00/").status_code == 404


def test_the_root_names_every_endpoint(client):
    assert list(client.get("/api/v1/").json()) == [
        "claims",
        "speakers",
        "documents",
        "verifications",
        "developments",
        "corrections",
    ]


def test_a_page_beyond_the_last_is_not_found(client):
    assert client.get(reverse("api-claim-list"), {"page": "9"}).status_code == 404
