"""The interchange format: one JSON record a line, for gold articles and for extracted claims.

    {"id", "language", "published_on", "publisher", "text", "claims": [
      {"content": [[start, end], …], "cue", "source", "speaker", "speaker_kind", "quotation",
       "kind", "said_on", "parts", …}]}

Offsets are Unicode code points into ``text``, end-exclusive.
"""

import json
import re
from collections.abc import Iterable, Iterator

from claims.extraction.claim import Candidate, Reading, Span

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class InterchangeError(ValueError):
    """A line that is no record; the message names the line and the fault."""


def to_dict(claim: Candidate) -> dict:
    """The claim as the JSON Lines record holds it; spans become [start, end]."""
    return {
        "content": [list(span) for span in claim.content],
        "cue": list(claim.cue) if claim.cue else None,
        "source": list(claim.source) if claim.source else None,
        "speaker": claim.speaker,
        "speaker_kind": claim.speaker_kind,
        "speaker_candidates": list(claim.speaker_candidates),
        "quotation": claim.quotation,
        "kind": claim.kind,
        "said_on": claim.said_on,
        "parts": [list(span) for span in claim.parts],
        "sentence": list(claim.sentence),
        "confidence": claim.confidence,
        "check_worthiness": claim.check_worthiness,
        "rule": claim.rule,
    }


def to_record(article: dict, reading: Reading) -> dict:
    """`article` (id, text, published_on, …) with the sentences and claims of `reading`."""
    return article | {
        "sentences": [list(span) for span in reading.sentences],
        "claims": [to_dict(claim) for claim in reading.claims],
    }


def from_dict(claim: dict) -> Candidate:
    """The reverse of `to_dict`. Raises KeyError or TypeError on a record of another shape."""

    def spans(values) -> tuple[Span, ...]:
        return tuple(Span(*value) for value in values or ())

    return Candidate(
        **{
            **claim,
            "content": spans(claim["content"]),
            "cue": Span(*claim["cue"]) if claim["cue"] else None,
            "source": Span(*claim["source"]) if claim["source"] else None,
            "speaker_candidates": tuple(claim["speaker_candidates"]),
            "parts": spans(claim["parts"]),
            "sentence": Span(*claim["sentence"]),
        }
    )


def dumps(record: dict) -> str:
    """One line, without the line break."""
    return json.dumps(record, ensure_ascii=False)


def read_lines(lines: Iterable[str]) -> Iterator[dict]:
    """Yield the record of each line that is not blank.

    A record has a ``text``; ``published_on`` is "2025-12-08", "2025-12", "2025", null or absent.
    Raises InterchangeError, naming the line and the fault.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _record(number, line)


def _record(number: int, line: str) -> dict:
    def fault(what: str) -> InterchangeError:
        return InterchangeError(f"line {number}: {what}")

    try:
        record = json.loads(line)
    except ValueError as error:
        raise fault(f"not JSON: {error}") from None
    except RecursionError:
        raise fault("nested too deeply") from None
    if not isinstance(record, dict):
        raise fault(f"expected an object, got {type(record).__name__}")
    if "text" not in record:
        raise fault('"text" is missing')
    if not isinstance(record["text"], str):
        raise fault('"text" is not a string')
    try:
        dumps(record).encode()
    except UnicodeEncodeError:
        raise fault("it holds half of a surrogate pair, which is no character") from None
    published_on = record.setdefault("published_on", None)
    well_formed = isinstance(published_on, str) and PARTIAL_DATE.fullmatch(published_on)
    if published_on is not None and not well_formed:
        raise fault(f'"published_on" is not YYYY-MM-DD, YYYY-MM or YYYY: {published_on!r}')
    return record
