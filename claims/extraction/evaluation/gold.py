"""Read articles annotated by hand with the claims in them.

A file has a header, a line ``---``, the text with the tags ``<qN>`` content, ``<cN>`` cue, ``<sN>``
source and ``<pN>`` part of claim N, a line ``---``, then one line a claim:

    1: speaker=Jeanne Roux; speaker_kind=person; quotation=indirect; kind=commitment; said_on=-
"""

import re
from pathlib import Path

from claims.extraction.claim import KINDS, QUOTATIONS, SPEAKER_KINDS

TAG = re.compile(r"<(/?)([qcsp])(\d+)>")
STRAY = re.compile(r"</?[a-z]\d*>")
ROLES = {"q": "content", "c": "cue", "s": "source", "p": "parts"}
CHOICES = {"kind": KINDS, "quotation": QUOTATIONS, "speaker_kind": SPEAKER_KINDS}
KEYS = {*CHOICES, "speaker", "said_on"}


class GoldError(ValueError):
    """A file that breaks the mark-up; the message names the file and the fault."""


def read_gold(path: Path) -> dict:
    """One article as an interchange record, its claims in order of their content.

    Raises GoldError, naming the file and the fault.
    """
    try:
        return parse_gold(path.read_text(encoding="utf-8"))
    except GoldError as error:
        raise GoldError(f"{path}: {error}") from None


def parse_gold(marked_up: str) -> dict:
    """The record of a marked-up article given as text."""
    sections = re.split(r"^---\s*$", marked_up, flags=re.MULTILINE)
    if len(sections) < 3:
        raise GoldError("expected a header, a text and the claims, with lines --- between them")
    header, marked, footer = sections[:3]
    fields = (line.partition(":") for line in header.strip().splitlines())
    record = {key.strip(): value.strip() for key, _, value in fields}
    for key in ("id", "published_on"):
        if key not in record:
            raise GoldError(f"the header has no {key}")
    text, spans = _read_tags(marked.strip("\n"))
    claims = [_claim(line, spans) for line in footer.strip().splitlines()]
    numbers = {int(line.split(":", 1)[0]) for line in footer.strip().splitlines()}
    if orphans := {number for _, number in spans} - numbers:
        raise GoldError(f"spans without a line of attributes: {sorted(orphans)}")
    return {
        "id": record["id"],
        "language": record.get("language", "fr"),
        "published_on": record["published_on"],
        "publisher": record.get("publisher", ""),
        "text": text,
        "claims": sorted(claims, key=lambda claim: claim["content"][0][0]),
    }


def _read_tags(marked: str) -> tuple[str, dict[tuple[str, int], list[list[int]]]]:
    """The text without its tags, and the spans of each (role, claim number)."""
    spans: dict[tuple[str, int], list[list[int]]] = {}
    open_at: dict[tuple[str, int], int] = {}
    text, last = "", 0
    for tag in TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        key = (ROLES[tag[2]], int(tag[3]))
        if not tag[1]:
            if key in open_at:
                raise GoldError(f"{tag[0]} opened twice")
            open_at[key] = len(text)
        elif key not in open_at:
            raise GoldError(f"{tag[0]} closed but not open")
        else:
            spans.setdefault(key, []).append([open_at.pop(key), len(text)])
    text += marked[last:]
    if open_at:
        raise GoldError(f"never closed: {sorted(open_at)}")
    if stray := STRAY.search(text):
        raise GoldError(f"stray tag {stray[0]}")
    return text, spans


def _claim(line: str, spans: dict[tuple[str, int], list[list[int]]]) -> dict:
    number, _, attributes = line.partition(":")
    if not number.strip().isdigit():
        raise GoldError(f"expected a claim number: {line!r}")
    claim = dict(part.strip().split("=", 1) for part in attributes.split(";") if part.strip())
    if unknown := claim.keys() - KEYS:
        raise GoldError(f"claim {number}: unknown {sorted(unknown)}")
    for key, allowed in CHOICES.items():
        if claim.get(key) not in allowed:
            raise GoldError(f"claim {number}: {key}={claim.get(key)!r}")
    claim = {"speaker": None, "said_on": None} | claim
    claim = {key: None if value in ("", "null", "-") else value for key, value in claim.items()}
    claim["content"] = spans.get(("content", int(number)), [])
    if not claim["content"]:
        raise GoldError(f"claim {number} has no content")
    for role in ("cue", "source"):
        found = spans.get((role, int(number)))
        claim[role] = found[0] if found else None
    if parts := spans.get(("parts", int(number))):
        claim["parts"] = parts
    return claim
