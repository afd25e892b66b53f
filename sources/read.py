"""Read a file: bytes in, a page out, or one sentence that says why not."""

from pathlib import PurePath

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.readers import process, text
from sources.readers.kind import EXTENSIONS, Kind, tell
from sources.readers.page import Page
from sources.readers.process import Limits
from sources.readers.unreadable import Unreadable
from sources.refusals import INSTEAD, SENTENCES
from sources.refused import Refused


def read(
    original: bytes,
    *,
    media_type: str = "",
    charset: str = "",
    name: str = "",
    url: str = "",
    limits: Limits = Limits(),  # noqa: B008  it never changes
) -> Page:
    """The words of ``original``, whose kind its content tells; raises Refused.

    ``media_type`` and ``charset`` are what it was sent with, ``name`` is its file's. All but
    plain text is parsed in a child process, so this ends within ``limits``.
    """
    try:
        check_file_size(len(original))
        kind = tell(original, name, media_type)
        if kind is Kind.TEXT:
            return Page(decode(original, charset), kind)
        hints = {"declared": charset, "url": url} if kind is Kind.HTML else {}
        page = process.read(process.READERS[kind], original, limits, **hints)
    except Unreadable as unreadable:
        raise Refused(_sentence(unreadable, name)) from unreadable
    _check_size(len(page.text.encode()), settings.MAX_TEXT_BYTES)
    return page


def decode(original: bytes, charset: str = "") -> str:
    """The plain text of ``original``; raises Refused."""
    _check_size(len(original), settings.MAX_TEXT_BYTES)
    try:
        return text.read(original, charset)
    except Unreadable as unreadable:
        raise Refused(_sentence(unreadable)) from unreadable


def check_file_size(size: int) -> None:
    """Raise Refused if a file of so many bytes is not taken in."""
    _check_size(size, settings.MAX_FILE_BYTES)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise Refused(
            _("it is longer than %(limit)s bytes, the most that is taken in")
            % {"limit": number_format(limit, force_grouping=True)}
        )


def _sentence(unreadable: Unreadable, name: str = "") -> str:
    sentence = SENTENCES[unreadable.reason] % unreadable.details
    extension = PurePath(name).suffix.lower()
    if unreadable.reason in INSTEAD and extension in EXTENSIONS:
        return _("its name ends in %(extension)s, but %(what)s") % {
            "extension": extension,
            "what": sentence,
        }
    return sentence
