"""What is sent to the API: a JSON object of bounded size, with the members there are and no others.

Every fault is told at once, each by a JSON pointer (claims/api/problems.py).
"""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.fields import empty
from rest_framework.parsers import BaseParser

from claims.api.problems import TooLarge

ESCAPED = 12  # bytes: the most a code point takes in JSON, as two escapes
MOST_UNKNOWN = 20  # names, of which each is told
BESIDE = 50_000  # bytes for all but the text


def most_bytes() -> int:
    """The largest body that is read: the longest text, however it is escaped, and some more."""
    return ESCAPED * settings.MAX_EXTRACT + BESIDE


class BodyParser(BaseParser):
    """JSON in UTF-8, not more than ``most_bytes``; what is larger is not even read."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        """The value; raises ParseError, TooLarge."""
        most = most_bytes()
        request = parser_context["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            raise TooLarge(_("The body is larger than %(most)d bytes.") % {"most": most})
        try:
            return json.loads(stream.read(most).decode(), parse_constant=_no_number)
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
        except UnicodeDecodeError:
            raise ParseError(_("The body is not in UTF-8.")) from None
        except json.JSONDecodeError as error:
            where = {"line": error.lineno, "column": error.colno}
            sentence = _("The body is not JSON: see line %(line)d, column %(column)d.")
            raise ParseError(sentence % where) from None
        except ValueError:
            raise ParseError(_("The body holds a number that is none of JSON.")) from None


def _no_number(name: str) -> None:
    raise ValueError(name)


class Body(serializers.Serializer):
    """An object that may be sent, or a part of one; ``Body.given(request)`` is what is in it."""

    default_error_messages = dict.fromkeys(
        ["invalid", "null"], gettext_lazy("An object is expected.")
    )

    @classmethod
    def given(cls, request) -> dict[str, Any]:
        """What was sent, member by member; raises ValidationError with every fault."""
        body = cls(data=request.data)
        body.is_valid(raise_exception=True)
        return body.validated_data

    def run_validation(self, data=empty) -> Any:
        """As the framework has it; a name that nobody reads is a fault too."""
        unknown = self._unknown(data)
        try:
            value = super().run_validation(data)
        except ValidationError as error:
            raise ValidationError(error.detail | unknown if unknown else error.detail) from None
        if unknown:
            raise ValidationError(unknown)
        return value

    def _unknown(self, data) -> dict[str, list[str]]:
        """What is wrong with names there are not, by these."""
        if not isinstance(data, Mapping):
            return {}
        known = ", ".join(self.fields)
        sentence = _("There is no member of this name. There are: %(known)s.") % {"known": known}
        unknown = [name for name in data if name not in self.fields][:MOST_UNKNOWN]
        return {Truncator(name).chars(60): [sentence] for name in unknown}
