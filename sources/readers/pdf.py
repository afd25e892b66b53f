"""PDF to text, with pypdf; lines become paragraphs again."""

import io
import re
from collections import Counter
from statistics import median

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from sources.readers.kind import Kind
from sources.readers.page import Page
from sources.readers.unreadable import Reason, Unreadable

PAGES = 1_000
EDGE = 3  # lines at the top and bottom of a page where its header and footer are
# A title that a program made up from the name of its file.
MADE_UP = re.compile(r"^microsoft|^untitled|^sans titre|\.\w{2,5}$", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?\W*", re.IGNORECASE)
END = re.compile(r"[.!?…:;][\s»”\"’)\]]*$")
START = re.compile(r"[•▪■●◦*–—-]\s|\d{1,2}[.)]\s|[IVX]{1,4}\.\s")
HYPHEN = re.compile(r"\w[-‐]$")
SOFT_HYPHEN = "\xad"
# A hyphen at the end of a line that belongs to the word.
BEFORE_HYPHEN = re.compile(
    r"\b(?:porte|vice|ex|non|mi|demi|sous|après|avant|avant-hier|au|par|celui|celle|ceux|celles|"
    r"peut|grand|contre|quasi|mot|rendez|c’est|c'est|là|ci|outre|week|chef|franco|euro)$",
    re.IGNORECASE,
)
AFTER_HYPHEN = re.compile(
    r"(?:t-)?(?:il|elle|on|ils|elles|je|tu|nous|vous|ce|ci|là|mêmes?|être|moi|toi|le|la|les|lui|"
    r"leur|y|en|t)\b"
)


def read(original: bytes) -> Page:
    """The words of a PDF without the header and footer of its pages.

    Who wrote it and when is not taken from its properties: they name accounts and copies.
    """
    reader = PdfReader(io.BytesIO(original))
    try:
        if len(reader.pages) > PAGES:
            raise Unreadable(Reason.TOO_MANY_PAGES, pages=len(reader.pages), limit=PAGES)
        pages = [_lines(page.extract_text()) for page in reader.pages]
    except (FileNotDecryptedError, DependencyError) as error:  # AES takes one more library
        raise Unreadable(Reason.ENCRYPTED) from error
    except LimitReachedError as error:
        raise Unreadable(Reason.BOMB) from error
    text = "\n\n".join(_paragraphs(_without_edges(pages)))
    if not text:
        raise Unreadable(Reason.NO_TEXT)
    title = str((reader.metadata or {}).get("/Title") or "").strip()
    return Page(text, Kind.PDF, title="" if MADE_UP.search(title) else title)


def _lines(text: str) -> list[str]:
    return [re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines()]


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and the lines that most pages begin or end with."""
    seen = Counter(key for page in pages for key in {_key(page[i]) for i in _edge(page)})
    repeated = {key for key, count in seen.items() if count > max(1, len(pages) / 2)}
    kept = []
    for page in pages:
        dropped = {
            i for i in _edge(page) if _key(page[i]) in repeated or PAGE_NUMBER.fullmatch(page[i])
        }
        kept.append([line for i, line in enumerate(page) if i not in dropped])
    return kept


def _edge(page: list[str]) -> list[int]:
    filled = [i for i, line in enumerate(page) if line]
    return sorted({*filled[:EDGE], *filled[-EDGE:]})


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """Lines joined: a paragraph ends at an empty line, or at one too short to be full."""
    lengths = [len(line) for page in pages for line in page if len(line) > 20]
    full = median(lengths or [0])
    paragraphs: list[list[str]] = [[]]
    last = ""
    for page in pages:
        for line in page:
            ends = len(last) < (0.9 if END.search(last) else 0.6) * full
            if not line or ends or START.match(line):
                paragraphs.append([])
            _add(paragraphs[-1], line)
            last = line
        if not END.search(last):
            last = "…" * int(full)  # a sentence goes on across the page
    joined = ("".join(words).replace(SOFT_HYPHEN, "").strip() for words in paragraphs)
    return [paragraph for paragraph in joined if paragraph]


def _add(words: list[str], line: str) -> None:
    """Add a line to its paragraph, mending the word that was cut before it."""
    last = words[-1] if words else ""
    if not last or last.endswith(SOFT_HYPHEN):
        words.append(line)
    elif HYPHEN.search(last) and line[:1].islower():
        if not (BEFORE_HYPHEN.search(last[:-1]) or AFTER_HYPHEN.match(line)):
            words[-1] = last[:-1]
        words.append(line)
    else:
        words.append(f" {line}")
