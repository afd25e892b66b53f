"""Accounts at the desk: their roles, their second factor, what was done with them."""

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from claims.accounts import second_factor
from claims.accounts.note import note
from claims.accounts.tries import let_in_again
from claims.models import AccountAct
from sources.admin import ReadOnlyAdmin
from sources.lists import ChoicesFilter, PeriodFilter

admin.site.unregister([User, Group])
# Its own page shows the secrets of all; what may be done with a device is done by whoever has it.
admin.site.unregister(TOTPDevice)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """For administrators. An account that is not needed any more is made inactive: what it did
    stays its doing."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "first_name", "last_name", "is_active", "shown_roles", "factor"]
    list_filter = ["is_active", "is_superuser", "groups"]
    actions_submit_line = ["reset_second_factor", "let_in_again"]

    def get_queryset(self, request):
        """With whether each has a second factor, and its roles."""
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        found = super().get_queryset(request).prefetch_related("groups")
        return found.annotate(has_device=Exists(devices))

    @display(description=gettext_lazy("roles"))
    def shown_roles(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @display(description=gettext_lazy("second factor"), boolean=True)
    def factor(self, user):
        return user.has_device

    def has_reset_permission(self, request, object_id=None):
        return self.has_change_permission(request)

    @action(description=gettext_lazy("Reset the second factor"), permissions=["reset"])
    def reset_second_factor(self, request, user):
        second_factor.reset(user, request.user)
        messages.success(request, _("They set up another device when they log in next."))

    @action(description=gettext_lazy("Let in again"), permissions=["reset"])
    def let_in_again(self, request, user):
        let_in_again(user)
        note(user, AccountAct.What.UNLOCKED, request.user)
        messages.success(request, _("They may try again at once."))

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 - as Django names it
        answer = super().user_change_password(request, id, form_url)
        if request.method == "POST" and isinstance(answer, HttpResponseRedirect):
            user = self.get_object(request, id)
            note(user, AccountAct.What.PASSWORD_CHANGED, request.user)
        return answer


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """The roles (claims/roles.py)."""


@admin.register(AccountAct)
class AccountActAdmin(ReadOnlyAdmin):
    list_display = ["at", "name", "what", "detail", "by"]
    list_display_links = ["at"]
    list_filter = [("what", ChoicesFilter), ("at", PeriodFilter)]
    sortable_by = ["at"]
    list_select_related = ["by"]
    fields = ["at", "name", "what", "detail", "by"]
