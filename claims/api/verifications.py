from django.db.models import OuterRef, Subquery
from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField, MadeText, PageField, RefField, RefsField, RowsField
from claims.api.resource import Resource
from claims.models import Claim, Correction, Evidence, Recheck, Verification, Withdrawal


def _successor(at: str) -> Subquery:
    published = Verification.objects.published().filter(predecessor=OuterRef(f"{at}pk"))
    return Subquery(published.order_by().values("public_id"))


class WithdrawalSerializer(serializers.ModelSerializer):
    """It no longer stands, and why."""

    class Meta:
        model = Withdrawal
        fields = ["reason", "withdrawn_at"]
        read_only_fields = fields


class RecheckSerializer(serializers.ModelSerializer):
    """It was looked at again and still holds."""

    class Meta:
        model = Recheck
        fields = ["note", "review_by", "made_at"]
        read_only_fields = fields


class VerificationSerializer(serializers.ModelSerializer):
    """A published version of an editor's finding; it never changes but for what came after it."""

    id = IdField()
    page = PageField("verifications")
    claims = RefsField(
        lambda: Claim.objects.published().order_by("pk"), by="verifications", to="claims"
    )
    rating = RefField("rating", to="ratings", of=ids.rating_id)
    evidence = RefsField(
        lambda: Evidence.objects.order_by("pk"),
        by="verification",
        to="evidence",
        of=ids.evidence_id,
    )
    supersedes = RefField("predecessor", to="verifications", help_text="The version before it.")
    superseded_by = MadeText(_successor, allow_null=True, help_text="Id of the version after it.")
    withdrawal = WithdrawalSerializer(read_only=True, allow_null=True)
    rechecks = RowsField(
        RecheckSerializer(), lambda: Recheck.objects.order_by("made_at", "pk"), by="verification"
    )
    corrections = RefsField(
        Correction.objects.published, by="verification", to="corrections", of=ids.correction_id
    )

    class Meta:
        model = Verification
        fields = [
            "id", "page", "claims", "rating", "summary", "explanation", "evidence",
            "published_at", "review_by", "supersedes", "superseded_by", "withdrawal", "rechecks",
            "corrections",
        ]  # fmt: skip
        read_only_fields = fields


VERIFICATIONS = Resource(
    "verifications",
    VerificationSerializer,
    Verification.objects.published,
    by=("-published_at", "-pk"),
)
