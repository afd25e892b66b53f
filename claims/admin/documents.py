"""The text of a document at the desk: its claims marked, and new ones made by selecting words."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from claims.by_hand import (
    DECIDE,
    PROPOSE,
    KnownClaim,
    Passage,
    Selected,
    SeveralSpeakers,
    claim_by_hand,
)
from claims.highlight import segments
from claims.models import Claim, Speaker
from claims.placed import Placed, in_snapshot
from sources.admin import DocumentAdmin
from sources.forms import PartialDateFormField
from sources.latest import snapshots_of
from sources.models import Document, Snapshot
from sources.paragraphs import paragraph_spans
from sources.refused import Refused

SUGGESTED = 20  # speakers at once
SIGNS = {
    Claim.Status.ACCEPTED: "✓",
    Claim.Status.CANDIDATE: "?",
    Claim.Status.REJECTED: "✗",
}

admin.site.unregister(Document)  # Here it has its claims besides.


class SelectedForm(forms.Form):
    """What is selected, as JSON, and what is said of it."""

    spans = forms.JSONField(widget=forms.HiddenInput)
    speaker = forms.CharField(
        label=gettext_lazy("Speaker"),
        required=False,
        max_length=Speaker._meta.get_field("name").max_length,
        help_text=gettext_lazy("A name nobody goes by is a new speaker; empty: not known."),
        widget=UnfoldAdminTextInputWidget(
            attrs={"list": "speaker-names", "autocomplete": "off", "data-key": "p"}
        ),
    )
    speaker_kind = forms.ChoiceField(
        label=gettext_lazy("If the speaker is new"),
        choices=Speaker.Kind,
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Claim.Kind,
        widget=UnfoldAdminSelectWidget(attrs={"data-key": "k"}),
    )
    quotation = forms.ChoiceField(
        label=gettext_lazy("Quotation"),
        choices=Claim.Quotation,
        initial=Claim.Quotation.INDIRECT,
        widget=UnfoldAdminSelectWidget,
    )
    said_on = PartialDateFormField(
        label=gettext_lazy("Said on"),
        required=False,
        widget=UnfoldAdminTextInputWidget(
            attrs={"pattern": r"\d{4}(-\d{2}(-\d{2})?)?", "placeholder": "2025-12-03"}
        ),
    )
    wording = forms.CharField(
        label=gettext_lazy("Wording"),
        required=False,
        help_text=gettext_lazy("The claim so that it stands alone; else its words."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
    who = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="claim-%s", **kwargs)

    def clean_spans(self):
        """Content, source and cue as passages."""
        spans = self.cleaned_data["spans"]
        try:
            content = [_passage(each) for each in spans["content"]]
            source, cue = (each and _passage(each) for each in (spans["source"], spans["cue"]))
        except (KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(_("Select the words of the claim first.")) from error
        return {"content": content, "source": source, "cue": cue}

    @property
    def selected(self) -> Selected:
        """The claim as it is to be made."""
        data = dict(self.cleaned_data)
        kind = data.pop("speaker_kind") or Speaker.Kind.PERSON
        return Selected(**data.pop("spans"), **data, speaker_kind=kind)


def _passage(given: dict) -> Passage:
    """Raises KeyError, TypeError or ValueError for what is none."""
    return Passage(int(given["start"]), int(given["end"]), str(given["words"]))


@admin.register(Document)
class DocumentDesk(DocumentAdmin):
    """A document with its text."""

    list_display = [*DocumentAdmin.list_display, "text"]
    change_form_before_template = "admin/document_text/link.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/text/", view(self.text_view), name="sources_document_text"),
            path(
                "<int:pk>/claim/",
                view(require_POST(self.claim_view)),
                name="sources_document_claim",
            ),
            path("<int:pk>/speakers/", view(self.speakers_view), name="sources_document_speakers"),
            *super().get_urls(),
        ]

    @display(description=gettext_lazy("text"))
    def text(self, document):
        address = reverse("admin:sources_document_text", args=[document.pk])
        return format_html('<a class="link" href="{}">{}</a>', address, _("Read"))

    def add_view(self, request, form_url="", extra_context=None):
        """With its text; a document that is only cited is added where it is cited."""
        if "_popup" in request.GET or "_popup" in request.POST or request.method == "POST":
            return super().add_view(request, form_url, extra_context)
        return redirect("admin:sources_submission_add")

    def text_view(self, request, pk):
        document = self._document(request, pk)
        snapshots = list(snapshots_of(document).defer("original", "text"))[::-1]
        context = {
            **self.admin_site.each_context(request),
            "title": document.title,
            "opts": self.opts,
            "document": document,
            "snapshots": snapshots,
            "may_claim": _may_claim(request.user),
            "decides": request.user.has_perm(DECIDE),
        }
        if snapshots:
            asked = request.GET.get("snapshot", str(snapshots[0].pk))
            snapshot = self._snapshot(document, asked)
            context |= _shown(snapshot) | {
                "latest": snapshots[0],
                "form": SelectedForm(),
                "sentences": _sentence_spans(snapshot),
            }
        return render(request, "admin/document_text/page.html", context)

    def claim_view(self, request, pk):
        """Make a claim of what was selected; the answer is the text with it, or why not."""
        document = self._document(request, pk)
        if not _may_claim(request.user):
            raise PermissionDenied
        snapshot = self._snapshot(document, request.POST.get("snapshot", ""))
        form = SelectedForm(request.POST)
        context = {"document": document, "form": form}
        if form.is_valid():
            try:
                claim = claim_by_hand(snapshot, form.selected, request.user)
            except KnownClaim as refusal:
                context["known"] = refusal.claim
                form.add_error(None, str(refusal))
            except SeveralSpeakers as refusal:
                context["speakers"] = refusal.speakers
                form.add_error(None, str(refusal))
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                context |= _shown(snapshot) | {"made": claim}
                answer = render(request, "admin/document_text/made.html", context)
                answer["HX-Trigger-After-Swap"] = "claim-made"
                return answer
        return render(request, "admin/document_text/errors.html", context, status=422)

    def speakers_view(self, request, pk):
        """The names of speakers that hold what was typed, as options."""
        document = self._document(request, pk)
        typed = request.GET.get("speaker", "").strip()
        speakers = (
            Speaker.objects.unmerged()
            .filter(Q(within=None) | Q(within=document))
            .filter(Q(name__icontains=typed) | Q(aliases__name__icontains=typed))
            .distinct()
            .prefetch_related("positions")
        )
        context = {"speakers": speakers[:SUGGESTED]}
        return render(request, "admin/document_text/speakers.html", context)

    def _document(self, request, pk) -> Document:
        document = get_object_or_404(Document.objects.select_related("publisher"), pk=pk)
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        return document

    @staticmethod
    def _snapshot(document: Document, asked: str) -> Snapshot:
        if not asked.isdecimal():
            raise Http404
        return get_object_or_404(snapshots_of(document), pk=int(asked))


def _may_claim(user) -> bool:
    return user.has_perm(DECIDE) or user.has_perm(PROPOSE)


def _shown(snapshot: Snapshot) -> dict:
    """The text of a snapshot with what stands in it, for the templates."""
    claims = Claim.objects.exclude(status=Claim.Status.MERGED).select_related("speaker")
    placed = in_snapshot(claims, snapshot)
    return {
        "snapshot": snapshot,
        "text": marked(snapshot.text, placed),
        "legend": [
            (status, SIGNS[status], sum(claim.status == status for claim, _spans in placed))
            for status in SIGNS
        ],
    }


def marked(text: str, placed: list[Placed]) -> SafeString:
    """The text as HTML whose words are those of the text to the letter, its claims marked.

    So what leads to a claim has its sign from the style sheet and its name from a label.
    """
    pieces = []
    marks = ((number_and_claim, spans) for number_and_claim, spans in _numbered(placed))
    for segment in segments(text, marks):
        words = _escaped(segment.text)
        if segment.marks:
            _number, shortest = segment.marks[-1]
            words = format_html('<mark class="{}">{}</mark>', shortest.status, words)
        pieces.append(words)
        pieces += [_link(number, claim) for number, claim in segment.ends]
    return mark_safe("".join(pieces))


def _numbered(placed: list[Placed]):
    for number, (claim, spans) in enumerate(placed, start=1):
        yield (number, claim), spans


def _escaped(words: str) -> SafeString:
    """A browser would take a carriage return for a line feed, and offsets would be wrong."""
    return mark_safe(escape(words).replace("\r", "&#13;"))


def _link(number: int, claim: Claim) -> SafeString:
    return format_html(
        '<a class="to-claim {}" id="claim-{}" href="{}" data-sign="{}" aria-label="{}" title="{}">'
        "</a>",
        claim.status,
        claim.pk,
        reverse("admin:claims_claim_change", args=[claim.pk]),
        f"{number} {SIGNS[claim.status]}",
        _("Claim %(number)d, %(status)s: %(claim)s")
        % {"number": number, "status": claim.get_status_display(), "claim": claim.text},
        claim.text,
    )


def _sentence_spans(snapshot: Snapshot) -> list[tuple[int, int]]:
    """What the arrow keys go through: its sentences, or its paragraphs if it was not read yet."""
    spans: QuerySet = snapshot.sentences.order_by("position").values_list("start", "end")
    return list(spans) or paragraph_spans(snapshot.text)
