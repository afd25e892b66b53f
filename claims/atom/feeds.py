"""The feeds: of claims, verifications, developments, corrections, and of one speaker."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.atom import entries
from claims.atom.entry import Entry
from claims.atom.generator import AtomFeed
from claims.atom.stream import Stream, page
from claims.models import Claim, Correction, Coverage, Speaker, Verification
from claims.origin import origin
from claims.pages import shown
from config.as_of import PARAMETER

# When a feed with nothing in it changed last: any time will do that does not pass.
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def claims(rows: QuerySet[Claim] | None = None) -> Stream:
    told = shown.listed(rows).prefetch_related(shown.corrections())
    return Stream(told, "decided_at", entries.of_claim)


def verifications(rows: QuerySet[Verification]) -> Stream:
    about = Claim.objects.published().select_related("speaker")
    told = shown.verifications(rows).prefetch_related(
        Prefetch("claims", about, to_attr="shown_claims"),
        Prefetch("successors", Verification.objects.published()),
    )
    return Stream(told, "published_at", entries.of_verification)


@dataclass(frozen=True)
class Page:
    """A page of a feed, as it was asked for: what it is of, its entries, its own address and those
    of the first and the next one."""

    subject: Speaker | None
    entries: list[Entry]
    origin: str
    address: str
    first: str
    next: str


class RecordFeed(Feed):
    """The entries of ``streams``. ``title`` and ``subtitle`` say what they are; ``shown_at`` is the
    name of the page that shows readers the same."""

    feed_type = AtomFeed
    description_template = "feeds/content.html"
    author_name = item_author_name = "Constat"
    feed_copyright = gettext_lazy(
        "Data: CC BY 4.0. The licence does not cover the texts of the documents quoted: they"
        " belong to their authors."
    )
    shown_at = ""

    def streams(self, subject: Speaker | None) -> list[Stream]:
        raise NotImplementedError

    def subject(self) -> Speaker | None:
        return None

    def get_object(self, request: HttpRequest, **named: str) -> Page:
        subject, before = self.subject(**named), request.GET.get("before", "")
        try:
            told, following = page(self.streams(subject), before)
        except LookupError:
            raise Http404 from None
        site = origin(request)
        time = {PARAMETER: request.as_of.asked} if request.as_of else {}

        def address(before: str = "") -> str:
            query = ({"before": before} if before else {}) | time
            return site + request.path + (f"?{urlencode(query)}" if query else "")

        return Page(
            subject=subject,
            entries=told,
            origin=site,
            address=address(before),
            first=address(),
            next=address(following) if following else "",
        )

    def link(self, page: Page) -> str:
        return reverse(self.shown_at)

    def feed_url(self, page: Page) -> str:
        return page.address

    def feed_guid(self, page: Page) -> str:
        return page.first.partition("?")[0]

    def author_link(self, page: Page) -> str:
        return page.origin + reverse("home")

    def feed_extra_kwargs(self, page: Page) -> dict:
        with translation.override(settings.LANGUAGE_CODE):
            terms = page.origin + reverse("feeds")
        return {
            "first": page.first,
            "next": page.next,
            "icon": page.origin + static("constat.svg"),
            "terms": terms,
            "empty_since": EMPTY_SINCE,
        }

    def items(self, page: Page) -> list[Entry]:
        return page.entries

    def item_title(self, entry: Entry) -> str:
        return entry.title

    def item_link(self, entry: Entry) -> str:
        return entry.path

    def item_guid(self, entry: Entry) -> str:
        return entry.id

    def item_pubdate(self, entry: Entry) -> datetime:
        return entry.published

    def item_updateddate(self, entry: Entry) -> datetime:
        return entry.updated

    def item_extra_kwargs(self, entry: Entry) -> dict:
        return {"entry": entry}

    def get_context_data(self, item: Entry, obj: Page, request: HttpRequest, **kwargs) -> dict:
        return {"entry": item, "row": item.row, "origin": obj.origin, "request": request}


class LatestClaims(RecordFeed):
    title = gettext_lazy("Constat: claims")
    subtitle = gettext_lazy("Every claim with its source sentence, the latest published first.")
    shown_at = "claims"

    def streams(self, subject):
        return [claims()]


class LatestVerifications(RecordFeed):
    title = gettext_lazy("Constat: verifications")
    subtitle = gettext_lazy("Every finding as it is published, each new version of one too.")
    shown_at = "claims"

    def streams(self, subject):
        return [verifications(Verification.objects.published())]


class LatestDevelopments(RecordFeed):
    title = gettext_lazy("Constat: developments")
    subtitle = gettext_lazy("What happened after a claim was made, and what it does to that claim.")
    shown_at = "developments"

    def streams(self, subject):
        moved = shown.effects().filter(development=OuterRef("pk")).order_by("-decided_at")
        rows = shown.developments().annotate(moved_at=Subquery(moved.values("decided_at")[:1]))
        return [Stream(rows, "decided_at", entries.of_development, tell=shown.tell_effects)]


class LatestCorrections(RecordFeed):
    title = gettext_lazy("Constat: corrections")
    subtitle = gettext_lazy(
        "Everything that was corrected, completed or answered since it was published."
    )
    shown_at = "corrections"

    def streams(self, subject):
        made = Correction.objects.published().with_subject()
        return [Stream(made, "made_at", entries.of_correction, name="pk")]


class OfSpeaker(RecordFeed):
    """What a speaker claimed, and what was found about it."""

    def subject(self, public_id: str) -> Speaker:
        return get_object_or_404(Speaker.objects.published(), public_id=public_id)

    def streams(self, subject):
        said = Claim.objects.published().filter(speaker=subject)
        found = Verification.objects.published().filter(pk__in=_about(said))
        return [claims(said), verifications(found)]

    def title(self, page: Page) -> str:
        return _("Constat: %(name)s") % {"name": capfirst(page.subject.name)}

    def subtitle(self, page: Page) -> str:
        name = capfirst(page.subject.name)
        return _("What %(name)s claimed, and what was found about it.") % {"name": name}

    def link(self, page: Page) -> str:
        return page.subject.get_absolute_url()


def _about(said: QuerySet[Claim]) -> QuerySet[Coverage]:
    """The ids of the verifications of these claims."""
    return Coverage.objects.filter(claim__in=said).order_by().values("verification")
