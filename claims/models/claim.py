from django.conf import settings
from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.found import FoundClaims
from claims.models.reading import Reading
from claims.models.speaker import Speaker
from claims.ranges import by_range
from sources.fields import PartialDateField, PublicIdField
from sources.history import tracked
from sources.models import Sentence


def with_claim(rows: models.QuerySet, claim: str) -> models.QuerySet:
    """Rows with the claim each has there, who says it and the document its words are from."""
    snapshot = f"{claim}__sentence__snapshot"
    return rows.select_related(f"{claim}__speaker", f"{snapshot}__document").defer(
        f"{snapshot}__text", f"{snapshot}__original"
    )


class ClaimQuerySet(FoundClaims):
    def published(self):
        """What the public may see. The only definition: pages, feeds and API start from it."""
        return self.filter(status=Claim.Status.ACCEPTED)

    def candidates(self):
        """What an editor has yet to decide on, the most worth checking first."""
        return self.filter(status=Claim.Status.CANDIDATE).order_by("-check_worthiness", "-id")

    def after(self, claim):
        """Those that come after ``claim`` in the order of ``candidates``."""
        worth = claim.check_worthiness
        # The first condition is where the index begins to be read.
        return self.filter(check_worthiness__lte=worth).filter(
            Q(check_worthiness__lt=worth) | Q(pk__lt=claim.pk)
        )

    def before(self, claim):
        """Those that come before ``claim`` in the order of ``candidates``, the nearest first."""
        worth = claim.check_worthiness
        nearest = self.order_by("check_worthiness", "id").filter(check_worthiness__gte=worth)
        return nearest.filter(Q(check_worthiness__gt=worth) | Q(pk__gt=claim.pk))

    def perhaps_by(self, speaker):
        """Said by ``speaker``, or by one of several who may be."""
        possible = PossibleSpeaker.objects.filter(speaker=speaker).values("claim")
        return self.filter(Q(speaker=speaker) | Q(pk__in=possible))

    def decided_by(self, editor, since):
        """What ``editor`` decided since then, the latest first; not what came of an undoing."""
        decided = self.exclude(rejected_because=Claim.RejectedBecause.UNDONE)
        return decided.filter(decided_by=editor, decided_at__gte=since).order_by("-decided_at")

    def checked(self):
        """Those a published verification is about."""
        from claims.models.verification import Coverage, Verification

        published = Verification.Status.PUBLISHED
        covered = Coverage.objects.filter(claim=OuterRef("pk"), verification__status=published)
        return self.filter(Exists(covered))

    def worded_like(self, text: str, speaker: int | None = None):
        """Those of the record, and candidates, that say nearly what ``text`` says: first those of
        the speaker with that id, then by ``similarity``, from 0 to 1 (claims/match.py)."""
        from claims.match import Said, near

        if len(text.split()) < 2:
            # "No" is like every other.
            return self.none()
        shown = self.filter(status__in=[Claim.Status.ACCEPTED, Claim.Status.CANDIDATE])
        (found,) = near([Said(text, (speaker,) if speaker else ())], shown)
        if not found:
            return self.none()
        likeness = [When(pk=each.claim, then=Value(each.similarity)) for each in found]
        own = [When(speaker=speaker, then=0)] if speaker else []
        return (
            self.filter(pk__in=[each.claim for each in found])
            .annotate(
                similarity=Case(*likeness, output_field=models.FloatField()),
                other=Case(*own, default=1),
            )
            .order_by("other", "-similarity", "-id")
        )

    def similar_to(self, claim):
        """Those worded like ``claim``, first those of its speaker."""
        return self.worded_like(claim.text, claim.speaker_id).exclude(pk=claim.pk)

    def latest(self):
        """By the day an editor let them in, the latest first."""
        return self.order_by("-decided_at", "-id")

    def without_forecast(self):
        """Accepted predictions and commitments nobody wrote criteria for, the latest first."""
        from claims.models.forecast import Forecast

        foreseeing = self.filter(
            status=Claim.Status.ACCEPTED, kind__in=[Claim.Kind.PREDICTION, Claim.Kind.COMMITMENT]
        )
        return foreseeing.filter(~Exists(Forecast.objects.filter(claim=OuterRef("pk")))).latest()

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

    def with_standing(self):
        """With its ``standing`` and what that follows from."""
        from claims.models.standing import Standing

        # Prefetched, not joined: so it is derived for the claims of one page only.
        standings = Standing.objects.select_related(
            "verification__rating__scale", "effect__development"
        )
        return self.prefetch_related(Prefetch("standing", with_claim(standings, "through")))

    def with_follow_through(self):
        """With its ``standing``, and ``published_verifications`` and ``accepted_effects``, latest
        first."""
        from claims.models.development import Effect
        from claims.models.verification import Verification

        verifications = Verification.objects.published().select_related(
            "rating__scale", "withdrawal"
        )
        effects = Effect.objects.accepted().select_related("development__document__publisher")
        effects = with_claim(effects, "development__claim")
        return self.with_standing().prefetch_related(
            Prefetch("verifications", verifications, to_attr="published_verifications"),
            Prefetch("effects", effects, to_attr="accepted_effects"),
        )


@tracked(
    indexes=[
        # Was anything public that this speaker was said to have said?
        models.Index(
            fields=["speaker", "pgh_id"],
            condition=Q(status="accepted"),
            name="claim_was_public_by_speaker",
        ),
    ]
)
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

    class Proceedings(models.TextChoices):
        """How far the law is with what a claim says somebody did: the stages of French criminal
        procedure, as far as they matter to the presumption of innocence (Civil Code, article 9-1;
        law of 29 July 1881, article 35 ter)."""

        SUSPECTED = "suspected", _("suspected or accused, without proceedings")
        INVESTIGATED = "investigated", _("under formal investigation")
        TRIED = "tried", _("sent to trial")
        CONVICTED_NOT_FINAL = "convicted_not_final", _("convicted, not finally")
        CONVICTED = "convicted", _("finally convicted")
        ACQUITTED = "acquitted", _("acquitted")
        DISMISSED = "dismissed", _("case dismissed")

    class RejectedBecause(models.TextChoices):
        """The first two as in seeds/gold/README.md (what is annotated, and its bounds); the rest
        our own: what an editor of the inbox says, or what follows from an act."""

        NOT_A_CLAIM = "not_a_claim", _("not a claim")
        CUT_WRONG = "cut_wrong", _("cut wrong")
        WRONG_SPEAKER = "wrong_speaker", _("wrong speaker")
        NOT_WORTH_CHECKING = "not_worth_checking", _("not worth checking")
        DUPLICATE = "duplicate", _("duplicate")
        OTHER = "other", _("another reason")
        SPLIT = "split", _("its parts take its place")
        UNDONE = "undone", _("what made it was undone")

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

    proceedings = models.CharField(
        _("proceedings"),
        max_length=20,
        choices=Proceedings,
        blank=True,
        default="",
        db_default="",
        help_text=_("If it accuses somebody: how far the law is with it."),
    )

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
    rejected_because = models.CharField(
        _("rejected because"), max_length=20, choices=RejectedBecause, blank=True, editable=False
    )
    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="split_into",
        null=True,
        editable=False,
        verbose_name=_("part of"),
    )

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
            # Only what is rejected has a reason for it.
            models.CheckConstraint(
                condition=Q(rejected_because="") | Q(status="rejected"),
                name="claim_rejected_for_a_reason",
            ),
            # A claim is not a part of itself.
            models.CheckConstraint(
                condition=~Q(split_from=F("id")), name="claim_split_from_another"
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
            # What did this editor decide last, and how much today?
            models.Index(
                fields=["decided_by", "-decided_at"],
                condition=Q(decided_by__isnull=False),
                name="claim_by_editor",
            ),
            # What was let in last?
            models.Index(
                fields=["-decided_at", "-id"], condition=Q(status="accepted"), name="claim_latest"
            ),
            # What was let in last of what this speaker said?
            models.Index(
                fields=["speaker", "-decided_at", "-id"],
                condition=Q(status="accepted"),
                name="claim_let_in_by_speaker",
            ),
            # What was let in last of this range, or of what the speakers of this range said?
            by_range("id", "decided_at", condition=Q(status="accepted"), name="claim_by_range"),
            by_range(
                "speaker_id",
                "decided_at",
                condition=Q(status="accepted"),
                name="claim_by_range_of_speakers",
            ),
            # What was let in last of this kind, in this form?
            models.Index(
                fields=["kind", "-decided_at", "-id"],
                condition=Q(status="accepted"),
                name="claim_latest_of_kind",
            ),
            models.Index(
                fields=["quotation", "-decided_at", "-id"],
                condition=Q(status="accepted"),
                name="claim_latest_of_quotation",
            ),
            # Which sentences hold something that the public may see?
            models.Index(
                fields=["sentence"], condition=Q(status="accepted"), name="claim_public_by_sentence"
            ),
            # What that the public may see was said in this period, the latest first?
            models.Index(
                F("said_on").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(status="accepted"),
                name="claim_public_by_day",
            ),
            # Which of what the public may see has a word that nearly all have?
            models.Index(fields=["-id"], condition=Q(status="accepted"), name="claim_public"),
            # Which predictions and commitments were let in, and may still lack their criteria?
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(status="accepted", kind__in=["prediction", "commitment"]),
                name="claim_foreseeing",
            ),
            # What did this speaker say, and when?
            models.Index(fields=["speaker", "said_on"], name="claim_by_speaker"),
            # What of the record did this speaker say, the latest first?
            models.Index(
                F("speaker"),
                F("said_on").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(status="accepted"),
                name="claim_said_by",
            ),
            # What was said in this period, the latest first?
            models.Index(F("said_on").desc(nulls_last=True), F("id").desc(), name="claim_by_day"),
            # What was let in last of what accuses somebody, at this stage of the law?
            models.Index(
                fields=["proceedings", "-decided_at", "-id"],
                condition=Q(status="accepted") & ~Q(proceedings=""),
                name="claim_latest_accusing",
            ),
            # What was found last that accuses somebody, at this stage of the law?
            models.Index(
                fields=["proceedings", "-found_at", "-id"],
                condition=~Q(proceedings=""),
                name="claim_found_accusing",
            ),
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
    def presumes_innocence(self) -> bool:
        """Whether whoever it accuses is presumed innocent: as long as nothing final was judged."""
        return self.proceedings in PRESUMED

    @property
    def in_law(self) -> str:
        """How far the law is with what it says somebody did, and whether they are presumed
        innocent; "" if it accuses nobody."""
        if not self.proceedings:
            return ""
        said = f"{capfirst(self.get_proceedings_display())}."
        presumed = _("Presumed innocent.")
        return f"{said} {presumed}" if self.presumes_innocence else said

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


PRESUMED = {
    Claim.Proceedings.SUSPECTED,
    Claim.Proceedings.INVESTIGATED,
    Claim.Proceedings.TRIED,
    Claim.Proceedings.CONVICTED_NOT_FINAL,
}


@tracked
class PossibleSpeaker(Claim.possible_speakers.through):
    """One of the speakers a claim may belong to; here so that its history is kept."""

    class Meta:
        proxy = True
