import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import MD5, Lower
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.rating import Rating
from claims.models.speaker import Speaker
from sources.fields import PartialDateField, PublicIdField
from sources.history import tracked
from sources.models import Publisher
from sources.search import SearchQuerySet

# Of the address of a review: its host without "www.".
HOST = r"^https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)"
SITE = Func(Lower("url"), Value(HOST), function="substring", output_field=models.TextField())


class ClaimReviewQuerySet(SearchQuerySet):
    """Searched by what is reviewed, by whom it is, and by their rating."""

    def published(self):
        """What the public may see: those that an editor said are about a claim it sees."""
        return self.filter(claim__isnull=False, claim__in=Claim.objects.published())

    def of_site(self, site: str):
        """Those whose page is on that site: "verif.test"."""
        return self.alias(host=SITE).filter(host=site)

    def with_what_is_shown(self):
        """With publisher, speaker, rating and claim; without the JSON it was read from."""
        return self.select_related("publisher", "speaker", "rating__scale", "claim").defer("item")


@tracked
class ClaimReview(models.Model):
    """Another fact-checker's review of a claim, as schema.org/ClaimReview tells it.

    What they say stays as they say it: ``rating_text``, and the numbers of the rating as given.
    ``rating`` is that on our scale, by the rule of claims/claim_review/ratings.toml or as an editor
    set it (``rated_by``); empty where neither tells. ``item`` is the JSON it was read from.
    """

    public_id = PublicIdField()
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, related_name="claim_reviews", verbose_name=_("publisher")
    )
    url = models.URLField(_("address of the review"), max_length=2000)
    title = models.TextField(_("title"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    published_on = PartialDateField(_("published on"), null=True, blank=True)

    claim_reviewed = models.TextField(_("claim reviewed"))
    author_name = models.CharField(_("speaker, as given"), max_length=300, blank=True)
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        related_name="claim_reviews",
        null=True,
        blank=True,
        verbose_name=_("speaker"),
        help_text=_("Where one of ours, and only one, bears the name given."),
    )
    said_on = PartialDateField(_("said on"), null=True, blank=True)
    appearances = ArrayField(
        models.URLField(max_length=2000), verbose_name=_("where it appeared"), default=list
    )

    rating_text = models.TextField(_("their rating"), blank=True)
    rating_value = models.CharField(_("value"), max_length=50, blank=True)
    best_rating = models.CharField(_("best value"), max_length=50, blank=True)
    worst_rating = models.CharField(_("worst value"), max_length=50, blank=True)
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        related_name="claim_reviews",
        null=True,
        blank=True,
        verbose_name=_("on our scale"),
    )
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("put on our scale by"),
    )

    item = models.JSONField(_("as it was read"))
    read_from = models.CharField(_("read from"), max_length=2000)
    sha256 = models.CharField(_("SHA-256 of what it was read from"), max_length=64)
    read_at = models.DateTimeField(_("read at"), auto_now_add=True)

    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        related_name="claim_reviews",
        null=True,
        blank=True,
        verbose_name=_("claim it is about"),
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("linked by"),
    )

    objects = ClaimReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review elsewhere")
        verbose_name_plural = _("reviews elsewhere")
        ordering = ["-id"]
        constraints = [
            # One page's review of one claim is kept once, however often it is read.
            models.UniqueConstraint(MD5("url"), MD5("claim_reviewed"), name="claim_review_once"),
            # A review is of something, and can be read.
            models.CheckConstraint(
                condition=~Q(claim_reviewed="") & ~Q(url=""), name="claim_review_of_something"
            ),
            # People say which claim it is about; a machine proposes.
            models.CheckConstraint(
                condition=Q(claim__isnull=True, linked_by__isnull=True)
                | Q(claim__isnull=False, linked_by__isnull=False),
                name="claim_review_linked_by_somebody",
            ),
        ]
        indexes = [
            # What did this fact-checker review last?
            models.Index(fields=["publisher", "-published_on"], name="claim_review_of_publisher"),
            # What was reviewed last?
            models.Index(fields=["-published_on", "-id"], name="claim_review_latest"),
            # Which reviews on this site are about claims of ours, the latest read first?
            models.Index(
                SITE,
                F("id").desc(),
                condition=Q(claim__isnull=False),
                name="claim_review_linked_of_site",
            ),
            # Which reviews does this address hold? (It may be too long for a tree.)
            HashIndex(fields=["url"], name="claim_review_by_url"),
        ]

    def __str__(self) -> str:
        return self.claim_reviewed

    @property
    def site(self) -> str:
        """The host of its page, without "www."."""
        found = re.match(HOST, self.url.lower())
        return found[1] if found else ""
