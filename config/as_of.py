"""``?as_of=2026-03-03``: any public page or endpoint, from the record as it stood then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.api.problems import problem
from sources import past

PARAMETER = "as_of"
# In the shape of another's API, which has no such parameter and says so.
NOT_ASKED = "/v1alpha1/"


@dataclass(frozen=True)
class AsOf:
    """The time that is asked about: ``asked`` is how the address says it.

    A day stands for its end in the newsroom's time zone, or for now if it is not over.
    """

    asked: str
    moment: datetime
    whole_day: bool

    @classmethod
    def parse(cls, asked: str, now: datetime) -> "AsOf":
        """Read a day or an ISO time; raises ValueError saying, to a reader, what is wrong."""
        try:
            moment, whole_day = _moment(asked)
            # As the database is told it, which does not know every offset.
            moment = moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValueError(
                _("“as_of” takes a day, as 2026-03-03, or a time, as 2026-03-03T14:30:00Z.")
            ) from None
        today = timezone.localdate(now)
        if whole_day and timezone.localdate(moment) == today:
            moment = now
        if moment > now:
            raise ValueError(_("The time “as_of” asks about has not come yet."))
        return cls(asked, moment, whole_day)


def _moment(text: str) -> tuple[datetime, bool]:
    """The time, and whether a whole day was meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else timezone.make_aware(moment), False
    return timezone.make_aware(datetime.combine(day, time.max)), True


def as_of(get_response: Callable) -> Callable:
    """Middleware: what is read for a request that says ``as_of`` is the record of that time.

    Views and templates find it at ``request.as_of``, None for the present.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.as_of = None
        asked = request.GET.get(PARAMETER)
        if asked is None or request.method not in ("GET", "HEAD"):
            return get_response(request)
        if request.path_info.startswith(NOT_ASKED) or _below(request, "admin:index"):
            return get_response(request)
        try:
            request.as_of = AsOf.parse(asked, timezone.now())
        except ValueError as error:
            return _refusal(request, str(error))
        with past.as_of(request.as_of.moment):
            return get_response(request)

    return middleware


def _refusal(request: HttpRequest, sentence: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return problem(400, sentence, errors=[{"parameter": PARAMETER, "detail": sentence}])
    context = {"title": _("No such time"), "sentence": sentence, "without": None}
    return render(request, "refused.html", context, status=400)


def _below(request: HttpRequest, name: str) -> bool:
    return request.path.startswith(reverse(name))
