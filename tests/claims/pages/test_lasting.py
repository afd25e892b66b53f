"""Addresses last: what was public is never “not found”."""

import pytest
from django.urls import reverse

from claims.correct import correct
from claims.decide import accept, refuse_proposals, reject
from claims.merge import merge_claims, merge_speakers, undo
from claims.models import Claim, Development
from claims.split import split
from claims.take_back import take_back
from sources.fields import new_public_id
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


def rejected(because="", **fields):
    """A claim that was public, and is no longer; so are its speaker and its document."""
    claim = ClaimFactory(accepted=True, wording="Deux écoles.", **fields)
    reject(Claim.objects.filter(pk=claim.pk), UserFactory(), "Entre nous.", because)
    claim.refresh_from_db()
    return claim


def gone(client, row_or_path) -> str:
    """The page that says so."""
    path = row_or_path if isinstance(row_or_path, str) else row_or_path.get_absolute_url()
    answer = client.get(path)
    assert answer.status_code == 410, path
    return answer.content.decode()


@pytest.mark.usefixtures("english")
def test_a_rejected_claim_is_gone(client):
    assert "This claim is no longer public" in gone(client, rejected())


def test_so_is_its_speaker(client):
    gone(client, rejected().speaker)


def test_so_is_its_document_and_what_is_below_its_address(client):
    document = rejected().document
    gone(client, document)
    gone(client, reverse("document-changes", args=[document.public_id]))


def test_so_is_a_refused_development(client):
    development = DevelopmentFactory(accepted=True)
    refuse_proposals(Development.objects.filter(pk=development.pk), UserFactory())
    assert development.title not in gone(client, development)


def test_so_is_a_claim_whose_acceptance_was_taken_back(client):
    claim, editor = ClaimFactory(), UserFactory()
    accept(Claim.objects.filter(pk=claim.pk), editor)
    take_back(editor)
    gone(client, claim)


def test_so_is_a_merged_claim_once_the_one_kept_is(client):
    first, last = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    merge_claims(first, last, UserFactory(role="chief"), "C’est la même.")
    reject(Claim.objects.filter(pk=last.pk), UserFactory())
    gone(client, first)


def test_it_does_not_say_what_it_said(client):
    claim = rejected()
    page = gone(client, claim)
    hidden = (claim.wording, claim.quote, claim.speaker.name, claim.document.title, "Entre nous.")
    assert [text for text in hidden if text in page] == []


@pytest.mark.usefixtures("english")
def test_it_says_why_where_that_is_public(client):
    assert "attributed to somebody who did not say it" in gone(client, rejected("wrong_speaker"))


@pytest.mark.usefixtures("english")
def test_it_leads_to_what_took_its_place(client):
    sentence = SentenceFactory(
        snapshot=SnapshotFactory(text="Elle promet deux écoles. Et un pont.")
    )
    claim, editor = ClaimFactory(sentence=sentence), UserFactory()
    accept(Claim.objects.filter(pk=claim.pk), editor)
    take_back(editor)
    claim.refresh_from_db()
    part, _other = split(claim, [[(0, 24)], [(25, 36)]], editor, accept=True)
    assert part.get_absolute_url() in gone(client, claim)


def test_it_leads_to_its_corrections(client):
    claim = ClaimFactory(accepted=True)
    correction = correct(claim, "clarification", "Une précision.", UserFactory())
    reject(Claim.objects.filter(pk=claim.pk), UserFactory())
    assert correction.get_absolute_url() in gone(client, claim)


def test_it_is_not_indexed(client):
    page = gone(client, rejected())
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


def test_it_leads_to_itself_in_the_other_language(client):
    claim = rejected()
    assert f'href="/en/claims/{claim.public_id}/"' in gone(client, claim)
    assert "no longer public" in gone(client, f"/en/claims/{claim.public_id}/")


@pytest.mark.parametrize(
    "make",
    [
        ClaimFactory,
        SpeakerFactory,
        DevelopmentFactory,
        lambda: ClaimFactory().speaker,
        lambda: ClaimFactory().document,
        VerificationFactory,
        lambda: ClaimFactory(status="rejected", decided_by=UserFactory(), decided_at=NOON),
    ],
)
def test_what_never_was_public_is_told_from_nothing_by_nobody(client, make):
    row = make()
    path, other = row.get_absolute_url(), new_public_id()
    hidden, nothing = client.get(path), client.get(path.replace(row.public_id, other))
    assert (hidden.status_code, nothing.status_code) == (404, 404)
    same = nothing.content.decode().replace(other, row.public_id)
    assert hidden.content.decode() == same


class TestAsOf:
    def test_it_was_there_while_it_was_public(self, client):
        claim = rejected()
        history = Claim.pgh_event_model.objects.filter(id=claim.pk).order_by("pgh_id")
        accepted_at = history.first().pgh_recorded_at.isoformat()
        assert client.get(claim.get_absolute_url(), {"as_of": accepted_at}).status_code == 200

    def test_before_it_was_public_there_was_nothing(self, client):
        path = rejected().get_absolute_url()
        assert client.get(path, {"as_of": "2024-01-01"}).status_code == 404


class TestARedirect:
    """Of merged rows; tests/claims/test_merged.py has chains and merges that were undone."""

    def test_leads_to_the_same_page_of_the_row_kept(self, client):
        first, last = ClaimFactory(accepted=True).speaker, ClaimFactory(accepted=True).speaker
        merge_speakers(first, last, UserFactory(role="chief"), "C’est la même.")
        answer = client.get(f"/en/speakers/{first.public_id}/?page=2")
        assert (answer.status_code, answer.url) == (301, f"/en/speakers/{last.public_id}/?page=2")

    def test_is_over_once_the_merge_is_undone_and_both_are_gone(self, client):
        chief, last = UserFactory(role="chief"), ClaimFactory(accepted=True)
        first = ClaimFactory(accepted=True)
        undo(merge_claims(first, last, chief, "C’est la même."), chief, "Ce n’est pas la même.")
        reject(Claim.objects.filter(pk=first.pk), chief)
        gone(client, first)


class TestAVerification:
    def test_that_was_withdrawn_is_gone_but_read(self, client):
        verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        page = gone(client, verification)
        assert verification.explanation in page
        assert '<meta name="robots" content="noindex">' in page
        assert page.index("La source est un faux.") < page.index("<h1")

    def test_that_was_superseded_is_there(self, client):
        old = verify(ClaimFactory(accepted=True))
        supersede(old)
        assert client.get(old.get_absolute_url()).status_code == 200


def test_one_more_page_needs_no_more_queries_for_a_longer_history(client, counted_queries):
    claim = rejected()
    for _time in range(5):
        accept(Claim.objects.filter(pk=claim.pk), UserFactory())
        reject(Claim.objects.filter(pk=claim.pk), UserFactory())
    with counted_queries("page of what is gone"):
        gone(client, claim)
