"""What is answered while the database is away, hangs or is full: 503, in a sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from claims.api.factchecktools.errors import away as google_away
from claims.api.problems import problem

WAIT = 10  # seconds after which one may ask again


def away(request: HttpRequest) -> HttpResponse:
    """As the address answers everything else; it needs no database."""
    if request.path_info.startswith("/v1alpha1/"):
        response = google_away(request)
    elif request.path_info.startswith("/api/"):
        # Who asks is counted before a language is chosen: that of the request before still holds.
        with override(get_language_from_request(request)):
            said = _("The database does not answer. Please try again in a minute.")
            response = problem(503, said, title=_("This cannot be answered now"))
    else:
        response = render(None, "503.html", status=503)
    response.headers["Retry-After"] = str(WAIT)
    return response
