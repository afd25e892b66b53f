"""Two people at once, over two real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from claims import roles
from claims.decide import reject
from claims.gates import Closed, gates
from claims.merge import NotMergeable, merge_speakers
from claims.models import Claim, Evidence, Standing, Verification
from claims.publish import publish, submit, succeed
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    EvidenceFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run each in a thread with a connection of its own; what each gave, or how it was refused."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except (IntegrityError, Closed, NotMergeable) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def reviewed(verification):
    submit(verification, verification.author)
    return verification


def about(claim, **fields):
    verification = VerificationFactory(claims=[claim], **fields)
    EvidenceFactory(verification=verification)
    return reviewed(verification)


@pytest.mark.parametrize("many", [2, 5])
def test_of_verifications_of_one_claim_published_at_once_one_is(many):
    claim, editor = ClaimFactory(accepted=True), UserFactory()
    drafts = [about(claim) for _ in range(many)]
    outcomes = at_once(*(lambda draft=draft: publish(draft, editor) for draft in drafts))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Closed)]
    assert (len(refused), Verification.objects.latest_versions().count()) == (many - 1, 1)


def test_of_two_successors_published_at_once_one_is():
    first, editor = VerificationFactory(published=True), UserFactory()
    drafts = [reviewed(succeed(first, UserFactory())) for _ in range(2)]
    outcomes = at_once(*(lambda draft=draft: publish(draft, editor) for draft in drafts))
    refused = [type(outcome) for outcome in outcomes if outcome is not None]
    assert (refused, Verification.objects.latest_versions().count()) == ([Closed], 1)


def test_verifications_that_share_claims_crosswise_end_without_a_deadlock():
    one, other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    editor = UserFactory()
    drafts = []
    for claims in ([one, other], [other, one]):
        verification = VerificationFactory(claims=claims)
        EvidenceFactory(verification=verification)
        drafts.append(reviewed(verification))
    outcomes = at_once(*(lambda draft=draft: publish(draft, editor) for draft in drafts))
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [Closed]


def test_a_claim_has_one_standing_whoever_was_first():
    claim, editor = ClaimFactory(accepted=True), UserFactory()
    drafts = [about(claim) for _ in range(3)]
    at_once(*(lambda draft=draft: publish(draft, editor) for draft in drafts))
    current = Verification.objects.latest_versions().get()
    assert Standing.objects.get(claim=claim).verification == current


def test_no_evidence_slips_in_while_it_is_published():
    draft, editor = about(ClaimFactory(accepted=True)), UserFactory()
    document, published = DocumentFactory(), Barrier(2)

    def publish_slowly():
        with transaction.atomic():
            publish(draft, editor)
            published.wait()

    def add_late():
        published.wait()
        Evidence.objects.create(
            verification=draft, document=document, stance="context", note="Après coup."
        )

    outcomes = at_once(publish_slowly, add_late)
    assert (outcomes[0], type(outcomes[1]), draft.evidence.count()) == (None, IntegrityError, 1)


def test_a_speaker_merged_by_two_people_at_once_is_merged_once():
    chief = UserFactory(role=roles.CHIEF)
    merged, one, other = SpeakerFactory(), SpeakerFactory(), SpeakerFactory()
    outcomes = at_once(
        lambda: merge_speakers(merged, one, chief, "La même."),
        lambda: merge_speakers(merged, other, chief, "La même."),
    )
    assert [type(outcome) for outcome in outcomes].count(NotMergeable) == 1


def reject_one(claim, editor):
    reject(Claim.objects.filter(pk=claim.pk), editor)


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
@pytest.mark.parametrize(
    "what",
    [
        lambda draft, claim, by: publish(draft, by),
        lambda draft, claim, by: reject_one(claim, by),
        lambda draft, claim, by: draft.claims.add(claim),
    ],
)
def test_who_keeps_to_an_older_snapshot_does_not_change_the_record(level, what):
    claim, editor = ClaimFactory(accepted=True), UserFactory()
    draft = about(ClaimFactory(accepted=True))
    with gates(), connection.cursor() as cursor:
        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        with pytest.raises(Closed) as refused, gates():
            what(draft, claim, editor)
    assert refused.value.name == "record_is_changed_under_read_committed"
