import re

from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField
from claims.api.resource import Resource
from claims.models import Rating


class RatingSerializer(serializers.ModelSerializer):
    """One value of a version of the rating scale; ``position`` sorts, true first."""

    id = IdField(ids.rating_id)
    scale = serializers.IntegerField(source="scale.version", help_text="Its version.")
    valid_from = serializers.DateField(source="scale.valid_from")

    class Meta:
        model = Rating
        fields = [
            "id", "scale", "valid_from", "value", "position", "label_fr", "label_en",
            "definition_fr", "definition_en",
        ]  # fmt: skip
        read_only_fields = fields


def _find(given: str) -> dict[str, object] | None:
    found = re.fullmatch(r"([0-9]{1,9})-([-\w]+)", given, re.ASCII)
    return found and {"scale__version": int(found[1]), "value": found[2]}


RATINGS = Resource("ratings", RatingSerializer, Rating.objects.all, find=_find)
