"""Read a file that somebody names, or say in one sentence why it cannot be read."""

import errno
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from sources.refused import Refused

# Names that lead to no file: also through a file as if it were a folder, or from link to link.
NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}


def read_file(path: Path) -> bytes:
    """Its bytes, one more than the limit at most; raises Refused."""
    try:
        with path.open("rb") as file:
            return file.read(settings.MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused(sentence(error)) from error


def sentence(error: OSError) -> str:
    """Why a file or folder could not be opened."""
    match error:
        case IsADirectoryError():
            return _("it is a folder")
        case PermissionError():
            return _("this account has no access to it")
    if error.errno in NOWHERE:
        return _("there is no such file")
    return _("it cannot be read: %(why)s") % {"why": error.strerror}
