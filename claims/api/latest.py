from rest_framework import serializers

from sources.latest import tell_latest
from sources.passages import Fate


class InLatestSnapshotField(serializers.ChoiceField):
    """What became of a passage in the latest snapshot; null if it stands in that one."""

    def __init__(self):
        super().__init__(
            Fate.choices,
            read_only=True,
            allow_null=True,
            help_text="Of a document that changed since: whether the passage is still in it.",
        )


class TellsLatest:
    """For a viewset: what became of the passages of its rows, asked once for all of a page."""

    def passages(self, rows) -> list:
        """The passages of ``rows``, all of one model."""
        raise NotImplementedError

    def paginate_queryset(self, queryset) -> list:
        rows = super().paginate_queryset(queryset)
        tell_latest(self.passages(rows))
        return rows

    def get_object(self):
        row = super().get_object()
        tell_latest(self.passages([row]))
        return row
