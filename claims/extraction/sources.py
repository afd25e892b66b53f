"""The mention a claim is attributed to: a noun phrase as written, found from what governs it."""

import re
from typing import NamedTuple

from spacy.tokens import Doc

from claims.extraction.adjuncts import skip_adjuncts
from claims.extraction.chunks import Chunk
from claims.extraction.clauses import is_finite
from claims.extraction.cues import Cue
from claims.extraction.document import kept
from claims.extraction.lexicon import is_source_noun, load, words
from claims.extraction.mention_ends import mention_end
from claims.extraction.noun_phrases import TITLES, extend_right, time_words
from claims.extraction.outline import outline_of
from claims.extraction.quoted import OPENING, around
from claims.extraction.sentences import sentence_of

PERSONAL = words("personal_pronouns")
INSIDE_NAME = {"nmod", "amod", "flat:name", "appos", "det", "nummod", "flat", "flat:foreign"}
WHERE = {"à", "a", "au", "aux", "chez", "du", "auprès", "de", "côté", "dans", "sur"}
NAMES = {"PER", "ORG", "LOC", "MISC"}
LAST = {"dernier", "derniers", "dernière", "dernières", "celui-ci", "celle-ci", "ceux-ci"}
CLITICS = words("before_verb")
AGENT_FAR = 80  # tokens between a passive and its agent
NEAR = 4  # tokens between a preposition and the mention it governs
FAR = 25  # tokens between a mention and a name in apposition to it
# Endings of nouns for people: "constitutionnaliste", "volcanologue", "utilisatrice".
THING = re.compile(r"(?:[ts]ion|ment|té|ance|ence|ure|age|isme|ude|eur)s?$")
HUMAN = re.compile(r"(?:iste|logue|trice|euse|eur|ien|ienne|ois|oise|ant|ante|aire|crate)s?$")


class Source(NamedTuple):
    """A mention: its tokens, and its head."""

    start: int
    end: int
    head: int


@kept
def phrase(doc: Doc, head: int, left: int, right: int) -> Source:
    """The whole noun phrase around `head`, between the tokens `left` and `right`."""
    chunk = outline_of(doc, head).chunk_around(head)
    if chunk is not None:
        return Source(max(chunk.start, left), mention_end(doc, chunk, right), chunk.head)
    return Source(head, head + 1, head)


def source_from(doc: Doc, chunk: Chunk, right: int) -> Source:
    """The whole mention that begins with `chunk`, no further than the token `right`."""
    return Source(chunk.start, mention_end(doc, chunk, right), chunk.head)


def source_at(doc: Doc, i: int, limit: int | None = None) -> Source | None:
    """The mention that begins at token `i`, or after a mark, an adverb or "et" there."""
    outline = outline_of(doc, i)
    chunk = next(iter(outline.chunks_near(i, i + NEAR)), None)
    if chunk is None or any(
        token.text not in OPENING and token.pos_ not in ("ADV", "CCONJ")
        for token in doc[i : chunk.start]
    ):
        return None
    return source_from(doc, chunk, limit or outline.end)


def source_before(doc: Doc, i: int) -> Source | None:
    """The mention that ends before token `i`: "la cheffe de la police, [Jeanne Roux], qui"."""
    chunks = outline_of(doc, i).chunks_near(i - FAR, i)
    if not chunks or any(token.is_alpha for token in doc[chunks[-1].end : i]):
        return None
    while len(chunks) > 1 and chunks[-1].governor and chunks[-2].end == chunks[-1].start - 1:
        chunks.pop()
    *others, last = chunks
    return larger_mention(doc, last, others, i) or source_from(doc, last, i)


def larger_mention(doc: Doc, chunk: Chunk, others: list[Chunk], limit: int) -> Source | None:
    """The mention of one of `others` that `chunk` goes on with: "la maire, [Jeanne Roux]"."""
    outline = outline_of(doc, chunk.start)
    for other in others:
        near = chunk.start - FAR <= other.start < chunk.start and other.what in ("PER", "source")
        if near and not set("VR:") & set(outline.between(other.end, chunk.start)):
            found = source_from(doc, other, limit)
            if found.end >= chunk.end:
                return found
    return None


def first_noun(doc: Doc, start: int, limit: int) -> int | None:
    """The head of the noun phrase that begins at `start`."""
    for i in range(start, min(start + 8, limit)):
        token = doc[i]
        if token.pos_ in ("NOUN", "PROPN", "PRON") or token.text in TITLES:
            return i
        if token.pos_ == "NUM" and token.text[:1].isupper():  # "à Matignon", as the tagger sees it
            return i
        if token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "ADP") and token.text not in OPENING:
            return i if token.text[:1].isupper() else None
    return None


def agent_of(doc: Doc, cue: Cue) -> Source | None:
    """The "par …" of a passive."""
    sentence = sentence_of(doc, cue.head)
    start = skip_adjuncts(doc, cue.end, sentence.end)
    other = False  # whether a verb stands between, which may be the passive
    quotation = around(doc, cue.head)
    for i in range(cue.end, min(cue.end + AGENT_FAR, sentence.end - 1)):
        token = doc[i]
        by = token.lower_ == "par"
        # Not what is quoted: "décrit comme « un chantier qui … » [par] une élue".
        if not (by or token.pos_ in ("VERB", "AUX")) or around(doc, i) not in (None, quotation):
            continue
        if not by:
            other = True
            continue
        if i == start or token.head.head.i == cue.head:
            found = source_at(doc, i + 1)
            return found and _before_complement(doc, found)
        if not other and (found := source_at(doc, i + 1)) and can_speak(doc, found):
            return _before_complement(doc, found)
    return None


def _before_complement(doc: Doc, agent: Source) -> Source:
    """An agent without what the verb says: "par le maire [de mentir]", "par X [d'« abus »]"."""
    for i in range(agent.head + 1, agent.end - 1):
        if doc[i].lower_ in ("de", "d'"):
            following = doc[i + 1]
            if following.text in OPENING or "Inf" in following.morph.get("VerbForm"):
                return agent._replace(end=i)
    return agent


def after_preposition(doc: Doc, cue: Cue) -> Source | None:
    """The noun phrase after "selon", or the pronoun inside "à l'en croire"."""
    sentence = sentence_of(doc, cue.head)
    if "pronoun phrase" in cue.verb.frames:
        return Source(cue.inverted, cue.inverted + 1, cue.inverted)
    if "unnamed phrase" in cue.verb.frames:
        end = extend_right(doc, cue.end - 1, sentence.end)
        return Source(cue.end - 1, max(end, cue.end), cue.end - 1)
    if doc[cue.end].lower_ in {"lequel", "laquelle", "lesquels", "lesquelles", "qui"}:
        found = source_before(doc, cue.start)
        return found if found is not None and can_speak(doc, found) else None
    found = source_at(doc, cue.end)
    if found is None or doc[found.head].lower_ in time_words() or not can_speak(doc, found):
        return None
    found = before_subject(doc, found)
    if "person phrase" in cue.verb.frames and not _holds_view(doc, cue, found):
        return None
    return found


def before_subject(doc: Doc, source: Source) -> Source:
    """A source without the subject of the verb right after it: "selon X, [le projet] coûte …"."""
    outline = outline_of(doc, source.head)
    verb = source.end
    while verb < outline.end and doc[verb].lower_ in CLITICS:
        verb += 1
    if verb == outline.end or not (verb in outline.verbs or is_finite(doc[verb])):
        return source
    for chunk in reversed(outline.chunks_near(source.head + 1, source.end)):
        if not chunk.governor:
            return (
                source._replace(end=chunk.start) if chunk.previous not in ("et", "ou") else source
            )
    return source


def place_of_on(doc: Doc, cue: Cue) -> Source | None:
    """Who "on" is: "À l'inspection académique, on fait valoir", "répond-on à Bercy"."""
    sentence = sentence_of(doc, cue.head)
    low = doc[sentence.start].lower_
    starts = [sentence.start] if low in WHERE else []
    starts += [i for i in range(cue.end, min(cue.end + 4, sentence.end)) if doc[i].lower_ in WHERE]
    for i in starts:
        at = i + 1
        if doc[i].lower_ == "du" and at < sentence.end and doc[at].lower_ == "côté":
            at += 2
        head = first_noun(doc, at, sentence.end)
        if head is None:
            continue
        if head > at and doc[head].lower_ == "source":
            at = head
        found = phrase(doc, head, at, sentence.end)
        named = doc[head].ent_type_ in NAMES or doc[head].text[:1].isupper()
        people = doc[i].lower_ == "chez" and can_speak(doc, found)  # "chez les riverains"
        if named or people or is_source_noun(doc[head].lower_):
            return found
    return None


def can_speak(doc: Doc, source: Source, strictly: bool = True) -> bool:
    """Whether a mention may be a source: a name, a role, an institution, a document.

    Unless `strictly`, any noun will do that is not abstract by its ending.
    """
    head = doc[source.head]
    if head.lower_ in PERSONAL or head.ent_type_ in NAMES or head.text[:1].isupper():
        return True
    if is_source_noun(head.lower_) or is_source_noun(head.lemma_) or head.lower_ in LAST:
        return True
    if head.pos_ == "NOUN" and HUMAN.search(head.lower_):
        return True
    if any(t.ent_type_ in ("PER", "ORG") for t in doc[source.start : source.end]):
        return True
    return not strictly and head.pos_ == "NOUN" and not THING.search(head.lower_)


def _holds_view(doc: Doc, cue: Cue, source: Source) -> bool:
    """Whether "pour X" names somebody whose view it gives, rather than a purpose or a price."""
    sentence = sentence_of(doc, cue.head)
    head = doc[source.head]
    before = doc[cue.start - 1] if cue.start > sentence.start else None
    if before is not None and before.text != "," and before.pos_ not in ("CCONJ", "PUNCT"):
        return False
    if source.end >= sentence.end:
        return False
    after = doc[source.end]
    named = head.pos_ == "PROPN" or head.ent_type_ in ("PER", "ORG") or head.text in TITLES
    person = named or head.lower_ in PERSONAL
    thinks = person or head.lower_ in load("nouns")["thinkers"]["nouns"]
    if after.text in {",", ":"} or after.text in OPENING:
        return person or is_source_noun(head.lower_)
    # The comma may be lost: "pour le syndicat X ce vol était écrit".
    return thinks and before is None and after.pos_ in ("DET", "PRON") and head.lower_ != "lui"
