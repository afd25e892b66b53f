"""The claims: all of them, the latest published first, or those that are asked for."""

import re
from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from claims import documents
from claims.counted import Counted
from claims.facets import chosen, facets
from claims.models import Claim, Speaker
from claims.pages.refusing import SECONDS, page_number, refusal, too_long
from claims.pages.shown import PER_PAGE, listed
from claims.query import LATEST, RELEVANCE, ClaimQuery, Refused
from sources.lists import BoundedPaginator
from sources.models import Document
from sources.prepared import preparing
from sources.search import corrected, marked
from sources.session import no_statement_longer

# So many speakers, and documents, that have the words too.
BESIDE = 5
LOOKED_AT = 100  # documents
MARK = re.compile("<mark>(.*?)</mark>")


def claims(request):
    try:
        query = ClaimQuery.parse(request.GET, beside=("page", "as_of"))
        number = page_number(request)
    except Refused as refused:
        return refusal(request, refused)
    try:
        with no_statement_longer(SECONDS):
            context = _answer(query, number)
    except TimeoutError:
        return too_long(request)
    return render(request, "claims/claims.html", context)


def _answer(query: ClaimQuery, number: int) -> dict:
    """What the page of that number shows; raises Http404 where there is none."""
    answered, meant, found = _found(query)
    try:
        page = found.page(number)
    except EmptyPage:
        raise Http404 from None
    context = {
        "query": query,
        "asked": query.asked,
        "answered": answered,
        "meant": meant,
        "page": page,
        "counted": Counted(found.count, found.more),
        "by_relevance": query.in_order(RELEVANCE),
        "by_date": query.in_order(LATEST),
        "chosen": chosen(answered),
        "facets": facets(answered, found.found),
    }
    if query.q:
        beside = _beside(answered.q) if number == 1 else {}
        _mark(answered.q, page, *beside.values())
        context |= beside
    return context


def _found(query: ClaimQuery) -> tuple[ClaimQuery, ClaimQuery | None, BoundedPaginator]:
    """The query that is answered, what may have been meant, and what is found.

    Where nothing is found as it was typed, what was meant is answered at once; where that finds
    nothing either, what has most of the words.
    """
    found, meant = _paginator(query), None
    if query.q and found.count < PER_PAGE and (words := corrected(query.q)):
        meant = query.instead(words)
        better = _paginator(meant)
        if better.count > found.count:
            return (query, meant, found) if found.count else (meant, meant, better)
    if query.q and not found.count:
        some = (meant or query).with_most()
        if (with_most := _paginator(some)).count:
            return some, None, with_most
    return query, None, found


class ClaimPaginator(BoundedPaginator):
    """Where twenty claims stand takes longer to plan than to find."""

    def page(self, number) -> Page:
        with preparing():
            return super().page(number)


def _paginator(query: ClaimQuery) -> ClaimPaginator:
    return ClaimPaginator(query.found(), PER_PAGE, listed())


def _beside(words: str) -> dict[str, list]:
    """Speakers, with the ``held`` position, and documents that have the words: the best few."""
    speakers = list(Speaker.objects.published().best(words).prefetch_related("positions")[:BESIDE])
    for speaker in speakers:
        speaker.held = speaker.position_on(None)
    # Whether a document is public takes longer to find out than how well it matches.
    best = list(Document.objects.best(words).values_list("pk", flat=True)[:LOOKED_AT])
    public = documents.published().in_bulk(best)
    shown = [public[pk] for pk in best if pk in public]
    return {"speakers": speakers, "documents": shown[:BESIDE]}


@dataclass(frozen=True)
class Marked:
    """A claim with what matches marked; its ``sentence`` only where that has more of it."""

    text: SafeString
    speaker: SafeString
    sentence: SafeString | None


def _mark(words: str, claims, speakers=(), documents=()) -> None:
    """Give each its words as ``marked``: one query."""
    claims = list(claims)
    texts = []
    for claim in claims:
        speaker = capfirst(claim.speaker.name) if claim.speaker else ""
        texts += [capfirst(claim.text), speaker, claim.sentence.text]
    texts += [capfirst(speaker.name) for speaker in speakers]
    texts += [document.title for document in documents]
    shown = iter(marked(texts, words))
    for claim in claims:
        claim.marked = _marked(claim, next(shown), next(shown), next(shown))
    for row in [*speakers, *documents]:
        row.marked = next(shown)


def _marked(claim: Claim, text: SafeString, speaker: SafeString, sentence: SafeString) -> Marked:
    told = set(MARK.findall(f"{text} {speaker}".lower()))
    more = claim.wording and set(MARK.findall(sentence.lower())) - told
    return Marked(text, speaker, sentence if more else None)
