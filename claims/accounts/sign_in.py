"""Signing in: a password, then a code of the second factor where there is one.

Between the two nobody is signed in: for ten minutes the session says whose password was right.
"""

import time

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from claims.accounts import known_browser, second_factor
from claims.accounts.known_browser import known
from claims.accounts.login_page import decorated, locked, mails, target
from claims.accounts.note import note
from claims.accounts.tries import (
    BROWSER,
    CODE,
    NAME,
    PLACE,
    TooManyTries,
    Tried,
    key_of_name,
    try_from,
    try_once,
)
from claims.models import AccountAct

HALF = "half"
MINUTES = 10


@decorated
class Password(LoginView):
    """The first step; what is answered to a wrong password and to a name nobody has is the same."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/accounts/password.html"

    def get(self, request, *args, **kwargs):
        if admin.site.has_permission(request):
            return HttpResponseRedirect(target(request))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        name = request.POST.get("username", "")
        try:
            self.tried = _try(request, name)
        except TooManyTries as refusal:
            if refusal.first and (user := _named(name)):
                note(user, AccountAct.What.LOCKED, None)
            return locked(request, refusal)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        for tried in self.tried:
            tried.forgiven()
        user = form.get_user()
        to = target(self.request)
        if second_factor.device_of(user):
            return _half(self.request, user, "admin:code", to)
        if second_factor.is_required(user):
            return _half(self.request, user, "admin:set_up", to)
        complete(self.request, user, AccountAct.What.SIGNED_IN)
        answer = HttpResponseRedirect(to)
        known_browser.remember(answer, user)
        return answer

    def get_context_data(self, **kwargs):
        context = {"title": _("Log in"), "next": target(self.request), "mails": mails()}
        return super().get_context_data(**kwargs, **context)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


@decorated
class Code(FormView):
    """The second step."""

    form_class = CodeForm
    template_name = "admin/accounts/code.html"

    def dispatch(self, request, *args, **kwargs):
        self.user = half_in(request)
        self.device = self.user and second_factor.device_of(self.user)
        if not self.device:
            return begin_again(request)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        browser = known(request, self.user.get_username())
        try:
            self.tried = try_once(CODE, browser or f"{self.user.pk}", timezone.now())
        except TooManyTries as refusal:
            if refusal.first:
                note(self.user, AccountAct.What.LOCKED, None)
            request.session.flush()
            return locked(request, refusal)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        what = second_factor.check(self.user, self.device, form.cleaned_data["code"])
        if not what:
            note(self.user, AccountAct.What.WRONG_CODE, None)
            form.add_error("code", _("This code is wrong, too old or was used already."))
            return self.form_invalid(form)
        self.tried.forgiven()
        complete(self.request, self.user, what, self.device)
        answer = HttpResponseRedirect(target(self.request))
        known_browser.remember(answer, self.user)
        return answer

    def get_context_data(self, **kwargs):
        context = {"title": _("Second factor"), "next": target(self.request)}
        return super().get_context_data(**kwargs, **context)


def complete(request, user: AbstractBaseUser, what: str, device=None) -> None:
    """They are signed in, under another session key than before."""
    request.session.pop(HALF, None)
    if device:
        user.otp_device = device
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    note(user, what, user)


def half_in(request) -> AbstractBaseUser | None:
    """Whose password was right a moment ago, if it is their password still."""
    half = request.session.get(HALF)
    if not half or half["until"] < time.time():
        return None
    user = get_user_model().objects.filter(pk=half["user"], is_active=True, is_staff=True).first()
    same = user and constant_time_compare(half["hash"], user.get_session_auth_hash())
    return user if same else None


def begin_again(request):
    """The first step, where it is not known whose turn the next would be."""
    query = urlencode({"next": target(request)})
    return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")


def _half(request, user: AbstractBaseUser, step: str, to: str):
    """The next step, in a session that knows nothing else."""
    request.session.flush()
    request.session[HALF] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": int(time.time()) + MINUTES * 60,
    }
    return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': to})}")


def _try(request, name: str) -> list[Tried]:
    """Count it: for the browser alone where they signed in with it before, so that nobody else's
    tries keep them out; otherwise for the place and for the name. Raises TooManyTries."""
    now = timezone.now()
    if browser := known(request, name):
        return [try_once(BROWSER, browser, now)]
    place = try_from(PLACE, request, now)
    return [place, try_once(NAME, key_of_name(name), now)]


def _named(name: str) -> AbstractBaseUser | None:
    users = get_user_model().objects
    return users.filter(username=name[:150]).first() if "\0" not in name else None
