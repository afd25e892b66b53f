"""Claims in the passive: "Ces agissements ont été qualifiés d'« inacceptables » par M. Tan"."""

from spacy.tokens import Doc

from claims.extraction.clauses import QUE, sentence_end, trim
from claims.extraction.cues import Cue
from claims.extraction.extent import right_end
from claims.extraction.lexicon import words
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source, phrase
from claims.extraction.subjects import SUBJECTS, antecedent

Spans = list[tuple[int, int]]

# Of these verbs a passive reports something even where it names no agent.
ALWAYS = {"object", "urge", "judge"}


def passive_content(doc: Doc, cue: Cue, agent: Source | None) -> Spans:
    """The subject and what is said of it, the agent left out; empty if nothing is reported."""
    sentence = sentence_of(doc, cue.head)
    frames = cue.verb.frames
    if (
        cue.passive
        and cue.end + 1 < sentence.end
        and doc[cue.end].lower_ in QUE
        and "que" in frames
    ):
        return trim(doc, [(cue.end + 1, sentence_end(doc, cue.end + 1))])
    if agent is None and not (cue.passive and frames & ALWAYS):
        return []
    if not frames & ALWAYS and cue.verb.name not in words("reported_in_passive"):
        return []
    subject = _subject(doc, cue)
    if subject is None:
        return []
    spans = [(subject.start, subject.end)]
    end = right_end(doc, cue, cue.end, (), "object") if cue.end < sentence.end else cue.end
    if agent is None:
        spans.append((cue.end, end))
    else:
        spans.append((cue.end, agent.start - 1))
        if agent.end < end and doc[agent.end].text != ",":
            spans.append((agent.end, end))
    if frames & ALWAYS:
        said = trim(doc, [span for span in spans[1:] if span[0] < span[1]])
        return trim(doc, [spans[0], *said]) if said else []
    return trim(doc, spans[:1]) if agent is not None else []


def _subject(doc: Doc, cue: Cue) -> Source | None:
    sentence = sentence_of(doc, cue.head)
    token = doc[cue.head]
    if not cue.passive:  # "une dissolution évoquée par X"
        noun = token.head
        if not token.dep_.startswith("acl") or noun.i >= token.i:
            return None
        return phrase(doc, noun.i, sentence.start, cue.group_start)
    for child in token.children:
        if child.dep_ in SUBJECTS and child.i < cue.group_start:
            if child.lower_ == "qui":
                return antecedent(doc, child.i, sentence.start)
            return phrase(doc, child.i, sentence.start, cue.group_start)
    return None
