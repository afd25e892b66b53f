"""``POST /api/v1/extract``: the claims of a text, and what of the record says nearly the same."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.views import APIView

from claims import engine
from claims.api import turns
from claims.api.body import Body, BodyParser
from claims.api.fields import SPAN
from claims.api.given import Choice, Day, Number, Text
from claims.api.keys.scope import Scope
from claims.api.match import INCLUDE, SECONDS, MatchSerializer, beside, told, with_included
from claims.api.problems import TooLarge
from claims.bearers import bearers_of
from claims.extraction import Candidate
from claims.extraction.claim import SPEAKER_KINDS
from claims.extraction.interchange import to_dict
from claims.match import Said, match_all
from claims.models import Claim
from claims.origin import origin
from claims.record import quote
from sources.partial_date import PartialDate
from sources.session import no_statement_longer

MATCHES, MOST_MATCHES = 3, 10
OPTIONAL = SPAN | {"type": ["array", "null"]}


class ExtractionRequest(Body):
    """A text, and how it is to be read."""

    text = Text(help_text="Plain text; paragraphs are lines. Its code points are what spans count.")
    published_on = Day(
        required=False,
        allow_null=True,
        help_text="Against which “hier” and “lundi” are resolved; without it they have no date.",
    )
    language = Choice(["fr"], default="fr", help_text="French is what is read.")
    matches = Number(
        default=MATCHES,
        min_value=0,
        max_value=MOST_MATCHES,
        help_text="How many near matches of the record are given for each claim.",
    )

    def validate_text(self, value: str) -> str:
        """Not longer than what is read."""
        return not_too_long(value)


def not_too_long(text: str) -> str:
    """The text; raises TooLarge."""
    if len(text) > settings.MAX_EXTRACT:
        sentence = _("The text is longer than %(most)d code points: send it in parts.")
        raise TooLarge(sentence % {"most": settings.MAX_EXTRACT})
    return text


@extend_schema_field(SPAN)
class Span(serializers.ListField):
    pass


@extend_schema_field(OPTIONAL)
class OptionalSpan(serializers.ListField):
    pass


class ExtractedClaimSerializer(serializers.Serializer):
    """A claim as the extractor has it: seeds/gold/README.md says what each member means. Spans
    are [start, end] in code points of the text, end-exclusive."""

    content = serializers.ListField(child=Span(), help_text="What is claimed.")
    cue = OptionalSpan(help_text="The reporting expression.")
    source = OptionalSpan(help_text="The mention it is attributed to.")
    speaker = serializers.CharField(allow_null=True, help_text="The name, once the text is known.")
    speaker_kind = serializers.ChoiceField(SPEAKER_KINDS)
    speaker_candidates = serializers.ListField(
        child=serializers.CharField(), help_text="Several where the text does not decide."
    )
    quotation = serializers.ChoiceField(Claim.Quotation.choices)
    kind = serializers.ChoiceField(Claim.Kind.choices)
    said_on = serializers.CharField(allow_null=True, help_text="A day, a month or a year.")
    parts = serializers.ListField(child=Span(), help_text="What it says, one by one, if several.")
    sentence = Span(help_text="The source sentence.")
    confidence = serializers.FloatField(
        min_value=0, max_value=1, help_text="How sure the rule is that it is a claim, and whose."
    )
    check_worthiness = serializers.FloatField(
        min_value=0, max_value=1, help_text="How much a fact-checker would want to look at it."
    )
    rule = serializers.CharField(help_text="Which rule found it.")
    matches = MatchSerializer(many=True, help_text="Published claims that say nearly the same.")


class ExtractionSerializer(serializers.Serializer):
    """What a text claims."""

    claims = ExtractedClaimSerializer(many=True, help_text="In the order of the text.")
    sentences = serializers.ListField(child=Span(), help_text="Every sentence, in order.")
    extractor = serializers.CharField(help_text="Versions of the rules and of the pipeline.")
    included = serializers.DictField(
        required=False, help_text="With `include`: rows by resource and id."
    )


class ExtractView(APIView):
    """Which claims does a text make?"""

    permission_classes = [Scope("extract")]
    parser_classes = [BodyParser]

    @extend_schema(
        operation_id="extract",
        tags=["extract"],
        parameters=[INCLUDE],
        request=ExtractionRequest,
        responses=ExtractionSerializer,
        examples=[
            OpenApiExample(
                "A sentence",
                {
                    "text": "Lundi, la maire a promis deux écoles.",
                    "published_on": "2025-12-09",
                    "matches": 1,
                },
                request_only=True,
            ),
            OpenApiExample(
                "Its claim",
                {
                    "claims": [
                        {
                            "content": [[25, 36]],
                            "cue": [16, 24],
                            "source": [7, 15],
                            "speaker": "la maire",
                            "speaker_kind": "person",
                            "speaker_candidates": [],
                            "quotation": "indirect",
                            "kind": "commitment",
                            "said_on": "2025-12-08",
                            "parts": [],
                            "sentence": [0, 37],
                            "confidence": 0.9,
                            "check_worthiness": 0.6,
                            "rule": "verb",
                            "matches": [],
                        }
                    ],
                    "sentences": [[0, 37]],
                    "extractor": "constat 1.0, fr_constat_news 1.0",
                },
                response_only=True,
            ),
        ],
    )
    def post(self, request) -> HttpResponse:
        """The claims of a text, in its order, with near matches of the record. Nothing is kept of
        the text; 10,000 code points begun count as one extraction."""
        wanted, given = beside(request), ExtractionRequest.given(request)
        text, published_on = given["text"], given.get("published_on")
        reading = turns.read(request, text, published_on and published_on.isoformat())
        with no_statement_longer(SECONDS):
            said = _said(text, reading.claims) if given["matches"] else []
            found = match_all(said, checked=False, most=given["matches"])
            matches = told(found) or [[]] * len(reading.claims)
            claims = (
                f'{json.dumps(to_dict(claim))[:-1]},"matches":[{",".join(near)}]}}'
                for claim, near in zip(reading.claims, matches, strict=True)
            )
            answer = {
                "claims": f"[{','.join(claims)}]",
                "sentences": json.dumps(reading.sentences),
                "extractor": json.dumps(engine.version()),
            }
            return with_included(answer, wanted, found, origin(request))


def _said(text: str, claims: Sequence[Candidate]) -> list[Said]:
    """What is looked for in the record: one query for all their speakers."""
    bearers = bearers_of(sorted({name for claim in claims for name in claim.names}))
    return [
        Said(
            quote(text, claim.content),
            tuple(speaker.pk for name in claim.names for speaker in bearers.get(name, ())),
            PartialDate.parse(claim.said_on) if claim.said_on else None,
        )
        for claim in claims
    ]
