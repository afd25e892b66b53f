from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.proposal import Proposal, ProposalQuerySet
from sources.history import tracked
from sources.search import in_any

QUEUE = [F("score").desc(nulls_first=True), F("id").desc()]
SHOWN = "speaker", "sentence__snapshot__document__publisher"
TEXTS = "sentence__snapshot__text", "sentence__snapshot__original"


class LinkQuerySet(ProposalQuerySet):
    def search(self, text: str):
        """By the claims at both ends."""
        claims = Claim.objects.latest_found(text)
        return in_any(self, claim=claims, earlier=claims)

    def found(self):
        """Those that were found by comparing, and that nobody decided on yet: such go by
        themselves."""
        return self.proposed().filter(score__isnull=False)

    def touching(self, claims):
        """Those with one of these claims at either end."""
        return self.filter(Q(claim__in=claims) | Q(earlier__in=claims))

    def queue(self):
        """What an editor is to decide on: what people proposed, then the most probable."""
        return self.proposed().filter(ready=True).order_by(*QUEUE)

    def after(self, link):
        """Those that come after ``link`` in the order of ``queue``."""
        if link.score is None:
            return self.filter(Q(score__isnull=True, pk__lt=link.pk) | Q(score__isnull=False))
        return self.filter(score__lte=link.score).filter(
            Q(score__lt=link.score) | Q(pk__lt=link.pk)
        )

    def with_claims(self):
        """With what is shown of both ends: speaker, source sentence, document, publisher."""
        ends = [f"{end}__{what}" for end in ("claim", "earlier") for what in SHOWN]
        texts = [f"{end}__{text}" for end in ("claim", "earlier") for text in TEXTS]
        return self.select_related(*ends).defer(*texts)

    def published(self):
        """What the public may see of them: accepted, between two published claims."""
        claims = Claim.objects.published()
        return self.filter(status=Proposal.Status.ACCEPTED, claim__in=claims, earlier__in=claims)


@tracked
class Link(Proposal):
    """What a claim does to an earlier one: says it again, contradicts it or updates it.

    Found by comparing, it has a ``score`` and ``reasons`` (claims/linking); a person's has none.
    ``ready`` follows the two claims, in the background: then an editor is to decide.
    """

    class Kind(models.TextChoices):
        """Our own list. A repeat may be the same speaker's or another's."""

        REPEATS = "repeats", _("repeats")
        CONTRADICTS = "contradicts", _("contradicts")
        UPDATES = "updates", _("updates")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="links", verbose_name=_("claim"))
    kind = models.CharField(_("link"), max_length=12, choices=Kind)
    earlier = models.ForeignKey(
        Claim, models.PROTECT, related_name="links_from_later", verbose_name=_("earlier claim")
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why they belong together."))
    score = models.FloatField(
        _("probability"),
        null=True,
        editable=False,
        help_text=_("That it is so, where it was found by comparing; from 0 to 1."),
    )
    reasons = models.JSONField(
        _("what agrees and differs"),
        default=list,
        db_default=Value([], models.JSONField()),
        editable=False,
    )
    ready = models.BooleanField(
        _("both claims are let in"), default=False, db_default=False, editable=False
    )

    objects = LinkQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("link between claims")
        verbose_name_plural = _("links between claims")
        constraints = [
            *Proposal.Meta.constraints,
            # Two claims are linked in one way once, whichever is named first: a refusal is
            # remembered.
            models.UniqueConstraint(
                Least("claim", "earlier"),
                Greatest("claim", "earlier"),
                "kind",
                name="link_once",
                violation_error_message=_("These two claims are linked so, or were refused to be."),
            ),
            # A claim is not linked with itself.
            models.CheckConstraint(
                condition=~Q(claim=F("earlier")),
                name="link_with_another",
                violation_error_message=_("A claim is not linked with itself."),
            ),
            # A probability is a rate.
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 1)),
                name="link_score_is_a_rate",
            ),
        ]
        indexes = [
            # What is proposed and waits for a decision?
            models.Index(fields=["id"], condition=Q(status="proposed"), name="link_proposed"),
            # What, of this kind, is an editor to decide on next?
            models.Index(
                F("score").desc(nulls_first=True),
                F("id").desc(),
                condition=Q(status="proposed", ready=True),
                name="link_queue",
            ),
            models.Index(
                F("kind"),
                F("score").desc(nulls_first=True),
                F("id").desc(),
                condition=Q(status="proposed", ready=True),
                name="link_queue_of_kind",
            ),
            # What did this editor decide last?
            models.Index(
                fields=["decided_by", "-decided_at"],
                condition=Q(decided_by__isnull=False),
                name="link_by_editor",
            ),
            # What was proposed last, of this status, of this kind?
            models.Index(fields=["status", "-id"], name="link_by_status"),
            models.Index(fields=["kind", "-id"], name="link_by_kind"),
            # What said this claim again, contradicted or updated it, the latest recorded first?
            models.Index(
                fields=["earlier", "kind", "-id"],
                condition=Q(status="accepted"),
                name="link_to_earlier",
            ),
            # And what does this one to earlier ones?
            models.Index(
                fields=["claim", "kind", "-id"],
                condition=Q(status="accepted"),
                name="link_of_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.get_kind_display()} {self.earlier}"

    @property
    def same_speaker(self) -> bool:
        """False where documents speak, each in its own voice."""
        speaker = self.claim.speaker_id
        return speaker is not None and speaker == self.earlier.speaker_id
