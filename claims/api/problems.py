"""What went wrong, as RFC 9457 has it: ``application/problem+json``, made in this one place."""

import json
from datetime import datetime
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.views import set_rollback

from claims.query import Refused

MEDIA_TYPE = "application/problem+json"
TITLES = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("This cannot be answered as it was asked"),
    HTTPStatus.UNAUTHORIZED: gettext_lazy("No valid key was given"),
    HTTPStatus.FORBIDDEN: gettext_lazy("This key may not do that"),
    HTTPStatus.NOT_FOUND: gettext_lazy("There is nothing at this address"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_lazy("This address does not take that method"),
    HTTPStatus.NOT_ACCEPTABLE: gettext_lazy("This is not given in that form"),
    HTTPStatus.CONFLICT: gettext_lazy("This contradicts what the record has"),
    HTTPStatus.GONE: gettext_lazy("This is no longer public"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_lazy("This is too large"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: gettext_lazy("A body of that form is not read"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Too many requests"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy("Something went wrong here"),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy("This takes too long"),
}


class Gone(exceptions.APIException):
    """What was public until then."""

    status_code = HTTPStatus.GONE

    def __init__(self, since: datetime):
        super().__init__(
            _("It was public until %(day)s.") % {"day": date_format(since, "DATE_FORMAT")}
        )


class TooLarge(exceptions.APIException):
    """A body, or a text in it, that is longer than what is read."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Unavailable(exceptions.APIException):
    """What is not done now; ``wait`` says in how many seconds it may be, if it may."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str, wait: int | None = None):
        super().__init__(detail)
        self.wait = wait


def problem(status: int, detail: str, **members) -> HttpResponse:
    """The answer that says so; ``members`` are added to the object."""
    said = {
        "type": "about:blank",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": int(status),
        "detail": str(detail),
    }
    # What was sent is told again, and may hold halves of characters.
    text = json.dumps(said | members, ensure_ascii=False).encode(errors="replace")
    # Only what is said of a fault is in the reader's language (config/language.py).
    headers = {"Content-Language": translation.get_language(), "Vary": "Accept-Language"}
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=headers)


def answer(error: Exception, context: dict) -> HttpResponse | None:
    """For the framework: what is said of an exception; None for a fault of ours."""
    set_rollback()
    match error:
        case Refused():
            errors = [{"parameter": error.name, "detail": str(error)}]
            return problem(400, str(error), errors=errors)
        case TimeoutError():
            sentence = _("This search takes too long. Ask for less: other words, or fewer filters.")
            return problem(503, sentence)
        case Http404():
            return problem(404, _("There is nothing at this address."))
        case PermissionDenied():
            return problem(403, _("This is not allowed."))
        case exceptions.ValidationError():
            errors = list(_errors(error.detail, context["request"].method in ("GET", "HEAD")))
            return problem(400, _first(errors), errors=errors)
        case exceptions.UnsupportedMediaType():
            return problem(415, _("Send JSON, as Content-Type: application/json."))
        case exceptions.APIException():
            response = problem(error.status_code, error.detail)
            if header := getattr(error, "auth_header", None):
                response.headers["WWW-Authenticate"] = header
            if wait := getattr(error, "wait", None):
                response.headers["Retry-After"] = str(int(wait))
            return response
    return None


@csrf_exempt
def not_found(request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """For addresses below the API's where nothing is; or it is there with a slash at the end."""
    with_slash = f"{request.path_info}/"
    if resolve(with_slash).func != not_found:
        query = request.META.get("QUERY_STRING")
        address = f"{with_slash}?{query}" if query else with_slash
        return HttpResponsePermanentRedirect(address, preserve_request=True)
    return problem(404, _("There is nothing at this address."))


def unreadable(request: HttpRequest) -> HttpResponse:
    """For what the framework does not even read: more parameters, or a host that is none."""
    return problem(400, _("This request cannot be read."))


def fault(request: HttpRequest) -> HttpResponse:
    """For a fault of ours."""
    return problem(500, _("The fault is ours; it was noted. Please try again later."))


def _first(errors: list[dict]) -> str:
    """For who reads but one sentence, with the place in the body, which it does not name."""
    first = errors[0]
    if (where := first.get("pointer", "#")) == "#":
        return first["detail"]
    return _("%(where)s: %(fault)s") % {"where": where, "fault": first["detail"]}


def _errors(detail, of_address: bool, at: str = ""):
    """Each fault with the parameter, or the place in the body (a JSON pointer), it is in."""
    if isinstance(detail, dict):
        for name, within in detail.items():
            here = at if name == "non_field_errors" else f"{at}/{_pointed(str(name))}"
            yield from _errors(within, of_address, here)
    elif isinstance(detail, list):
        for place, within in enumerate(detail):
            nested = isinstance(within, dict | list)
            yield from _errors(within, of_address, f"{at}/{place}" if nested else at)
    else:
        where = {"parameter": at.lstrip("/")} if of_address else {"pointer": f"#{at}"}
        yield where | {"detail": str(detail)}


def _pointed(name: str) -> str:
    """A name in a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
