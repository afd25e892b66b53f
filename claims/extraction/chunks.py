"""Sentences as noun phrases and the marks between clauses.

A chunk is a noun phrase without what depends on it: "le maire", "Mme Roux", "il", "l'un".
"""

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from claims.extraction.clauses import is_finite
from claims.extraction.lexicon import is_source_noun, words
from claims.extraction.noun_phrases import TITLES, time_words
from claims.extraction.nouns import document_nouns
from claims.extraction.quoted import CLOSING, OPENING, Quoted, around
from claims.extraction.sentences import sentence_of

QUANTIFIERS = words("quantifying_pronouns")
NOT_SUBJECTS = words("never_subjects")
NO_PHRASE = time_words() | words("adverbial_nouns")  # "lundi", "de son côté"
PERSONAL = words("personal_pronouns")
JOINTS = ("PUNCT", "CCONJ", "SCONJ")
SUBORDINATORS = {"qui", "que", "qu'", "dont", "où", "lequel", "laquelle"}
NOMINAL = {"NOUN", "PROPN", "ADJ", "NUM", "X"}


@dataclass(frozen=True)
class Chunk:
    """A noun with its articles, numbers, adjectives and name; tokens, `end` exclusive."""

    start: int
    end: int
    head: int
    governor: str  # the preposition before it, or ""
    previous: str  # the mark or conjunction before it, or the part of speech there
    links: tuple[tuple[int, str], ...]  # the tokens its words depend on, each with the relation
    what: str  # what kind of thing it names: "PER", "document", the word itself for a pronoun …
    number: str  # "Sing", "Plur" or ""
    quotation: Quoted | None  # the one it stands in


class Clauses:
    """The chunks of a sentence and, a letter for each token, the marks between its clauses."""

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    @cached_property
    def marks(self) -> str:
        """ "," comma, "(" bracket or dash, "«" and "»" quotation marks, ":" colon or semicolon,
        "V" finite verb, "R" relative or conjunction, "&" coordinator, "." anything else."""
        return "".join(_mark(token) for token in self.doc[self.start : self.end])

    @cached_property
    def verbs(self) -> set[int]:
        """The finite verbs of the cues, whatever the tagger made of them."""
        cues = self.doc._.cues
        return {
            cue.head
            for cue in cues
            if cue.nature != "preposition" and cue.finite and self.start <= cue.head < self.end
        }

    @cached_property
    def chunks(self) -> list[Chunk]:
        found = []
        i = self.start
        while i < self.end:
            chunk = _chunk_at(self.doc, i, self.start, self.end, self.verbs)
            i = chunk.end if chunk else i + 1
            if chunk:
                found.append(chunk)
        return found

    def between(self, left: int, right: int) -> str:
        """The marks of the tokens from `left` to `right`, plain words left out."""
        return self.marks[left - self.start : right - self.start].replace(".", "")


def clauses_of(doc: Doc, i: int) -> Clauses:
    """The sentence of token `i`, looked at once."""
    index = doc.user_data.setdefault("clause index", {})
    sentence = sentence_of(doc, i)
    if sentence.start not in index:
        index[sentence.start] = Clauses(doc, *sentence)
    return index[sentence.start]


def _mark(token: Token) -> str:
    text, pos = token.text, token.pos_
    if text == ",":
        return ","
    if text in {"(", ")", "–", "—", "[", "]"}:
        return "("
    if text in {"«", "“"}:
        return "«"
    if text in CLOSING or text in OPENING:
        return "»"
    if text in {":", ";"}:
        return ":"
    if is_finite(token):
        return "V"
    if pos == "SCONJ" or token.lower_ in SUBORDINATORS:
        return "R"
    return "&" if pos == "CCONJ" else "."


def _chunk_at(doc: Doc, i: int, left: int, end: int, verbs: set[int]) -> Chunk | None:
    """The chunk that begins at token `i`; `verbs` are the heads of cues, which it cannot hold."""
    token = doc[i]
    following = doc[i + 1] if i + 1 < end else None
    quantifier = token.lower_ in QUANTIFIERS and (
        following is None or following.pos_ not in NOMINAL
    )
    if token.pos_ == "PRON" or quantifier:
        if token.lower_ in NOT_SUBJECTS or i in verbs:
            return None
        start = i - 1 if i > left and doc[i - 1].pos_ == "DET" else i  # "l'un", "d'autres"
        return _chunk(doc, start, i + 1, i, left)
    noun = name = None
    j = i
    while j < end and j not in verbs:
        if noun is not None and _begins_another(doc, i, noun, j, left):
            break
        if doc[j].pos_ in ("NOUN", "PROPN") or doc[j].text in TITLES:
            noun = j if noun is None else noun
        elif _is_mistaken_name(doc[j], j > left):
            name = j if name is None else name
        elif not (
            doc[j].pos_ in ("DET", "ADJ", "NUM")
            or (j == i and doc[j].lower_ == "des" and (i == left or doc[i - 1].pos_ not in NOMINAL))
            or (noun is not None and _is_name_part(doc, j))
        ):
            break
        j += 1
    head = noun if noun is not None else name
    if head is None and j > i + 1 and token.pos_ == "DET" and doc[j - 1].pos_ != "DET":
        head = j - 1  # "ces derniers", "les deux"
    return _chunk(doc, i, j, head, left) if head is not None else None


def _chunk(doc: Doc, start: int, end: int, head: int, left: int) -> Chunk:
    tokens = doc[start:end]
    noun = doc[head]
    before = doc[start - 1] if start > left else None
    number = doc[start].morph.get("Number") or noun.morph.get("Number")
    return Chunk(
        start,
        end,
        head,
        governor=_governor(doc, start, left),
        previous="start"
        if before is None
        else before.lower_
        if before.pos_ in JOINTS
        else before.pos_,
        links=tuple(
            (token.head.i, token.dep_)
            for token in tokens
            if not (start <= token.head.i < end and token.head.i != token.i)
        ),
        what=_what(noun, tokens),
        number=number[0] if number else "",
        quotation=around(doc, head),
    )


def _what(noun: Token, tokens: Span) -> str:
    low = noun.lower_
    if noun.pos_ == "PRON" or low in PERSONAL:
        return low
    named = next((token.ent_type_ for token in tokens if token.ent_type_ in ("PER", "ORG")), None)
    if named or low in document_nouns():
        return named or "document"
    if is_source_noun(low) or is_source_noun(noun.lemma_):
        return "source"
    return noun.ent_type_ or noun.pos_


def _is_mistaken_name(token: Token, inside: bool) -> bool:
    """A capital the tagger took for no name: "Matignon", "Fillon"."""
    if token.pos_ not in ("ADJ", "NUM", "ADV", "X", "VERB") or len(token) == 1:
        return False
    return token.text[0].isupper() and (inside or token.ent_type_ == "PER")


def _begins_another(doc: Doc, start: int, noun: int, i: int, left: int) -> bool:
    """Whether another phrase begins at `i`: "à la presse | M. Roux", "lundi | deux sources"."""
    token = doc[i]
    if token.pos_ == "DET" or doc[noun].lower_ in NO_PHRASE:
        return True
    if token.text in TITLES:
        return doc[noun].text[0].islower()
    named = token.ent_type_ == "PER" and token.ent_iob_ == "B"
    return named and bool(_governor(doc, start, left)) and not is_source_noun(doc[noun].lower_)


def _is_name_part(doc: Doc, i: int) -> bool:
    """ "Ji[-]won", "les Paysans [debout]"."""
    token = doc[i]
    if token.text == "-":
        return not doc[i - 1].whitespace_ and not token.whitespace_
    return token.ent_iob_ == "I" and token.is_alpha


def _governor(doc: Doc, i: int, left: int) -> str:
    return doc[i - 1].lower_ if i > left and doc[i - 1].pos_ == "ADP" else ""
