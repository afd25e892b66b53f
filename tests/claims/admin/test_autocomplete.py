"""No form of the desk lists the rows of a table that grows: they are looked for by typing."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.urls import reverse

from claims.models import Verification
from sources.admin import ReadOnlyAdmin
from tests.factories import ClaimFactory, VerificationFactory
from tests.plans import SMALL

pytestmark = pytest.mark.django_db

ADMINS = [
    model_admin
    for model_admin in admin.site._registry.values()
    if not isinstance(model_admin, ReadOnlyAdmin)
]


@pytest.mark.parametrize("model_admin", ADMINS, ids=lambda a: a.opts.label_lower)
def test_what_a_form_chooses_from_a_table_that_grows_is_looked_for_by_typing(
    rf, admin_user, model_admin
):
    request = rf.get("/")
    request.user = admin_user
    if not model_admin.has_add_permission(request) and not model_admin.has_change_permission(
        request
    ):
        pytest.skip("its form is only read")
    fields = dict(model_admin.get_form(request)().fields)
    for inline in model_admin.get_inline_instances(request):
        fields |= inline.get_formset(request)().empty_form.fields
    plain = {
        name: field.widget
        for name, field in fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and field.queryset.model._meta.db_table not in SMALL
        and not isinstance(getattr(field.widget, "widget", field.widget), AutocompleteMixin)
        and not isinstance(field.widget, forms.HiddenInput)
    }
    assert plain == {}


def test_to_a_claim_open_verifications_are_suggested(admin_client):
    draft = VerificationFactory(summary="Le budget double.")
    VerificationFactory(summary="Le budget triple.", published=True)
    ClaimFactory()
    where = "app_label=claims&model_name=coverage&field_name=verification&term=budget"
    answer = admin_client.get(f"{reverse('admin:autocomplete')}?{where}").json()
    assert [row["id"] for row in answer["results"]] == [str(draft.pk)]
    assert Verification.objects.search("budget").count() == 2
