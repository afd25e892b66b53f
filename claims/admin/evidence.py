"""The evidence of a verification, and who stands behind a protected source."""

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.widgets import UnfoldAdminExpandableTextareaWidget, UnfoldAdminTextInputWidget

from claims.models import Evidence, ProtectedSource, Verification
from claims.protected import entitled, keep_source
from sources.desk import Refused, StackedInline

KEEPS = "claims.add_protectedsource"
READS = "claims.view_protectedsource"


class EvidenceForm(forms.ModelForm):
    """Finds the place of a passage in its snapshot; asks who a protected source is, once."""

    identity = forms.CharField(
        label=gettext_lazy("Who the source is"),
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("Of a protected source: shown to the readers of those only."),
    )
    contact = forms.CharField(
        label=gettext_lazy("How to reach the source"),
        required=False,
        widget=UnfoldAdminExpandableTextareaWidget(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and "retrieved_at" in self.fields:
            self.fields["retrieved_at"].initial = timezone.now

    def clean_passage(self) -> str:
        return self.cleaned_data["passage"].replace("\r\n", "\n")

    def clean(self):
        data = super().clean()
        self._find_place(data)
        self._ask_for_source(data)
        return data

    def _find_place(self, data: dict) -> None:
        snapshot, passage = data.get("snapshot"), data.get("passage")
        if not (snapshot and passage):
            return
        if data.get("start") is None:
            count = snapshot.text.count(passage)
            if count == 0:
                self.add_error("passage", _("The snapshot does not say this."))
            elif count > 1:
                said = _("The snapshot says this %(count)d times: give the place where it starts.")
                self.add_error("start", said % {"count": count})
            else:
                data["start"] = snapshot.text.index(passage)
        if data.get("start") is not None and data.get("end") is None:
            data["end"] = data["start"] + len(passage)

    def _ask_for_source(self, data: dict) -> None:
        named, protected = data.get("identity"), data.get("protected")
        if named and not protected:
            self.add_error("protected", _("Tick this too, for the source to be protected."))
        if protected and not named and "protected" in self.changed_data:
            self.add_error(
                "identity" if "identity" in self.fields else "protected",
                _("Say who it is: only the readers of protected sources will see it."),
            )


def keep_sources(formset) -> None:
    """Write down the protected sources named in a saved formset of EvidenceForms."""
    for form in formset.forms:
        if form in formset.deleted_forms or not form.cleaned_data.get("identity"):
            continue
        try:
            with transaction.atomic():
                keep_source(
                    form.instance.pk, form.cleaned_data["identity"], form.cleaned_data["contact"]
                )
        except IntegrityError as error:
            raise Refused(_("Who this source is has been written down already.")) from error


class PartOfVerification:
    """For inlines: they change until their verification is published."""

    @staticmethod
    def is_open(verification) -> bool:
        return verification is None or verification.status != Verification.Status.PUBLISHED

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self.is_open(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.is_open(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.is_open(obj)


class EvidenceInline(PartOfVerification, StackedInline):
    model = Evidence
    form = EvidenceForm
    extra = 0
    autocomplete_fields = ["document", "snapshot"]

    def get_formset(self, request, obj=None, **kwargs):
        self.reader = request.user
        return super().get_formset(request, obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        protected = ["protected"]
        if request.user.has_perm(KEEPS) and self.is_open(obj):
            protected += ["identity", "contact"]
        if request.user.has_perm(READS):
            protected.append("known_source")
        return [
            (None, {"fields": ["stance", "primary", "document", "archived_url", "retrieved_at"]}),
            (None, {"fields": ["snapshot", "passage", ("start", "end"), "note", "interest"]}),
            (None, {"fields": protected}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["known_source"] if request.user.has_perm(READS) else []

    @display(description=gettext_lazy("known of the source"))
    def known_source(self, piece):
        if not (piece.pk and piece.protected):
            return "—"
        with entitled(self.reader):
            known = ProtectedSource.objects.filter(evidence=piece.pk).first()
        return f"{known.identity}\n{known.contact}".strip() if known else "—"
