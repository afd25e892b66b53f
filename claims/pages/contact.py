"""The contact form: neither cookie nor script, kept within limits (docs/decisions/0028)."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.client import client_address
from claims.models import Message
from claims.origin import origin
from claims.pages.contact_form import ContactForm
from claims.receive import TooMany, receive

LARGEST = 64_000  # bytes: 5,000 characters of any script, percent-encoded, fit twice


# A forged form could do here what anybody can do without one: nothing rides on a cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """The form; what is sent is kept and leads to its reference."""
    if request.method != "POST":
        form = ContactForm(initial=_asked(request), origin=origin(request))
        return _show(request, form)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        # Nothing of it is read.
        form = ContactForm(origin=origin(request))
        return _show(request, form, _("That is too much to be sent at once."), status=413)
    form = ContactForm(request.POST, origin=origin(request))
    if not _from_here(request):
        notice = _("This was sent from a page of another site. Read it, and send it from here.")
        return _show(request, form, notice, status=403)
    if not form.is_valid():
        return _show(request, form, status=400)
    try:
        message = receive(
            form.message(get_language()), form.sender(), client_address(request), timezone.now()
        )
    except TooMany as refusal:
        answer = _show(request, form, _too_many(refusal), status=429)
        answer["Retry-After"] = ceil(refusal.wait.total_seconds())
        return answer
    return HttpResponseRedirect(reverse("contact-sent", args=[message.public_id]))


@never_cache
@require_safe
def contact_sent(request, reference):
    """That it arrived, with its reference; nothing of what was written."""
    message = get_object_or_404(Message.objects.only("public_id"), public_id=reference)
    return render(request, "claims/contact/sent.html", {"reference": message.public_id})


def _show(request, form, notice="", status=200):
    context = {"form": form, "notice": notice, "days": settings.CONTACT_DAYS}
    return render(request, "claims/contact/form.html", context, status=status)


def _asked(request) -> dict[str, str]:
    """What the address fills in: ``about`` a page of this site, and the ``kind`` of message."""
    asked = {}
    about, kind = request.GET.get("about", ""), request.GET.get("kind")
    if about.startswith("/") and not about.startswith("//"):
        asked = {"address": origin(request) + about, "kind": Message.Kind.CORRECTION}
    if kind in Message.Kind.values:
        asked["kind"] = kind
    return asked


def _from_here(request) -> bool:
    """Whether the browser says that a page of this site sent it, or says nothing of it."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    trusted = {origin(request), *settings.CSRF_TRUSTED_ORIGINS}
    return site == "same-origin" and request.headers.get("Origin", origin(request)) in trusted


def _too_many(refusal: TooMany) -> str:
    """Why nothing was kept, and how long to wait."""
    minutes = ceil(refusal.wait / timedelta(minutes=1))
    wait = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if minutes > 90:
        hours = ceil(minutes / 60)
        wait = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    if refusal.limit.in_all:
        said = _("Too many messages have come in today. Please send yours again in %(wait)s.")
    else:
        said = _("Too many messages came from where you are. Please send yours in %(wait)s.")
    return said % {"wait": wait}
