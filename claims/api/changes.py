"""The change log: what a mirror of the record reads to stay in step with it."""

import json

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from claims.api import parameters
from claims.api.resources import RESOURCES
from claims.origin import origin
from claims.query import Refused
from claims.sync import read
from claims.sync.read import Beyond, Entry

ENTRIES, MOST = 100, 1000
PARAMETERS = [
    OpenApiParameter(
        "since",
        {"type": "integer", "minimum": 0, "default": 0},
        description="The number to go on after: “next” of the answer before.",
    ),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": ENTRIES},
        description="Entries of an answer.",
    ),
]
EXAMPLE = OpenApiExample(
    "A claim that was merged into another",
    {
        "results": [
            {
                "number": 48213,
                "resource": "claims",
                "id": "k7m2p9x3qd",
                "at": "2026-03-03T14:30:00.120000+00:00",
                "deleted": True,
                "merged_into": "w3jkmnvxdk",
                "data": None,
            }
        ],
        "next": 48213,
        "more": False,
    },
    response_only=True,
    status_codes=["200"],
)


class ChangeSerializer(serializers.Serializer):
    """An entry of the log: that a row changed, and what it is now."""

    number = serializers.IntegerField(min_value=1)
    resource = serializers.ChoiceField([*RESOURCES])
    id = serializers.CharField()
    at = serializers.DateTimeField(help_text="When the log was told.")
    deleted = serializers.BooleanField(help_text="Whether it is not public, or not any more.")
    data = serializers.JSONField(
        allow_null=True,
        help_text="The row as it is now, in the shape of its resource; null if it is deleted.",
    )
    merged_into = serializers.CharField(
        allow_null=True,
        required=False,
        help_text="Of one that is deleted, the id of the row it is part of now, if of one.",
    )


class ChangesSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True)
    next = serializers.IntegerField(min_value=0, help_text="The number to go on after.")
    more = serializers.BooleanField(help_text="Whether there are more by now.")


class ChangesView(APIView):
    """Every change of every resource, in order, without a gap."""

    @extend_schema(parameters=PARAMETERS, responses=ChangesSerializer, examples=[EXAMPLE])
    def get(self, request) -> HttpResponse:
        """What changed after a number: put each row in, or take it out where it is deleted, and a
        mirror is the record. From 0 on it is the whole record."""
        given = request.query_params
        parameters.known(given, ("since", "limit"))
        limit = _number(given, "limit", ENTRIES)
        if not 1 <= limit <= MOST:
            raise Refused("limit", _("“limit” takes a number from 1 to %(most)d.") % {"most": MOST})
        try:
            page = read.read(_number(given, "since", 0), limit, origin(request))
        except Beyond as beyond:
            raise Refused("since", str(beyond)) from None
        entries = ",".join(map(_json, page.entries))
        text = f'{{"results":[{entries}],"next":{page.next},"more":{json.dumps(page.more)}}}'
        # A log that is a minute old is a mirror that lags: asked anew, answered 304.
        headers = {"Cache-Control": "public, no-cache"}
        return HttpResponse(text, content_type="application/json", headers=headers)


def _json(entry: Entry) -> str:
    change = entry.change
    told = {
        "number": change.number,
        "resource": change.resource,
        "id": change.public_id,
        "at": change.at.isoformat(),
        "deleted": entry.document is None,
    }
    if entry.document is None:
        return json.dumps(told | {"merged_into": entry.merged_into, "data": None})
    return f'{json.dumps(told)[:-1]}, "data": {entry.document}}}'


def _number(given, name: str, default: int) -> int:
    asked = parameters.one(given, name)
    if asked is None:
        return default
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 18):
        raise Refused(name, _("“%(name)s” takes a number.") % {"name": name})
    return int(asked)
