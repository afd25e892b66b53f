"""``POST`` to a list proposes what is sent; the answer is the proposal, at its own address."""

from collections.abc import Callable
from typing import ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

from claims.api import parameters, turns
from claims.api.body import Body, BodyParser
from claims.api.keys.scope import Scope
from claims.api.writing.claims import ClaimBody
from claims.api.writing.developments import DevelopmentBody
from claims.api.writing.evidence import EvidenceBody
from claims.api.writing.proposals import ProposalSerializer
from claims.by_hand import KnownClaim, SeveralSpeakers
from claims.models import Claim, KeyProposal
from claims.origin import origin
from claims.propose import Sent, propose_claim, propose_development, propose_evidence
from sources.keep import OtherWords
from sources.models import Sentence, Snapshot
from sources.refused import Refused

PROPOSED = "Proposed; an editor decides. `Location` is where to see what becomes of it."


class Conflict(APIException):
    """What is proposed is there already."""

    status_code = 409


class Proposing:
    """For a viewset: what is posted to its list is proposed; it takes a key."""

    body: ClassVar[type[Body]]

    def get_permissions(self):
        """Whoever reads needs no key."""
        if self.request.method == "POST":
            return [Scope("propose")()]
        return super().get_permissions()

    def get_parsers(self):
        return [BodyParser()]

    def propose(self, sent: Sent, given: dict) -> KeyProposal:
        """The proposal of what is ``given``."""
        raise NotImplementedError

    def create(self, request) -> HttpResponse:
        """The same sent again is the same proposal."""
        parameters.known(request.query_params, ())
        sent = Sent.of(request.auth, self.resource.name, request.data)
        proposal = sent.proposal or self.propose(sent, self.body.given(request))
        address = reverse("api-proposal", args=[proposal.public_id])
        location = f"{origin(request)}{address}"
        return Response(ProposalSerializer(proposal).data, 201, headers={"Location": location})


def proposes(body: type[Body], said: str) -> Callable:
    """For ``create``, what the schema says of it."""
    return extend_schema(
        request=body,
        responses={201: ProposalSerializer},
        description=f"{said} {PROPOSED} The same sent again, whenever and however often, is the "
        "same proposal.",
    )


class ProposingClaims(Proposing):
    body = ClaimBody

    def propose(self, sent: Sent, given: dict) -> KeyProposal:
        """A candidate; a text that nobody read yet is read first."""
        where = given["where"]
        text = where.text if isinstance(where, Snapshot) else where.page.text
        known = Sentence.objects.filter(snapshot__sha256=where.sha256).exists()
        try:
            reading = None if known else turns.read(self.request, text)
            return propose_claim(sent, where, given["selected"], reading)
        except OtherWords as reason:
            raise ValidationError({"document": {"url": [str(reason)]}}) from None
        except SeveralSpeakers as several:
            ids = ", ".join(speaker.public_id for speaker in several.speakers)
            sentence = _("Several speakers go by this name; name one by its id: %(ids)s.")
            raise ValidationError({"speaker": {"name": [sentence % {"ids": ids}]}}) from None
        except KnownClaim as there:
            raise Conflict(_known(there.claim)) from None
        except Refused as reason:
            raise ValidationError(str(reason)) from None

    @proposes(ClaimBody, "Propose a claim: words of a text, and whose they are.")
    def create(self, request) -> HttpResponse:
        return super().create(request)


def _known(claim: Claim) -> str:
    if claim.status == Claim.Status.ACCEPTED:
        return _("These words are claim “%(id)s” already.") % {"id": claim.public_id}
    return _("These words were proposed already.")


class ProposingEvidence(Proposing):
    body = EvidenceBody

    def propose(self, sent: Sent, given: dict) -> KeyProposal:
        """For whoever verifies the claim."""
        source = given.pop("source")["where"]
        return propose_evidence(sent, given.pop("claim"), source, **given)

    @proposes(EvidenceBody, "Propose what a verification of a claim might rest on.")
    def create(self, request) -> HttpResponse:
        return super().create(request)


class ProposingDevelopments(Proposing):
    body = DevelopmentBody

    def propose(self, sent: Sent, given: dict) -> KeyProposal:
        """With its effects."""
        source = given.pop("source")["where"]
        return propose_development(sent, source=source, **given)

    @proposes(DevelopmentBody, "Propose what happened, and what it does to claims.")
    def create(self, request) -> HttpResponse:
        return super().create(request)
