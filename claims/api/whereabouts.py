from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from claims.api import parameters
from sources.latest import in_latest_snapshots
from sources.passages import Fate


class WhereaboutsSerializer(serializers.Serializer):
    """What became of a passage whose document changed since."""

    in_latest_snapshot = serializers.ChoiceField(
        Fate.choices,
        allow_null=True,
        help_text="Whether it is still there; null if it stands in the latest one, or in none.",
    )


class TellsWhereabouts:
    """For a viewset of passages: each says whether it still stands in its document.

    That is worked out of whole texts when it is asked, so no list has it.
    """

    @extend_schema(responses=WhereaboutsSerializer, filters=False)
    @action(detail=True)
    def whereabouts(self, request, **named: str) -> HttpResponse:
        """Whether the passage still stands in the latest snapshot of its document."""
        parameters.known(request.query_params, ["as_of"])
        pk = self.pk_of(named["id"])
        if pk is None:
            return self.elsewhere(named["id"])
        fates = in_latest_snapshots(self.resource.model.objects.filter(pk=pk))
        return Response({"in_latest_snapshot": fates.get(pk)})
