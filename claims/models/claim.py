from collections.abc import Sequence

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.reading import Reading
from claims.models.speaker import Speaker
from sources.fields import PartialDateField, PublicIdField
from sources.history import tracked
from sources.models import Sentence
from sources.search import Matches, SearchColumn, SearchQuerySet, Term, every


class ClaimQuerySet(SearchQuerySet):
    def published(self):
        """What the public may see. The only definition: pages, feeds and API start from it."""
        return self.filter(status=Claim.Status.ACCEPTED)

    def candidates(self):
        """What an editor has yet to decide on, the most worth checking first."""
        return self.filter(status=Claim.Status.CANDIDATE).order_by("-check_worthiness", "-id")

    def latest(self):
        """By the day an editor let them in, the latest first."""
        return self.order_by("-decided_at", "-id")

    def _found(self, wanted: Sequence[Term]) -> Q:
        """By its words and by the names of its speaker, each word in one or the other."""
        of_names = [term for term in wanted if not term.excluded]
        bearers = Speaker.objects.bearing(of_names) if of_names else []
        found, plain = Q(), [term for term in wanted if term.excluded]
        for place, term in enumerate(of_names):
            if speakers := [speaker for speaker, borne in bearers if borne[place]]:
                found &= Q(Matches(SearchColumn("pk"), term.query)) | Q(speaker__in=speakers)
            else:
                plain.append(term)
        return found & Q(Matches(SearchColumn("pk"), every(plain))) if plain else found

    def with_source(self):
        """With what a list shows of each: speaker, sentence, document, publisher."""
        return self.select_related("speaker", "sentence__snapshot__document__publisher").defer(
            "sentence__snapshot__text", "sentence__snapshot__original"
        )

    def with_context(self):
        """With ``before`` and ``after``: the texts of the sentences around the source sentence."""

        def neighbour(step: int) -> Subquery:
            beside = Sentence.objects.filter(
                snapshot=OuterRef("sentence__snapshot"),
                position=OuterRef("sentence__position") + step,
            )
            return Subquery(beside.values("text"))

        return self.annotate(before=neighbour(-1), after=neighbour(1))

    def with_follow_through(self):
        """With its ``standing``, and ``published_verifications`` and ``accepted_effects``, latest
        first."""
        from claims.models.development import Effect
        from claims.models.standing import Standing
        from claims.models.verification import Verification

        verifications = Verification.objects.published().select_related(
            "rating__scale", "withdrawal"
        )
        effects = Effect.objects.accepted().select_related(
            "development__document__publisher", "development__claim__speaker"
        )
        # Prefetched, not joined: so it is derived for the claims of one page only.
        standings = Standing.objects.select_related(
            "verification__rating", "effect__development", "through"
        )
        return self.prefetch_related(
            Prefetch("standing", standings),
            Prefetch("verifications", verifications, to_attr="published_verifications"),
            Prefetch("effects", effects, to_attr="accepted_effects"),
        )

    def with_links(self):
        """With ``earlier_links`` to claims it repeats, contradicts or updates, and ``later_links``
        from those that do so to it."""
        from claims.models.link import Link

        earlier = Link.objects.published().select_related("earlier__speaker").order_by("id")
        later = Link.objects.published().select_related("claim__speaker").order_by("id")
        return self.prefetch_related(
            Prefetch("links", earlier, to_attr="earlier_links"),
            Prefetch("links_from_later", later, to_attr="later_links"),
        )


@tracked
class Claim(models.Model):
    """One utterance: this speaker, on this date, in this source sentence, said this.

    ``content``, ``cue``, ``source`` and ``parts`` are spans of the snapshot's text in code
    points, end-exclusive. ``quote`` holds the words of ``content``; ``wording``, if an editor
    wrote one, says the same so that it stands alone.
    """

    class Status(models.TextChoices):
        """Our own: importers propose, people decide. A merged one redirects to the one kept."""

        CANDIDATE = "candidate", _("candidate")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        MERGED = "merged", _("merged")

    class Kind(models.TextChoices):
        """The kinds of the extractor's record (seeds/gold/README.md, rule 7)."""

        FACT = "fact", _("fact")
        PREDICTION = "prediction", _("prediction")
        OPINION = "opinion", _("opinion")
        COMMITMENT = "commitment", _("commitment")
        DEMAND = "demand", _("demand")

    class Quotation(models.TextChoices):
        """The forms of the extractor's record (seeds/gold/README.md, rules 5 and 6)."""

        DIRECT = "direct", _("direct")
        INDIRECT = "indirect", _("indirect")
        MIXED = "mixed", _("mixed")
        NONE = "none", _("in the document's own voice")

    public_id = PublicIdField()
    sentence = models.ForeignKey(
        Sentence, models.PROTECT, related_name="claims", verbose_name=_("source sentence")
    )
    content = ArrayField(IntegerRangeField(), verbose_name=_("content"))
    cue = IntegerRangeField(_("cue"), null=True, blank=True)
    source = IntegerRangeField(_("source mention"), null=True, blank=True)
    parts = ArrayField(IntegerRangeField(), verbose_name=_("parts"), default=list, blank=True)
    quote = models.TextField(_("words of the source"))
    wording = models.TextField(
        _("wording"), blank=True, help_text=_("The claim so that it stands alone; else its words.")
    )

    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
        verbose_name=_("speaker"),
        help_text=_("Empty where the document itself speaks."),
    )
    possible_speakers = models.ManyToManyField(
        Speaker, related_name="+", blank=True, verbose_name=_("possible speakers")
    )
    said_on = PartialDateField(_("said on"), null=True, blank=True)
    quotation = models.CharField(_("quotation"), max_length=10, choices=Quotation)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.CANDIDATE, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    confidence = models.FloatField(_("confidence"), null=True, editable=False)
    check_worthiness = models.FloatField(_("check-worthiness"), default=0, editable=False)
    rule = models.CharField(_("rule"), max_length=100, blank=True, editable=False)
    reading = models.ForeignKey(
        Reading,
        models.PROTECT,
        related_name="claims",
        null=True,
        editable=False,
        verbose_name=_("reading that found it"),
    )
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-id"]
        permissions = [
            ("decide_claim", "Can accept and reject claims"),
            ("merge_claim", "Can merge claims"),
        ]
        constraints = [
            # The same words of the same sentence are one claim, however often they are read.
            models.UniqueConstraint(fields=["sentence", "content"], name="claim_once"),
            # Something is claimed.
            models.CheckConstraint(
                condition=Q(content__len__gte=1) & ~Q(quote=""), name="claim_has_content"
            ),
            # Where the document itself speaks there is no speaker.
            models.CheckConstraint(
                condition=~Q(quotation="none") | Q(speaker__isnull=True),
                name="claim_narrated_without_speaker",
                violation_error_message=_(
                    "Where the document itself speaks there is no speaker: leave it empty."
                ),
            ),
            # Nothing is accepted or rejected but by somebody, at some time.
            models.CheckConstraint(
                condition=Q(status="candidate", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="candidate") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="claim_decided_by_somebody",
            ),
            # Confidence and check-worthiness are rates.
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="claim_confidence_is_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(check_worthiness__range=(0, 1)),
                name="claim_check_worthiness_is_a_rate",
            ),
        ]
        indexes = [
            # What is an editor to look at next?
            models.Index(
                fields=["-check_worthiness", "-id"],
                condition=Q(status="candidate"),
                name="claim_inbox",
            ),
            # What was let in last?
            models.Index(
                fields=["-decided_at", "-id"], condition=Q(status="accepted"), name="claim_latest"
            ),
            # What did this speaker say, and when?
            models.Index(fields=["speaker", "said_on"], name="claim_by_speaker"),
            # What was said in this period, the latest first?
            models.Index(F("said_on").desc(nulls_last=True), F("id").desc(), name="claim_by_day"),
            # What was found last, in all or of this status, kind, form or speaker?
            models.Index(fields=["-found_at", "-id"], name="claim_found"),
            models.Index(fields=["status", "-found_at", "-id"], name="claim_found_by_status"),
            models.Index(fields=["kind", "-found_at", "-id"], name="claim_found_by_kind"),
            models.Index(fields=["quotation", "-found_at", "-id"], name="claim_found_by_quotation"),
            models.Index(fields=["speaker", "-found_at", "-id"], name="claim_found_by_speaker"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.public_id])

    @property
    def text(self) -> str:
        """The claim as it is shown: the editor's wording, else the words of the source."""
        return self.wording or self.quote

    @property
    def document(self):
        return self.sentence.snapshot.document

    @property
    def narrated(self) -> bool:
        """Whether the document says it in its own voice."""
        return self.quotation == self.Quotation.NONE

    @property
    def names(self) -> set[str]:
        """Every name its speaker is known by, or else those of its possible speakers."""
        if self.speaker:
            return {self.speaker.name, *(alias.name for alias in self.speaker.aliases.all())}
        return {speaker.name for speaker in self.possible_speakers.all()}

    @property
    def position(self):
        """The position its speaker held on the day it was said, or was published."""
        dated = self.said_on or self.document.published_on
        return self.speaker and self.speaker.position_on(dated and dated.last)


@tracked
class PossibleSpeaker(Claim.possible_speakers.through):
    """One of the speakers a claim may belong to; here so that its history is kept."""

    class Meta:
        proxy = True
