from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import decide, roles
from claims.correct import correct
from claims.edit import edit
from claims.merge import merge_claims
from claims.models import Claim, ClaimMerge, Link
from claims.repeat import repeat
from claims.split import split
from claims.take_back import NothingToTakeBack, take_back
from sources import versions
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    LinkFactory,
    SentenceFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
TEXT = "La maire promet deux écoles et un pont."
PARTS = [[(16, 27)], [(31, 38)]]


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def claim():
    sentence = SentenceFactory(snapshot__text=TEXT)
    return ClaimFactory(sentence=sentence, content=[(16, 38)], quote=TEXT[16:38])


def rows(*claims):
    return Claim.objects.filter(pk__in=[claim.pk for claim in claims])


def status(claim):
    claim.refresh_from_db()
    return claim.status


@pytest.mark.parametrize("decision", [decide.accept, decide.reject])
def test_what_was_decided_is_a_candidate_again(claim, editor, decision):
    decision(rows(claim), editor)
    assert take_back(editor).claims == [claim]
    claim.refresh_from_db()
    assert (claim.status, claim.decided_by, claim.decided_at) == ("candidate", None, None)


def test_what_was_typed_before_it_was_accepted_stays(claim, editor):
    edit(claim, editor, wording="Deux écoles, un pont.")
    decide.accept(rows(claim), editor)
    take_back(editor)
    claim.refresh_from_db()
    assert claim.wording == "Deux écoles, un pont."


def test_several_steps_are_taken_back_the_last_first(editor):
    claims = [ClaimFactory() for _ in range(3)]
    for claim in claims:
        decide.reject(rows(claim), editor, because="not_a_claim")
    assert [take_back(editor).claims for _ in claims] == [[c] for c in reversed(claims)]
    with pytest.raises(NothingToTakeBack):
        take_back(editor)


def test_several_that_were_decided_at_once_come_back_at_once(editor):
    claims = [ClaimFactory() for _ in range(3)]
    decide.accept_each([claim.pk for claim in claims], editor)
    assert len(take_back(editor).claims) == 3


def test_a_claim_accepted_that_was_rejected_before_is_rejected_again(claim, editor):
    decide.reject(rows(claim), UserFactory(), because="cut_wrong")
    decide.accept(rows(claim), editor)
    take_back(editor)
    claim.refresh_from_db()
    assert (claim.status, claim.rejected_because) == ("rejected", "cut_wrong")


@pytest.mark.parametrize("accept", [False, True])
def test_the_parts_of_a_split_are_rejected_and_the_whole_is_a_candidate(claim, editor, accept):
    made = split(claim, PARTS, editor, accept=accept)
    assert take_back(editor).claims == [claim]
    parts = {(part.status, part.rejected_because) for part in rows(*made)}
    assert (status(claim), parts) == ("candidate", {("rejected", "undone")})


def test_a_split_taken_back_is_made_again(claim, editor):
    split(claim, PARTS, editor)
    take_back(editor)
    claim.refresh_from_db()
    made = split(claim, PARTS, editor)
    assert {status(part) for part in made} == {"candidate"}


def test_a_merge_is_undone(claim, editor):
    merge_claims(claim, ClaimFactory(accepted=True), editor, "La même.")
    assert take_back(editor).claims == [claim]
    assert (status(claim), ClaimMerge.objects.standing().count()) == ("candidate", 0)


def test_the_link_of_a_repeat_goes(claim, editor):
    repeat(claim, ClaimFactory(accepted=True), editor)
    take_back(editor)
    assert (status(claim), Link.objects.count()) == ("candidate", 0)


def test_a_link_that_was_only_proposed_is_proposed_again(editor):
    link = LinkFactory(claim=ClaimFactory())
    repeat(link.claim, link.earlier, editor)
    take_back(editor)
    assert Link.objects.get().status == "proposed"


def test_undoing_is_told_in_the_history(claim, editor, english):
    decide.accept(rows(claim), editor)
    take_back(editor)
    change = versions.history(claim)[0]
    assert (change.user, change.reason) == (editor, "Undone.")


@pytest.mark.parametrize(
    "publish",
    [
        lambda claim: VerificationFactory(published=True, claims=[claim]),
        lambda claim: EffectFactory(claim=claim),
        lambda claim: LinkFactory(claim=claim, accepted=True),
        lambda claim: correct(claim, "error", "Deux.", UserFactory(), wording="Deux."),
    ],
    ids=["verification", "effect", "link", "correction"],
)
def test_what_something_published_rests_on_stays(claim, editor, publish):
    decide.accept(rows(claim), editor)
    publish(claim)
    with pytest.raises(NothingToTakeBack):
        take_back(editor)
    assert status(claim) == "accepted"


def test_what_another_editor_decided_since_stays(editor):
    claims = [ClaimFactory() for _ in range(2)]
    decide.accept(rows(*claims), editor)
    decide.reject(rows(claims[0]), UserFactory())
    taken = take_back(editor)
    assert (taken.claims, len(taken.left), status(claims[0])) == ([claims[1]], 1, "rejected")


def test_nobody_takes_back_what_another_decided(claim, editor):
    decide.accept(rows(claim), UserFactory())
    with pytest.raises(NothingToTakeBack):
        take_back(editor)


def test_yesterday_s_decisions_stand(claim, editor):
    decide.accept(rows(claim), editor)
    with pytest.raises(NothingToTakeBack):
        take_back(editor, timezone.now() + timedelta(days=1))


def test_what_was_decided_outside_an_act_stands(editor):
    ClaimFactory(accepted=True, decided_by=editor, decided_at=timezone.now())
    with pytest.raises(NothingToTakeBack):
        take_back(editor)


def test_a_contributor_takes_nothing_back():
    with pytest.raises(PermissionDenied):
        take_back(UserFactory(role=roles.CONTRIBUTOR))


@pytest.mark.parametrize("many", [3, 30])
def test_many_are_taken_back_in_as_many_queries_as_few(editor, many, counted_queries):
    decide.accept_each([ClaimFactory().pk for _ in range(many)], editor)
    with counted_queries("take back"):
        take_back(editor)
