"""Checkable facts in the paper's own voice: sentences nobody is cited for, and what stands beside
a claim in its sentence ("X a publié un rapport mettant en garde contre …").

A trained model tells a checkable fact from a transition, a comment or background.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.lang.fr.stop_words import STOP_WORDS
from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite, sentence_end, trim
from claims.extraction.document import text_of
from claims.extraction.linear import load_weights
from claims.extraction.narration_features import narration_features
from claims.extraction.sentences import Sentence, sentence_of, sentences_between

SURE = 0.5
INTRODUCING = 0.6  # how sure a clause is that brings in a source
STOPS = (".", "!", "»", '"', "…")
SHORTEST = 4  # words
# Of 3,460 French sentences of so many words all but 4 have such a share of the commonest words.
TELLING = 8  # words
FRENCH = 0.18


class Narrated(NamedTuple):
    """A claim in the paper's own voice: its tokens, `end` exclusive, and how sure it is one."""

    start: int
    end: int
    sure: float


def narrated(doc: Doc, attributions: Sequence[Attribution]) -> list[Narrated]:
    """The narrated claims, in order."""
    model = load_weights("narration")
    found = []
    for sentence, features in unattributed(doc, attributions):
        sure = model.probability(features)
        if sure >= SURE:
            bounds = sentence.start, sentence_end(doc, sentence.start)
            found += [Narrated(*span, sure) for span in trim(doc, [bounds])]
    for attribution in attributions:
        if span := _introducing(doc, attribution):
            found += [Narrated(*span, INTRODUCING) for span in trim(doc, [span])]
    return sorted(found)


def unattributed(
    doc: Doc, attributions: Sequence[Attribution]
) -> Iterator[tuple[Sentence, list[str]]]:
    """The whole sentences nobody is cited for, headlines left out, with their features."""
    citing = _citing(doc, attributions)
    sentences = [s for s in sentences_between(doc, 0, len(doc)) if not doc[s.start].is_space]
    counts = [_counted(doc, sentence) for sentence in sentences]
    if not _is_french(sum([words for words, _ in counts]), sum([common for _, common in counts])):
        return
    cited = len(citing) / max(1, len(sentences))
    for place, (sentence, (words, common)) in enumerate(zip(sentences, counts, strict=True)):
        if (
            sentence not in citing
            and words >= SHORTEST
            and _is_french(words, common)
            and _has_stop(doc, sentence)
        ):
            yield sentence, narration_features(doc, sentence, place, cited)


def _citing(doc: Doc, attributions: Sequence[Attribution]) -> set[Sentence]:
    """The sentences that hold a cue or something claimed."""
    found: set[Sentence] = set()
    for attribution in attributions:
        spans = list(attribution.content)
        if attribution.cue:
            spans.append((attribution.cue.start, attribution.cue.end))
        for start, end in spans:
            found.update(sentences_between(doc, start, end))
    return found


def _counted(doc: Doc, sentence: Sentence) -> tuple[int, int]:
    """How many words it has, and how many of those are among the commonest of French."""
    common = [token.lower_ in STOP_WORDS for token in doc[slice(*sentence)] if token.is_alpha]
    return len(common), sum(common)


def _is_french(words: int, common: int) -> bool:
    """Whether they may be: of other languages the model knows nothing."""
    return words < TELLING or common >= FRENCH * words


def _has_stop(doc: Doc, sentence: Sentence) -> bool:
    """Whether it is whole: no headline, no byline."""
    return text_of(doc, *sentence).rstrip().endswith(STOPS)


def _introducing(doc: Doc, attribution: Attribution) -> tuple[int, int] | None:
    """The clause that brings in the source of a participle: its verb and that noun phrase."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or cue.tense != "gerund":
        return None
    start = sentence_of(doc, cue.head).start
    if source.end != cue.group_start or source.start == start:
        return None
    verb = doc[source.head]
    while verb.head != verb and not _heads_clause(verb):
        verb = verb.head
    if verb.i < source.start and _heads_clause(verb):
        return _clause_start(verb, start), source.end
    return None


def _heads_clause(token: Token) -> bool:
    return token.pos_ == "VERB" and (
        is_finite(token) or any(c.dep_.startswith("aux") for c in token.children)
    )


def _clause_start(verb: Token, left: int) -> int:
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    return subject.left_edge.i if subject is not None else left
