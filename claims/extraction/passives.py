"""Claims in the passive: "Ces agissements ont été qualifiés d'« inacceptables » par M. Tan"."""

from spacy.tokens import Doc

from claims.extraction.clauses import QUE, sentence_end, trim
from claims.extraction.cues import Cue
from claims.extraction.extent import right_end
from claims.extraction.lexicon import words
from claims.extraction.relatives import antecedent
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source, first_noun, phrase

Spans = list[tuple[int, int]]

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:caus", "csubj", "expl:subj"}
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


def passive_spans(doc: Doc, cue: Cue, agent: Source | None) -> list[tuple[Spans, str]]:
    """Every content a passive may report, each with how it is put together."""
    sentence = sentence_of(doc, cue.head)
    if cue.end + 1 < sentence.end and doc[cue.end].lower_ in QUE:
        return [([(cue.end + 1, sentence_end(doc, cue.end + 1))], "que")]
    subject = _subject(doc, cue) or _noun_before(doc, cue, sentence.start)
    if subject is None:
        return _leading(doc, cue, agent, sentence.start)
    whole = (subject.start, subject.end)
    end = right_end(doc, cue, cue.end, (), "object") if cue.end < sentence.end else cue.end
    if agent is None:
        return [([whole, (cue.end, end)], "rest")] if end > cue.end else []
    found = [([whole], "subject")]
    if agent.start - 1 > cue.end:
        found.append(([whole, (cue.end, agent.start - 1)], "rest"))
    elif agent.end < end:
        found.append(([whole, (agent.end, end)], "rest"))
    return found


def _noun_before(doc: Doc, cue: Cue, left: int) -> Source | None:
    """The noun phrase right before a participle: "des articles jugés faux", "X, accusé de …"."""
    i = cue.group_start - 1
    if cue.passive or i < left:
        return None
    if doc[i].text == ",":
        i -= 1
    if i < left or doc[i].pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return None
    return antecedent(doc, cue.group_start, left)


def _leading(doc: Doc, cue: Cue, agent: Source | None, left: int) -> list[tuple[Spans, str]]:
    """ "Accusé de fraude par X, le maire …": the participle opens the sentence."""
    if any(t.is_alpha and t.pos_ != "ADV" for t in doc[left : cue.group_start]):
        return []
    limit = sentence_of(doc, cue.head).end
    comma = next((i for i in range(cue.end, limit - 1) if doc[i].text == ","), None)
    noun = first_noun(doc, comma + 1, limit) if comma is not None else None
    if noun is None:
        return []
    subject = phrase(doc, noun, comma + 1, limit)
    said = agent.start - 1 if agent is not None and agent.start - 1 > cue.end else comma
    return [([(cue.end, said), (subject.start, subject.end)], "leading")] if said > cue.end else []
