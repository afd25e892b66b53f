"""Examples for `mention_ends`: the words after the first noun of a source, and which belong."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from claims.extraction.chunks import clauses_of
from claims.extraction.mention_ends import Mention
from claims.extraction.training.fit import Example


def examples(doc: Doc, gold: dict) -> Iterator[Example]:
    """The words of each gold source, and the one after it; `constat_cues` has been over `doc`."""
    seen = set()
    for claim in gold["claims"]:
        if not claim["source"] or tuple(claim["source"]) in seen:
            continue
        seen.add(tuple(claim["source"]))
        source = doc.char_span(*claim["source"], alignment_mode="expand")
        chunks = clauses_of(doc, source.start).chunks
        chunk = next((c for c in chunks if source.start < c.end and c.start < source.end), None)
        if chunk is None:
            continue
        mention = Mention(doc, chunk, _limit(doc, source, claim["cue"]))
        for i in range(chunk.end, min(source.end + 1, mention.limit)):
            yield Example(mention.features(i), "yes" if i < source.end else "no", gold["id"])


def _limit(doc: Doc, source: Span, cue_span: list[int] | None) -> int:
    """The verb after its subject, or the end of the sentence."""
    end = clauses_of(doc, source.start).end
    if cue_span is not None:
        for cue in doc._.cues:
            if cue.nature != "preposition" and cue_span[0] <= doc[cue.head].idx < cue_span[1]:
                return cue.group_start if source.end <= cue.group_start < end else end
    return end
