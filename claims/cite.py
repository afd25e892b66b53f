"""Cite evidence: an address that is fetched, a document, a text, a protected source."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from claims import decide
from claims.draft import start, writing
from claims.jobs import have_evidence_fetched
from claims.models import Evidence, ProposedEvidence, Verification
from claims.protected import keep_source
from sources.ingest import ingest
from sources.models import Document, Snapshot
from sources.origin import Origin


def cite_address(verification: Verification, address: str, by: AbstractBaseUser) -> Evidence:
    """A piece whose source is being fetched; once, however often it is asked for meanwhile."""
    with writing(verification, by):
        awaited = verification.evidence.awaited().filter(address=address).first()
        piece = awaited or verification.evidence.create(address=address)
        have_evidence_fetched(piece, by)
    return piece


def fetch_again(piece: Evidence, by: AbstractBaseUser) -> None:
    """Have the source of a piece fetched that did not come."""
    with writing(piece.verification, by):
        if piece.is_awaited:
            have_evidence_fetched(piece, by)


def cite_unfetched(piece: Evidence, title: str, by: AbstractBaseUser) -> None:
    """The source of a piece is a document that is only cited: it did not come, but is there."""
    with writing(piece.verification, by):
        document, _created = Document.objects.get_or_create(
            url=piece.address, defaults={"title": title}
        )
        Evidence.objects.awaited().filter(pk=piece.pk).update(document=document)


def cite_document(verification: Verification, document: Document, by: AbstractBaseUser) -> Evidence:
    """A piece that rests on a document of the record, on its latest snapshot if it has one."""
    with writing(verification, by):
        snapshot = document.snapshots.defer("text", "original").last()
        return verification.evidence.create(document=document, snapshot=snapshot)


def cite_text(
    verification: Verification,
    original: bytes,
    origin: Origin,
    by: AbstractBaseUser,
    *,
    name: str = "",
    media_type: str = "",
) -> Evidence:
    """A piece that rests on a file or a text somebody brought; raises Refused."""
    with writing(verification, by):
        today = timezone.localdate()
        kept = ingest(original, origin, today=today, name=name, media_type=media_type)
        return verification.evidence.create(document=kept.snapshot.document, snapshot=kept.snapshot)


def cite_protected(
    verification: Verification, note: str, identity: str, contact: str, by: AbstractBaseUser
) -> Evidence:
    """A piece whose source is protected: the note is all that is public of it."""
    with writing(verification, by):
        piece = verification.evidence.create(protected=True, note=note)
        keep_source(piece.pk, identity, contact)
    return piece


@transaction.atomic
def cite_proposed(proposal: ProposedEvidence, by: AbstractBaseUser) -> Evidence:
    """Accept what was proposed: a piece of the draft about its claim, which is begun if need be."""
    verification = start([proposal.claim], by)
    names = ("document", "snapshot", "start", "end", "stance", "primary", "passage", "note")
    with writing(verification, by):
        told = {name: getattr(proposal, name) for name in (*names, "interest")}
        piece = verification.evidence.create(**told)
    this = ProposedEvidence.objects.filter(pk=proposal.pk)
    decide.accept_proposals(this, by)
    this.update(cited_in=verification)
    return piece


def quote(piece: Evidence, snapshot: Snapshot, start: int, end: int, by: AbstractBaseUser) -> None:
    """The passage that matters: ``snapshot.text[start:end]``, without the space around it."""
    words = snapshot.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    with writing(piece.verification, by):
        piece.snapshot, piece.passage = snapshot, words
        piece.start, piece.end = (start, start + len(words)) if words else (None, None)
        piece.save(update_fields=["snapshot", "passage", "start", "end"])


def uncite(piece: Evidence, by: AbstractBaseUser) -> None:
    """It does not rest on that any more."""
    with writing(piece.verification, by):
        piece.delete()
