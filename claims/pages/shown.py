"""Published rows with all that the pages show of each."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.utils.timezone import localdate

from claims.models import Claim, Correction, Development, Effect, Evidence, Proposal
from claims.models.claim import with_claim
from sources.lists import BoundedPaginator

PER_PAGE = 20
EFFECTS = 5  # of a development in a list


def listed(claims=None):
    """Published claims, or these, with all that a list shows of each."""
    return (
        (Claim.objects.published() if claims is None else claims)
        .with_source()
        .with_follow_through()
        .select_related("forecast")
        .prefetch_related("speaker__positions")
    )


def in_brief():
    """Published claims with who says them and where they stand."""
    return (
        Claim.objects.published()
        .with_source()
        .with_standing()
        .prefetch_related("speaker__positions")
    )


def developments():
    """Accepted developments with their sources and corrections."""
    accepted = Development.objects.accepted().select_related("document__publisher")
    return with_claim(accepted, "claim").prefetch_related(corrections())


def effects():
    """Accepted effects on claims the public may see, of one development in the order they are
    read in: by claim."""
    accepted = Effect.objects.filter(status=Proposal.Status.ACCEPTED)
    return accepted.filter(claim__in=Claim.objects.published()).order_by("claim_id")


def tell_effects(developments: Iterable[Development]) -> None:
    """Set ``accepted_effects`` of each, EFFECTS at most, and whether there are ``more_effects``."""
    first = effects().filter(development=OuterRef("pk")).values("pk")[: EFFECTS + 1]
    rows = Development.objects.filter(pk__in=[row.pk for row in developments])
    found = dict(rows.order_by().values_list("pk", ArraySubquery(first)))
    wanted = [pk for pks in found.values() for pk in pks[:EFFECTS]]
    loaded = with_claim(Effect.objects.all(), "claim").in_bulk(wanted)
    for development in developments:
        pks = found.get(development.pk, [])
        development.accepted_effects = [loaded[pk] for pk in pks[:EFFECTS] if pk in loaded]
        development.more_effects = len(pks) > EFFECTS


def verifications(rows):
    """Verifications with all that is shown of each."""
    return rows.select_related("rating__scale", "withdrawal").prefetch_related(
        Prefetch("evidence", Evidence.objects.with_source()), corrections(), "rechecks"
    )


def corrections():
    return Prefetch("corrections", Correction.objects.published())


def bounded_page(request, found, rows, per_page=PER_PAGE):
    """The page that the address asks for, the nearest one if there is no such page, of the first of
    those ``found``; ``rows`` load what it shows."""
    return BoundedPaginator(found, per_page, rows).get_page(request.GET.get("page"))


def day_of(request) -> date:
    """The day whose record a page shows: today, or the one that was asked about."""
    as_of = getattr(request, "as_of", None)
    return localdate(as_of and as_of.moment)
