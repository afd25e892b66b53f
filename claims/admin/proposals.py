"""Proposals at the desk: developments, effects and links, accepted or refused by an editor."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from claims import decide
from claims.admin.base import RecordAdmin
from claims.models import Proposal
from sources.desk import StackedInline

STATUS_COLOURS = {
    Proposal.Status.PROPOSED: "warning",
    Proposal.Status.ACCEPTED: "success",
    Proposal.Status.REFUSED: "danger",
}


def may_decide(request, model) -> bool:
    return request.user.has_perm(decide.DECIDES[model])


class ProposalAdmin(RecordAdmin):
    """Lists with accept and refuse; forms with the two as buttons, where there is one to make."""

    actions = ["accept_selected", "refuse_selected"]
    actions_submit_line = ["accept", "refuse"]
    reason_help = _("A refusal is remembered, and so is its reason.")

    @display(description=_("status"), label=STATUS_COLOURS)
    def shown_status(self, proposal):
        return proposal.status, proposal.get_status_display()

    def has_decide_permission(self, request, object_id=None):
        return may_decide(request, self.model)

    def get_actions_submit_line(self, request, object_id):
        """The decisions that would change something."""
        proposal = self.get_object(request, object_id)
        decided = {Proposal.Status.ACCEPTED: "accept", Proposal.Status.REFUSED: "refuse"}
        made = proposal and decided.get(proposal.status)
        actions = super().get_actions_submit_line(request, object_id)
        return [a for a in actions if not a.action_name.endswith(f"_{made}")]

    @admin.action(description=_("Accept what is selected"), permissions=["decide"])
    def accept_selected(self, request, queryset):
        self._accepted(request, decide.accept_proposals(self._plain(queryset), request.user))

    @admin.action(description=_("Refuse what is selected"), permissions=["decide"])
    def refuse_selected(self, request, queryset):
        self._refused(request, decide.refuse_proposals(self._plain(queryset), request.user))

    @action(description=_("Save and accept"), permissions=["decide"])
    def accept(self, request, proposal):
        one = self.model.objects.filter(pk=proposal.pk)
        self._accepted(request, decide.accept_proposals(one, request.user))

    @action(description=_("Save and refuse"), permissions=["decide"])
    def refuse(self, request, proposal):
        one = self.model.objects.filter(pk=proposal.pk)
        why = request.POST.get("reason", "")
        self._refused(request, decide.refuse_proposals(one, request.user, why))

    def _plain(self, queryset):
        """The rows alone: an update takes no joins."""
        return self.model.objects.filter(pk__in=[row.pk for row in queryset])

    def _accepted(self, request, count: int) -> None:
        said = ngettext("%(count)d proposal accepted.", "%(count)d proposals accepted.", count)
        messages.success(request, said % {"count": count})

    def _refused(self, request, count: int) -> None:
        said = ngettext("%(count)d proposal refused.", "%(count)d proposals refused.", count)
        messages.success(request, said % {"count": count})


class DecisionForm(forms.ModelForm):
    """A proposal as part of a form, with the decision on it; an accepted one stays as it is."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[("", "—"), ("accept", _("accept")), ("refuse", _("refuse"))],
        widget=UnfoldAdminSelectWidget(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.status == Proposal.Status.ACCEPTED:
            for name in self.fields.keys() - {"decision", "id"}:
                self.fields[name].disabled = True


class ProposalInline(StackedInline):
    """Proposals as parts of a form, each with its decision for those who may make it."""

    form = DecisionForm
    extra = 0
    can_delete = False
    readonly_fields = ["shown_status"]

    @display(description=_("status"))
    def shown_status(self, proposal):
        return proposal.get_status_display()

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if may_decide(request, self.model) else [f for f in fields if f != "decision"]


def decide_in(formset, editor) -> None:
    """Make the decisions of a saved formset of DecisionForms."""
    acts = {"accept": decide.accept_proposals, "refuse": decide.refuse_proposals}
    for form in formset.forms:
        if chosen := acts.get(form.cleaned_data.get("decision")):
            chosen(formset.model.objects.filter(pk=form.instance.pk), editor)
