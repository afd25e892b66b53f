from pathlib import Path

import pytest
from psycopg.types.range import Int4Range

from claims.correct import correct
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.pages import shown
from tests.record import supersede, verify

pytestmark = pytest.mark.django_db


def claim_with_everything():
    claim = ClaimFactory(accepted=True)
    correct(claim, "clarification", "Le jour est précisé.", UserFactory())
    correct(verify(claim), "update", "Une source de plus.", UserFactory())
    LinkFactory(accepted=True, earlier=claim)
    EffectFactory(claim=claim)
    EffectFactory(
        claim=claim,
        development__document=None,
        development__claim=ClaimFactory(accepted=True),
    )
    ForecastFactory(claim=claim)
    PositionFactory(speaker=claim.speaker)
    return claim


@pytest.mark.parametrize("path", ["/", "/claims/", "/developments/", "/corrections/"])
def test_an_empty_record_has_its_pages(client, path):
    assert "<h1" in shown(client, path)


def test_home_shows_the_latest_claims(client):
    claim = ClaimFactory(accepted=True, wording="La maire promet deux écoles.")
    page = shown(client, "/")
    assert "La maire promet deux écoles." in page
    assert claim.speaker.name in page


def test_home_shows_the_latest_developments(client):
    assert EffectFactory().development.title in shown(client, "/")


@pytest.mark.parametrize("path", ["/", "/claims/"])
def test_a_candidate_is_not_listed(client, path):
    claim = ClaimFactory(wording="La maire promet deux écoles.")
    assert claim.wording not in shown(client, path)


def test_a_proposed_development_is_not_listed(client):
    assert DevelopmentFactory().title not in shown(client, "/developments/")


@pytest.mark.parametrize(
    "factory",
    [ClaimFactory, SpeakerFactory, DocumentFactory, VerificationFactory, DevelopmentFactory],
)
def test_what_is_not_published_has_no_page(client, factory):
    assert client.get(factory().get_absolute_url()).status_code == 404


class TestTheClaimPage:
    def test_shows_speaker_date_and_kind(self, client):
        claim = ClaimFactory(accepted=True)
        page = shown(client, claim)
        missing = [
            text
            for text in (claim.speaker.name, "3 décembre 2025", "engagement")
            if text not in page
        ]
        assert missing == []

    def test_shows_the_position_held_that_day(self, client):
        claim = ClaimFactory(accepted=True)
        PositionFactory(speaker=claim.speaker, title="élue", until=PartialDate.parse("2020"))
        PositionFactory(speaker=claim.speaker, title="maire", since=PartialDate.parse("2020"))
        page = shown(client, claim)
        assert "maire" in page
        assert "élue" not in page

    def test_shows_the_sentence_between_its_neighbours(self, client):
        snapshot = SnapshotFactory(text="Avant. Elle promet. Après.")
        spans = [(0, 6), (7, 19), (20, 26)]
        own = [SentenceFactory(snapshot=snapshot, start=a, end=b) for a, b in spans][1]
        claim = ClaimFactory(accepted=True, sentence=own, content=[(12, 18)])
        page = shown(client, claim)
        assert page.index("Avant.") < page.index("promet</mark>") < page.index("Après.")

    def test_shows_the_published_verification_with_its_evidence(self, client):
        claim = claim_with_everything()
        page = shown(client, claim)
        evidence = claim.verifications.get().evidence.get()
        texts = ("Imprécis", evidence.verification.summary, evidence.document.title, evidence.note)
        assert [text for text in texts if text not in page] == []

    def test_hides_a_draft(self, client):
        claim = ClaimFactory(accepted=True)
        draft = VerificationFactory(claims=[claim])
        assert draft.summary not in shown(client, claim)

    def test_shows_what_became_of_it(self, client):
        effect = EffectFactory()
        assert effect.development.title in shown(client, effect.claim)

    def test_hides_a_proposal(self, client):
        effect = EffectFactory(development=DevelopmentFactory())
        assert effect.development.title not in shown(client, effect.claim)

    def test_shows_the_criteria_of_its_forecast(self, client):
        forecast = ForecastFactory()
        assert forecast.criteria in shown(client, forecast.claim)

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        claim = claim_with_everything()
        current = claim.verifications.get()
        for _more in range(3):
            current = supersede(current)
            EffectFactory(
                claim=claim, development__document=None, development__claim=claim_with_everything()
            )
            LinkFactory(accepted=True, claim=claim)
        with counted_queries("claim page"):
            shown(client, claim)


class TestTheSpeakerPage:
    def test_shows_positions_and_claims(self, client):
        claim = claim_with_everything()
        page = shown(client, claim.speaker)
        assert claim.speaker.positions.get().title in page
        assert claim.get_absolute_url() in page

    def test_hides_candidates(self, client):
        claim = claim_with_everything()
        candidate = ClaimFactory(speaker=claim.speaker)
        assert candidate.get_absolute_url() not in shown(client, claim.speaker)

    def test_names_the_document_an_unnamed_source_is_known_from(self, client):
        sentence = SentenceFactory()
        document = sentence.snapshot.document
        unnamed = SpeakerFactory(kind="anonymous", name="élu", within=document)
        ClaimFactory(accepted=True, sentence=sentence, speaker=unnamed)
        assert document.get_absolute_url() in shown(client, unnamed)


class TestTheDocumentPage:
    def test_shows_its_text_with_the_claim_marked(self, client):
        sentence = SentenceFactory(snapshot=SnapshotFactory(text="Elle promet deux écoles."))
        claim = ClaimFactory(accepted=True, sentence=sentence, content=[Int4Range(12, 23)])
        page = shown(client, claim.document)
        marked = page[page.index("Elle promet") :]
        assert marked.index("<mark") < marked.index("deux écoles") < marked.index("</mark>")

    def test_marks_what_appears_in_it_of_another_document(self, client):
        claim = ClaimFactory(accepted=True)
        copy = SentenceFactory(snapshot=SnapshotFactory(text="Repris : elle promet deux écoles."))
        claim.appearances.create(sentence=copy, content=[Int4Range(21, 32)])
        page = shown(client, copy.snapshot.document)
        marked = page[page.index("Repris") :]
        assert marked.index("<mark") < marked.index("deux écoles") < marked.index("</mark>")

    def test_marks_no_candidate(self, client):
        claim = ClaimFactory(accepted=True)
        hidden = ClaimFactory(sentence=claim.sentence, content=[Int4Range(0, 3)])
        assert hidden.get_absolute_url() not in shown(client, claim.document)

    def test_escapes_what_the_text_says(self, client):
        text = "Elle promet <script>alert(1)</script> deux écoles."
        sentence = SentenceFactory(snapshot=SnapshotFactory(text=text))
        claim = ClaimFactory(accepted=True, sentence=sentence)
        assert "<script>alert" not in shown(client, claim.document)

    def test_of_one_only_cited_has_its_page(self, client):
        evidence = verify(ClaimFactory(accepted=True)).evidence.get()
        assert evidence.document.title in shown(client, evidence.document)

    @pytest.mark.parametrize("draft", [True, False])
    def test_of_one_cited_by_nothing_public_is_not_there(self, client, draft):
        row = EvidenceFactory(verification=VerificationFactory()) if draft else DevelopmentFactory()
        assert client.get(row.document.get_absolute_url()).status_code == 404

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        claim = claim_with_everything()
        for end in range(1, 10):
            ClaimFactory(accepted=True, sentence=claim.sentence, content=[Int4Range(0, end)])
        with counted_queries("document page"):
            shown(client, claim.document)


@pytest.mark.parametrize("path", ["/", "/claims/", "/developments/", "/corrections/"])
def test_a_list_needs_as_many_queries_as_the_baseline(client, counted_queries, path):
    for _row in range(12):
        claim_with_everything()
    with counted_queries(f"page {path}"):
        shown(client, path)


def test_the_speaker_page_needs_as_many_queries_as_the_baseline(client, counted_queries):
    claim = claim_with_everything()
    for _row in range(5):
        ClaimFactory(accepted=True, speaker=claim.speaker)
    with counted_queries("speaker page"):
        shown(client, claim.speaker)


def test_lists_go_on_over_pages(client):
    for _row in range(21):
        ClaimFactory(accepted=True)
    assert shown(client, "/claims/?page=2").count("<article") == 1


def test_french_is_the_default_whatever_the_browser_asks(client):
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="fr"' in page


def test_english_is_a_choice(client):
    assert '<html lang="en"' in shown(client, "/en/")


def test_public_pages_run_no_script(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/claims/rien/",
        "/speakers/rien/",
        "/documents/rien/",
        "/verifications/rien/",
        "/developments/rien/",
        "/rien",
    ],
)
def test_an_address_that_leads_nowhere_says_so(client, path):
    assert client.get(path).status_code == 404


def test_one_stylesheet_of_less_than_20_kb_dresses_every_page(client):
    assert Path("static/constat.css").stat().st_size < 20_000
    assert shown(client, "/").count('rel="stylesheet"') == 1
