"""Something happened: a development with all that it does to claims, or nothing."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from claims import decide, jobs
from claims.acts import act
from claims.models import Claim, Development, Effect
from sources.fields import new_public_id
from sources.models import Document
from sources.partial_date import PartialDate

WRITE = "claims.add_development"


def happened(
    by: AbstractBaseUser,
    title: str,
    occurred_on: PartialDate,
    source: Document | Claim | str,
    effects: Mapping[int, str],
    *,
    account: str = "",
    public_id: str = "",
    accept: bool = False,
) -> Development:
    """Propose what happened, or ``accept`` it at once.

    ``source`` is a document, a later claim, or an address, which is fetched in the background;
    ``effects`` are Effect.Kinds by the ids of the claims it bears on. The same ``public_id`` a
    second time is the same development. Raises PermissionDenied, and Closed by a gate.
    """
    public_id = public_id or new_public_id()
    if there := Development.objects.filter(public_id=public_id).first():
        return there
    with transaction.atomic():
        with act(by, WRITE):
            development, created = tell(
                title, occurred_on, source, effects, account=account, public_id=public_id
            )
            if not created:  # Since we looked.
                return development
        if accept:
            decide.accept_proposals(Development.objects.filter(pk=development.pk), by)
            decide.accept_proposals(Effect.objects.filter(development=development), by)
    development.refresh_from_db()
    return development


def tell(
    title: str,
    occurred_on: PartialDate,
    source: Document | Claim | str,
    effects: Mapping[int, str],
    *,
    account: str,
    public_id: str,
    notes: Mapping[int, str] | None = None,
) -> tuple[Development, bool]:
    """The development of that public id, and whether it is new: inside an act.

    ``notes`` are what is said of effects, by the ids of their claims.
    """
    told = {"title": title, "account": account or title, "occurred_on": occurred_on}
    development, created = Development.objects.get_or_create(
        public_id=public_id, defaults=told | _source(source)
    )
    if created:
        notes = notes or {}
        Effect.objects.bulk_create(
            Effect(development=development, claim_id=claim, kind=kind, note=notes.get(claim, ""))
            for claim, kind in effects.items()
        )
    return development, created


def _source(source: Document | Claim | str) -> dict[str, Document | Claim]:
    if isinstance(source, str):
        source = cited(source)
    return {source._meta.model_name: source}


def cited(url: str) -> Document:
    """The document at that address; one that is new is called by it until it is fetched."""
    title = Document.title_of(url)
    document, created = Document.objects.get_or_create(url=url, defaults={"title": title})
    if created:
        jobs.have_fetched(document.pk)
    return document
