from django.db.models import Prefetch, Q
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.corrections import CorrectionSerializer
from claims.api.documents import DocumentSerializer
from claims.api.fields import PageField
from claims.api.latest import InLatestSnapshotField, TellsLatest
from claims.models import Claim, Correction, Evidence, Rating, Verification, Withdrawal
from sources.models import Snapshot


class RatingSerializer(serializers.ModelSerializer):
    scale = serializers.IntegerField(source="scale.version", read_only=True)

    class Meta:
        model = Rating
        fields = ["value", "label_fr", "label_en", "scale"]


class SnapshotSerializer(serializers.ModelSerializer):
    class Meta:
        model = Snapshot
        fields = ["sha256", "fetched_at"]


class EvidenceSerializer(serializers.ModelSerializer):
    """A piece of evidence. ``start`` and ``end`` are code points of the snapshot's text.

    Of a protected source only the note is given; everything else is null.
    """

    document = DocumentSerializer(read_only=True, allow_null=True)
    snapshot = SnapshotSerializer(read_only=True, allow_null=True)
    stance = serializers.ChoiceField(Evidence.Stance, read_only=True, allow_null=True)
    primary = serializers.BooleanField(read_only=True, allow_null=True)
    passage = serializers.CharField(read_only=True, allow_null=True)
    interest = serializers.CharField(read_only=True, allow_null=True)
    archived_url = serializers.CharField(read_only=True, allow_null=True)
    retrieved_at = serializers.DateTimeField(read_only=True, allow_null=True)
    in_latest_snapshot = InLatestSnapshotField()

    class Meta:
        model = Evidence
        fields = [
            "protected", "note", "stance", "primary", "passage", "interest", "document",
            "archived_url", "retrieved_at", "snapshot", "start", "end", "in_latest_snapshot",
        ]  # fmt: skip

    def to_representation(self, piece) -> dict:
        if piece.protected:
            return dict.fromkeys(self.fields) | {"protected": True, "note": piece.note}
        return super().to_representation(piece)


class WithdrawalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Withdrawal
        fields = ["reason", "withdrawn_at"]


class VerificationSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    page = PageField()
    claims = serializers.SerializerMethodField(help_text="Ids of the published claims.")
    rating = RatingSerializer(read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)
    supersedes = serializers.SlugRelatedField(
        "public_id",
        source="predecessor",
        read_only=True,
        allow_null=True,
        help_text="Id of the version before it.",
    )
    superseded_by = serializers.SlugRelatedField(
        "public_id",
        source="successor",
        read_only=True,
        allow_null=True,
        help_text="Id of the version after it.",
    )
    withdrawal = WithdrawalSerializer(read_only=True, allow_null=True)
    corrections = CorrectionSerializer(many=True, read_only=True)

    class Meta:
        model = Verification
        fields = [
            "id", "page", "claims", "rating", "summary", "explanation", "evidence", "published_at",
            "review_by", "supersedes", "superseded_by", "withdrawal", "corrections",
        ]  # fmt: skip
        read_only_fields = fields

    def get_claims(self, verification) -> list[str]:
        return [claim.public_id for claim in verification.published_claims]


class VerificationFilter(filters.FilterSet):
    claim = filters.CharFilter(method="about", label="Id of a claim.")
    rating = filters.CharFilter(field_name="rating__value", label="Value of the rating.")
    current = filters.BooleanFilter(method="in_force", label="Neither superseded nor withdrawn.")
    published_from = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte")
    published_to = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="lte")

    class Meta:
        model = Verification
        fields = []

    def about(self, queryset, _name, value):
        return queryset.filter(claims__in=Claim.objects.published().filter(public_id=value))

    def in_force(self, queryset, _name, value):
        current = Verification.objects.latest_versions().filter(withdrawal__isnull=True)
        either = Q(pk__in=current.order_by().values("pk"))
        return queryset.filter(either if value else ~either)


class VerificationViewSet(TellsLatest, ReadOnlyModelViewSet):
    """Published verifications, the latest first."""

    queryset = (
        Verification.objects.published()
        .select_related("rating__scale", "predecessor", "withdrawal")
        .prefetch_related(
            Prefetch("evidence", Evidence.objects.with_source()),
            Prefetch("successors", Verification.objects.published()),
            Prefetch("corrections", Correction.objects.published()),
            Prefetch("claims", Claim.objects.published(), to_attr="published_claims"),
        )
    )
    serializer_class = VerificationSerializer
    filterset_class = VerificationFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"

    def passages(self, rows):
        return [piece for verification in rows for piece in verification.evidence.all()]
