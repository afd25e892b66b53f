"""A parsed article as plain Python objects, for the rules to read.

spaCy makes a new `Token` at each access and looks its strings up again. A `Document` asks once; its
names and values are those of spaCy, so that a rule reads either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from types import GeneratorType

from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IS_ALPHA,
    IS_PUNCT,
    IS_SPACE,
    LEMMA,
    LENGTH,
    LIKE_NUM,
    MORPH,
    POS,
    SENT_START,
    SPACY,
)
from spacy.tokens import Doc, Token

from claims.extraction.lexicon import people_nouns

NAMES = (POS, DEP, ENT_TYPE, MORPH, LEMMA)
NUMBERS = (HEAD, LENGTH, SENT_START, ENT_IOB)
FLAGS = (SPACY, IS_ALPHA, IS_PUNCT, IS_SPACE, LIKE_NUM)
IOB = Token.iob_strings()
# What spaCy's numbers stand for, the same in every text.
LABELS: dict[int, str] = {}  # parts of speech, relations, kinds of entities
FEATURES: dict[int, Features] = {}


class Word:
    """A token of a `Document`."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_alpha",
        "is_punct", "is_sent_start", "is_space", "lemma_", "like_num", "lower_", "morph", "pos_",
        "text", "whitespace_",
    )  # fmt: skip

    def __getattr__(self, name: str):
        """What few words are asked for, from spaCy."""
        if name == "children":
            _link(self.doc)
            return self.children
        value = getattr(self.doc.spacy[self.i], name)
        if isinstance(value, Token):
            return self.doc[value.i]
        if isinstance(value, GeneratorType):
            return [self.doc[token.i] for token in value]
        return value

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    def nbor(self, distance: int = 1) -> Word:
        """The token `distance` after this one."""
        return self.doc[self.i + distance]


class Document(list[Word]):
    """The tokens of a `Doc`; what else it is asked goes on to the `Doc`, ``document.spacy``."""

    def __init__(self, doc: Doc) -> None:
        self.spacy = doc
        self.text = doc._.plain or doc.text
        self.user_data = doc.user_data
        self._ = Extensions(doc.user_data)
        super().__init__(_words(self))

    @classmethod
    def of(cls, doc: Doc | Document) -> Document:
        """The `Document` of a `Doc`, made once."""
        if isinstance(doc, Document):
            return doc
        found = doc.user_data.get("document")
        if found is None:
            found = doc.user_data["document"] = cls(doc)
        return found

    def release(self) -> None:
        """Let go of the words: they hold one another, which keeps the garbage collector busy."""
        for word in self:
            word.head = word.children = word.doc = None
        self.user_data.clear()

    def __getattr__(self, name: str):
        return getattr(self.spacy, name)


UNKNOWN = object()


def kept(function: Callable) -> Callable:
    """What a function tells of a document is kept with it, for whoever asks the same again."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(doc: Doc | Document, *arguments):
        known = doc.user_data.get(name)
        if known is None:
            known = doc.user_data[name] = {}
        value = known.get(arguments, UNKNOWN)
        if value is UNKNOWN:
            value = known[arguments] = function(doc, *arguments)
        return value

    return ask


@kept
def tagged(doc: Doc | Document) -> list[tuple[int, int, str]]:
    """The entities of the tagger: first token, one past the last, label."""
    return [(span.start, span.end, span.label_) for span in doc.ents]


def text_of(doc: Doc | Document, start: int, end: int) -> str:
    """What the tokens from `start` to `end` are written as, the space after them left out."""
    words = doc[start:end]
    return doc.text[words[0].idx : words[-1].idx + len(words[-1])] if len(words) else ""


def lows(doc: Doc | Document) -> list[str]:
    """The words of `doc` in lower case, for rules that go over all of them."""
    found = doc.user_data.get("lows")
    if found is None:
        found = doc.user_data["lows"] = [token.lower_ for token in doc]
    return found


def _words(document: Document) -> list[Word]:
    doc, text, strings = document.spacy, document.text, document.spacy.vocab.strings
    words = [Word() for _ in range(len(doc))]
    *labels, morphs, lemmas = doc.to_array(NAMES).T.tolist()
    for key in set().union(*labels) - LABELS.keys():
        LABELS[key] = strings[key]
    for key in set(morphs) - FEATURES.keys():
        FEATURES[key] = features(strings[key])
    parts, relations, entities = [[LABELS[key] for key in keys] for keys in labels]
    lemma_of = {key: strings[key] for key in set(lemmas)}
    numbers = doc.to_array(NUMBERS).view("int64").T.tolist()  # signed, as heads are offsets
    flags = (doc.to_array(FLAGS) > 0).T.tolist()
    at = 0
    before = ""
    for (
        i, word, part, relation, entity, morph, lemma, head, length, start, iob, space, alpha,
        punct, blank, figure,
    ) in zip(
        range(len(words)), words, parts, relations, entities, morphs, lemmas,
        *numbers, *flags, strict=True,
    ):  # fmt: skip
        word.doc = document
        word.i = i
        word.idx = at
        word.text = written = text[at : at + length]
        word.lower_ = written.lower()
        word.whitespace_ = " " if space else ""
        word.head = words[i + head]
        word.is_sent_start = start == 1
        if part == "VERB" and before == "DET" and word.lower_ in people_nouns():
            part = "NOUN"  # "le leader"
        word.pos_ = before = part
        word.dep_ = relation
        word.ent_type_ = entity
        word.ent_iob_ = IOB[iob]
        word.lemma_ = lemma_of[lemma]
        word.morph = FEATURES[morph]
        word.is_alpha = alpha
        word.is_punct = punct
        word.is_space = blank
        word.like_num = figure
        at += length + space
    return words


class Known(dict):
    """The answers of a function, each asked for once."""

    def __init__(self, ask: Callable) -> None:
        self.ask = ask

    def __missing__(self, key):
        value = self[key] = self.ask(key)
        return value


def _link(words: Sequence[Word]) -> None:
    """Give every word its children, in order."""
    for word in words:
        word.children = ()
    for word in words:
        head = word.head
        if head is word:
            continue
        if head.children:
            head.children.append(word)
        else:
            head.children = [word]


_get = dict.get


class Features(dict[str, list[str]]):
    """Morphological features, as in a `MorphAnalysis`: ``get("Gender")`` is ["Fem"] or []."""

    def get(self, name: str, default: list[str] | None = None) -> list[str]:
        return _get(self, name) or default or []


def features(written: str) -> Features:
    """The features written as "Gender=Fem|Number=Sing"."""
    pairs = (pair.partition("=") for pair in written.split("|") if "=" in pair)
    return Features({name: values.split(",") for name, _, values in pairs})


class Extensions:
    """``doc._`` at less cost: what components set stands in ``doc.user_data``."""

    __slots__ = ("data",)

    def __init__(self, data: dict) -> None:
        object.__setattr__(self, "data", data)

    def __getattr__(self, name: str):
        try:
            return self.data["._.", name, None, None]
        except KeyError:
            return Doc.get_extension(name)[0]

    def __setattr__(self, name: str, value) -> None:
        self.data["._.", name, None, None] = value
