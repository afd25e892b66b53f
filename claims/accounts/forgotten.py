"""A password that was forgotten: an e-mail leads to a new one, where e-mails can be sent.

The answer is the same whether anybody has the address, and as quick: the worker looks and writes.
"""

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.mail import send_mail
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from claims.accounts.login_page import decorated, locked, mails
from claims.accounts.note import note
from claims.accounts.tries import (
    RESET_NAME,
    RESET_PLACE,
    TooManyTries,
    key_of_name,
    let_in_again,
    try_from,
    try_once,
)
from claims.models import AccountAct


@decorated
class Forgotten(FormView):
    """Asks for the address."""

    form_class = PasswordResetForm
    template_name = "admin/accounts/forgotten.html"
    success_url = reverse_lazy("admin:forgotten_sent")
    extra_context = {"next": ""}

    def dispatch(self, request, *args, **kwargs):
        if not mails():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        from claims.jobs import have_password_reset  # They send what is written here.

        address, now = form.cleaned_data["email"], timezone.now()
        try:
            try_from(RESET_PLACE, self.request, now)
            try_once(RESET_NAME, key_of_name(address), now)
        except TooManyTries as refusal:
            return locked(self.request, refusal)
        have_password_reset(address, get_language() or "fr")
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, title=_("Forgotten password"))


@decorated
class Sent(TemplateView):
    """That an e-mail is on its way, if there is an account."""

    template_name = "admin/accounts/forgotten_sent.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, title=_("Forgotten password"))


@decorated
class New(PasswordResetConfirmView):
    """A new password, for whoever has the e-mail; the second factor is asked for all the same."""

    template_name = "admin/accounts/new_password.html"
    success_url = reverse_lazy("admin:login")
    reset_url_token = "new"

    def form_valid(self, form):
        answer = super().form_valid(form)
        note(self.user, AccountAct.What.PASSWORD_RESET, None)
        let_in_again(self.user)
        return answer

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": _("New password")}


def send(address: str, language: str) -> None:
    """The e-mail, to each account of the desk that has this address."""
    for user in PasswordResetForm().get_users(address):
        if not user.is_staff:
            continue
        where = reverse(
            "admin:new_password",
            args=[
                urlsafe_base64_encode(force_bytes(user.pk)),
                default_token_generator.make_token(user),
            ],
        )
        with override(language):
            context = {"user": user, "address": settings.SITE + where}
            text = render_to_string("admin/accounts/forgotten.txt", context)
            send_mail(_("A new password for Constat"), text, None, [user.email])
