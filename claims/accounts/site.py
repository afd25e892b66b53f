"""The desk as a site: who comes in, and the pages before it."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from unfold.sites import UnfoldAdminSite

from claims.accounts import forgotten, own, second_factor, sign_in
from claims.accounts.note import note
from claims.models import AccountAct


class DeskSite(UnfoldAdminSite):
    """Unfold's, with a way in of its own: limits, a second factor, passwords that are forgotten."""

    def has_permission(self, request) -> bool:
        """Whether somebody is signed in who works here, as surely as what they may do asks for."""
        if not super().has_permission(request):
            return False
        return not second_factor.is_required(request.user) or request.user.is_verified()

    def get_urls(self):
        before = [
            path("login/code/", sign_in.Code.as_view(), name="code"),
            path("login/set-up/", own.SetUp.as_view(), name="set_up"),
            path("login/forgotten/", forgotten.Forgotten.as_view(), name="forgotten"),
            path("login/forgotten/sent/", forgotten.Sent.as_view(), name="forgotten_sent"),
            path("login/new/<uidb64>/<token>/", forgotten.New.as_view(), name="new_password"),
            path(
                "second-factor/", self.admin_view(own.SecondFactor.as_view()), name="second_factor"
            ),
        ]
        return [*before, *super().get_urls()]

    def login(self, request, extra_context=None):
        """The first of the pages before the desk."""
        return sign_in.Password.as_view()(request)

    def password_change(self, request, extra_context=None):
        """Their own; it ends every other session of theirs."""
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            note(request.user, AccountAct.What.PASSWORD_CHANGED, request.user)
        return answer


def own_links(request) -> list[dict]:
    """In the menu of whoever is signed in."""
    return [{"title": _("Second factor"), "link": reverse("admin:second_factor")}]
