"""Write a verification: begun from its claims, saved while it is typed, by several at once."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.acts import act
from claims.gates import Closed
from claims.models import Claim, Coverage, Verification
from claims.publish import WRITE, succeed
from sources import versions
from sources.locks import hold

BEGIN = "claims.add_verification"


@dataclass(frozen=True)
class Clash:
    """A field of a row that somebody changed after what one saw of it."""

    row: models.Model
    field: str
    change: versions.Change


class Clashed(Exception):
    """Nothing was saved: somebody else changed the same; ``clashes`` says what."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(clashes)
        self.clashes = clashes


@transaction.atomic
def start(claims: Iterable[Claim], by: AbstractBaseUser) -> Verification:
    """A draft about ``claims``, or the one that ``by`` has open about just these.

    Where one of them is verified already, it is a draft of that verification's successor.
    """
    claims = list(claims)
    hold([f"draft {by.pk}"])  # Pressed twice at once makes one.
    if begun := _begun(claims, by):
        return begun
    current = Verification.objects.latest_versions().filter(claims__in=claims).first()
    if current:
        draft = succeed(current, by)
    else:
        with act(by, BEGIN):
            draft = Verification.objects.create(author=by)
    cover(draft, claims, by)
    return draft


def _begun(claims: list[Claim], by: AbstractBaseUser) -> Verification | None:
    wanted = {claim.pk for claim in claims}
    mine = Verification.objects.open().filter(author=by, claims__in=claims).distinct()
    for draft in mine.prefetch_related("coverage"):
        if wanted <= {covered.claim_id for covered in draft.coverage.all()}:
            return draft
    return None


def may_write(verification: Verification, user: AbstractBaseUser) -> bool:
    """A draft is changed by whoever writes; one in review by its author, whom others then read."""
    if not user.has_perm(WRITE):
        return False
    own = verification.author_id == user.pk
    return verification.status == Verification.Status.DRAFT or (
        verification.status == Verification.Status.IN_REVIEW and own
    )


@contextmanager
def writing(verification: Verification, by: AbstractBaseUser) -> Iterator[None]:
    """Inside, ``by`` changes it and nobody else does.

    Raises PermissionDenied, and Closed if it is published.
    """
    with act(by, WRITE):
        held = Verification.objects.select_for_update(no_key=True).get(pk=verification.pk)
        if held.status == Verification.Status.PUBLISHED:
            raise Closed("verification_published_is_final")
        if not may_write(held, by):
            raise PermissionDenied(
                _("It is in review: its author changes it. Leave a note, or send it back.")
            )
        yield


def save(
    verification: Verification,
    by: AbstractBaseUser,
    mark: str,
    changed: Sequence[tuple[models.Model, list[str]]],
) -> None:
    """Save fields of a verification and of its evidence, as they are typed.

    Others' changes to other fields stay. Raises Clashed where somebody else changed one of these
    since ``mark`` (``versions.latest``).
    """
    with pghistory.context(autosaved=True), writing(verification, by):
        if clashes := _clashes(verification, by, mark, changed):
            raise Clashed(clashes)
        for row, fields in changed:
            row.save(update_fields=fields)


def _clashes(verification, by, mark, changed) -> list[Clash]:
    meanwhile = versions.since(verification, mark)
    found = []
    for row, fields in changed:
        for field in fields:
            of_field = (
                change
                for change in meanwhile
                if change.row_key == (type(row), row.pk)
                and any(difference.field == field for difference in change.differences)
            )
            if (change := next(of_field, None)) and not _is_saved(row, field):
                found.append(Clash(row, field, change))
    return found


def _is_saved(row: models.Model, field: str) -> bool:
    """Whether the record says what the row does: then two wrote the same, or one sent it twice."""
    column = row._meta.get_field(field).attname
    return type(row)._base_manager.filter(pk=row.pk, **{column: getattr(row, column)}).exists()


def cover(verification: Verification, claims: Iterable[Claim], by: AbstractBaseUser) -> None:
    """It is about these claims too."""
    with writing(verification, by):
        there = set(verification.coverage.values_list("claim_id", flat=True))
        Coverage.objects.bulk_create(
            Coverage(verification=verification, claim=claim)
            for claim in claims
            if claim.pk not in there
        )


def uncover(verification: Verification, claim: Claim, by: AbstractBaseUser) -> None:
    """It is not about this claim any more."""
    with writing(verification, by):
        verification.coverage.filter(claim=claim).delete()


def written_elsewhere(verification: Verification) -> dict[int, Verification]:
    """Other open verifications about its claims, one for each claim, by the claim's id."""
    others = (
        Coverage.objects.filter(claim__in=verification.claims.all())
        .exclude(verification=verification)
        .exclude(verification__status=Verification.Status.PUBLISHED)
        .select_related("verification__author")
        .order_by("pk")
    )
    return {covered.claim_id: covered.verification for covered in others}
