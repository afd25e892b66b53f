"""Everybody who speaks, by name, or those who bear a name that is asked for."""

from django.core.paginator import EmptyPage
from django.http import Http404
from django.shortcuts import render

from claims.counted import Counted
from claims.models import Speaker
from claims.models.speaker import Alphabetical
from claims.pages.refusing import SECONDS, page_number, refusal, too_long
from claims.query import Refused, only, words
from sources.lists import BOUND, BoundedPaginator
from sources.search import Typed, corrected
from sources.session import no_statement_longer

PER_PAGE = 50


def speakers(request):
    try:
        only(request.GET, ("q", "page", "as_of"))
        name, number = words(request.GET), page_number(request)
    except Refused as refused:
        return refusal(request, refused)
    try:
        with no_statement_longer(SECONDS):
            context = _answer(name, number)
    except TimeoutError:
        return too_long(request)
    return render(request, "claims/speakers.html", context)


def _answer(name: Typed, number: int) -> dict:
    """What the page of that number shows; raises Http404 where there is none."""
    found, meant = _named(name), None
    if name and not found.count and (other := corrected(name)):
        found, meant = _named(Typed(other)), other
    try:
        page = found.page(number)
    except EmptyPage:
        raise Http404 from None
    context = {
        "asked": {"q": name} if name else {},
        "name": name,
        "meant": meant if found.count else None,
        "page": page,
        "counted": Counted(found.count, found.more),
    }
    for speaker in page:
        speaker.held = speaker.position_on(None)
    return context


def _named(name: Typed) -> BoundedPaginator:
    speakers = Speaker.objects.published()
    if name:
        found = speakers.search(name).order_by("-pk").values("pk")[: BOUND + 1]
        speakers = Speaker.objects.filter(pk__in=found)
    rows = Speaker.objects.prefetch_related("positions")
    return BoundedPaginator(speakers.order_by(Alphabetical("name"), "pk"), PER_PAGE, rows)
