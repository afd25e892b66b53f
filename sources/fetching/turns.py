"""One after the other: no site is asked faster than it bears, however many processes fetch."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sources.fetching.failure import Failed
from sources.fetching.time_limit import TimeLimit
from sources.models import Site

LONGEST_WAIT = timedelta(minutes=1)


def take_turn(site: Site, delay: float, limit: TimeLimit) -> None:
    """Wait until this site may be asked; the next one waits ``delay`` seconds longer.

    Raises Failed where too many wait already.
    """
    with transaction.atomic():
        site = Site.objects.select_for_update().get(pk=site.pk)
        now = limit.now
        turn = max(site.next_at or now, now)
        if turn - now > LONGEST_WAIT:
            raise Failed(
                _("many pages of %(site)s are waiting to be fetched; try again later")
                % {"site": site.origin},
                temporary=True,
            )
        site.next_at = turn + timedelta(seconds=delay)
        site.save(update_fields=["next_at"])
    limit.wait((turn - now).total_seconds())
