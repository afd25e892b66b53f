"""What is proposed by key: nothing of it is public before an editor accepted it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from background.models import Job
from claims import decide
from claims.cite import cite_proposed
from claims.merge import merge_claims
from claims.models import (
    Claim,
    Development,
    Evidence,
    KeyProposal,
    LastChange,
    ProposedEvidence,
)
from sources import versions
from sources.models import Document, Snapshot
from sources.partial_date import PartialDate
from tests.claims.api.sent import Sender, faults
from tests.factories import (
    ClaimFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.raw_sql import committed

pytestmark = pytest.mark.django_db

CLAIMS, EVIDENCE, DEVELOPMENTS = "/api/v1/claims/", "/api/v1/evidence/", "/api/v1/developments/"
TEXT = "😀 Avant. La maire a promis deux écoles, et un pont. Après."
URL = "https://journal.example/ecoles"


@pytest.fixture
def sender():
    return Sender("propose", name="Outil de la rédaction")


@pytest.fixture
def read(monkeypatch):
    """The texts that were read, which are taken for one sentence."""
    from claims.api import turns
    from claims.extraction import Reading, Span

    texts = []

    def read(request, text, published_on=None):
        texts.append(text)
        return Reading((Span(0, len(text)),), ())

    monkeypatch.setattr(turns, "read", read)
    return texts


@pytest.fixture
def snapshot():
    snapshot = SnapshotFactory(text=TEXT, document__url=URL)
    SentenceFactory(snapshot=snapshot)
    return snapshot


def place(words, text=TEXT):
    start = text.index(words)
    return [start, start + len(words)]


def claim_body(**fields):
    return {
        "document": {"text": TEXT, "url": URL, "title": "Deux écoles", "publisher": "Le Journal"},
        "content": [place("deux écoles"), place("un pont")],
        "cue": place("a promis"),
        "source": place("La maire"),
        "kind": "commitment",
        "quotation": "indirect",
        "speaker": {"name": "Anne Roux"},
        "said_on": "2025-12-03",
    } | fields


def development_body(*claims, **fields):
    return {
        "title": "La première école ouvre",
        "occurred_on": "2026-01-22",
        "source": {"url": URL},
        "effects": [
            {"claim": claim.public_id, "kind": "partly_fulfils", "note": "Une sur deux."}
            for claim in claims
        ],
    } | fields


def evidence_body(claim, **fields):
    return {
        "claim": claim.public_id,
        "source": {"url": URL},
        "stance": "supports",
        "primary": True,
        "passage": "deux écoles",
    } | fields


def proposed(answer):
    assert answer.status_code == 201, answer.content
    return answer.json()


class TestAClaim:
    def test_becomes_a_candidate_of_its_words(self, sender, read):
        answer = sender.send(CLAIMS, claim_body())
        claim = Claim.objects.get()
        assert proposed(answer)["status"] == claim.key_proposal.status == "proposed"
        spans = [TEXT[s.lower : s.upper] for s in (*claim.content, claim.cue, claim.source)]
        assert spans == ["deux écoles", "un pont", "a promis", "La maire"]
        assert (claim.quote, claim.speaker.name) == ("deux écoles […] un pont", "Anne Roux")
        document = claim.document
        assert (document.url, document.publisher.name) == (URL, "Le Journal")
        assert claim.sentence.snapshot.text == TEXT
        assert read == [TEXT]

    def test_may_be_given_by_its_words(self, sender, read):
        body = claim_body(quote="un pont")
        del body["content"]
        proposed(sender.send(CLAIMS, body))
        assert Claim.objects.get().quote == "un pont"

    def test_may_point_into_a_text_of_the_record(self, sender, snapshot, read):
        body = claim_body(snapshot=snapshot.sha256)
        del body["document"]
        proposed(sender.send(CLAIMS, body))
        assert Claim.objects.get().sentence.snapshot == snapshot
        assert read == []

    def test_may_name_an_address_whose_text_the_record_has(self, sender, snapshot, read):
        proposed(sender.send(CLAIMS, claim_body(document={"url": URL})))
        assert Claim.objects.get().sentence.snapshot == snapshot

    def test_is_the_speakers_whose_id_is_given(self, sender, snapshot, read):
        one, _other = SpeakerFactory(name="Anne Roux"), SpeakerFactory(name="Anne Roux")
        proposed(sender.send(CLAIMS, claim_body(speaker={"id": one.public_id})))
        assert Claim.objects.get().speaker == one

    def test_of_a_name_that_several_have_says_whose_it_is(self, sender, snapshot, read):
        speakers = [SpeakerFactory(name="Anne Roux"), SpeakerFactory(name="Anne Roux")]
        found = faults(sender.send(CLAIMS, claim_body()))
        assert all(speaker.public_id in found["#/speaker/name"] for speaker in speakers)
        assert not Claim.objects.exists()

    def test_is_read_by_the_extractor_where_nobody_has(self, sender):
        proposed(sender.send(CLAIMS, claim_body()))
        assert Claim.objects.get().sentence.text == "La maire a promis deux écoles, et un pont."

    def test_that_is_there_already_is_a_conflict(self, sender, read):
        sender.send(CLAIMS, claim_body())
        answer = sender.send(CLAIMS, claim_body(kind="fact"))
        assert answer.status_code == 409
        assert Claim.objects.count() == 1

    def test_that_is_public_already_is_named(self, sender, read, editor_accepts):
        sender.send(CLAIMS, claim_body())
        editor_accepts()
        answer = sender.send(CLAIMS, claim_body(kind="fact"))
        assert Claim.objects.get().public_id in answer.json()["detail"]


@pytest.fixture
def editor_accepts():
    def accept():
        editor = UserFactory()
        decide.accept(Claim.objects.candidates(), editor)
        decide.accept_proposals(Development.objects.all(), editor)
        for proposal in ProposedEvidence.objects.proposed():
            cite_proposed(proposal, editor)

    return accept


class TestADevelopment:
    def test_becomes_a_proposal_with_its_effects(self, sender):
        claim = ClaimFactory(accepted=True)
        assert proposed(sender.send(DEVELOPMENTS, development_body(claim)))["effects"] == [
            {"claim": claim.public_id, "kind": "partly_fulfils", "status": "proposed"}
        ]
        development = Development.objects.get()
        effect = development.effects.get()
        assert (development.status, development.document.url) == ("proposed", URL)
        assert (effect.status, effect.claim, effect.note) == ("proposed", claim, "Une sur deux.")

    def test_has_its_source_fetched(self, sender):
        sender.send(DEVELOPMENTS, development_body(ClaimFactory(accepted=True)))
        assert Job.objects.filter(task_name="fetch_source").count() == 1

    def test_may_rest_on_a_later_claim(self, sender):
        later = ClaimFactory(accepted=True)
        body = development_body(ClaimFactory(accepted=True), source={"claim": later.public_id})
        proposed(sender.send(DEVELOPMENTS, body))
        assert Development.objects.get().claim == later


class TestEvidence:
    def test_waits_for_an_editor(self, sender):
        claim = ClaimFactory(accepted=True)
        proposed(sender.send(EVIDENCE, evidence_body(claim)))
        proposal = ProposedEvidence.objects.get()
        assert (proposal.claim, proposal.status, proposal.passage) == (
            claim,
            "proposed",
            "deux écoles",
        )
        assert not Evidence.objects.exists()

    def test_has_its_place_where_the_record_has_the_text(self, sender, snapshot):
        proposed(sender.send(EVIDENCE, evidence_body(ClaimFactory(accepted=True))))
        proposal = ProposedEvidence.objects.get()
        assert (proposal.snapshot, [proposal.start, proposal.end]) == (
            snapshot,
            place("deux écoles"),
        )

    def test_of_words_the_text_does_not_have_is_refused(self, sender, snapshot):
        body = evidence_body(ClaimFactory(accepted=True), passage="trois écoles")
        assert list(faults(sender.send(EVIDENCE, body))) == ["#/passage"]

    def test_that_is_accepted_is_in_a_draft_about_the_claim(self, sender, snapshot):
        claim, editor = ClaimFactory(accepted=True), UserFactory()
        proposed(sender.send(EVIDENCE, evidence_body(claim)))
        piece = cite_proposed(ProposedEvidence.objects.get(), editor)
        piece.refresh_from_db()
        assert (piece.verification.author, piece.verification.status) == (editor, "draft")
        assert list(piece.verification.claims.all()) == [claim]
        assert (piece.snapshot, piece.passage, piece.stance) == (
            snapshot,
            "deux écoles",
            "supports",
        )
        assert ProposedEvidence.objects.get().cited_in == piece.verification


def everything(client):
    """What anybody sees: lists, the change log, pages, the time of the last change."""
    committed()
    lists = [
        client.get(f"/api/v1/{name}/").content
        for name in ("claims", "speakers", "documents", "sentences", "evidence", "developments",
                     "publishers", "verifications", "changes")
    ]  # fmt: skip
    pages = [client.get(page).status_code for page in ("/claims/", "/documents/", "/speakers/")]
    return lists, pages, [change.at for change in LastChange.objects.all()]


def test_nothing_is_public_before_an_editor_accepted_it(
    sender, read, client, editor_accepts, snapshot
):
    claim = ClaimFactory(accepted=True)
    before = everything(client)
    other = {"text": f"{TEXT} Autre.", "publisher": "Nouveau", "url": f"{URL}/2"}
    sent = [
        proposed(sender.send(CLAIMS, claim_body(document=other))),
        proposed(sender.send(EVIDENCE, evidence_body(claim))),
        proposed(sender.send(DEVELOPMENTS, development_body(claim, source={"url": f"{URL}/3"}))),
    ]
    assert [each["status"] for each in sent] == ["proposed"] * 3
    assert sent[0]["claim"] is None
    assert sent[2]["development"] is None
    assert everything(client) == before
    editor_accepts()
    assert everything(client) != before


def test_what_readers_see_of_a_document_does_not_change(sender, read):
    public = ClaimFactory(
        accepted=True,
        sentence__snapshot__text=TEXT,
        sentence__snapshot__document__publisher=None,
        sentence__snapshot__document__published_on=None,
    )
    document = {"text": TEXT, "url": URL, "publisher": "Faux", "published_on": "2020", "title": "X"}
    proposed(sender.send(CLAIMS, claim_body(document=document, said_on=None)))
    shown = Document.objects.get(pk=public.document.pk)
    assert (shown.publisher, shown.url, shown.published_on) == (None, None, None)
    assert shown.title == public.document.title
    assert Snapshot.objects.count() == 1


def test_another_text_of_a_known_address_is_refused(sender, snapshot, read):
    document = {"text": "Le maire a promis deux écoles.", "url": URL}
    body = claim_body(document=document, content=[[0, 8]], cue=None, source=None)
    assert list(faults(sender.send(CLAIMS, body))) == ["#/document/url"]
    assert Snapshot.objects.get() == snapshot


def test_history_names_the_key_and_nobody_else(sender, read):
    sender.send(CLAIMS, claim_body())
    (change,) = versions.history(Claim.objects.get())
    assert (change.user, change.key) == (None, str(sender.key))
    assert change.key.startswith("Outil de la rédaction")


class TestSentAgain:
    @pytest.mark.parametrize("kind", ["claim", "evidence", "development"])
    def test_it_is_the_same_proposal(self, sender, read, kind):
        claim = ClaimFactory(accepted=True)
        address, body = {
            "claim": (CLAIMS, claim_body()),
            "evidence": (EVIDENCE, evidence_body(claim)),
            "development": (DEVELOPMENTS, development_body(claim)),
        }[kind]
        first = sender.send(address, body)
        again = sender.send(address, dict(reversed(body.items())))
        assert (again.status_code, again.json()) == (201, first.json())
        assert again["Location"] == first["Location"]
        assert KeyProposal.objects.count() == 1

    def test_it_is_not_that_of_another_key(self, sender, read):
        claim = ClaimFactory(accepted=True)
        sender.send(DEVELOPMENTS, development_body(claim))
        proposed(Sender("propose").send(DEVELOPMENTS, development_body(claim)))
        assert KeyProposal.objects.count() == 2

    def test_after_a_refusal_it_stays_refused(self, sender):
        claim = ClaimFactory(accepted=True)
        sender.send(DEVELOPMENTS, development_body(claim))
        decide.refuse_proposals(Development.objects.all(), UserFactory())
        again = sender.send(DEVELOPMENTS, development_body(claim))
        assert proposed(again)["status"] == "refused"


@pytest.mark.django_db(transaction=True)
def test_sent_by_several_at_once_it_is_one(sender, read):
    claim = ClaimFactory(accepted=True)

    def send(_number):
        try:
            return sender.send(DEVELOPMENTS, development_body(claim)).json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(send, range(8)))
    assert len(ids) == 1
    assert Development.objects.count() == KeyProposal.objects.count() == 1


class TestWhatBecameOfIt:
    def of(self, sender, answer):
        address = answer["Location"].removeprefix("http://testserver")
        return sender.client.get(address, **sender.key.header)

    def test_is_seen_at_its_address(self, sender, read, editor_accepts):
        answer = sender.send(CLAIMS, claim_body())
        assert self.of(sender, answer).json() == answer.json()
        editor_accepts()
        seen = self.of(sender, answer).json()
        assert (seen["status"], seen["claim"]) == ("accepted", Claim.objects.get().public_id)
        assert seen["decided_at"]

    def test_says_why_a_claim_was_refused(self, sender, read):
        answer = sender.send(CLAIMS, claim_body())
        decide.reject(Claim.objects.all(), UserFactory(), because="duplicate")
        seen = self.of(sender, answer).json()
        assert (seen["status"], seen["because"], seen["claim"]) == ("refused", "duplicate", None)

    def test_names_the_claim_it_became_part_of(self, sender, read):
        answer = sender.send(CLAIMS, claim_body())
        kept = ClaimFactory(accepted=True)
        merge_claims(Claim.objects.candidates().get(), kept, UserFactory(role="chief"), "Le même.")
        seen = self.of(sender, answer).json()
        assert (seen["status"], seen["claim"]) == ("accepted", kept.public_id)

    def test_is_told_to_its_own_key_only(self, sender, read):
        answer = sender.send(CLAIMS, claim_body())
        assert self.of(Sender("propose"), answer).status_code == 404

    def test_takes_a_key(self, sender, read, client):
        answer = sender.send(CLAIMS, claim_body())
        assert client.get(answer["Location"]).status_code == 401


class TestBadInput:
    def test_every_fault_of_a_claim_is_told_at_once(self, sender):
        body = {
            "document": {"url": "http://10.0.0.1/", "text": "a\0", "published_on": "2999", "id": 1},
            "content": [[0, 1, 2], ["a", 3]],
            "cue": 5,
            "kind": "lie",
            "speaker": {"id": "x", "kind": "robot"},
            "said_on": "2025-02-30",
            "langue": "fr",
        }
        assert set(faults(sender.send(CLAIMS, body))) == {
            "#/document/url",
            "#/document/text",
            "#/document/published_on",
            "#/document/id",
            "#/content/0",
            "#/content/1",
            "#/cue",
            "#/kind",
            "#/quotation",
            "#/speaker/id",
            "#/speaker/kind",
            "#/said_on",
            "#/langue",
        }

    def test_every_place_that_does_not_fit_is_told_at_once(self, sender, snapshot):
        body = claim_body(
            content=[[3, 2], [0, 1], [0, 999], [-1, 4], [1, 2]], cue=[5, 5], source=[900, 901]
        )
        found = faults(sender.send(CLAIMS, body))
        assert set(found) == {
            "#/content/0", "#/content/2", "#/content/3", "#/content/4", "#/cue", "#/source"
        }  # fmt: skip
        assert str(len(TEXT)) in found["#/cue"]

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"content": [[0, 8], [4, 12]]}, "#/content"),
            ({"content": []}, "#/content"),
            ({"content": None}, "#"),
            ({"quote": "deux écoles"}, "#"),
            ({"content": None, "quote": "trois écoles"}, "#/quote"),
            ({"content": None, "quote": "e"}, "#/quote"),
            ({"document": None}, "#"),
            ({"document": {}}, "#/document"),
            ({"document": {"url": "https://journal.example/inconnu"}}, "#/document/url"),
            ({"document": None, "snapshot": "0" * 64}, "#/snapshot"),
            ({"quotation": "none"}, "#/speaker"),
            ({"speaker": {}}, "#/speaker"),
            ({"speaker": {"id": "zzzzzzzzzz"}}, "#/speaker/id"),
            ({"said_on": "2999"}, "#/said_on"),
        ],
    )
    def test_of_a_claim(self, sender, read, fields, pointer):
        assert list(faults(sender.send(CLAIMS, claim_body(**fields)))) == [pointer]
        assert not Claim.objects.exists()
        assert not Document.objects.exists()

    def test_said_after_its_document_was_published(self, sender, snapshot):
        snapshot.document.published_on = PartialDate.parse("2025-12-01")
        snapshot.document.save()
        body = claim_body(document={"url": URL}, said_on="2025-12-02")
        assert list(faults(sender.send(CLAIMS, body))) == ["#/said_on"]

    @pytest.mark.parametrize(
        "url",
        ["http://localhost/", "http://[::1]/", "http://169.254.169.254/", "ftp://a.example/",
         "https://a:b@c.example/", "https://intranet/", "http://2130706433/", "javascript:x"],
    )  # fmt: skip
    def test_an_address_that_is_not_of_the_public_web(self, sender, url):
        claim = ClaimFactory(accepted=True)
        body = development_body(claim, source={"url": url})
        assert list(faults(sender.send(DEVELOPMENTS, body))) == ["#/source/url"]

    def test_claims_that_are_not_there(self, sender):
        merged, kept, candidate = ClaimFactory(), ClaimFactory(accepted=True), ClaimFactory()
        merge_claims(merged, kept, UserFactory(role="chief"), "Le même.")
        body = development_body(merged, kept, candidate, kept)
        found = faults(sender.send(DEVELOPMENTS, body))
        assert set(found) == {f"#/effects/{place}/claim" for place in (0, 2, 3)}
        assert kept.public_id in found["#/effects/0/claim"]
        assert not Development.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"title": ""}, "#/title"),
            ({"title": "x" * 301}, "#/title"),
            ({"occurred_on": "2999-01-01"}, "#/occurred_on"),
            ({"effects": []}, "#/effects"),
            ({"effects": {}}, "#/effects"),
            ({"source": {}}, "#/source"),
            ({"source": None}, "#/source"),
        ],
    )
    def test_of_a_development(self, sender, fields, pointer):
        body = development_body(ClaimFactory(accepted=True), **fields)
        assert list(faults(sender.send(DEVELOPMENTS, body))) == [pointer]

    def test_a_claim_that_bears_on_itself(self, sender):
        claim = ClaimFactory(accepted=True)
        body = development_body(claim, source={"claim": claim.public_id})
        assert list(faults(sender.send(DEVELOPMENTS, body))) == ["#/effects"]

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"stance": "maybe"}, "#/stance"),
            ({"primary": "yes"}, "#/primary"),
            ({"passage": " "}, "#"),
            ({"claim": "zzzzzzzzzz"}, "#/claim"),
            ({"claim": "a\0"}, "#/claim"),
            ({"claim": None}, "#/claim"),
            ({"source": {"url": URL, "snapshot": "0" * 64}}, "#/source/snapshot"),
        ],
    )
    def test_of_evidence(self, sender, fields, pointer):
        body = evidence_body(ClaimFactory(accepted=True)) | fields
        assert list(faults(sender.send(EVIDENCE, body))) == [pointer]
        assert not ProposedEvidence.objects.exists()


@pytest.mark.parametrize("address", [CLAIMS, EVIDENCE, DEVELOPMENTS])
class TestTheScope:
    def test_is_taken(self, address):
        assert Sender("extract", "match").send(address, {}).status_code == 403

    def test_is_not_taken_without_a_key(self, address, client):
        assert client.post(address, {}, "application/json").status_code == 401

    def test_is_not_needed_to_read(self, address, client):
        assert client.get(address).status_code == 200


def test_a_proposal_takes_as_many_queries_with_many_effects_as_with_one(sender, counted_queries):
    claims = [ClaimFactory(accepted=True) for _each in range(8)]
    with counted_queries("api propose development"):
        proposed(sender.send(DEVELOPMENTS, development_body(*claims)))
