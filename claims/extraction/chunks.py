"""Noun phrases without what depends on them: "le maire", "Mme Roux", "il", "l'un"."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claims.extraction.document import lows
from claims.extraction.lexicon import is_source_noun, words
from claims.extraction.noun_phrases import TITLES, time_words
from claims.extraction.nouns import document_nouns
from claims.extraction.quoted import Quoted, around

QUANTIFIERS = words("quantifying_pronouns")
NOT_SUBJECTS = words("never_subjects")
NO_PHRASE = time_words() | words("adverbial_nouns")  # "lundi", "de son côté"
PERSONAL = words("personal_pronouns")
JOINTS = {"PUNCT", "CCONJ", "SCONJ"}
HYPHENATED = (["-", "ci"], ["-", "là"])  # what the tokenizer splits from "Celle-ci"
NOUNS = {"NOUN", "PROPN"}
NOMINAL = {"NOUN", "PROPN", "ADJ", "NUM", "X"}
MODIFIERS = {"DET", "ADJ", "NUM"}
# The parts of speech of what no phrase begins with, but for some words the tagger mistakes.
BETWEEN = {"ADP", "AUX", "CCONJ", "SCONJ", "PUNCT", "SYM", "SPACE"}
OPENERS = QUANTIFIERS | {"des"} | {title.lower() for title in TITLES}
MISTAKEN = {"ADJ", "NUM", "ADV", "X", "VERB"}  # what the tagger takes rare names for


@dataclass(slots=True, eq=False)  # each is itself, which looks it up at least cost
class Chunk:
    """A noun with its articles, numbers, adjectives and name; tokens, `end` exclusive."""

    start: int
    end: int
    head: int
    governor: str  # the preposition before it, or ""
    previous: str  # the mark or conjunction before it, or the part of speech there
    links: list[tuple[int, str]]  # the tokens its words depend on, each with the relation
    what: str  # what kind of thing it names: "PER", "document", the word itself for a pronoun …
    number: str  # "Sing", "Plur" or ""
    quotation: Quoted | None  # the one it stands in


class Chunker:
    """Reads the chunks of the tokens from `start` to `end`; none holds one of `verbs`.

    Its own positions count from `start`: attributes of tokens are slow, so they are read once.
    """

    def __init__(self, doc: Doc, start: int, end: int, verbs: frozenset[int]) -> None:
        self.doc, self.offset = doc, start
        self.tokens = list(doc[start:end])
        self.pos = [token.pos_ for token in self.tokens]
        self.low = lows(doc)[start:end]
        self.verbs = {i - start for i in verbs.intersection(range(start, end))}

    def __iter__(self) -> Iterator[Chunk]:
        i, size = 0, len(self.tokens)
        while i < size:
            if self.pos[i] in BETWEEN and self.low[i] not in OPENERS:
                i += 1
                continue
            found = self._pronoun_at(i) or self._noun_phrase_at(i)
            if found is None:
                i += 1
            else:
                yield self._chunk(*found)
                i = found[1]

    def _pronoun_at(self, i: int) -> tuple[int, int, int] | None:
        """Start, end and head of "il", "l'un", "certains", "d'autres", "Celle-ci"."""
        if self.pos[i] != "PRON":
            if self.low[i] not in QUANTIFIERS:
                return None
            if i + 1 < len(self.pos) and self.pos[i + 1] in NOMINAL:
                return None
        if self.low[i] in NOT_SUBJECTS or i in self.verbs:
            return None
        end = i + 3 if self.low[i + 1 : i + 3] in HYPHENATED else i + 1
        return (i - 1 if i and self.pos[i - 1] == "DET" else i), end, i

    def _noun_phrase_at(self, i: int) -> tuple[int, int, int] | None:
        """Start, end and head of "le maire", "Mme Roux", "ces derniers"."""
        noun = name = None
        j = i
        while j < len(self.tokens) and j not in self.verbs:
            if noun is not None and self._begins_another(i, noun, j):
                break
            if self.pos[j] in NOUNS or self.tokens[j].text in TITLES:
                noun = j if noun is None else noun
            elif self._is_mistaken_name(j):
                name = j if name is None else name
            elif not (
                self.pos[j] in MODIFIERS
                or (j == i and self._is_article(j))
                or (noun is not None and self._is_name_part(j))
            ):
                break
            j += 1
        head = noun if noun is not None else name
        if head is None and j > i + 1 and self.pos[i] == "DET" and self.pos[j - 1] != "DET":
            head = j - 1
        return (i, j, head) if head is not None else None

    def _is_article(self, i: int) -> bool:
        """ "des" that follows no noun, whatever the tagger made of it."""
        return self.low[i] == "des" and (i == 0 or self.pos[i - 1] not in NOMINAL)

    def _is_mistaken_name(self, i: int) -> bool:
        """A capital the tagger took for no name: "Matignon", "Fillon"."""
        if self.pos[i] not in MISTAKEN:
            return False
        token = self.tokens[i]
        text = token.text
        return len(text) > 1 and text[0].isupper() and (i > 0 or token.ent_type_ == "PER")

    def _is_name_part(self, i: int) -> bool:
        """ "Ji[-]won", "les Paysans [debout]"."""
        token = self.tokens[i]
        if token.text == "-":
            return not self.tokens[i - 1].whitespace_ and not token.whitespace_
        return token.ent_iob_ == "I" and token.is_alpha

    def _begins_another(self, start: int, noun: int, i: int) -> bool:
        """Whether another phrase begins at `i`: "à la presse | M. Roux", "lundi | deux sources"."""
        token = self.tokens[i]
        if self.pos[i] == "DET" or self.low[noun] in NO_PHRASE:
            return True
        if token.text in TITLES:
            return self.tokens[noun].text[0].islower()
        if self.pos[i] != "PROPN" or not self._governor(start):
            return False
        named = token.ent_type_ == "PER" and token.ent_iob_ == "B"
        title = self.tokens[noun].text in TITLES
        return named and not title and not is_source_noun(self.low[noun])

    def _governor(self, start: int) -> str:
        return self.low[start - 1] if start and self.pos[start - 1] == "ADP" else ""

    def _chunk(self, start: int, end: int, head: int) -> Chunk:
        tokens, noun = self.tokens[start:end], self.tokens[head]
        first, stop = self.offset + start, self.offset + end
        links = [
            (above, token.dep_)
            for token in tokens
            if not first <= (above := token.head.i) < stop or above == token.i
        ]
        number = tokens[0].morph.get("Number") or noun.morph.get("Number")
        previous = "start"
        if start:
            previous = self.pos[start - 1]
            previous = self.low[start - 1] if previous in JOINTS else previous
        return Chunk(
            first,
            stop,
            noun.i,
            self._governor(start),
            previous,
            links,
            _what(noun, tokens),
            number[0] if number else "",
            around(self.doc, noun.i),
        )


def _what(noun: Token, tokens: list[Token]) -> str:
    low = noun.lower_
    if noun.pos_ == "PRON" or low in PERSONAL:
        return low
    for token in tokens:
        if token.ent_type_ in ("PER", "ORG"):
            return token.ent_type_
    if low in document_nouns():
        return "document"
    if is_source_noun(low) or is_source_noun(noun.lemma_):
        return "source"
    return noun.ent_type_ or noun.pos_
