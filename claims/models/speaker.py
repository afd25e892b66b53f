from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.fields import PartialDateField, PublicIdField
from sources.history import tracked
from sources.models import Document
from sources.prepared import prepared
from sources.search import Matches, SearchColumn, SearchQuerySet, Term, either, every

# Of those who have a word of a query in their names, so many are looked at.
BEARERS = 300
BEARING = """
SELECT {speaker}, ARRAY(SELECT coalesce(search @@ word::tsquery, false)
                          FROM unnest(%s::text[]) WITH ORDINALITY AS wanted(word, place)
                         ORDER BY place)
  FROM {table} WHERE search @@ %s::tsquery
 ORDER BY ts_rank(search, %s::tsquery) DESC, id DESC LIMIT {most}
"""
BY_NAME = BEARING.format(table="claims_speaker", speaker="id", most=BEARERS)
BY_ALIAS = BEARING.format(table="claims_alias", speaker="speaker_id", most=BEARERS)
ANY_BEARING = f"SELECT * FROM (({BY_NAME}) UNION ALL ({BY_ALIAS})) AS bearer"


class Alphabetical(models.Func):
    """A name as an index of names files it: É beside E, in whatever case."""

    template = "upper(regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g'))"
    output_field = models.TextField()


class SpeakerQuerySet(SearchQuerySet):
    def published(self):
        """Whoever an accepted claim is attributed to."""
        from claims.models.claim import Claim

        return self.unmerged().filter(pk__in=Claim.objects.published().values("speaker"))

    def unmerged(self):
        """Without those that became part of another."""
        from claims.models.merge import SpeakerMerge

        return self.filter(~Exists(SpeakerMerge.objects.standing().filter(merged=OuterRef("pk"))))

    def _ways(self, wanted: Sequence[Term]) -> list[Q]:
        """By one of their names."""
        if not (query := every(wanted)):
            return []
        asked = Matches(SearchColumn("pk"), query)
        named = Speaker.objects.order_by().filter(asked).values("pk")
        also_named = Alias.objects.order_by().filter(asked).values("speaker")
        return [Q(pk__in=named.union(also_named, all=True))]

    @staticmethod
    def bearing(wanted: Sequence[Term]) -> list[tuple[int, list[bool]]]:
        """Whoever has one of the words in a name: their ids, and which of the words.

        Of many, those with the most. One query.
        """
        any_of_them = either(wanted)
        if not any_of_them:
            return []
        words = [term.query or None for term in wanted]
        with prepared() as cursor:
            cursor.execute(ANY_BEARING, [words, any_of_them, any_of_them] * 2)
            return cursor.fetchall()


@tracked
class Speaker(models.Model):
    """A person, organisation, document or unnamed source that words are attributed to."""

    class Kind(models.TextChoices):
        """The kinds of the extractor's record (seeds/gold/README.md), less the narrator."""

        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        DOCUMENT = "document", _("document")
        ANONYMOUS = "anonymous", _("unnamed source")

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=300)
    wikidata_id = models.CharField(  # noqa: DJ001  null, so that "none" may stand twice
        _("Wikidata id"), max_length=20, null=True, blank=True
    )
    within = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="unnamed_sources",
        null=True,
        blank=True,
        verbose_name=_("within document"),
        help_text=_("The document an unnamed source is known from."),
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]
        permissions = [("merge_speaker", "Can merge speakers")]
        constraints = [
            # A speaker can be named on a page.
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_a_name"),
            # "A senior official" of one article is not that of another: unnamed sources, and
            # only they, belong to a document.
            models.CheckConstraint(
                condition=Q(kind="anonymous", within__isnull=False)
                | (~Q(kind="anonymous") & Q(within__isnull=True)),
                name="speaker_unnamed_within_a_document",
                violation_error_message=_("Unnamed sources, and only they, belong to a document."),
            ),
            # Within one document, the same description is the same unnamed source.
            models.UniqueConstraint(fields=["within", "name"], name="speaker_unnamed_once"),
            # One Wikidata item is one speaker.
            models.UniqueConstraint(fields=["wikidata_id"], name="speaker_wikidata_once"),
            # A Wikidata id is Q and a number.
            models.CheckConstraint(
                condition=Q(wikidata_id__isnull=True) | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                name="speaker_wikidata_is_an_item",
                violation_error_message=_("A Wikidata id is Q and a number."),
            ),
        ]
        indexes = [
            # Who of this kind comes next in the list?
            models.Index(fields=["kind", "name", "id"], name="speaker_of_kind"),
            # Who comes next in the list?
            models.Index(fields=["name"], name="speaker_by_name"),
            # Who comes next in the readers' index of names?
            models.Index(Alphabetical("name"), "id", name="speaker_alphabetical"),
            # Who bears this name, in whatever case?
            models.Index(Upper("name"), name="speaker_by_name_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.public_id])

    def position_on(self, day: date | None) -> "Position | None":
        """The position held that day (today's, if no day is known), the latest begun first."""
        held = [position for position in self.positions.all() if position.held_on(day)]
        return held[-1] if held else None


@tracked
class Alias(models.Model):
    """Another name the same speaker goes by: "M. Trump", "Poutine", "Quai d'Orsay"."""

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="aliases", verbose_name=_("speaker")
    )
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            # A speaker has each alias once.
            models.UniqueConstraint(fields=["speaker", "name"], name="alias_once"),
            # An alias is a name.
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_a_name"),
        ]
        indexes = [
            # Who goes by this name, in whatever case?
            models.Index(Upper("name"), name="alias_by_name_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Position(models.Model):
    """A role a speaker held from one date to another; an open end means: still holds it."""

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="positions", verbose_name=_("speaker")
    )
    title = models.CharField(_("title"), max_length=300)
    organisation = models.ForeignKey(
        Speaker,
        models.PROTECT,
        related_name="positions_within",
        null=True,
        blank=True,
        limit_choices_to={"kind": Speaker.Kind.ORGANISATION},
        verbose_name=_("organisation"),
        help_text=_("The party, institution or company it is a position in."),
    )
    since = PartialDateField(_("since"), null=True, blank=True)
    until = PartialDateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("office", "position")
        verbose_name_plural = pgettext_lazy("office", "positions")
        # Unknown beginnings first, so that the last one in the list is the latest begun.
        ordering = [F("since").asc(nulls_first=True), "id"]
        constraints = [
            # A position has a title.
            models.CheckConstraint(condition=~Q(title=""), name="position_has_a_title"),
            # A position does not end before it begins.
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__end__gt=F("since__first")),
                name="position_ends_after_it_begins",
                violation_error_message=_("A position does not end before it begins."),
            ),
            # A speaker begins the same position in the same organisation once.
            models.UniqueConstraint(
                fields=["speaker", "title", "organisation", "since"],
                nulls_distinct=False,
                name="position_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def held_on(self, day: date | None) -> bool:
        """Whether it was held that day; with no day, whether it has no end."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since.first <= day) and (
            self.until is None or day < self.until.end
        )
