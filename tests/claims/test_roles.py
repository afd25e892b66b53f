"""Who may do what: role × act."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from claims import decide, roles
from claims.correct import correct
from claims.edit import edit
from claims.handle import handle
from claims.hold import take
from claims.merge import merge_claims, merge_speakers, undo
from claims.models import Claim, Development, Effect, Link
from claims.protected import entitled
from claims.publish import publish, send_back, still_holds, submit, succeed, withdraw
from claims.redaction.redact import Wish, redact
from claims.repeat import repeat
from claims.resolve import resolve
from claims.split import split
from claims.take_back import take_back
from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    MessageFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
WHY = "Parce que."
PARTS = [[(0, 11)], [(15, 22)]]


def draft():
    verification = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=verification)
    return verification


def in_review():
    verification = draft()
    submit(verification, verification.author)
    return verification


def published():
    return VerificationFactory(published=True)


def settle(user):
    with record_clock(NOON):
        forecast = ForecastFactory()
    development = DevelopmentFactory(accepted=True)
    resolve(forecast, "kept", development.occurred_on, development, user)


def undo_a_merge(user):
    chief = UserFactory(role=roles.CHIEF)
    undo(merge_speakers(SpeakerFactory(), SpeakerFactory(), chief, WHY), user, WHY)


def read_protected(user):
    with entitled(user):
        pass


def compound():
    sentence = SentenceFactory(snapshot__text="Deux écoles et un pont.")
    return ClaimFactory(sentence=sentence)


def decide_and_take_back(user):
    claim = ClaimFactory()
    decide.reject(Claim.objects.filter(pk=claim.pk), user)
    take_back(user)


CONTRIBUTE = {
    "ask for review": lambda user: submit(draft(), user),
    "write a successor": lambda user: succeed(published(), user),
}
EDIT = {
    "accept a claim": lambda user: decide.accept(Claim.objects.filter(pk=ClaimFactory().pk), user),
    "reject a claim": lambda user: decide.reject(Claim.objects.filter(pk=ClaimFactory().pk), user),
    "send back": lambda user: send_back(in_review(), user, WHY),
    "publish": lambda user: publish(in_review(), user),
    "merge a candidate": lambda user: merge_claims(ClaimFactory(), ClaimFactory(), user, WHY),
    "split a candidate": lambda user: split(compound(), PARTS, user),
    "accept a repeat": lambda user: repeat(ClaimFactory(), ClaimFactory(), user),
    "change a candidate": lambda user: edit(ClaimFactory(), user, wording="Deux écoles."),
    "take a decision back": decide_and_take_back,
    "accept a development": lambda user: decide.accept_proposals(
        Development.objects.filter(pk=DevelopmentFactory().pk), user
    ),
    "accept an effect": lambda user: decide.accept_proposals(
        Effect.objects.filter(pk=EffectFactory(proposed=True).pk), user
    ),
    "refuse a link": lambda user: decide.refuse_proposals(
        Link.objects.filter(pk=LinkFactory().pk), user
    ),
    "record an outcome": settle,
    "find that one still holds": lambda user: still_holds(published(), date(2999, 1, 1), WHY, user),
    "take a message in hand": lambda user: handle(MessageFactory(), "in_hand", user),
    "correct": lambda user: correct(ClaimFactory(accepted=True), "clarification", WHY, user),
}


def redact_a_word(user):
    document = SnapshotFactory(text="Mme Quévriaux l’a dit.").document
    redact(Wish(document, ["Quévriaux"]), "erasure", WHY, user)


LEAD = {
    "withdraw": lambda user: withdraw(published(), user, WHY),
    "merge speakers": lambda user: merge_speakers(SpeakerFactory(), SpeakerFactory(), user, WHY),
    "merge public claims": lambda user: merge_claims(
        ClaimFactory(accepted=True), ClaimFactory(accepted=True), user, WHY
    ),
    "take over what another is at": lambda user: take(ClaimFactory(), user, over=True),
    "undo a merge": undo_a_merge,
    "redact": redact_a_word,
}
READ_PROTECTED = {"read protected sources": read_protected}
ACTS = CONTRIBUTE | EDIT | LEAD | READ_PROTECTED
MAY = {
    roles.CONTRIBUTOR: CONTRIBUTE,
    roles.EDITOR: CONTRIBUTE | EDIT,
    roles.CHIEF: CONTRIBUTE | EDIT | LEAD,
    roles.PROTECTED_SOURCE_READER: READ_PROTECTED,
}


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("what", ACTS)
def test_role_and_act(role, what):
    user = UserFactory(role=role)
    if what in MAY[role]:
        ACTS[what](user)
    else:
        with pytest.raises(PermissionDenied):
            ACTS[what](user)


def test_nobody_without_a_role_may_do_anything(django_user_model):
    nobody = django_user_model.objects.create(username="passante")
    for what in ACTS.values():
        with pytest.raises(PermissionDenied):
            what(nobody)
