"""Propose by a key of the API: a candidate, evidence or a development, on which an editor decides.

Nothing here is public, or changes what is. The same sent again is the same proposal, however many
send it at once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Model

from claims.acts import act_of_key
from claims.by_hand import Selected, selected_claim
from claims.extraction import Reading
from claims.happen import cited, tell
from claims.models import ApiKey, Claim, KeyProposal, ProposedEvidence
from claims.record import sentences_of
from sources.fields import new_public_id
from sources.keep import keep_beside
from sources.known import Text
from sources.locks import hold
from sources.models import Document, Snapshot
from sources.partial_date import PartialDate


@dataclass(frozen=True)
class Sent:
    """What came by a key; ``digest`` tells it from whatever else did."""

    key: ApiKey
    digest: str

    @classmethod
    def of(cls, key: ApiKey, kind: str, body: object) -> "Sent":
        """``body`` is what JSON holds, whose members may come in any order."""
        text = json.dumps([kind, body], sort_keys=True)
        return cls(key, hashlib.sha256(text.encode()).hexdigest())

    @property
    def proposal(self) -> KeyProposal | None:
        """What it is already, if it was sent before."""
        return KeyProposal.objects.filter(key=self.key, digest=self.digest).first()


def propose_claim(
    sent: Sent, source: Snapshot | Text, selected: Selected, reading: Reading | None
) -> KeyProposal:
    """A candidate of the words that were selected in a text.

    ``reading`` is that of a text nobody read before. Raises OtherWords, KnownClaim,
    SeveralSpeakers, Refused.
    """

    def candidate() -> dict[str, Model]:
        snapshot = source if isinstance(source, Snapshot) else keep_beside(source)
        if reading:
            sentences_of([(snapshot, reading)])
        claim = selected_claim(snapshot, selected)
        claim.save()
        return {"claim": claim}

    return _once(sent, candidate)


def propose_evidence(
    sent: Sent, claim: Claim, source: Snapshot | Document | str, **told
) -> KeyProposal:
    """What a verification of ``claim`` might rest on; an address is fetched in the background.

    ``told`` are fields of ProposedEvidence.
    """

    def evidence() -> dict[str, Model]:
        match source:
            case Snapshot():
                where = {"document": source.document, "snapshot": source}
            case Document():
                where = {"document": source}
            case _:
                where = {"document": cited(source)}
        return {"evidence": ProposedEvidence.objects.create(claim=claim, **where, **told)}

    return _once(sent, evidence)


def propose_development(
    sent: Sent,
    title: str,
    occurred_on: PartialDate,
    source: Document | Claim | str,
    effects: Mapping[int, tuple[str, str]],
    account: str,
) -> KeyProposal:
    """What happened, and what it does to claims: Effect.Kind and note, by their ids."""

    def development() -> dict[str, Model]:
        told, _new = tell(
            title,
            occurred_on,
            source,
            {claim: kind for claim, (kind, _note) in effects.items()},
            account=account,
            public_id=new_public_id(),
            notes={claim: note for claim, (_kind, note) in effects.items()},
        )
        return {"development": told}

    return _once(sent, development)


def _once(sent: Sent, make: Callable[[], dict[str, Model]]) -> KeyProposal:
    with act_of_key(sent.key):
        hold([f"proposal {sent.key.pk} {sent.digest}"])
        if known := sent.proposal:
            return known
        return KeyProposal.objects.create(key=sent.key, digest=sent.digest, **make())
