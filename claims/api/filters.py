"""By what the lists of the API are filtered; claims are by claims/query.py."""

from django.db.models import Q
from django_filters import rest_framework as filters

from claims.models import (
    Claim,
    Correction,
    Development,
    Evidence,
    Forecast,
    Link,
    Rating,
    Speaker,
    Standing,
    Verification,
)
from sources.models import Document, Publisher, Sentence


class Ref(filters.CharFilter):
    """The id of another row; one id leads to few rows."""

    def __init__(self, field_name: str, label: str, **kwargs):
        super().__init__(field_name=f"{field_name}__public_id", label=label, **kwargs)


def since(column: str) -> filters.IsoDateTimeFilter:
    return filters.IsoDateTimeFilter(
        field_name=column, lookup_expr="gte", label="At that time or later."
    )


def until(column: str) -> filters.IsoDateTimeFilter:
    return filters.IsoDateTimeFilter(field_name=column, lookup_expr="lte", label="By that time.")


def from_day(column: str) -> filters.DateFilter:
    return filters.DateFilter(
        field_name=column, lookup_expr="end__gt", label="On that day or later."
    )


def to_day(column: str) -> filters.DateFilter:
    return filters.DateFilter(field_name=column, lookup_expr="first__lte", label="By that day.")


class Worded(filters.CharFilter):
    """Words, as the search of the site reads them."""

    def __init__(self):
        super().__init__(label="Words.")

    def filter(self, rows, value):
        """Of very many with these words, the latest ones."""
        return rows.filter(pk__in=rows.latest_found(value)) if value else rows


class ClaimFilter(filters.FilterSet):
    document = Ref("sentence__snapshot__document", "Id of the document.")
    basis = filters.ChoiceFilter(
        field_name="standing__basis",
        choices=Standing.Basis.choices,
        label="What decides where the claim stands.",
    )
    rating = filters.CharFilter(method="rated", label="Rating of the verification in force.")
    links_to = filters.CharFilter(
        method="linked", label="Id of a claim it repeats, contradicts or updates."
    )

    class Meta:
        model = Claim
        fields = ["quotation"]

    def rated(self, rows, _name, value):
        rated = rows.filter(standing__verification__rating__value=value)
        return rated.exclude(standing__basis=Standing.Basis.WITHDRAWAL)

    def linked(self, rows, _name, value):
        links = Link.objects.published().filter(earlier__public_id=value)
        return rows.filter(pk__in=links.values("claim"))


class SpeakerFilter(filters.FilterSet):
    q = Worded()

    class Meta:
        model = Speaker
        fields = ["kind", "wikidata_id"]


class DocumentFilter(filters.FilterSet):
    q = Worded()
    publisher = Ref("publisher", "Id of the publisher.")
    published_from = from_day("published_on")
    published_to = to_day("published_on")

    class Meta:
        model = Document
        fields = ["kind", "language", "url"]


class SentenceFilter(filters.FilterSet):
    document = Ref("snapshot__document", "Id of the document.")
    claim = filters.CharFilter(method="of_claim", label="Id of a claim it holds or reports.")

    class Meta:
        model = Sentence
        fields = []

    def of_claim(self, rows, _name, value):
        claim = Claim.objects.published().filter(public_id=value)
        return rows.filter(
            Q(pk__in=claim.values("sentence")) | Q(pk__in=claim.values("appearances__sentence"))
        )


class VerificationFilter(filters.FilterSet):
    q = Worded()
    claim = filters.CharFilter(method="about", label="Id of a claim.")
    rating = filters.CharFilter(field_name="rating__value", label="Value of the rating.")
    current = filters.BooleanFilter(method="in_force", label="Neither superseded nor withdrawn.")
    published_from = since("published_at")
    published_to = until("published_at")

    class Meta:
        model = Verification
        fields = []

    def about(self, rows, _name, value):
        return rows.filter(claims__in=Claim.objects.published().filter(public_id=value))

    def in_force(self, rows, _name, value):
        current = Verification.objects.latest_versions().filter(withdrawal__isnull=True)
        either = Q(pk__in=current.order_by().values("pk"))
        return rows.filter(either if value else ~either)


class EvidenceFilter(filters.FilterSet):
    verification = Ref("verification", "Id of the verification.")
    document = Ref("document", "Id of the document.")

    class Meta:
        model = Evidence
        fields = ["stance", "primary"]


class DevelopmentFilter(filters.FilterSet):
    q = Worded()
    claim = filters.CharFilter(method="bearing_on", label="Id of a claim it bears on.")
    document = Ref("document", "Id of the document.")
    occurred_from = from_day("occurred_on")
    occurred_to = to_day("occurred_on")

    class Meta:
        model = Development
        fields = []

    def bearing_on(self, rows, _name, value):
        claims = Claim.objects.published().filter(public_id=value)
        return rows.filter(effects__claim__in=claims, effects__status="accepted")


class ForecastFilter(filters.FilterSet):
    speaker = Ref("claim__speaker", "Id of the speaker.")
    resolved = filters.BooleanFilter(method="is_resolved", label="Whether it has an outcome.")
    due_from = from_day("due_on")
    due_to = to_day("due_on")

    class Meta:
        model = Forecast
        fields = ["outcome"]

    def is_resolved(self, rows, _name, value):
        return rows.exclude(outcome="") if value else rows.filter(outcome="")


class CorrectionFilter(filters.FilterSet):
    claim = Ref("claim", "Id of a claim.")
    verification = Ref("verification", "Id of a verification.")
    development = Ref("development", "Id of a development.")
    made_from = since("made_at")
    made_to = until("made_at")

    class Meta:
        model = Correction
        fields = ["kind"]


class RatingFilter(filters.FilterSet):
    scale = filters.NumberFilter(field_name="scale__version", label="Version of the scale.")

    class Meta:
        model = Rating
        fields = ["value"]


class PublisherFilter(filters.FilterSet):
    q = Worded()

    class Meta:
        model = Publisher
        fields = ["kind", "name", "site"]
