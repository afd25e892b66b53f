"""Nothing the API gives tells of what is not public."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.api.resources import RESOURCES
from claims.correct import correct
from claims.decide import reject
from claims.models import Claim, Development
from claims.protected import keep_source
from claims.publish import publish, submit
from sources.models import Publisher
from tests.api import asked, detail, listed, sentence_id
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import verify

pytestmark = pytest.mark.django_db
WORD = "ornithorynque"
WORDLESS = ("sentences", "evidence", "ratings")


def hidden_claim(**fields):
    """A candidate, and all that hangs on it, each with a word that nothing else has."""
    journal = f"{WORD} journal {Publisher.objects.count()}"
    document = DocumentFactory(title=f"{WORD} document", publisher__name=journal)
    speaker = SpeakerFactory(name=f"{WORD} orateur")
    return ClaimFactory(
        sentence__snapshot__document=document,
        sentence__snapshot__text=f"La phrase de l’{WORD}.",
        speaker=speaker,
        wording=f"{WORD} reformulé",
        **fields,
    )


@pytest.fixture
def amid():
    """What is not public, linked with what is in every way there is."""
    public, editor = ClaimFactory(accepted=True), UserFactory()
    verification = verify(public)
    effect = EffectFactory(claim=public)
    hidden = hidden_claim()
    taken_back = hidden_claim(accepted=True)
    correct(taken_back, "error", "Une erreur.", editor, wording=f"{WORD} corrigé")
    reject(Claim.objects.filter(pk=taken_back.pk), UserFactory(role="chief"), "Non.")
    assert Claim.objects.get(pk=taken_back.pk).status == "rejected"
    for claim in (hidden, taken_back):
        LinkFactory(accepted=True, claim=public, earlier=claim)
        LinkFactory(accepted=True, claim=claim, earlier=public, kind="updates")
        EffectFactory(claim=claim, development=effect.development, note=WORD)
        EffectFactory(
            claim=public,
            development__claim=claim,
            development__document=None,
            development__title=f"{WORD} événement",
            development__account=WORD,
        )
        ForecastFactory(claim=claim, criteria=f"{WORD} critère")
        claim.appearances.create(sentence=SentenceFactory())
        VerificationFactory(claims=[claim, public], summary=WORD, explanation=WORD)
    LinkFactory(claim=public)
    EffectFactory(claim=public, development=DevelopmentFactory(title=WORD, account=WORD))
    EvidenceFactory(verification=VerificationFactory(claims=[public]), note=WORD)
    return {"claims": public, "verifications": verification, "developments": effect.development}


def everything(client):
    """What the lists give, with all that can be included, and their totals."""
    for name, resource in RESOURCES.items():
        asked_of = {"limit": 100, "total": "true"}
        if resource.references:
            asked_of["include"] = ",".join(resource.references)
        yield name, asked(client, reverse(f"api-{name}-list"), **asked_of)


def test_no_list_tells_of_it(client, amid):
    told = {name for name, answer in everything(client) if WORD in json.dumps(answer)}
    assert told == set()


def test_no_total_counts_it(client, amid):
    totals = {name: answer["total"]["rows"] for name, answer in everything(client)}
    assert totals == {
        "claims": 2, "speakers": 2, "documents": 4, "sentences": 2, "verifications": 1,
        "evidence": 1, "developments": 1, "forecasts": 0, "corrections": 1, "ratings": 3,
        "publishers": 4,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["claims", "verifications", "developments"])
def test_nothing_names_it(client, amid, name):
    answer = json.dumps(detail(client, name, amid[name]))
    for claim in Claim.objects.exclude(status="accepted"):
        assert claim.public_id not in answer


@pytest.mark.parametrize("name", [name for name in RESOURCES if name not in WORDLESS])
def test_no_word_finds_it(client, amid, name):
    assert listed(client, name, q=WORD) == []


def test_no_filter_finds_it(client, amid):
    hidden = Claim.objects.filter(status="candidate").last()
    for name, parameter, value in [
        ("claims", "links_to", hidden.public_id),
        ("claims", "document", hidden.document.public_id),
        ("claims", "speaker", hidden.speaker.public_id),
        ("sentences", "claim", hidden.public_id),
        ("sentences", "document", hidden.document.public_id),
        ("verifications", "claim", hidden.public_id),
        ("developments", "claim", hidden.public_id),
        ("forecasts", "speaker", hidden.speaker.public_id),
    ]:
        hidden_one = client.get(reverse(f"api-{name}-list"), {parameter: value})
        nobody = client.get(reverse(f"api-{name}-list"), {parameter: "2222222222"})
        assert hidden_one.status_code == 400, (name, parameter)
        assert hidden_one.content == nobody.content.replace(b"2222222222", value.encode())


def test_what_was_never_public_is_as_if_it_were_not_there(client):
    hidden = {
        "claims": ClaimFactory().public_id,
        "speakers": SpeakerFactory().public_id,
        "documents": DocumentFactory().public_id,
        "sentences": sentence_id(ClaimFactory().sentence),
        "verifications": VerificationFactory().public_id,
        "evidence": f"{EvidenceFactory().verification.public_id}-1",
        "developments": DevelopmentFactory().public_id,
        "forecasts": ForecastFactory(claim=ClaimFactory()).claim.public_id,
        "publishers": DocumentFactory().publisher.public_id,
    }
    for name, public_id in hidden.items():
        nobody = detail(client, name, "2222222222", status=404)
        assert detail(client, name, public_id, status=404) == nobody, name
        assert listed(client, name) == [], name


class TestOfAProtectedSource:
    @pytest.fixture
    def protected(self):
        draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
        piece = EvidenceFactory(
            verification=draft, document=None, protected=True, note="Confirmé.", primary=True
        )
        keep_source(piece.pk, "Ida Nom", "06 00 00 00 00")
        submit(draft, draft.author)
        publish(draft, UserFactory())
        return draft

    def test_only_the_note_is_given(self, client, protected):
        name = f"{protected.public_id}-1"
        known = {
            key: value
            for key, value in detail(client, "evidence", name).items()
            if value is not None
        }
        assert known == {
            "id": name,
            "verification": protected.public_id,
            "protected": True,
            "note": "Confirmé.",
        }

    @pytest.mark.parametrize("filters", [{"stance": "refutes"}, {"primary": "true"}])
    def test_no_filter_tells_more(self, client, protected, filters):
        assert listed(client, "evidence") != []
        assert listed(client, "evidence", **filters) == []


def test_the_document_of_an_unnamed_source_is_told_while_it_is_public(client):
    claim = ClaimFactory(accepted=True)
    source = SpeakerFactory(kind="anonymous", name="une source", within=hidden_claim().document)
    Claim.objects.filter(pk=claim.pk).update(speaker=source)
    assert asked(client, f"/api/v1/speakers/{source.public_id}/")["within"] is None
    SpeakerFactory._meta.model.objects.filter(pk=source.pk).update(within=claim.document)
    found = asked(client, f"/api/v1/speakers/{source.public_id}/")
    assert found["within"] == claim.document.public_id


@pytest.mark.parametrize("resting_on_a_claim", [False, True])
def test_a_correction_does_not_tell_the_words_of_a_development_taken_back(
    client, resting_on_a_claim
):
    later = ClaimFactory(accepted=True)
    rests = {"document": None, "claim": later} if resting_on_a_claim else {}
    development = DevelopmentFactory(accepted=True, **rests)
    correct(development, "error", "Une erreur.", UserFactory(), title=f"{WORD} corrigé")
    address = "/api/v1/corrections/"
    [told] = asked(client, address)["results"]
    assert told["after"] == f"{WORD} corrigé"
    if resting_on_a_claim:
        reject(Claim.objects.filter(pk=later.pk), UserFactory(role="chief"), "Non.")
    else:
        Development.objects.filter(pk=development.pk).update(status="refused")
    [told] = asked(client, address)["results"]
    assert (told["before"], told["after"]) == ("", "")
    assert asked(client, f"{address}?q={WORD}")["results"] == []


def test_in_the_past_a_document_has_no_snapshot_that_came_later(client):
    document = ClaimFactory(accepted=True).document
    now = timezone.now()
    later = SnapshotFactory(document=document, fetched_at=now + timedelta(seconds=1))
    address = f"/api/v1/documents/{document.public_id}/"
    digests = [each["sha256"] for each in asked(client, address)["snapshots"]]
    assert (len(digests), digests[-1]) == (2, later.sha256)
    then = client.get(address, {"as_of": now.isoformat()}).json()["snapshots"]
    assert [each["sha256"] for each in then] == digests[:1]
