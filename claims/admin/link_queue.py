"""The queue of proposed links: one pair at a time, the most probable first, decided by one key."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import decide
from claims.admin.inbox import short
from claims.admin.proposals import ProposalAdmin, may_decide
from claims.highlight import Segment, marked_sentence
from claims.linking.cluster import opposed
from claims.linking.decide import accept_as, take_back_link
from claims.linking.marked import marked
from claims.linking.queue import Narrowed
from claims.models import Claim, Link
from claims.queues import waiting
from claims.take_back import NothingToTakeBack
from sources.desk import Refused

OTHERWISE = {
    Link.Kind.REPEATS: ("r", gettext_lazy("It is a repeat")),
    Link.Kind.CONTRADICTS: ("c", gettext_lazy("It is a contradiction")),
    Link.Kind.UPDATES: ("m", gettext_lazy("It is an update")),
}


@dataclass(frozen=True)
class Side:
    """One of the two claims, with what agrees and differs marked, and its source sentence."""

    claim: Claim
    words: list[Segment]
    sentence: list[Segment]
    position: object


class LinkQueue(ProposalAdmin):
    """The part of the links' admin that is the queue."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("queue/", view(self.queue_view), name="claims_link_queue"),
            path("queue/undo/", view(self.undo_view), name="claims_link_queue_undo"),
            path("queue/<int:pk>/", view(self.pair_view), name="claims_link_pair"),
            *super().get_urls(),
        ]

    def queue_view(self, request):
        """The first pair; the one after that which is named."""
        self._may_look(request)
        narrowed = Narrowed.of(request.GET)
        after = request.GET.get("after", "")
        left = Link.objects.filter(pk=after).first() if _is_id(after) else None
        rows = narrowed.links
        following = left and rows.after(left).first()
        if left and following is None and (following := rows.exclude(pk=left.pk).first()):
            messages.info(request, _("That was the last one: from the best again."))
        if link := following or rows.first():
            return HttpResponseRedirect(_address(narrowed, link))
        return self._render(request, narrowed, {})

    def pair_view(self, request, pk):
        """Both claims side by side; or what was decided of them, and then the next."""
        self._may_look(request)
        narrowed = Narrowed.of(request.GET)
        link = get_object_or_404(Link.objects.with_claims().select_related("decided_by"), pk=pk)
        if request.method == "POST":
            if not may_decide(request, Link):
                raise PermissionDenied
            try:
                with self.attempt():
                    self._decide(request, link)
            except Refused as refusal:
                messages.error(request, str(refusal))
            return HttpResponseRedirect(_address(narrowed, after=pk))
        return self._show(request, narrowed, link)

    def _decide(self, request, link) -> None:
        one, pair = Link.objects.proposed().filter(pk=link.pk), _pair(link)
        if link.status != Link.Status.PROPOSED:
            told = {"editor": link.decided_by, "status": link.get_status_display()}
            raise Refused(_("It was decided already by %(editor)s: %(status)s.") % told)
        if "accept" in request.POST:
            decide.accept_proposals(one, request.user)
            messages.success(request, _("Accepted: %(pair)s") % {"pair": pair})
        elif "refuse" in request.POST:
            decide.refuse_proposals(one, request.user, request.POST.get("reason", "").strip())
            messages.success(request, _("Refused: %(pair)s") % {"pair": pair})
        elif request.POST.get("kind") in Link.Kind:
            stands = accept_as(link, request.POST["kind"], request.user)
            told = {"kind": stands.get_kind_display(), "pair": pair}
            messages.success(request, _("Accepted as “%(kind)s”: %(pair)s") % told)
        else:
            raise Http404

    def undo_view(self, request):
        """Propose again what was decided last, and show it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._may_look(request)
        if not may_decide(request, Link):
            raise PermissionDenied
        narrowed = Narrowed.of(request.GET)
        try:
            with self.attempt():
                again = take_back_link(request.user)
        except (Refused, NothingToTakeBack) as refusal:
            messages.warning(request, str(refusal))
            return HttpResponseRedirect(_address(narrowed))
        messages.success(request, _("Undone: %(pair)s") % {"pair": _pair(again[0])})
        return HttpResponseRedirect(_address(narrowed, again[0]))

    def _show(self, request, narrowed, link):
        both = marked(link)
        prefetch_related_objects([link.claim, link.earlier], "speaker__positions")
        speakers = {c.speaker.pk: c.speaker for c in (link.earlier, link.claim) if c.speaker}
        context = {
            "link": link,
            "sides": [_side(link.earlier, both.earlier), _side(link.claim, both.later)],
            "reasons": both.reasons,
            "opposed": opposed(link) if link.kind == Link.Kind.REPEATS else None,
            "otherwise": [
                (kind, key, label) for kind, (key, label) in OTHERWISE.items() if kind != link.kind
            ],
            "decides": may_decide(request, Link) and link.status == Link.Status.PROPOSED,
            "speakers": [
                (one, _address(replace(narrowed, speaker=pk))) for pk, one in speakers.items()
            ],
            "next": _address(narrowed, after=link.pk),
            "action": _address(narrowed, link),
        }
        return self._render(request, narrowed, context)

    def _render(self, request, narrowed, context):
        kinds = [
            (label, _address(replace(narrowed, kind=kind)), kind == narrowed.kind,
             waiting(replace(narrowed, kind=kind).links))
            for kind, label in (("", _("all")), *Link.Kind.choices)
        ]  # fmt: skip
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Proposed links"),
            "is_fullwidth": True,
            "kinds": kinds,
            "speaker": narrowed.named,
            "all_speakers": _address(replace(narrowed, speaker=None)),
            "may_undo": may_decide(request, Link),
            "undo": reverse("admin:claims_link_queue_undo") + narrowed.query(),
        }
        return render(request, "admin/link_queue/page.html", context)

    def _may_look(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _side(claim: Claim, words: list[Segment]) -> Side:
    dated = claim.said_on or claim.document.published_on
    position = claim.speaker and claim.speaker.position_on(dated and dated.last)
    return Side(claim, words, marked_sentence(claim), position)


def _pair(link: Link) -> str:
    return f"“{short(link.earlier)}” – “{short(link.claim)}”"


def _address(narrowed: Narrowed, link: Link | None = None, **query) -> str:
    """Of the queue, or of one pair in it."""
    if link:
        return reverse("admin:claims_link_pair", args=[link.pk]) + narrowed.query(**query)
    return reverse("admin:claims_link_queue") + narrowed.query(**query)


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) < 19
