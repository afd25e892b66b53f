"""Let a claim in as one that says again what another says."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils.translation import gettext as _

from claims import decide
from claims.acts import act
from claims.linking.order import in_order
from claims.models import Claim, Link


def repeat(claim: Claim, other: Claim, by: AbstractBaseUser) -> Link:
    """Accept ``claim``, and the link by which the later of the two repeats the earlier.

    A link that was proposed or refused before is accepted now.
    """
    with act(by, "claims.decide_claim", _("It says again what another claim says.")):
        decide.accept(Claim.objects.filter(pk=claim.pk), by)
        later, earlier = in_order(claim, other)
        ends = Q(claim=later, earlier=earlier) | Q(claim=earlier, earlier=later)
        link = Link.objects.filter(ends, kind=Link.Kind.REPEATS).first()
        if link is None:
            link = Link.objects.create(claim=later, earlier=earlier, kind=Link.Kind.REPEATS)
        decide.accept_proposals(Link.objects.filter(pk=link.pk), by)
        return link
