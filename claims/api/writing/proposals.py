"""``/api/v1/proposals/<id>/``: what became of something that was proposed with one's own key."""

from datetime import UTC

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import parameters
from claims.api.keys.scope import Scope
from claims.merged import end_of_merges
from claims.models import Claim, Development, Effect, KeyProposal, Proposal


class ProposedEffectSerializer(serializers.ModelSerializer):
    """What was decided on what a development does to one claim."""

    claim = serializers.CharField(source="claim.public_id", help_text="Id of the claim.")

    class Meta:
        model = Effect
        fields = ["claim", "kind", "status"]
        read_only_fields = fields


class ProposalSerializer(serializers.ModelSerializer):
    """What was proposed, and what was decided on it."""

    id = serializers.CharField(source="public_id", help_text="Its id, in its own address.")
    kind = serializers.ChoiceField(KeyProposal.Kind.choices)
    status = serializers.ChoiceField(
        Proposal.Status.choices, help_text="proposed until an editor accepts or refuses it."
    )
    because = serializers.ChoiceField(
        Claim.RejectedBecause.choices,
        source="claim.rejected_because",
        default="",
        allow_blank=True,
        help_text="Why a claim was refused, if it was said.",
    )
    made_at = serializers.DateTimeField(default_timezone=UTC, help_text="When it was first sent.")
    decided_at = serializers.DateTimeField(
        source="proposed.decided_at",
        allow_null=True,
        default_timezone=UTC,
        help_text="When an editor decided.",
    )
    claim = serializers.SerializerMethodField(
        help_text="Id of the claim, once it is public; of the one kept, if it was merged."
    )
    development = serializers.SerializerMethodField(
        help_text="Id of the development, once it is public."
    )
    effects = ProposedEffectSerializer(
        source="development.effects.all", many=True, default=(), help_text="Of a development."
    )

    class Meta:
        model = KeyProposal
        fields = [
            "id", "kind", "status", "because", "made_at", "decided_at", "claim", "development",
            "effects",
        ]  # fmt: skip
        read_only_fields = fields

    def get_claim(self, proposal: KeyProposal) -> str | None:
        """Of a piece of evidence, the claim it is about."""
        claim = proposal.claim or (proposal.evidence and proposal.evidence.claim)
        kept = claim and end_of_merges(claim)
        return kept.public_id if kept and kept.status == Claim.Status.ACCEPTED else None

    def get_development(self, proposal: KeyProposal) -> str | None:
        """Its id."""
        public = Development.objects.accepted().filter(pk=proposal.development_id).first()
        return public and public.public_id


class ProposalView(APIView):
    """One proposal, for the key it came with."""

    permission_classes = [Scope("propose")]

    @extend_schema(
        operation_id="getProposal",
        tags=["proposals"],
        parameters=[
            OpenApiParameter(
                "id", str, OpenApiParameter.PATH, description="As it was answered with."
            )
        ],
        responses=ProposalSerializer,
    )
    def get(self, request, id: str) -> HttpResponse:  # noqa: A002 - its name in the schema
        """What became of a proposal of one's own."""
        parameters.known(request.query_params, ["as_of"])
        own = KeyProposal.objects.filter(key=request.auth, public_id=id)
        found = own.select_related("claim", "evidence__claim", "development").first()
        if found is None:
            raise Http404
        return Response(ProposalSerializer(found).data)
