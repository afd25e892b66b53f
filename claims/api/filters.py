"""By what the lists of the API are filtered; claims are by claims/query.py, and more."""

from collections.abc import Callable
from datetime import UTC

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from claims import documents, merged
from claims.api.corrections import TOLD
from claims.api.fields import DATE
from claims.api.publishers import published as publishers
from claims.models import (
    Appearance,
    Claim,
    Correction,
    Coverage,
    Development,
    Effect,
    Evidence,
    Forecast,
    Link,
    Rating,
    Speaker,
    Standing,
    Verification,
    Withdrawal,
)
from claims.query import Refused, partial_date, said_between, unknown
from claims.stands import based_on, rated
from sources.lists import BOUND
from sources.models import Document, Publisher, Sentence


class Named:
    """For a filter: the parameter it is of."""

    @property
    def parameter(self) -> str:
        return next(name for name, of in self.parent.filters.items() if of is self)


class Ref(Named, filters.CharFilter):
    """The id of another row that the public may see; of a merged one, the row that is kept.

    ``of`` says of which rows those are that are asked for, by the id in the database: the field
    that leads to it, or what else narrows them.
    """

    def __init__(
        self,
        published: Callable[[], QuerySet],
        of: str | Callable[[QuerySet, int], QuerySet],
        label: str,
    ):
        super().__init__(label=label)
        self.published, self.of = published, of

    def filter(self, rows, value):
        """Raises Refused where nothing has that id."""
        if not value:
            return rows
        pk = self._pk(value)
        return rows.filter(**{self.of: pk}) if isinstance(self.of, str) else self.of(rows, pk)

    def _pk(self, value: str) -> int:
        if value.isalnum():
            found = self.published().filter(public_id=value)
            if pk := found.order_by().values_list("pk", flat=True).first():
                return pk
            if found.model in merged.MERGES and (kept := merged.kept(found.model, value)):
                return kept.pk
        raise unknown(self.parameter, value)


@extend_schema_field(DATE)
class Time(Named, filters.CharFilter):
    """A day, a month or a year: of what was then, or since, or until then."""

    def __init__(self, column: str, *, until: bool):
        when = "before" if until else "later"
        label = f"Then or {when}: a day, a month or a year."
        super().__init__(field_name=column, label=label)
        self.until = until

    def filter(self, rows, value):
        """Raises Refused at what is no date."""
        if not value:
            return rows
        time = partial_date(self.parameter, value)
        ends = (None, time) if self.until else (time, None)
        return rows.filter(said_between(*ends, column=self.field_name))


class Moment(Named, filters.IsoDateTimeFilter):
    """A time, with or without an offset."""

    def filter(self, rows, value):
        """Raises Refused at a time before or after all that the database knows."""
        if not value:
            return rows
        try:
            # As the database is told it, which does not know every offset.
            return super().filter(rows, value.astimezone(UTC))
        except OverflowError:
            sentence = _("“%(name)s”: that time is out of the calendar.")
            raise Refused(self.parameter, sentence % {"name": self.parameter}) from None


def since(column: str) -> Moment:
    return Moment(field_name=column, lookup_expr="gte", label="At that time or later.")


def until(column: str) -> Moment:
    return Moment(field_name=column, lookup_expr="lte", label="By that time.")


class Worded(filters.CharFilter):
    """Words, as the search of the site reads them."""

    def __init__(self, among: Q | None = None):
        super().__init__(label="Words, as the search of the site reads them.")
        self.among = among or Q()

    def filter(self, rows, value):
        """Of very many with these words, the latest."""
        if not value:
            return rows
        found = rows.filter(self.among).search(value).order_by("-pk").values("pk")[: BOUND + 1]
        return rows.filter(pk__in=found)


@extend_schema_field({"type": "boolean"})
class YesOrNo(filters.TypedChoiceFilter):
    """Whether something is so: true or false, and nothing else."""

    def __init__(self, label: str, **kwargs):
        choices = [(word, word) for word in ("true", "false")]
        super().__init__(label=label, choices=choices, coerce=lambda word: word == "true", **kwargs)


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 32_767})
class Version(filters.Filter):
    """The version of a rating scale."""

    field_class = forms.IntegerField

    def __init__(self, column: str):
        super().__init__(
            field_name=column, label="Version of the scale.", min_value=1, max_value=32_767
        )


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 9998})
class Year(filters.Filter):
    """A year of the calendar."""

    field_class = forms.IntegerField

    def __init__(self, column: str, label: str):
        super().__init__(
            field_name=column, lookup_expr="year", label=label, min_value=1, max_value=9998
        )


class ClaimFilter(filters.FilterSet):
    document = Ref(documents.published, "sentence__snapshot__document", "Id of the document.")
    basis = filters.ChoiceFilter(
        method="standing_on",
        choices=Standing.Basis.choices,
        label="What decides where the claim stands.",
    )
    rating = filters.CharFilter(method="rated", label="Rating of the verification in force.")
    links_to = Ref(
        Claim.objects.published,
        lambda rows, pk: rows.filter(
            pk__in=Link.objects.published().filter(earlier=pk).values("claim")
        ),
        "Id of a claim it repeats, contradicts or updates.",
    )

    class Meta:
        model = Claim
        fields = ["quotation", "proceedings"]

    def standing_on(self, rows, _name, value):
        return based_on(rows, value)

    def rated(self, rows, _name, value):
        return rated(rows, value)


class SpeakerFilter(filters.FilterSet):
    q = Worded()

    class Meta:
        model = Speaker
        fields = ["kind", "wikidata_id"]


class DocumentFilter(filters.FilterSet):
    q = Worded()
    publisher = Ref(publishers, "publisher", "Id of the publisher.")
    published_from = Time("published_on", until=False)
    published_to = Time("published_on", until=True)

    class Meta:
        model = Document
        fields = ["kind", "language", "url"]


def _holding(rows: QuerySet[Sentence], claim: int) -> QuerySet[Sentence]:
    own = Claim.objects.order_by().filter(pk=claim).values("sentence")
    reporting = Appearance.objects.order_by().filter(claim=claim).values("sentence")
    return rows.filter(pk__in=own.union(reporting, all=True))


class SentenceFilter(filters.FilterSet):
    document = Ref(documents.published, "snapshot__document", "Id of the document.")
    claim = Ref(Claim.objects.published, _holding, "Id of a claim it holds or reports.")

    class Meta:
        model = Sentence
        fields = []


def _about(rows: QuerySet[Verification], claim: int) -> QuerySet[Verification]:
    return rows.filter(pk__in=Coverage.objects.filter(claim=claim).values("verification"))


class VerificationFilter(filters.FilterSet):
    q = Worded()
    claim = Ref(Claim.objects.published, _about, "Id of a claim.")
    rating = filters.CharFilter(field_name="rating__value", label="Value of the rating.")
    current = YesOrNo("Neither superseded nor withdrawn.", method="in_force")
    published_from = since("published_at")
    published_to = until("published_at")

    class Meta:
        model = Verification
        fields = []

    def in_force(self, rows, _name, value):
        # In a place where it is asked of one row at a time: no list of all that are over is made.
        later = Verification.objects.published().order_by().filter(predecessor=OuterRef("pk"))
        ended = Withdrawal.objects.order_by().filter(verification=OuterRef("pk"))
        rows = rows.alias(
            later=Subquery(later.values("pk")[:1]), ended=Subquery(ended.values("pk")[:1])
        )
        current = Q(later__isnull=True, ended__isnull=True)
        return rows.filter(current if value else ~current)


class EvidenceFilter(filters.FilterSet):
    verification = Ref(Verification.objects.published, "verification", "Id of the verification.")
    document = Ref(documents.published, "document", "Id of the document.")
    primary = YesOrNo("Whether it is a primary source.")

    class Meta:
        model = Evidence
        fields = ["stance"]

    def filter_queryset(self, queryset):
        """Of a protected source nothing is told, not even by what it would be found."""
        rows = super().filter_queryset(queryset)
        asked = any(self.form.cleaned_data[name] != "" for name in ("stance", "primary"))
        return rows.filter(protected=False) if asked else rows


class DevelopmentFilter(filters.FilterSet):
    q = Worded()
    claim = Ref(
        Claim.objects.published,
        lambda rows, pk: rows.filter(
            pk__in=Effect.objects.accepted().order_by().filter(claim=pk).values("development")
        ),
        "Id of a claim it bears on.",
    )
    effect = filters.ChoiceFilter(
        method="doing", choices=Effect.Kind.choices, label="What it does to a claim."
    )
    document = Ref(documents.published, "document", "Id of the document.")
    occurred_from = Time("occurred_on", until=False)
    occurred_to = Time("occurred_on", until=True)

    class Meta:
        model = Development
        fields = []

    def doing(self, rows, _name, value):
        bearing = Effect.objects.order_by().filter(status=Effect.Status.ACCEPTED, kind=value)
        public = bearing.filter(development=OuterRef("pk"), claim__in=Claim.objects.published())
        return rows.filter(Exists(public))


class ForecastFilter(filters.FilterSet):
    q = Worded()
    speaker = Ref(Speaker.objects.published, "claim__speaker", "Id of the speaker.")
    resolved = YesOrNo("Whether it has an outcome.", method="is_resolved")
    due_from = Time("due_on", until=False)
    due_to = Time("due_on", until=True)

    class Meta:
        model = Forecast
        fields = ["outcome"]

    def is_resolved(self, rows, _name, value):
        return rows.exclude(outcome="") if value else rows.filter(outcome="")


class CorrectionFilter(filters.FilterSet):
    # What is not told is not looked in either.
    q = Worded(TOLD)
    claim = Ref(Claim.objects.published, "claim", "Id of a claim.")
    verification = Ref(Verification.objects.published, "verification", "Id of a verification.")
    development = Ref(Development.objects.accepted, "development", "Id of a development.")
    year = Year("made_at", "Year in which it was made.")
    made_from = since("made_at")
    made_to = until("made_at")

    class Meta:
        model = Correction
        fields = ["kind"]


class RatingFilter(filters.FilterSet):
    scale = Version("scale__version")

    class Meta:
        model = Rating
        fields = ["value"]


class PublisherFilter(filters.FilterSet):
    q = Worded()

    class Meta:
        model = Publisher
        fields = ["kind", "name", "site"]
