"""Redactions at the desk: what is to go, a preview of every place it touches, and then for good."""

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from claims.admin.base import RecordAdmin
from claims.models import Claim, Speaker
from claims.redaction.redact import Wish, preview, redact
from sources.lists import ChoicesFilter
from sources.models import Document, Redaction
from sources.refused import Refused

AROUND = 60  # characters shown on either side of what is to go
SHOWN = 50  # such places in a text
ELSEWHERE = 20  # claims of other documents that say the same words


class RedactionForm(forms.Form):
    phrases = forms.CharField(
        label=gettext_lazy("Words to redact"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy(
            "One name, address or sentence a line, as the text says it. Accents and capitals make "
            "no difference; a surname alone is another line."
        ),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    speakers = forms.ModelMultipleChoiceField(
        Speaker.objects.none(),
        label=gettext_lazy("Private persons among its speakers"),
        required=False,
        help_text=gettext_lazy(
            "Their names, aliases, positions and Wikidata ids go, from all they ever said."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    pseudonym = forms.CharField(
        label=gettext_lazy("Called from now on"),
        required=False,
        max_length=300,
        initial=gettext_lazy("a private person"),
        widget=UnfoldAdminTextInputWidget,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Legal ground"),
        choices=Redaction.Ground,
        widget=UnfoldAdminSelectWidget,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Published. Without the words, and without what they tell."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, document: Document, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        persons = Speaker.objects.filter(kind=Speaker.Kind.PERSON)
        self.fields["speakers"].queryset = persons.filter(pk__in=_attributed(document))

    def clean(self):
        data = super().clean()
        if not self.errors:
            lines = filter(None, map(str.strip, data["phrases"].splitlines()))
            speakers = list(data["speakers"].order_by("pk"))
            try:
                self.wish = Wish(
                    self.document, list(dict.fromkeys(lines)), speakers, data["pseudonym"]
                )
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return data


def _attributed(document: Document) -> QuerySet:
    """The keys of whoever a claim of the document is attributed to, may be, or once was."""
    claims = Claim.objects.filter(sentence__snapshot__document=document).order_by()
    possible = Claim.possible_speakers.through.objects.filter(claim__in=claims)
    before = Claim.pgh_event_model.objects.filter(id__in=claims.values("pk"))
    said, *others = (rows.order_by().values("speaker") for rows in (claims, possible, before))
    return said.union(*others)


@admin.register(Redaction)
class RedactionAdmin(RecordAdmin):
    """What was redacted, and why; a new one is made from the page of its document."""

    list_display = ["document", "ground", "reason", "by", "at"]
    list_filter = [("ground", ChoicesFilter)]
    list_select_related = ["document", "by"]
    fields = [
        "document", "ground", "reason", "by", "at", "pseudonym", "texts", "previous", "digest",
    ]  # fmt: skip
    readonly_fields = fields

    def has_change_permission(self, request, obj=None):
        return False

    @display(description=gettext_lazy("texts"))
    def texts(self, redaction):
        said = _("%(before)s → %(after)s, %(count)d passages")
        lines = [
            said % {"before": text.before, "after": text.after, "count": len(text.spans)}
            for text in redaction.texts.all()
        ]
        return "\n".join(lines) or "—"

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.GET.get("document", "")
        document = get_object_or_404(Document, pk=asked if asked.isdecimal() else 0)
        sent = request.method == "POST"
        form = RedactionForm(document, request.POST if sent else None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Redact"),
            "opts": self.opts,
            "document": document,
            "form": form,
        }
        if sent and form.is_valid():
            if "redact" in request.POST:
                try:
                    made = self._redact(request, form)
                    return HttpResponseRedirect(
                        reverse("admin:sources_redaction_change", args=[made.pk])
                    )
                except Refused as refusal:
                    form.add_error(None, str(refusal))
            else:
                context |= _previewed(form.wish)
        return render(request, "admin/redaction/page.html", context)

    def _redact(self, request, form) -> Redaction:
        data = form.cleaned_data
        made = redact(form.wish, data["ground"], data["reason"], request.user)
        messages.success(request, _("It is redacted, everywhere and for good."))
        return made


def _previewed(wish: Wish) -> dict:
    """What the page shows of what redacting would touch."""
    words = wish.words
    passages = []
    for snapshot in wish.document.snapshots.defer("original", "sketch"):
        for start, end in words.spans(snapshot.text):
            before = snapshot.text[max(0, start - AROUND) : start]
            after = snapshot.text[end : end + AROUND]
            passages.append((before, snapshot.text[start:end], after))
    elsewhere = Claim.objects.none()
    if phrases := [*wish.phrases, *(speaker.name for speaker in wish.speakers)]:
        found = {
            pk for phrase in phrases for pk in Claim.objects.foremost(f'"{phrase}"')[:ELSEWHERE]
        }
        elsewhere = Claim.objects.filter(pk__in=found).exclude(
            sentence__snapshot__document=wish.document
        )
    return {
        "previewed": True,
        "passages": passages[:SHOWN],
        "more": max(0, len(passages) - SHOWN),
        "places": [(*_named(place.table, place.column), place.rows) for place in preview(wish)],
        "elsewhere": elsewhere.with_source()[:ELSEWHERE],
    }


def _named(table: str, column: str) -> tuple[str, str]:
    """A table and its column, in the words of the desk where they have some."""
    for model in apps.get_models():
        history = getattr(model, "pgh_event_model", None)
        past = history is not None and history._meta.db_table == table
        if not model._meta.proxy and (past or model._meta.db_table == table):
            name = str(model._meta.verbose_name_plural)
            fields = {each.column: each.verbose_name for each in model._meta.concrete_fields}
            if past:
                name = _("%(rows)s, history") % {"rows": name}
            return capfirst(name), str(fields.get(column, column))
    return table, column
