"""The verification editor: a page that is saved while one writes, and what it asks for.

Every change is a POST that brings the mark of the version the page shows. The answer is JSON: the
new mark, and what became otherwise since the old one, whoever did it: ``values`` of fields, parts
of the page as HTML by their ids, ``told`` in words. So two people may write at once.
"""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from claims import cite, draft, review
from claims.admin import verification_page as shown
from claims.admin.base import RecordAdmin
from claims.admin.verification_steps import steps, take
from claims.draft import Clash, Clashed
from claims.models import Claim, Coverage, Evidence, ReviewNote, Verification
from claims.preview import preview_claim, preview_verification
from claims.suggest import suggestions
from sources import desk, refused, versions
from sources.forms import fetchable
from sources.models import Document, Snapshot
from sources.origin import Origin

FOUND = 8  # claims or documents that a search shows
TEMPLATES = "admin/verification_editor/"


class Unsaved(Exception):
    """What was typed is not what its field takes; ``errors`` says why, by the names of fields."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def part(view: Callable) -> Callable:
    """Decorator: a view of one verification, for who may see it; what is refused is told."""

    @wraps(view)
    def answered(self, request: HttpRequest, pk: int, **which) -> HttpResponse:
        verification = get_object_or_404(Verification.objects.select_related("author"), pk=pk)
        if not self.has_view_permission(request, verification):
            raise PermissionDenied
        try:
            with self.attempt():
                return view(self, request, verification, **which)
        except (desk.Refused, refused.Refused) as refusal:
            return self.answer(request, pk, status=409, refusal=capfirst(str(refusal)))
        except Clashed as clash:
            clashes = [_clash(each) for each in clash.clashes]
            return self.answer(request, pk, status=409, clashes=clashes)
        except Unsaved as unsaved:
            return self.answer(request, pk, status=422, errors=unsaved.errors)

    return answered


class VerificationEditor(RecordAdmin):
    """One page for all that is done with a verification, from the first draft to its withdrawal."""

    def get_urls(self):
        def screen(route: str, view: Callable, name: str):
            return path(route, self.admin_site.admin_view(view), name=f"claims_verification_{name}")

        return [
            screen("start/", require_POST(self.start_view), "start"),
            screen("<int:pk>/news/", require_GET(self.news_view), "news"),
            screen("<int:pk>/save/", require_POST(self.save_view), "save"),
            screen("<int:pk>/claims/", require_POST(self.claims_view), "claims"),
            screen("<int:pk>/find-claims/", require_GET(self.find_claims_view), "find_claims"),
            screen("<int:pk>/evidence/", require_POST(self.evidence_view), "evidence"),
            screen("<int:pk>/evidence/<int:piece>/", require_POST(self.piece_view), "piece"),
            screen("<int:pk>/evidence/<int:piece>/text/", require_GET(self.text_view), "text"),
            screen(
                "<int:pk>/find-documents/",
                require_GET(self.find_documents_view),
                "find_documents",
            ),
            screen("<int:pk>/notes/", require_POST(self.notes_view), "notes"),
            screen("<int:pk>/step/", require_POST(self.step_view), "step"),
            screen("<int:pk>/preview/", require_GET(self.preview_view), "preview"),
            screen(
                "<int:pk>/preview/<slug:claim>/",
                require_GET(self.preview_claim_view),
                "preview_claim",
            ),
            *super().get_urls(),
        ]

    # Who may

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request) and (
            obj is None or draft.may_write(obj, request.user)
        )

    def has_delete_permission(self, request, obj=None):
        """What was never public may go: one's own, or, for who may publish, anybody's."""
        if obj is None or obj.status == Verification.Status.PUBLISHED:
            return False
        own = obj.author == request.user or request.user.has_perm("claims.publish_verification")
        return own and request.user.has_perm("claims.delete_verification")

    # Begun

    def add_view(self, request, form_url="", extra_context=None):
        """What is it to be about?"""
        if not self.has_add_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").strip()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("New verification"),
            "words": words,
            "claims": _claims(words),
        }
        return TemplateResponse(request, f"{TEMPLATES}start.html", context)

    def start_view(self, request):
        """A draft about the claims that were chosen, and its page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = request.POST.getlist("claim")
        claims = Claim.objects.exclude(status=Claim.Status.MERGED)
        found = claims.filter(pk__in=[pk for pk in chosen if pk.isdecimal()])
        if not found:
            messages.error(request, _("Choose a claim to verify."))
            return HttpResponseRedirect(reverse("admin:claims_verification_add"))
        return self.begin(request, found)

    def begin(self, request, claims) -> HttpResponse:
        """The page of a draft about these claims; begun now, unless it was before."""
        try:
            with self.attempt():
                begun = draft.start(claims, request.user)
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:claims_verification_changelist"))
        return HttpResponseRedirect(_address("change", begun.pk))

    # The page

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        verification = self.get_object(request, object_id)
        if verification is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, verification):
            raise PermissionDenied
        if request.method != "GET":
            raise PermissionDenied  # Each change has an address of its own.
        # The mark first, then the row: what is shown is never older than its mark says.
        mark = versions.latest(verification)
        verification.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": verification,
            "title": str(verification),
            "mark": mark,
            "is_nav_sidebar_enabled": False,  # Three columns take the room.
            "deletable": self.has_delete_permission(request, verification),
            **shown.page(verification, request),
        }
        if verification.status == Verification.Status.IN_REVIEW and not context["writable"]:
            context |= shown.reading(verification, mark, request)
        return TemplateResponse(request, f"{TEMPLATES}editor.html", context)

    def answer(self, request, pk: int, *, status=200, saved=(), **more) -> JsonResponse:
        """What became otherwise since the page's mark, but for the fields just ``saved``."""
        # The mark first, then the row: what is shown is never older than its mark says.
        mark = versions.latest(Verification(pk=pk))
        verification = get_object_or_404(Verification.objects.select_related("author"), pk=pk)
        before = (request.POST or request.GET).get("mark", "")
        meanwhile = versions.since(verification, before) if before else []
        others = [change for change in meanwhile if change.user != request.user]
        found = shown.pieces(verification, request.user)
        context = {
            "verification": verification,
            "writable": draft.may_write(verification, request.user),
            "stances": Evidence.Stance.choices,
        }

        def html(name: str, **values) -> str:
            return render_to_string(f"{TEMPLATES}{name}", context | values, request)

        parts = {"missing": html("_missing.html", **shown.missing(verification, found))}
        models = {change.model for change in meanwhile}
        if Coverage in models:
            parts["covered"] = html("_claims.html", covered=shown.covered(verification))
        if ReviewNote in models:
            parts["notes-list"] = html("_notes.html", notes=shown.notes(verification, request.user))
        told = {change.row for change in meanwhile if change.model is Evidence}
        added = {
            change.row
            for change in meanwhile
            if change.model is Evidence and change.label == "insert"
        }
        for piece in found:
            if piece.is_awaited or piece.pk in told:
                parts[f"source-{piece.pk}"] = html("_source.html", piece=piece)
        return JsonResponse(
            {
                "mark": mark,
                "at": date_format(timezone.localtime(), "TIME_FORMAT"),
                "parts": parts,
                "pieces": [piece.pk for piece in found],
                "added": {
                    piece.pk: html("_piece.html", piece=piece)
                    for piece in found
                    if piece.pk in added
                },
                "awaits": any(piece.progress and piece.progress.unfinished for piece in found),
                "values": shown.others_words(meanwhile, set(saved)),
                "told": _told(others),
                "moved": any(review.moves(change) for change in meanwhile),
                **more,
            },
            status=status,
        )

    @part
    def news_view(self, request, verification):
        """What others and the background work did since."""
        return self.answer(request, verification.pk)

    # Changed

    @part
    def save_view(self, request, verification):
        """Fields, as they are typed."""
        names = [name for name in request.POST if name not in ("mark", "csrfmiddlewaretoken")]
        changed = _filled_in(verification, names, request.POST)
        draft.save(verification, request.user, request.POST.get("mark", ""), changed)
        return self.answer(request, verification.pk, saved=names)

    @part
    def claims_view(self, request, verification):
        """Claims added, or one taken out."""
        if taken := request.POST.get("remove"):
            claim = get_object_or_404(verification.claims, pk=taken)
            draft.uncover(verification, claim, request.user)
        else:
            chosen = [pk for pk in request.POST.getlist("claim") if pk.isdecimal()]
            claims = Claim.objects.exclude(status=Claim.Status.MERGED).filter(pk__in=chosen)
            draft.cover(verification, claims, request.user)
        return self.answer(request, verification.pk)

    @part
    def find_claims_view(self, request, verification):
        """Claims that it might be about too: those asked for, or like those it is about."""
        words = request.GET.get("q", "").strip()
        there = verification.claims.values_list("pk", flat=True)
        claims = _claims(words, but=there) if words else suggestions(verification)
        context = {"verification": verification, "words": words, "claims": claims}
        return render(request, f"{TEMPLATES}_found_claims.html", context)

    @part
    def evidence_view(self, request, verification):
        """A piece added: from an address, a document, a file, a text, a protected source."""
        piece = self._cited(request, verification)
        return self.answer(request, verification.pk, focus=f"piece-{piece.pk}")

    def _cited(self, request, verification) -> Evidence:
        given, user = request.POST, request.user
        if file := request.FILES.get("file"):
            sent = {"name": file.name, "media_type": file.content_type or ""}
            return cite.cite_text(verification, file.read(), Origin(), user, **sent)
        if document := given.get("document"):
            known = get_object_or_404(Document, pk=document)
            return cite.cite_document(verification, known, user)
        if text := given.get("text", "").replace("\r\n", "\n").strip():
            origin = Origin(title=given.get("title", "").strip())
            return cite.cite_text(verification, text.encode(), origin, user, name="texte.txt")
        if "identity" in given:
            note, identity = given.get("note", "").strip(), given["identity"].strip()
            if not identity:
                raise desk.Refused(
                    _("Say who it is: only the readers of protected sources will see it.")
                )
            contact = given.get("contact", "").strip()
            return cite.cite_protected(verification, note, identity, contact, user)
        try:
            address = fetchable(given.get("address", "").strip())
        except forms.ValidationError as error:
            raise desk.Refused(capfirst(error.messages[0])) from error
        return cite.cite_address(verification, address, user)

    @part
    def piece_view(self, request, verification, piece):
        """One piece: quoted from, fetched again, left unfetched, taken out."""
        piece = get_object_or_404(verification.evidence.select_related("verification"), pk=piece)
        given, user = request.POST, request.user
        match given.get("act"):
            case "quote":
                snapshots = Snapshot.objects.defer("original")
                snapshot = get_object_or_404(
                    snapshots, document=piece.document_id, pk=given.get("snapshot")
                )
                start, end = (_offset(given.get(name), snapshot) for name in ("start", "end"))
                cite.quote(piece, snapshot, start, end, user)
            case "again":
                cite.fetch_again(piece, user)
            case "unfetched":
                title = given.get("title", "").strip() or piece.address
                cite.cite_unfetched(piece, title[:500], user)
            case "remove":
                cite.uncite(piece, user)
            case _:
                raise desk.Refused(_("Nothing was saved."))
        return self.answer(request, verification.pk)

    @part
    def text_view(self, request, verification, piece):
        """The text a passage is picked from, the latest or that of another snapshot."""
        piece = get_object_or_404(verification.evidence.all(), pk=piece)
        snapshots = Snapshot.objects.filter(document=piece.document_id).defer("original")
        wanted = request.GET.get("snapshot") or piece.snapshot_id
        snapshot = get_object_or_404(snapshots, pk=wanted) if wanted else snapshots.last()
        context = {
            "verification": verification,
            "piece": piece,
            "snapshot": snapshot,
            "text": snapshot and _exactly(snapshot.text),
            "snapshots": snapshots.defer("original", "text"),
            "quoted": snapshot and piece.snapshot_id == snapshot.pk and piece.end,
        }
        return render(request, f"{TEMPLATES}_text.html", context)

    @part
    def find_documents_view(self, request, verification):
        """Documents of the record with these words in their title, or with this address."""
        words = request.GET.get("q", "").strip()
        documents = Document.objects.best(words).select_related("publisher") if words else []
        context = {"verification": verification, "documents": documents[:FOUND], "words": words}
        return render(request, f"{TEMPLATES}_found_documents.html", context)

    @part
    def notes_view(self, request, verification):
        """A note left, or one settled."""
        if settled := request.POST.get("settle"):
            note = get_object_or_404(
                ReviewNote.objects.select_related("verification"),
                verification=verification,
                pk=settled,
            )
            review.settle(note, request.user)
        else:
            text = request.POST.get("text", "").strip()
            if not text:
                raise desk.Refused(_("Nothing was saved: the note is empty."))
            review.note(verification, text, request.user, blocks="blocks" in request.POST)
        return self.answer(request, verification.pk)

    # Taken a step further

    @part
    def step_view(self, request, verification):
        """A step of its life: on what the page shows, or not at all."""
        list(Verification.objects.select_for_update(no_key=True).filter(pk=verification.pk))
        verification.refresh_from_db()
        meanwhile = versions.since(verification, request.POST.get("mark", ""))
        if meanwhile:
            raise desk.Refused(
                _("Nothing was done: it was changed meanwhile by %(people)s (%(what)s).")
                % _by_whom(meanwhile)
            )
        wanted = request.POST.get("step")
        step = next((s for s in steps(verification, request.user) if s.name == wanted), None)
        if step is None:
            raise desk.Refused(_("Nothing was saved: that step is not open to you, or not now."))
        if step.asks == "reason":
            self.reason(request)
        if step.asks == "look" and review.sent_by(verification) == request.user:
            raise desk.Refused(
                _("Nothing was done: you asked for the review yourself, so somebody else reads it.")
            )
        return JsonResponse({"go": take(step, verification, request)})

    # Looked at as readers will see it

    @part
    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request, verification):
        """Its public page, as if it were published now."""
        return preview_verification(request, verification)

    @part
    @method_decorator(xframe_options_sameorigin)
    def preview_claim_view(self, request, verification, claim):
        """The public page of one of its claims, as if it were published now."""
        about = get_object_or_404(verification.claims, public_id=claim)
        return preview_claim(request, verification, about)


def _address(screen: str, *which) -> str:
    return reverse(f"admin:claims_verification_{screen}", args=which)


def _claims(words: str, but=()) -> list[Claim]:
    """Claims found by words or by their public id, those that are public first."""
    if not words:
        return []
    found = Claim.objects.filter(pk__in=Claim.objects.latest_found(words)).exclude(
        status__in=[Claim.Status.REJECTED, Claim.Status.MERGED]
    )
    return list(found.exclude(pk__in=but).with_source().order_by("status", "-id")[:FOUND])


def _filled_in(verification, names, given) -> list[tuple[Verification | Evidence, list[str]]]:
    """The rows with the fields of these names filled in; raises Unsaved, and 404 for what is no
    field."""
    by_row = {}
    for name in names:
        *of, field = name.split(".")
        by_row.setdefault(".".join(of), []).append(field)
    filled_in, errors = [], {}
    for of, fields in by_row.items():
        row = verification
        if of:
            pk = of.removeprefix("evidence.")
            row = verification.evidence.filter(pk=pk if pk.isdecimal() else None).first()
        if row is None:
            errors |= {
                f"{of}.{field}": _("This piece of evidence was removed.") for field in fields
            }
            continue
        known = [field for field in fields if field in shown.FIELDS[type(row)]]
        form_class = forms.modelform_factory(type(row), fields=known)
        values = {field: given[shown.field_name(row, field)] for field in known}
        form = form_class(values, instance=row)
        errors |= {
            shown.field_name(row, field): " ".join(found) for field, found in form.errors.items()
        }
        filled_in.append((row, known))
    if errors:
        raise Unsaved(errors)
    return filled_in


def _offset(given: str | None, snapshot: Snapshot) -> int:
    """A place in the text of a snapshot."""
    if given and given.isdecimal() and int(given) <= len(snapshot.text):
        return int(given)
    raise desk.Refused(_("Nothing was saved: that place is not in the text."))


def _exactly(text: str) -> SafeString:
    """A text as HTML that a browser reads letter by letter: else it would drop carriage returns."""
    return mark_safe(escape(text).replace("\r", "&#13;"))


def _clash(clash: Clash) -> dict[str, str]:
    """What the other wrote into a field, and who that was."""
    theirs = type(clash.row)._base_manager.get(pk=clash.row.pk)
    return shown.words_of(theirs, clash.field, clash.change)


def _by_whom(changes) -> dict[str, str]:
    people = dict.fromkeys(desk.who(change) for change in changes)
    return {"people": ", ".join(people), "what": ", ".join(desk.what(changes))}


def _told(changes) -> str:
    """Who changed what meanwhile, in a sentence; nothing where nobody did."""
    if not changes:
        return ""
    return _("Changed meanwhile by %(people)s: %(what)s.") % _by_whom(changes)
