"""``POST /api/v1/match``: for a sentence, claims of the record that were checked already."""

import json
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from claims import match, merged
from claims.api import parameters
from claims.api.body import Body, BodyParser
from claims.api.claims import StandingSerializer
from claims.api.fields import RefField
from claims.api.given import Day, Number, Text, YesNo
from claims.api.included import included
from claims.api.keys.scope import Scope
from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.api.sql import AsText, json_object, object_of
from claims.comparison import Code
from claims.models import Claim, Speaker
from claims.origin import origin
from sources.session import no_statement_longer

SECONDS = 4  # No query of the database takes a match longer.
LONGEST, MOST = 1000, 20  # code points; matches
INCLUDE = OpenApiParameter(
    "include",
    str,
    description="Rows to be given beside, as in lists: `claim`, `verification`, `claim.speaker` …",
)


class Itself(RefField):
    """The id of the row, which is a claim."""

    nullable = False

    def __init__(self, **kwargs):
        super().__init__("pk", to="claims", **kwargs)

    def sql(self, at: str):
        """The id of this row."""
        return self.of(at)


class MatchedSerializer(serializers.ModelSerializer):
    """What the database says of a claim that matches."""

    claim = Itself()
    standing = StandingSerializer(read_only=True, help_text="Where it stands.")
    verification = RefField(
        "standing__verification",
        to="verifications",
        help_text="The latest of it, or of the claim it repeats.",
    )

    class Meta:
        model = Claim
        fields = ["claim", "standing", "verification"]
        read_only_fields = fields


class ReasonSerializer(serializers.Serializer):
    """Something that speaks for or against that two say the same."""

    code = serializers.ChoiceField([code.value for code in Code], help_text="What it is.")
    first = serializers.CharField(help_text="The words of the sentence it is about, if any.")
    second = serializers.CharField(help_text="The words of the claim.")
    text = serializers.CharField(help_text="The same as a phrase, in the language asked for.")


class MatchSerializer(MatchedSerializer):
    """A claim of the record that says the same, or nearly."""

    score = serializers.FloatField(
        read_only=True,
        min_value=0,
        max_value=1,
        help_text="The probability that it says the same: of those with 0.6, six in ten do.",
    )
    similarity = serializers.FloatField(
        read_only=True,
        min_value=0,
        max_value=1,
        help_text="How alike they are in what they tell and in their letters: nearly the order.",
    )
    reasons = ReasonSerializer(
        many=True, read_only=True, help_text="What speaks for and against, what differs first."
    )
    why = serializers.ListField(
        child=serializers.ChoiceField(["words", "speaker", "date"]),
        read_only=True,
        help_text="What they have in common: words always, the speaker, the time it was said.",
    )

    class Meta(MatchedSerializer.Meta):
        fields = ["score", "similarity", "why", "reasons", "claim", "standing", "verification"]
        read_only_fields = fields


MATCHES = Resource("matches", MatchedSerializer, Claim.objects.published)


class MatchRequest(Body):
    """What is looked for."""

    text = Text(max_length=LONGEST, help_text="A sentence, or the words of a claim.")
    speaker = Text(
        required=False,
        allow_null=True,
        max_length=40,
        help_text="Id of who said it: counts as evidence.",
    )
    said_on = Day(required=False, allow_null=True, help_text="When it was said; likewise.")
    checked = YesNo(
        default=True, help_text="Only claims with a published verification; false: all claims."
    )
    limit = Number(default=match.MOST, min_value=1, max_value=MOST, help_text="How many, at most.")

    def validate_speaker(self, value: str | None) -> int | None:
        """Its id in the database."""
        if value is None:
            return None
        known = Speaker.objects.published().filter(public_id=value).first()
        if not (speaker := known or merged.kept(Speaker, value)):
            raise ValidationError(_("There is no speaker of this id."))
        return speaker.pk


class MatchesSerializer(serializers.Serializer):
    """The matches, the best first."""

    results = MatchSerializer(many=True, read_only=True, help_text="The best first.")
    included = serializers.DictField(
        required=False, help_text="With `include`: rows by resource and id."
    )


def told(matches: Sequence[Sequence[match.Match]]) -> list[list[str]]:
    """Each match as JSON; one query."""
    found = {each.claim for some in matches for each in some}
    rows = Claim.objects.published().order_by().filter(pk__in=found)
    row = AsText(json_object(MatchedSerializer()))
    by_pk = dict(rows.annotate(json=row).values_list("pk", "json"))
    return [
        [_one(each, by_pk[each.claim]) for each in some if each.claim in by_pk] for some in matches
    ]


def _one(match: match.Match, row: str) -> str:
    why = ["words", *["speaker"] * match.same_speaker, *["date"] * match.same_time]
    reasons = [
        {"code": each.code, "first": each.first, "second": each.second, "text": str(each)}
        for each in match.reasons
    ]
    score, similarity = round(match.score, 3), round(match.similarity, 3)
    alike = json.dumps(
        {"score": score, "similarity": similarity, "why": why, "reasons": reasons},
        ensure_ascii=False,
    )
    return f"{alike[:-1]},{row[1:]}"


def beside(request) -> list[parameters.Included]:
    """What is to be included; raises Refused for any other parameter of the address."""
    parameters.known(request.query_params, ["include"])
    return parameters.include(request.query_params, MATCHES, RESOURCES)


def with_included(
    answer: dict[str, str],
    wanted: list[parameters.Included],
    matches: Sequence[Sequence[match.Match]],
    site: str,
) -> HttpResponse:
    """The answer, whose members are JSON, with what is wanted beside."""
    if wanted:
        pks = list(dict.fromkeys(each.claim for some in matches for each in some))
        answer["included"] = included(MATCHES, pks, wanted, site)
    return HttpResponse(object_of(answer), content_type="application/json")


class MatchView(APIView):
    """Which claims were checked already that say nearly what a sentence says?"""

    permission_classes = [Scope("match")]
    parser_classes = [BodyParser]

    @extend_schema(
        operation_id="match",
        tags=["match"],
        parameters=[INCLUDE],
        request=MatchRequest,
        responses=MatchesSerializer,
        examples=[
            OpenApiExample(
                "A sentence",
                {"text": "Le pont de Vernaz sera fermé en 2027.", "said_on": "2025-12"},
                request_only=True,
            ),
            OpenApiExample(
                "Checked already",
                {
                    "results": [
                        {
                            "claim": "k7m2p9x3qd",
                            "score": 0.87,
                            "similarity": 0.81,
                            "why": ["words", "date"],
                            "reasons": [
                                {
                                    "code": "same date",
                                    "first": "2027",
                                    "second": "2027",
                                    "text": "the same time: 2027",
                                }
                            ],
                            "standing": {
                                "basis": "verification",
                                "value": "false",
                                "verification": "w4b8n2c6ht",
                                "development": None,
                                "through": None,
                            },
                            "verification": "w4b8n2c6ht",
                        }
                    ]
                },
                response_only=True,
            ),
        ],
    )
    def post(self, request) -> HttpResponse:
        """Claims checked already that say nearly the same, the best first. Nothing is kept of the
        text."""
        wanted, given = beside(request), MatchRequest.given(request)
        with no_statement_longer(SECONDS):
            found = match.match(
                given["text"],
                given.get("speaker"),
                given.get("said_on"),
                checked=given["checked"],
                most=given["limit"],
            )
            (results,) = told([found])
            return with_included(
                {"results": f"[{','.join(results)}]"}, wanted, [found], origin(request)
            )
