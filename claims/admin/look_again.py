"""A finding whose day has come is looked at again: it still holds, or gets a successor."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.due import go_on, skip_to
from claims.models import Evidence, Verification
from claims.publish import WRITE, still_holds, succeed
from sources.desk import Refused

AGAIN = timedelta(days=180)


class LookAgainForm(forms.Form):
    review_by = forms.DateField(
        label=gettext_lazy("Look at it again by"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("What was looked at"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The sources, and what they say today: kept in the history."),
    )


class LookAgainScreen:
    """For the admin of verifications: a published one is looked at again."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.look_again_view)
        return [
            path("<int:pk>/look-again/", view, name="claims_verification_look_again"),
            *super().get_urls(),
        ]

    def look_again_view(self, request, pk):
        rows = Verification.objects.published().select_related("rating", "author", "approved_by")
        verification = get_object_or_404(rows, pk=pk)
        if not self.has_view_permission(request, verification):
            raise PermissionDenied
        due = Verification.objects.due_for_review(timezone.localdate())
        following = due.exclude(pk=pk)
        if this := due.filter(pk=pk).first():
            on = this.look_again_on
            following = due.filter(Q(look_again_on=on, id__gt=pk) | Q(look_again_on__gt=on))
        initial = {"review_by": timezone.localdate() + AGAIN}
        form = LookAgainForm(request.POST or None, initial=initial)
        try:
            if "succeed" in request.POST:
                with self.attempt():
                    draft = succeed(verification, request.user)
                messages.success(request, _("This draft will take its place once it is published."))
                return HttpResponseRedirect(
                    reverse("admin:claims_verification_change", args=[draft.pk])
                )
            if request.method == "POST" and form.is_valid():
                data = form.cleaned_data
                with self.attempt():
                    # Pressed twice, it was looked at once.
                    if not verification.rechecks.filter(**data).exists():
                        still_holds(verification, **data, by=request.user)
                messages.success(request, _("It still holds."))
                return go_on(request, following, "admin:claims_verification_look_again")
        except Refused as refusal:
            form.add_error(None, str(refusal))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Look at it again"),
            "original": verification,
            "verification": verification,
            "claims": verification.claims.all().with_source(),
            "evidence": Evidence.objects.filter(verification=verification).with_source(),
            "rechecks": verification.rechecks.select_related("made_by"),
            "form": form,
            "may_hold": request.user.has_perm("claims.add_recheck"),
            "may_write": request.user.has_perm(WRITE),
            "skip": skip_to(following, "admin:claims_verification_look_again"),
        }
        return TemplateResponse(request, "admin/due/look_again.html", context)
