"""What an editor changes of a candidate in the inbox: its bounds, its words, whose it is."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminExpandableTextareaWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from claims.accusation.suggest import accusing
from claims.acts import forbidden
from claims.models import Claim, Speaker

NOBODY = "none"  # is named
NEW = "new"  # one that is not in the record yet
TYPED = ["wording", "kind", "quotation", "said_on", "proceedings"]
FIELD = Claim._meta.get_field


class CandidateForm(forms.Form):
    """``claim`` as it is, or as it was typed; ``changes`` are the values for ``edit``."""

    wording = FIELD("wording").formfield(
        widget=UnfoldAdminExpandableTextareaWidget(attrs={"rows": 2})
    )
    kind = FIELD("kind").formfield(widget=UnfoldAdminSelectWidget)
    quotation = FIELD("quotation").formfield(widget=UnfoldAdminSelectWidget)
    said_on = FIELD("said_on").formfield(widget=UnfoldAdminTextInputWidget)
    proceedings = FIELD("proceedings").formfield(widget=UnfoldAdminSelectWidget)
    content = forms.CharField(required=False, widget=forms.HiddenInput)
    speaker = forms.CharField(required=False)
    new_speaker = forms.CharField(
        label=gettext_lazy("Another speaker"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of a new speaker"),
        required=False,
        choices=Speaker.Kind.choices,
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, claim: Claim, data=None):
        self.claim = claim
        content = [[span.lower, span.upper] for span in claim.content]
        initial = {name: getattr(claim, name) for name in TYPED}
        # Where several may have said it, none of them is chosen beforehand.
        nobody = "" if claim.possible_speakers.all() else NOBODY
        initial |= {"content": json.dumps(content), "speaker": str(claim.speaker_id or nobody)}
        super().__init__(data, initial=initial)
        if words := accusing(claim.sentence.text):
            # It is told, not chosen beforehand: whoever lets it in decides.
            state = words.state.label
            told = _("“%(words)s” may mean: %(state)s.") % {"words": words.said, "state": state}
            self.fields["proceedings"].help_text = told

    def clean_content(self) -> list[tuple[int, int]] | None:
        """The new bounds; None where they are as before."""
        before = [(span.lower, span.upper) for span in self.claim.content]
        try:
            typed = json.loads(self.cleaned_data["content"])
            spans = [(int(start), int(end)) for start, end in typed]
        except (ValueError, TypeError):
            return None
        return None if spans == before else spans

    def clean_speaker(self) -> Speaker | str | None:
        """The speaker chosen; NEW for one to be made."""
        chosen = self.cleaned_data["speaker"]
        if chosen == NEW:
            return NEW
        if not chosen or chosen == NOBODY:
            return None
        speaker = chosen.isdecimal() and Speaker.objects.unmerged().filter(pk=chosen[:18]).first()
        if not speaker:
            raise ValidationError(_("That speaker is not in the record."))
        return speaker

    def clean(self):
        data = super().clean()
        if data.get("speaker") == NEW:
            self._clean_new(data)
        narrated = data.get("quotation") == Claim.Quotation.NONE
        if narrated and data.get("speaker"):
            text = _("Where the document itself speaks there is no speaker: leave it empty.")
            self.add_error("speaker", text)
        return data

    def _clean_new(self, data) -> None:
        name = data.get("new_speaker", "").strip()
        if not name:
            self.add_error("new_speaker", _("Who is it?"))
        elif data.get("new_kind") != Speaker.Kind.ANONYMOUS and _known(name):
            text = _("That name is in the record: choose it, or add what tells the two apart.")
            self.add_error("new_speaker", text)

    def changes(self, by) -> dict:
        """The values to give the claim; a new speaker is made, by whom may."""
        data = self.cleaned_data
        values = {name: data[name] for name in [*TYPED, "content"]}
        speaker = data["speaker"]
        if speaker == NEW:
            speaker = self._new_speaker(by)
        return values | {"speaker": speaker}

    def _new_speaker(self, by) -> Speaker:
        if not by.has_perm("claims.add_speaker"):
            raise forbidden()
        kind, name = self.cleaned_data["new_kind"], self.cleaned_data["new_speaker"].strip()
        within = self.claim.document if kind == Speaker.Kind.ANONYMOUS else None
        if within:
            return Speaker.objects.get_or_create(kind=kind, name=name, within=within)[0]
        return Speaker.objects.create(kind=kind, name=name)


def _known(name: str) -> bool:
    named = Speaker.objects.unmerged().exclude(kind=Speaker.Kind.ANONYMOUS)
    return named.filter(name__iexact=name).exists()
