"""What a site lets programs fetch: its robots.txt (RFC 9309), kept for a day."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from protego import Protego

from sources.fetching.addresses import Address
from sources.fetching.exchange import AGENT
from sources.fetching.failure import Failed
from sources.fetching.redirects import follow
from sources.fetching.time_limit import TimeLimit
from sources.fetching.turns import take_turn
from sources.models import Site
from sources.refused import Refused

MOST = 500 * 1024  # bytes; what comes after is not read, as the RFC allows
SECONDS = 20
KEPT = timedelta(days=1)
ASKED_AGAIN = timedelta(minutes=10)  # where it could not be had
LONGEST_DELAY = 30  # seconds between two requests, whatever a site asks for


def allowed(site: Site, address: Address, limit: TimeLimit) -> float:
    """The seconds the site wants between two requests; raises Refused if this is not allowed."""
    if not _fresh(site, limit):
        take_turn(site, settings.FETCH_DELAY, limit)
        site.refresh_from_db()  # Somebody else may have asked meanwhile.
    if not _fresh(site, limit):
        site.robots = _robots(address.at("/robots.txt"), limit)
        site.robots_at = limit.now
        site.save(update_fields=["robots", "robots_at"])
    if site.robots is None:
        raise Failed(
            _("“%(host)s” cannot say at the moment what it lets programs fetch; try again later")
            % {"host": address.host},
            temporary=True,
        )
    rules = Protego.parse(site.robots)
    if not rules.can_fetch(str(address), AGENT):
        raise Refused(_("the site does not let programs fetch this page (robots.txt)"))
    delay = rules.crawl_delay(AGENT) or 0
    return min(max(delay, settings.FETCH_DELAY), LONGEST_DELAY)


def _fresh(site: Site, limit: TimeLimit) -> bool:
    kept = ASKED_AGAIN if site.robots is None else KEPT
    return bool(site.robots_at) and limit.now - site.robots_at < kept


def _robots(address: Address, limit: TimeLimit) -> str | None:
    """The text of robots.txt, empty where there is none, None where it cannot be had now."""
    own = TimeLimit(limit.now, min(SECONDS, limit.left()))
    with follow(address, lambda _address: {}, own) as answer:
        if answer.status == 200:
            return answer.start(MOST).decode(errors="replace").replace("\0", "")
        missing = 400 <= answer.status < 500 and answer.status != 429
        return "" if missing else None
