"""Their own second factor: set up, recovery codes made anew."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django_otp import login as verified_by

from claims.accounts import known_browser, second_factor
from claims.accounts.login_page import decorated, locked, target
from claims.accounts.sign_in import CodeForm, begin_again, complete, half_in
from claims.accounts.tries import CODE, NAME, TooManyTries, key_of_name, try_once
from claims.models import AccountAct

SETTING_UP = "setting_up"


class OwnPassword(forms.Form):
    """Whoever sits before an open session need not be who opened it."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        tried = try_once(NAME, f"own {key_of_name(self.user.get_username())}", timezone.now())
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        tried.forgiven()
        return self.cleaned_data["password"]


class SetUpForm(OwnPassword):
    """With the password, unless it was given a moment ago."""

    code = CodeForm.base_fields["code"]

    def __init__(self, *args, asks_password, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]


@decorated
class SetUp(FormView):
    """A drawing to photograph and a code to give back; then the recovery codes, this once."""

    form_class = SetUpForm
    template_name = "admin/accounts/set_up.html"

    def dispatch(self, request, *args, **kwargs):
        self.half = half_in(request)
        self.user = self.half
        if self.half and second_factor.device_of(self.half):
            return begin_again(request)  # A password alone sets up no other in its place.
        if not self.half and admin.site.has_permission(request):
            self.user = request.user
        if not self.user:
            return begin_again(request)
        # Whoever else looks at an open session learns nothing of what is set up in another.
        self.device = second_factor.begin(self.user, request.session.get(SETTING_UP))
        request.session[SETTING_UP] = self.device.pk
        try:
            return super().dispatch(request, *args, **kwargs)
        except TooManyTries as refusal:
            return locked(request, refusal)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.user, "asks_password": not self.half}

    def form_valid(self, form):
        tried = try_once(CODE, f"set up {self.user.pk}", timezone.now())
        codes = second_factor.confirm(self.user, self.device, form.cleaned_data["code"])
        if codes is None:
            form.add_error("code", _("This is not the code that belongs to this drawing."))
            return self.form_invalid(form)
        tried.forgiven()
        del self.request.session[SETTING_UP]
        if self.half:
            complete(self.request, self.user, AccountAct.What.SIGNED_IN, self.device)
        else:
            verified_by(self.request, self.device)
            self.request.session.cycle_key()
        answer = show_codes(self.request, codes, target(self.request))
        known_browser.remember(answer, self.user)
        return answer

    def get_context_data(self, **kwargs):
        context = {
            "title": _("Set up the second factor"),
            "qr": second_factor.qr(self.device),
            "written": second_factor.written(self.device),
            "next": target(self.request),
            "half": self.half,
        }
        return super().get_context_data(**kwargs, **context)


@decorated
class SecondFactor(FormView):
    """What there is of it, and recovery codes made anew."""

    form_class = OwnPassword
    template_name = "admin/accounts/second_factor.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def post(self, request, *args, **kwargs):
        if not second_factor.device_of(request.user):
            return HttpResponseRedirect(request.path)
        try:
            return super().post(request, *args, **kwargs)
        except TooManyTries as refusal:
            return locked(request, refusal)

    def form_valid(self, form):
        codes = second_factor.make_codes(self.request.user)
        return show_codes(self.request, codes, target(self.request))

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = {
            "title": _("Second factor"),
            "device": second_factor.device_of(user),
            "left": user.recovery_codes.count(),
        }
        return super().get_context_data(**kwargs, **context)


def show_codes(request, codes: list[str], to: str):
    """The only page that ever shows them."""
    context = {"title": _("Recovery codes"), "codes": codes, "next": to}
    return render(request, "admin/accounts/codes.html", context)
