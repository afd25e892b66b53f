"""A text that was sent is read while others are answered: by turns, within a time."""

import logging

from django.utils.translation import gettext as _
from rest_framework.request import Request

from claims import engine
from claims.api.problems import Unavailable
from claims.extraction import Reading
from claims.extraction.apart import CameToNothing, TookTooLong

AGAIN = 5  # seconds after which to ask again

log = logging.getLogger(__name__)


def read(request: Request, text: str, published_on: str | None = None) -> Reading:
    """The claims of ``text``, which counts as extractions of the key; raises Unavailable, TooMany.

    Of the text nothing is kept, here or in a log.
    """
    try:
        with engine.turn():
            request.caller.spent.extract(len(text))
            return engine.read_apart(text, published_on)
    except engine.Busy:
        raise Unavailable(
            _("Other texts are being read: ask again in some seconds."), AGAIN
        ) from None
    except TookTooLong:
        raise Unavailable(_("This text takes too long to read: send it in parts.")) from None
    except CameToNothing as failure:
        log.error("A text of %d code points was not read: %s", len(text), failure)
        sentence = _("This text could not be read: the fault is ours, and was noted.")
        raise Unavailable(sentence) from None
