"""What the pages before the desk have in common: a form, no script, nothing kept by anybody."""

from datetime import timedelta
from math import ceil

from csp.decorators import csp_replace
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from claims.accounts.tries import TooManyTries

# The policy of the public pages, not that of the desk: where passwords are typed no script runs.
STRICT = csp_replace({})
DECORATORS = [STRICT, never_cache, csrf_protect, sensitive_post_parameters()]
decorated = method_decorator(DECORATORS, name="dispatch")


def target(request) -> str:
    """The page of this site that was asked for before, or the desk's first."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        given, {request.get_host()}, require_https=request.is_secure()
    )
    return given if safe and given.startswith(settings.DESK) else reverse("admin:index")


def mails() -> bool:
    """Whether there is a way to send an e-mail."""
    return bool(settings.EMAIL_HOST)


def locked(request, refusal: TooManyTries):
    """That there were too many tries; the same for a name that nobody has."""
    minutes = ceil(refusal.wait / timedelta(minutes=1))
    wait = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if minutes > 90:
        hours = ceil(minutes / 60)
        wait = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    context = {"title": _("Too many tries"), "wait": wait}
    answer = render(request, "admin/accounts/locked.html", context, status=429)
    answer["Retry-After"] = ceil(refusal.wait.total_seconds())
    return answer
