"""The reviews that are asked for: our verifications in force, and those of others on our claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.api.factchecktools.parameters import Asked
from claims.models import Claim, ClaimReview, Coverage, Verification, Withdrawal

# Those of others that are given of a claim; the latest that are looked at for their claims.
REVIEWS, LINKED = 20, 5000


@dataclass(frozen=True)
class Reviews:
    """Those in a ``language``, on a ``site``, made on that day or ``since``; "" and None for any.

    ``own_site`` is the host of ours.
    """

    own_site: str
    language: str = ""
    site: str = ""
    since: date | None = None

    @classmethod
    def wanted(cls, asked: Asked, own_site: str) -> "Reviews":
        return cls(own_site, asked.language, asked.site, asked.days and _ago(asked.days))

    @property
    def of_ours(self) -> bool:
        """Whether ours are wanted: they are written in the site's first language."""
        return self.site in ("", self.own_site) and self.language in ("", settings.LANGUAGE_CODE)

    def own(self) -> QuerySet[Coverage]:
        """Each of ours, with each of its published claims."""
        rows = Coverage.objects.filter(
            verification__status=Verification.Status.PUBLISHED,
            claim__in=Claim.objects.published(),
        )
        later = Verification.objects.published().filter(predecessor=OuterRef("verification"))
        withdrawn = Withdrawal.objects.filter(verification=OuterRef("verification"))
        # Not joined: the planner would expect a few, and put all there are in order.
        rows = rows.filter(~Exists(later), ~Exists(withdrawn))
        if not self.of_ours:
            return rows.none()
        if self.since:
            # A claim is never younger than its verification.
            midnight = timezone.make_aware(datetime.combine(self.since, time.min))
            rows = rows.filter(verification__published_at__gte=midnight)
        return rows

    def of_others(self) -> QuerySet[ClaimReview]:
        rows = ClaimReview.objects.published()
        if self.site:
            rows = rows.of_site(self.site)
        if self.language:
            # "fr", "fr-FR", "fr_FR"
            rows = rows.filter(language__iregex=rf"^{self.language}([-_]|$)")
        if self.since:
            day = Coalesce("published_on", "said_on")
            rows = rows.alias(day=day).filter(day__end__gt=self.since)
        return rows

    def on_claim(self) -> Q:
        """Of a claim: whether there is one. Those of others, which editors linked by hand, are
        asked once; ours of one claim at a time."""
        linked = self.of_others().order_by("-pk").values_list("claim", flat=True)[:LINKED]
        there = Q(pk__in=list(linked))
        return there | Q(Exists(self.own().filter(claim=OuterRef("pk")))) if self.of_ours else there

    def told(self, claims: Iterable[Claim]) -> dict[int, tuple[list, list]]:
        """By claim: our verifications, and the latest reviews of others."""
        told = {claim.pk: ([], []) for claim in claims}
        ours = self.own().filter(claim__in=told).select_related("verification__rating")
        for row in ours.order_by("claim_id", "-verification_id"):
            told[row.claim_id][0].append(row.verification)
        latest = self.of_others().filter(claim=OuterRef("claim"))
        latest = latest.order_by(F("published_on").desc(nulls_last=True), "-id").values("pk")
        theirs = self.of_others().filter(claim__in=told, pk__in=latest[:REVIEWS])
        theirs = theirs.order_by("claim_id", F("published_on").desc(nulls_last=True), "-id")
        for row in theirs.select_related("publisher").defer("item"):
            told[row.claim_id][1].append(row)
        return told


def _ago(days: int) -> date:
    today = timezone.localdate()
    return today - timedelta(days=min(days, (today - date.min).days))
