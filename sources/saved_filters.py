"""Saved filters at the desk: what a list shows now, kept under a name, for oneself or the team."""

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sources.models import SavedFilter


class SavedFilterForm(forms.ModelForm):
    class Meta:
        model = SavedFilter
        fields = ["name", "shared"]

    def clean_name(self) -> str:
        """One that has another name already does not take that of another."""
        name, saved = self.cleaned_data["name"], self.instance
        others = SavedFilter.objects.exclude(pk=saved.pk)
        if saved.pk and others.filter(owner=saved.owner, listing=saved.listing, name=name).exists():
            raise ValidationError(_("You have another of that name in this list."))
        return name


def save_view(model_admin, request: HttpRequest) -> HttpResponse:
    """Keep what the list shows for ``query``; what had the same name is replaced."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = SavedFilterForm(request.POST)
    request.GET = QueryDict(request.POST.get("query", ""))
    listing = model_admin.get_changelist_instance(request)
    saved = SavedFilter(owner=request.user, listing=listing.name, query=listing.kept)
    longest = SavedFilter._meta.get_field("query").max_length
    if not form.is_valid():
        messages.error(request, _("Nothing was saved: give it a name, of 80 characters at most."))
    elif not saved.query and not listing.unfit:
        messages.error(request, _("Nothing was saved: filter or search the list first."))
    elif len(saved.query) > longest:
        messages.error(request, _("Nothing was saved: these filters are too long."))
    elif not listing.unfit:
        keep(saved, form.cleaned_data["name"], form.cleaned_data["shared"])
        said = _("“%(name)s” is saved: it is at the top of this list.")
        messages.success(request, said % {"name": form.cleaned_data["name"]})
    return HttpResponseRedirect(f"{list_address(listing.name)}?{saved.query}")


def keep(saved: SavedFilter, name: str, shared: bool) -> None:
    """Save it under that name, in place of the owner's other one of that name."""
    SavedFilter.objects.update_or_create(
        owner=saved.owner,
        listing=saved.listing,
        name=name,
        defaults={"query": saved.query, "shared": shared},
    )


def list_address(listing: str) -> str:
    """Where the list is that saved filters call ``listing``."""
    return reverse(f"admin:{listing.replace('.', '_')}_changelist")


def list_title(listing: str) -> str:
    return capfirst(apps.get_model(listing)._meta.verbose_name_plural)
