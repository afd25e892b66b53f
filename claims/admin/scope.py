"""What the inbox is narrowed to, and the addresses of its pages."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from claims.models import Claim, Speaker
from claims.models.claim import ClaimQuerySet
from sources.models import Document, Publisher


@dataclass
class Scope:
    """Which candidates the inbox is about: all, or those of one document, publisher and so on.

    ``chosen`` is what the address says, by name; what is none of them is left out.
    """

    chosen: dict[str, str]

    @classmethod
    def of(cls, query) -> "Scope":
        chosen = {}
        for name in ("document", "publisher", "speaker"):
            if query.get(name, "").isdecimal() and len(query[name]) < 19:
                chosen[name] = query[name]
        if query.get("kind") in Claim.Kind.values:
            chosen["kind"] = query["kind"]
        return cls(chosen)

    def candidates(self) -> ClaimQuerySet:
        rows = Claim.objects.candidates()
        documents = "sentence__snapshot__document"
        if document := self.chosen.get("document"):
            rows = rows.filter(**{documents: document})
        if publisher := self.chosen.get("publisher"):
            rows = rows.filter(**{f"{documents}__publisher": publisher})
        if speaker := self.chosen.get("speaker"):
            rows = rows.perhaps_by(speaker)
        if kind := self.chosen.get("kind"):
            rows = rows.filter(kind=kind)
        return rows

    @cached_property
    def shown(self) -> list[dict]:
        """What narrows it, by its name, each with the address of the inbox without it."""
        models = {"document": Document, "publisher": Publisher, "speaker": Speaker}
        shown = []
        for name, value in self.chosen.items():
            row = models[name].objects.filter(pk=value).first() if name in models else None
            label = row or (Claim.Kind(value).label if name == "kind" else None)
            rest = {other: v for other, v in self.chosen.items() if other != name}
            shown.append({"label": label or "—", "without": address(Scope(rest))})
        return shown

    def narrowed(self, **more) -> "Scope":
        return Scope(self.chosen | {name: str(value) for name, value in more.items()})


def address(scope: Scope, claim: int | None = None, view: str = "inbox", **query) -> str:
    """Of the inbox, or of one candidate in it."""
    name = "admin:claims_claim_candidate" if claim else f"admin:claims_claim_{view}"
    asked = urlencode(scope.chosen | query)
    return reverse(name, args=[claim] if claim else []) + (f"?{asked}" if asked else "")
