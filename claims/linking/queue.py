"""What an editor's queue of proposed links is narrowed to, and how probable one is in words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from claims.models import Claim, Link, Speaker
from claims.models.link import LinkQuerySet

VERY, RATHER = 0.9, 0.7


@dataclass(frozen=True)
class Narrowed:
    """To a kind, and to what one speaker said at either end; each may be empty."""

    kind: str = ""
    speaker: int | None = None

    @classmethod
    def of(cls, query) -> "Narrowed":
        """What an address asks for; what is none of its values is left out."""
        kind, speaker = query.get("kind", ""), query.get("speaker", "")
        is_id = speaker.isdecimal() and len(speaker) < 19
        return cls(kind if kind in Link.Kind else "", int(speaker) if is_id else None)

    @property
    def links(self) -> LinkQuerySet:
        rows = Link.objects.queue()
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.speaker:
            # Each end by its index; joined to both, all that waits would be read.
            said = Claim.objects.filter(speaker=self.speaker).order_by().values("pk")
            open_ones = Link.objects.proposed().order_by()
            later, earlier = open_ones.filter(claim__in=said), open_ones.filter(earlier__in=said)
            rows = rows.filter(pk__in=later.values("pk").union(earlier.values("pk")))
        return rows

    @property
    def named(self) -> Speaker | None:
        return self.speaker and Speaker.objects.filter(pk=self.speaker).first()

    def query(self, **more) -> str:
        """As part of an address, with its question mark; empty if it is all."""
        asked = {"kind": self.kind, "speaker": self.speaker, **more}
        told = urlencode({name: value for name, value in asked.items() if value})
        return f"?{told}" if told else ""


def in_words(link: Link) -> str:
    """How probable it is that the link is right; empty where a person proposed it."""
    if link.score is None:
        return ""
    if link.score >= VERY:
        return _("very probable")
    return _("probable") if link.score >= RATHER else _("possible")
