"""From what was fetched to its words."""

from django.utils.translation import gettext as _

from sources.fetching.fetch import Fetched
from sources.ingest import Refused


def text_of(fetched: Fetched) -> bytes:
    """The words of what was fetched, in UTF-8. Here the readers of other media types join in."""
    if fetched.attempt.media_type != "text/plain":
        raise Refused(
            _("it is of the type “%(type)s”, which is not read yet")
            % {"type": fetched.attempt.media_type}
        )
    return fetched.content
