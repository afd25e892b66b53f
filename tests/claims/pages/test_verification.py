"""The page of a verification, and of the claim it is about."""

from datetime import date

import pytest

from claims.protected import keep_source
from claims.publish import publish, still_holds, submit, succeed
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    PositionFactory,
    RatingFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)
from tests.pages import heading, shown
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


def test_shows_finding_evidence_and_claims(client):
    claim = ClaimFactory(accepted=True)
    verification = verify(claim)
    page = shown(client, verification)
    evidence = verification.evidence.get()
    texts = (
        "Imprécis",
        verification.summary,
        verification.explanation,
        evidence.document.title,
        claim.get_absolute_url(),
    )
    assert [text for text in texts if text not in page] == []


@pytest.mark.usefixtures("english")
def test_shows_all_that_is_known_of_a_source(client):
    snapshot = SnapshotFactory(text="La rencontre a eu lieu mardi.")
    piece = {
        "document": snapshot.document,
        "snapshot": snapshot,
        "start": 3,
        "end": 12,
        "passage": "rencontre",
        "archived_url": "https://archive.example/1",
        "primary": True,
        "interest": "Elle se présente aux élections.",
    }
    page = shown(client, verify(ClaimFactory(accepted=True), evidence=[piece]))
    texts = (
        "<p>rencontre</p>",
        snapshot.sha256,
        "https://archive.example/1",
        "Primary source",
        "Elle se présente aux élections.",
    )
    assert [text for text in texts if text not in page] == []


@pytest.mark.usefixtures("english")
def test_shows_of_a_protected_source_only_the_note(client):
    piece = {"document": None, "protected": True, "note": "Une agente de la mairie confirme."}
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    keep_source(EvidenceFactory(verification=draft, **piece).pk, "Ida Nom", "")
    submit(draft, draft.author)
    publish(draft, UserFactory())
    page = shown(client, draft)
    shown_of_it = page.partition('<ol class="evidence">')[2].partition("</ol>")[0]
    assert "Une agente de la mairie confirme." in shown_of_it
    assert "refutes" not in shown_of_it.lower()
    assert "8 December" not in shown_of_it


def test_never_shows_who_a_protected_source_is(client):
    piece = {"document": None, "protected": True}
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    keep_source(EvidenceFactory(verification=draft, **piece).pk, "Ida Nom", "06 00 00 00 00")
    submit(draft, draft.author)
    publish(draft, UserFactory())
    pages = shown(client, draft) + shown(client, draft.claims.get())
    assert "Ida Nom" not in pages
    assert "06 00" not in pages


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_is_not_there_before_publication(client, status):
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    if status == "in_review":
        submit(draft, draft.author)
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("english")
def test_of_a_superseded_one_says_by_what(client):
    old = verify(ClaimFactory(accepted=True))
    new = supersede(old, summary="Tout est exact.")
    head = heading(client, old)
    assert "Superseded" in head
    assert new.get_absolute_url() in head


@pytest.mark.usefixtures("english")
def test_of_the_current_one_does_not(client):
    new = supersede(verify(ClaimFactory(accepted=True)))
    assert "Superseded" not in heading(client, new)


@pytest.mark.usefixtures("english")
def test_does_not_tell_of_a_successor_that_is_a_draft(client):
    old = verify(ClaimFactory(accepted=True))
    draft = succeed(old, UserFactory())
    page = shown(client, old)
    assert "Superseded" not in page
    assert draft.public_id not in page


def test_lists_every_version(client):
    first = verify(ClaimFactory(accepted=True))
    second = supersede(first)
    third = supersede(second)
    page = shown(client, second)
    versions = page.partition('<ol class="versions">')[2].partition("</ol>")[0]
    places = [versions.index(row.get_absolute_url()) for row in (third, second, first)]
    assert places == sorted(places)


def test_of_a_withdrawn_one_says_why_at_its_top(client):
    verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
    assert "La source est un faux." in heading(client, verification, status=410)


@pytest.mark.usefixtures("english")
def test_says_that_it_was_looked_at_again_and_until_when_it_holds(client):
    verification = verify(ClaimFactory(accepted=True), review_by=date(2026, 6, 1))
    still_holds(verification, date(2999, 3, 2), "Relu.", UserFactory())
    page = shown(client, verification)
    assert "still holds" in page
    assert "2 March 2999" in page
    assert "1 June 2026" not in page


class TestWhatChanged:
    def test_is_told_word_by_word(self, client):
        old = verify(ClaimFactory(accepted=True), explanation="Elle a eu lieu la veille.")
        page = shown(client, supersede(old, explanation="Elle a eu lieu mardi."))
        told = page.partition('id="changes"')[2].partition("</section>")[0]
        assert "la veille</del>" in told
        assert "mardi</ins>" in told
        assert old.get_absolute_url() in told

    def test_shows_both_ratings_by_word_and_shape(self, client):
        old = verify(ClaimFactory(accepted=True))
        page = shown(client, supersede(old, rating=RatingFactory(value="false")))
        told = page.partition('id="changes"')[2].partition("</section>")[0]
        assert told.index("Imprécis") < told.index("Faux")
        assert told.count("<svg") == 2

    def test_is_not_told_of_the_first_version(self, client):
        assert 'id="changes"' not in shown(client, verify(ClaimFactory(accepted=True)))

    def test_says_nothing_of_a_protected_source_but_its_note(self, client):
        old = verify(ClaimFactory(accepted=True))
        draft = succeed(old, UserFactory())
        piece = {"document": None, "protected": True, "note": "Une agente confirme."}
        keep_source(EvidenceFactory(verification=draft, **piece).pk, "Ida Nom", "")
        submit(draft, draft.author)
        publish(draft, UserFactory())
        told = shown(client, draft).partition('id="changes"')[2].partition("</section>")[0]
        assert "Une agente confirme." in told
        assert "Ida Nom" not in told


def test_names_whom_it_concerns_in_what_position_that_day(client):
    claim = ClaimFactory(accepted=True)
    PositionFactory(speaker=claim.speaker, title="maire de Vernaz")
    page = shown(client, verify(claim)).partition('id="about"')[2]
    texts = (claim.speaker.name, "maire de Vernaz", "3 décembre 2025")
    assert [text for text in texts if text not in page] == []


def test_needs_as_many_queries_as_the_baseline(client, counted_queries):
    pieces = [{}, {}, {"document": SnapshotFactory().document}]
    current = verify(ClaimFactory(accepted=True), ClaimFactory(accepted=True), evidence=pieces)
    for _version in range(3):
        current = supersede(current)
    with counted_queries("verification page"):
        shown(client, current)


def test_a_claim_page_shows_the_current_version_and_links_to_earlier_ones(client):
    claim = ClaimFactory(accepted=True)
    old = verify(claim, explanation="Ancienne explication.")
    new = supersede(old, explanation="Nouvelle explication.")
    page = shown(client, claim)
    assert "Nouvelle explication." in page
    assert "Ancienne explication." not in page
    assert page.index(new.get_absolute_url()) < page.index(old.get_absolute_url())
