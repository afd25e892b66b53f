"""How the shared column types look in JSON and in the schema."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "nullable": True})
class PartialDateField(serializers.Field):
    """A day, month or year: "2025-12-03", "2025-12" or "2025"."""

    def __init__(self, **kwargs):
        super().__init__(**({"read_only": True} | kwargs))

    def to_representation(self, value) -> str:
        return value.isoformat()


@extend_schema_field(
    {
        "type": "array",
        "items": {"type": "integer", "minimum": 0},
        "minItems": 2,
        "maxItems": 2,
        "nullable": True,
        "description": "Start and end in the snapshot's text, in code points, end-exclusive.",
    }
)
class SpanField(serializers.Field):
    """``[start, end]`` in code points, end-exclusive."""

    def __init__(self, **kwargs):
        super().__init__(**({"read_only": True} | kwargs))

    def to_representation(self, value) -> list[int]:
        return [value.lower, value.upper]


@extend_schema_field({"type": "string", "format": "uri"})
class PageField(serializers.Field):
    """The address of the public page of a row, today's whatever time was asked about."""

    def __init__(self, source="*"):
        super().__init__(source=source, read_only=True)

    def to_representation(self, row) -> str:
        return self.context["request"].build_absolute_uri(row.get_absolute_url())
