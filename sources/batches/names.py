"""What the names of files tell, and how they are shown: they come from anywhere."""

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

from sources.readers.kind import EXTENSIONS

# The second is what a browser appends to a script it saves with a page.
ENDING = re.compile(r"\.(?=\d*[a-z])[a-z0-9]{1,8}|\.téléchargement")
PARTS = re.compile(r"(.+)_(?:files|fichiers)")
JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
ZIP = (".zip",)
TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# Not read, but somebody's words: what keeps them out is said of each.
UNREADABLE = frozenset(
    ".doc .docm .dot .rtf .odt .pages .wpd .ppt .pptx .odp .xls .xlsx .ods .eml .msg .mht .mhtml"
    " .webarchive .epub .7z .rar .gz .bz2 .xz .zst".split()
)
DOCUMENTS = frozenset({"", ".text", ".md", *EXTENSIONS}) | UNREADABLE
SYSTEM = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


def shown(name: str) -> str:
    """A name as it may be printed, whatever its bytes: no control characters, one line."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def ending(name: str) -> str:
    """``.html``, ``.tar.gz``; "" for a name that ends in no letters after a dot."""
    name = name.lower()
    if name.endswith((*JSON_LINES, *TAR)):
        return next(end for end in (*JSON_LINES, *TAR) if name.endswith(end))
    suffix = unicodedata.normalize("NFC", PurePath(name).suffix)
    return suffix if ENDING.fullmatch(suffix) else ""


def holds_documents(name: str) -> bool:
    """Whether a file of that name is no document itself, but holds some."""
    return ending(name) in (*JSON_LINES, *ZIP, *TAR)


def is_hidden(name: str) -> bool:
    """Whether a file or folder is of the system's or of a program's own, as its name tells."""
    return name.startswith((".", "~$")) or name.lower() in SYSTEM


def is_part_of_page(folder: str, beside: Collection[str]) -> bool:
    """Whether a browser saved that folder with a page, which is among what is beside it."""
    page = PARTS.fullmatch(folder)
    return bool(page) and any(page[1] + end in beside for end in (".html", ".htm"))
