from django.db.models import Case, F, Q, TextField, Value, When
from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField, MadeText, PageField, RefField
from claims.api.resource import Resource
from claims.models import Claim, Correction, Development

# The words of a claim or a development that was taken back are not told again.
TOLD = (
    Q(claim__status__in=[Claim.Status.ACCEPTED, Claim.Status.MERGED])
    | Q(verification__isnull=False)
    | Q(development__status=Development.Status.ACCEPTED, development__claim__isnull=True)
    | Q(
        development__status=Development.Status.ACCEPTED,
        development__claim__status=Claim.Status.ACCEPTED,
    )
)


def _words(column: str):
    return lambda at: Case(
        When(TOLD, then=F(f"{at}{column}")), default=Value(""), output_field=TextField()
    )


class CorrectionSerializer(serializers.ModelSerializer):
    """A dated note on something published: one of claim, verification and development."""

    id = IdField(ids.correction_id)
    page = PageField("corrections", ids.correction_id)
    before = MadeText(_words("before"), help_text="What it said.")
    after = MadeText(_words("after"), help_text="What it says now.")
    claim = RefField("claim", to="claims")
    verification = RefField("verification", to="verifications")
    development = RefField("development", to="developments")

    class Meta:
        model = Correction
        fields = [
            "id", "page", "kind", "note", "before", "after", "made_at", "claim", "verification",
            "development",
        ]  # fmt: skip
        read_only_fields = fields


CORRECTIONS = Resource(
    "corrections",
    CorrectionSerializer,
    Correction.objects.published,
    by=("-made_at", "-pk"),
    find=lambda given: (
        {"pk": int(given)} if given.isascii() and given.isdecimal() and len(given) < 18 else None
    ),
)
