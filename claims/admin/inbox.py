"""The inbox: one candidate at a time, the best first, decided by one key."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import decide, rules
from claims.admin.base import RecordAdmin
from claims.admin.candidate import CandidateForm
from claims.admin.scope import Scope, address
from claims.edit import NotEditable, edit
from claims.highlight import in_context
from claims.hold import release, take, take_next
from claims.merge import merge_claims
from claims.models import Claim, Hold, Link, Speaker
from claims.models.link import QUEUE
from claims.repeat import repeat
from claims.split import split
from claims.take_back import NothingToTakeBack, midnight, take_back
from sources import versions
from sources.desk import Refused, who

COUNTED = 1000  # candidates: whether more are left makes no difference
LISTED = 200  # candidates on one page of the list
SIMILAR = 5
FOUND = 9  # speakers, one a key
REASONS = [
    Claim.RejectedBecause.NOT_A_CLAIM,
    Claim.RejectedBecause.CUT_WRONG,
    Claim.RejectedBecause.WRONG_SPEAKER,
    Claim.RejectedBecause.NOT_WORTH_CHECKING,
    Claim.RejectedBecause.DUPLICATE,
    Claim.RejectedBecause.OTHER,
]


class Inbox(RecordAdmin):
    """The part of the claims' admin that is the inbox."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("inbox/", view(self.inbox_view), name="claims_claim_inbox"),
            path("inbox/all/", view(self.all_view), name="claims_claim_inbox_all"),
            path("inbox/undo/", view(self.undo_view), name="claims_claim_inbox_undo"),
            path("inbox/speakers/", view(self.speakers_view), name="claims_claim_inbox_speakers"),
            path("inbox/<int:pk>/", view(self.candidate_view), name="claims_claim_candidate"),
            path("inbox/<int:pk>/hold/", view(self.hold_view), name="claims_claim_hold"),
            *super().get_urls(),
        ]

    # What is shown

    def inbox_view(self, request):
        """The best candidate; the one after, or before, the one that is named."""
        self._may_look(request)
        scope = Scope.of(request.GET)
        beside = {}
        for name in ("after", "before"):
            if request.GET.get(name, "").isdecimal():
                beside[name] = Claim.objects.filter(pk=request.GET[name]).first()
        return self._give(request, scope, **beside)

    def candidate_view(self, request, pk):
        self._may_look(request)
        scope = Scope.of(request.GET)
        claim = get_object_or_404(self._candidates(), pk=pk)
        if request.method == "POST":
            self._may_decide(request)
            return self._decide_one(request, claim, scope)
        return self._show(request, claim, scope)

    def _give(self, request, scope, after=None, before=None) -> HttpResponse:
        """Show the next candidate that nobody else has; once through, the best of what is left."""
        rows = scope.candidates()
        claim = None
        if left := after or before:
            claim = self._offer(request, rows.after(left) if after else rows.before(left))
            if claim is None and before:
                messages.info(request, _("That is the first one."))
                claim = before.pk if before.status == Claim.Status.CANDIDATE else None
        if claim is None:
            claim = self._offer(request, rows)
            if claim and after:
                messages.info(request, _("That was the last one: from the best again."))
        if left and claim != left.pk:
            release(left.pk, request.user)
        if claim is None:
            return self._render(request, scope, {})
        if not request.htmx:
            return HttpResponseRedirect(address(scope, claim))
        return self._show(request, self._candidates().get(pk=claim), scope)

    @staticmethod
    def _offer(request, rows) -> int | None:
        if not request.user.has_perm("claims.decide_claim"):
            return rows.values_list("pk", flat=True).first()
        return take_next(rows, request.user)

    @staticmethod
    def _candidates():
        return (
            Claim.objects.with_source()
            .defer(None)
            .defer("sentence__snapshot__original")
            .select_related("decided_by", "key_proposal__key")
            .prefetch_related("possible_speakers__positions")
        )

    def _show(self, request, claim, scope, **context) -> HttpResponse:
        decides = request.user.has_perm("claims.decide_claim")
        # The mark first, then what is shown: it is never older than its mark says.
        mark = context.pop("mark", None) or versions.latest(claim)
        hold = take(claim, request.user) if decides else None
        speakers = list(claim.possible_speakers.all())
        if claim.speaker and claim.speaker not in speakers:
            speakers.insert(0, claim.speaker)
        document, text = claim.document, claim.sentence.snapshot.text
        dated = claim.said_on or document.published_on
        against, similar = self._linked(claim)
        return self._render(
            request,
            scope,
            {
                "claim": claim,
                "document": document,
                "mark": mark,
                "hold": hold,
                "mine": hold is not None and hold.editor == request.user,
                "takes_over": request.user.has_perm("claims.take_over_hold"),
                "form": CandidateForm(claim),
                "paragraphs": in_context(claim),
                "parts": json.dumps([[span.lower, span.upper] for span in claim.parts]),
                "speakers": [
                    (speaker, speaker.position_on(dated and dated.last))
                    for speaker in speakers[:FOUND]
                ],
                "why": {
                    "rule": rules.RULES.get(claim.rule, claim.rule),
                    "confidence": rules.confidence(claim.confidence),
                    "worth": rules.check_worthiness(claim.check_worthiness),
                    "cue": claim.cue and text[claim.cue.lower : claim.cue.upper],
                    "source": claim.source and text[claim.source.lower : claim.source.upper],
                },
                "similar": similar,
                "against": against,
                "narrower": {
                    "document": address(Scope({"document": document.pk})),
                    "publisher": document.publisher_id
                    and address(Scope({"publisher": document.publisher_id})),
                    "speaker": claim.speaker_id and address(Scope({"speaker": claim.speaker_id})),
                },
                "all": address(scope.narrowed(document=document.pk), view="inbox_all"),
                "action": address(scope, claim.pk),
                "next": address(scope, after=claim.pk),
                "previous": address(scope, before=claim.pk),
                **context,
            },
        )

    @staticmethod
    def _linked(claim) -> tuple[list[Link], list[Claim]]:
        """What it is proposed to contradict or update, and what is most like it: first what it is
        proposed to repeat."""
        proposed = Link.objects.proposed().touching([claim.pk]).with_claims().order_by(*QUEUE)
        links = list(proposed[: 2 * SIMILAR])
        for link in links:
            link.other = link.earlier if link.claim_id == claim.pk else link.claim
            link.other.proposed = link
        repeats = [link.other for link in links if link.kind == Link.Kind.REPEATS][:SIMILAR]
        alike = (
            Claim.objects.with_source().similar_to(claim).exclude(pk__in=[c.pk for c in repeats])
        )
        against = [link for link in links if link.kind != Link.Kind.REPEATS]
        return against[:SIMILAR], repeats + list(alike[: SIMILAR - len(repeats)])

    def _render(self, request, scope, context) -> HttpResponse:
        left = scope.candidates().order_by().values("pk")[: COUNTED + 1].count()
        context |= {
            "scope": scope,
            "kinds": Claim.Kind.choices,
            "reasons": list(enumerate(REASONS, start=1)),
            "other": Claim.RejectedBecause.OTHER,
            "decides": request.user.has_perm("claims.decide_claim"),
            "left": min(left, COUNTED),
            "more": left > COUNTED,
            "today": Claim.objects.decided_by(request.user, midnight()).order_by().count(),
            "undo": address(scope, view="inbox_undo"),
        }
        context.setdefault("all", address(scope, view="inbox_all"))
        if not request.htmx:
            frame = {"title": _("Inbox"), "is_fullwidth": True}
            context |= self.admin_site.each_context(request) | frame
            return render(request, "admin/inbox/page.html", context)
        answer = render(request, "admin/inbox/inbox.html", context)
        answer["HX-Push-Url"] = context.get("action") or address(scope)
        return answer

    # What is done

    def _decide_one(self, request, claim, scope) -> HttpResponse:
        """Do what the pressed button says; what is refused comes back as it was typed."""
        form = CandidateForm(claim, request.POST)
        mark = request.POST.get("_mark", "")
        typed = {"parts": request.POST["parts"]} if request.POST.get("parts") else {}
        acts = {
            "accept": self._accept, "save": self._save, "split": self._split,
            "reject": self._reject, "merge": self._merge, "repeat": self._repeat,
        }  # fmt: skip
        act = next((acts[name] for name in acts if name in request.POST), None)
        if act is None:
            raise Http404
        try:
            with self.attempt():
                self._only_mine(request, claim, mark)
                done = act(request, claim, form)
        except (Refused, NotEditable) as refusal:
            typed |= {"form": form, "mark": mark, "refusal": str(refusal)}
        else:
            if isinstance(done, Question):
                typed["question"] = done  # What else was typed is saved by now.
            elif done is None:
                typed |= {"form": form, "mark": mark}
            else:
                return done(scope)
        return self._show(request, self._candidates().get(pk=claim.pk), scope, **typed)

    def _only_mine(self, request, claim, mark: str) -> None:
        """Nobody else decides until this is over; raises Refused if somebody has, or is at it."""
        hold = take(claim, request.user)
        if hold is None:
            now = Claim.objects.select_related("decided_by").get(pk=claim.pk)
            raise Refused(
                _("It was decided already by %(editor)s: %(status)s.")
                % {"editor": now.decided_by, "status": now.get_status_display()}
            )
        if hold.editor != request.user:
            raise Refused(held(hold))
        if versions.latest(claim) != mark:
            meanwhile = versions.since(claim, mark)
            people = ", ".join({who(change) for change in meanwhile})
            raise Refused(
                _("Nothing was saved: it was changed meanwhile by %(people)s.") % {"people": people}
            )

    def _accept(self, request, claim, form):
        if not self._typed(request, claim, form):
            return None
        question = decide.to_ask(claim)
        if question and request.POST["accept"] != "anyway":
            return Question(question, "accept", "anyway")
        decide.accept(self._rows(claim), request.user)
        messages.success(request, _("Accepted: “%(claim)s”.") % {"claim": short(claim)})
        return self._then_next(request, claim)

    def _save(self, request, claim, form):
        if not self._typed(request, claim, form):
            return None
        messages.success(request, _("Saved: “%(claim)s”.") % {"claim": short(claim)})
        return self._then(request, claim.pk)

    def _split(self, request, claim, form):
        if not self._typed(request, claim, form):
            return None
        how, _blank, anyway = request.POST["split"].partition(" ")
        at_once, keep = how == "accept", "keep" in request.POST
        question = decide.to_ask(claim) if at_once or keep else ""
        if question and not anyway:
            return Question(question, "split", f"{how} anyway", keep)
        parts = [[span] for span in spans(request.POST.get("parts", ""))]
        made = split(claim, parts, request.user, keep=keep, accept=at_once)
        text = ngettext("Split into %(count)d claim.", "Split into %(count)d claims.", len(made))
        messages.success(request, text % {"count": len(made)})
        first = next((part for part in made if part.status == Claim.Status.CANDIDATE), None)
        if at_once or first is None:
            return self._then_next(request, claim)
        release(claim.pk, request.user)
        return self._then(request, first.pk)

    def _reject(self, request, claim, form):
        because, words = request.POST["reject"], request.POST.get("words", "").strip()
        if because not in REASONS:
            raise Refused(_("Nothing was saved: give a reason."))
        if because == Claim.RejectedBecause.OTHER and not words:
            raise Refused(_("Nothing was saved: say the other reason in words."))
        decide.reject(self._rows(claim), request.user, words, because)
        reason = Claim.RejectedBecause(because).label
        told = {"claim": short(claim), "reason": reason}
        messages.success(request, _("Rejected (%(reason)s): “%(claim)s”.") % told)
        return self._then_next(request, claim)

    def _merge(self, request, claim, form):
        kept = get_object_or_404(Claim, pk=_pk(request.POST["merge"]))
        merge_claims(claim, kept, request.user, _("The same claim, seen in the inbox."))
        messages.success(request, _("Merged into: “%(claim)s”.") % {"claim": short(kept)})
        return self._then_next(request, claim)

    def _repeat(self, request, claim, form):
        if not self._typed(request, claim, form):
            return None
        if question := decide.to_ask(claim):
            raise Refused(question)
        other = get_object_or_404(Claim, pk=_pk(request.POST["repeat"]))
        repeat(claim, other, request.user)
        told = _("Accepted as a repeat of: “%(claim)s”.")
        messages.success(request, told % {"claim": short(other)})
        return self._then_next(request, claim)

    def _typed(self, request, claim, form) -> bool:
        """Save what was typed; returns whether it can be."""
        if not form.is_valid():
            return False
        edit(claim, request.user, **form.changes(request.user))
        return True

    def _then_next(self, request, claim):
        def answer(scope):
            return self._give(request, scope, after=claim)

        return answer

    def _then(self, request, pk: int):
        def answer(scope):
            if not request.htmx:
                return HttpResponseRedirect(address(scope, pk))
            return self._show(request, self._candidates().get(pk=pk), scope)

        return answer

    @staticmethod
    def _rows(claim):
        return Claim.objects.filter(pk=claim.pk)

    def undo_view(self, request):
        """Take back the last decision, and show what it was about."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._may_decide(request)
        scope = Scope.of(request.GET)
        try:
            with self.attempt():
                taken = take_back(request.user)
        except (Refused, NothingToTakeBack) as refusal:
            messages.warning(request, str(refusal))
            return self._give(request, scope)
        count = len(taken.claims)
        if count == 1:
            text = _("Undone: “%(claim)s” is as it was before.") % {"claim": short(taken.claims[0])}
        else:
            text = _("Undone: %(count)d claims are as they were before.") % {"count": count}
        messages.success(request, text)
        for why in taken.left:
            messages.warning(request, why)
        return self._then(request, taken.claims[0].pk)(scope)

    def hold_view(self, request, pk):
        """Renew the hold on a candidate, leave it, or take it over."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._may_decide(request)
        claim = get_object_or_404(Claim, pk=pk)
        if "leave" in request.POST:
            try:
                until = datetime.fromisoformat(request.POST["leave"])
            except ValueError:
                return HttpResponse(status=400)
            release(pk, request.user, until)
            return HttpResponse(status=204)
        if "over" in request.POST:
            take(claim, request.user, over=True)
            return HttpResponseRedirect(address(Scope.of(request.GET), pk))
        hold = take(claim, request.user)
        if hold is None:
            return JsonResponse({"lost": _("It was decided meanwhile by somebody else.")})
        if hold.editor != request.user:
            return JsonResponse({"lost": held(hold)})
        return JsonResponse({"until": hold.until.isoformat()})

    # Many at once

    def all_view(self, request):
        """All candidates of the scope; those ticked are accepted or rejected together."""
        self._may_look(request)
        scope = Scope.of(request.GET)
        if request.method == "POST":
            self._may_decide(request)
            return self._decide_ticked(request, scope)
        rows = scope.candidates()
        if "document" in scope.chosen:
            rows = rows.order_by("sentence__snapshot", "sentence__position", "content")
        claims = list(rows.with_source().prefetch_related("possible_speakers")[: LISTED + 1])
        holds = Hold.objects.standing().exclude(editor=request.user).filter(claim__in=claims)
        others = {hold.claim_id: held(hold) for hold in holds.select_related("editor")}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Candidates"),
            "is_fullwidth": True,
            "scope": scope,
            "rows": [(claim, others.get(claim.pk, "")) for claim in claims[:LISTED]],
            "more": len(claims) > LISTED,
            "listed": LISTED,
            "decides": request.user.has_perm("claims.decide_claim"),
            "reasons": [*enumerate(REASONS, start=1)],
            "inbox": address(scope),
            "undo": address(scope, view="inbox_undo"),
        }
        return render(request, "admin/inbox/all.html", context)

    def _decide_ticked(self, request, scope) -> HttpResponse:
        ticked = [pk for pk in map(_pk, request.POST.getlist("claim")) if pk]
        because, words = request.POST.get("reject", ""), request.POST.get("words", "").strip()
        if not ticked:
            messages.error(request, _("Nothing is ticked."))
        elif "accept" in request.POST:
            self.tell(request, decide.accept_each(ticked, request.user), accepted=True)
        elif because == Claim.RejectedBecause.OTHER and not words:
            messages.error(request, _("Nothing was saved: say the other reason in words."))
        elif because in REASONS:
            decided = decide.reject_each(ticked, request.user, because, words)
            self.tell(request, decided, accepted=False)
        return HttpResponseRedirect(address(scope, view="inbox_all"))

    @staticmethod
    def tell(request, decided: decide.Decided, *, accepted: bool) -> None:
        """What became of each."""
        count = len(decided.done)
        if accepted:
            text = ngettext("%(count)d claim accepted.", "%(count)d claims accepted.", count)
        else:
            text = ngettext("%(count)d claim rejected.", "%(count)d claims rejected.", count)
        named = " ".join(f"“{short(claim)}”" for claim in decided.done)
        messages.success(request, f"{text % {'count': count}} {named}".strip())
        for claim, why in decided.left:
            told = _("Left alone: “%(claim)s”. %(why)s") % {"claim": short(claim), "why": why}
            messages.warning(request, told)

    def speakers_view(self, request):
        """Speakers that what was typed may mean, to choose from."""
        self._may_look(request)
        typed = request.GET.get("new_speaker", "").strip()
        found = []
        if typed:
            admin = self.admin_site.get_model_admin(Speaker)
            rows = Speaker.objects.unmerged().exclude(kind=Speaker.Kind.ANONYMOUS)
            rows, distinct = admin.get_search_results(request, rows, typed)
            rows = rows.distinct() if distinct else rows
            found = rows.prefetch_related("positions")[:FOUND]
        context = {
            "typed": typed,
            "found": [(speaker, speaker.position_on(timezone.localdate())) for speaker in found],
        }
        return render(request, "admin/inbox/_found.html", context)

    # Who may

    def _may_look(self, request) -> None:
        request.htmx = request.headers.get("HX-Request") == "true"
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _may_decide(self, request) -> None:
        self._may_look(request)
        if not request.user.has_perm("claims.decide_claim"):
            raise PermissionDenied


@dataclass(frozen=True)
class Question:
    """What is asked before an act, and the name and value of the button that does it anyway."""

    text: str
    act: str
    value: str
    keep: bool = False


def held(hold: Hold) -> str:
    """Who has it, and until when."""
    until = time_format(timezone.localtime(hold.until), "TIME_FORMAT")
    return _("%(editor)s is at it until %(time)s.") % {"editor": hold.editor, "time": until}


def short(claim: Claim) -> str:
    return Truncator(claim.text).chars(80)


def spans(text: str) -> list[tuple[int, int]]:
    """Pairs of numbers as a page sends them: "[[3, 9], [12, 20]]"; none if they are not that."""
    try:
        return [(int(start), int(end)) for start, end in json.loads(text)]
    except (ValueError, TypeError):
        return []


def _pk(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
