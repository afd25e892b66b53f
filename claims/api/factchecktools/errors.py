"""What is refused, as Google's services say it.

https://cloud.google.com/apis/design/errors: a code, its name, a sentence for developers, and
details that a program can read.
"""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import translation
from rest_framework import exceptions, status
from rest_framework.response import Response

TYPES = "type.googleapis.com/google.rpc."
NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


class InvalidArgument(exceptions.APIException):
    """A parameter does not hold: its name, and what is wrong with it."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, name: str, sentence: str):
        super().__init__(sentence)
        self.name = name


class Unauthenticated(exceptions.APIException):
    """An access was given that opens nothing here."""

    status_code = status.HTTP_401_UNAUTHORIZED


class Unimplemented(exceptions.APIException):
    """Google has this, we have not."""

    status_code = status.HTTP_501_NOT_IMPLEMENTED


class Unavailable(exceptions.APIException):
    """It takes too long."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE


def handled(error: Exception, context: dict) -> Response | None:
    """The answer to what a view raised; None for a fault of ours."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("Requested entity was not found.")
    if not isinstance(error, exceptions.APIException):
        return None
    code = error.status_code
    answer = Response({"error": _told(error)}, status=code, headers={"Content-Language": "en"})
    if getattr(error, "auth_header", None):
        answer.headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        answer.headers["Retry-After"] = f"{error.wait:.0f}"
    return answer


def fault(request: HttpRequest) -> JsonResponse:
    """For a fault of ours."""
    return JsonResponse({"error": _told(exceptions.APIException("Internal error."))}, status=500)


def away(request: HttpRequest) -> JsonResponse:
    """For a database that does not answer."""
    return JsonResponse({"error": _told(Unavailable("The service is unavailable."))}, status=503)


def _told(error: exceptions.APIException) -> dict:
    code = error.status_code
    told = {"code": code, "message": _sentence(error), "status": NAMES.get(code, "UNKNOWN")}
    if details := _details(error):
        told["details"] = details
    return told


def _sentence(error: exceptions.APIException) -> str:
    """In English, whatever the language of the interface."""
    if isinstance(error, exceptions.Throttled):
        return "Resource has been exhausted (e.g. check quota)."
    with translation.override("en"):
        detail = error.detail
        return str(detail if isinstance(detail, str) else error.default_detail)


def _details(error: exceptions.APIException) -> list[dict]:
    if isinstance(error, InvalidArgument):
        violation = {"field": error.name, "description": str(error.detail)}
        return [{"@type": f"{TYPES}BadRequest", "fieldViolations": [violation]}]
    if getattr(error, "wait", None):
        return [{"@type": f"{TYPES}RetryInfo", "retryDelay": f"{error.wait:.0f}s"}]
    return []
