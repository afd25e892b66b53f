"""What the schema of the API says of every endpoint."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from config.as_of import PARAMETER


class Schema(AutoSchema):
    """Every endpoint can be asked about a past time (config/as_of.py), but one ``only_today``."""

    def get_override_parameters(self):
        """For the schema generator: what it does not find in the view itself."""
        if getattr(self.view, "only_today", False):
            return []
        return [
            OpenApiParameter(
                PARAMETER,
                {"oneOf": [{"type": "string", "format": form} for form in ("date", "date-time")]},
                description="Answer from the record as it stood then: at the end of a day of the "
                "newsroom, or at a time.",
            )
        ]
