"""Read a file that somebody names, or say in one sentence why it cannot be read."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from sources.refused import Refused


def read_file(path: Path) -> bytes:
    """Its bytes, one more than the limit at most; raises Refused."""
    try:
        with path.open("rb") as file:
            return file.read(settings.MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise Refused(_("there is no such file")) from None
    except IsADirectoryError:
        raise Refused(_("it is a folder")) from None
    except PermissionError:
        raise Refused(_("it may not be read by this account")) from None
    except OSError as error:
        raise Refused(_("it cannot be read: %(why)s") % {"why": error.strerror}) from error
