"""A development, as it is sent: what happened, and what it does to claims."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from claims.api.body import Body
from claims.api.given import Choice, Day, Text
from claims.api.writing.sources import Address, ClaimId, DocumentId, exactly_one, not_there
from claims.models import Claim, Development, Effect
from sources.models import Document

MOST_EFFECTS = 50
ACCOUNT = 10_000  # code points


class DevelopmentSourceBody(Body):
    """Its one source: a document of the record, a later claim, or an address, which is fetched."""

    url = Address(required=False, help_text="It is fetched in the background.")
    document = DocumentId(required=False, help_text="Id of a document.")
    claim = ClaimId(required=False, help_text="Id of the later claim.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With ``where``: what it rests on."""
        where = given[exactly_one(given, ["url", "document", "claim"])]
        if isinstance(where, str):
            where = Document.objects.filter(url=where).first() or where
        return {"where": where}


class EffectBody(Body):
    """What it does to one claim."""

    claim = Text(max_length=40, help_text="Id of the claim.")
    kind = Choice(Effect.Kind.choices)
    note = Text(default="", allow_blank=True, max_length=ACCOUNT, help_text="How so.")


class DevelopmentBody(Body):
    """Something later that bears on claims."""

    title = Text(
        max_length=Development._meta.get_field("title").max_length,
        help_text="What happened, in one line.",
    )
    occurred_on = Day(past=True)
    account = Text(
        default="", allow_blank=True, max_length=ACCOUNT, help_text="In more words than the title."
    )
    source = DevelopmentSourceBody()
    effects = EffectBody(
        many=True, allow_empty=False, max_length=MOST_EFFECTS, help_text="On one claim or several."
    )

    def validate_effects(self, given: list[dict[str, str]]) -> dict[int, tuple[str, str]]:
        """Kind and note of each, by the id of its claim in the database; one query."""
        names = [effect["claim"] for effect in given]
        known = Claim.objects.published().filter(public_id__in=names)
        by_name = dict(known.values_list("public_id", "pk"))
        faults: list[dict[str, list[str]]] = [{} for _name in names]
        for place, name in enumerate(names):
            if name not in by_name:
                faults[place] = {"claim": [not_there(name)]}
            elif name in names[:place]:
                faults[place] = {"claim": [_("This claim is named twice.")]}
        if any(faults):
            raise ValidationError(faults)
        return {by_name[each["claim"]]: (each["kind"], each["note"]) for each in given}

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """It does not bear on itself."""
        where = given["source"]["where"]
        if isinstance(where, Claim) and where.pk in given["effects"]:
            raise ValidationError({"effects": [_("A claim does not bear on itself.")]})
        return given
