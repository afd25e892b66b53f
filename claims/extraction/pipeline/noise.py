"""Training noise: what real news text does to commas, quotation marks and apostrophes."""

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

PAIRS = [("« ", " »"), ("«", "»"), ('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’")]


@spacy.registry.augmenters("constat.Noise.v1")
def create_noise(commas: float, quotes: float, apostrophes: float) -> Callable:
    """Return an augmenter that changes each document anew at every pass.

    commas: share of documents that lose most of their commas.
    quotes: share of documents where a phrase is put in quotation marks of any style, now and then
        unopened, unclosed or glued to the word before.
    apostrophes: share of documents with typographic apostrophes.
    """

    def noise(nlp: Language, example: Example) -> Iterator[Example]:
        tokens = _tokens(example.reference)
        changed = False
        if random.random() < commas:
            tokens, changed = _drop_commas(tokens), True
        if random.random() < quotes:
            tokens, changed = _add_quotes(tokens), True
        if random.random() < apostrophes:
            for token in tokens:
                token["word"] = token["word"].replace("'", "’")
            changed = True
        if not changed or not tokens:
            yield example
            return
        reference = _doc(nlp, tokens, example.reference)
        yield Example(nlp.make_doc(reference.text), reference)

    return noise


def _tokens(doc: Doc) -> list[dict]:
    """Each token as a dict; ``head`` is the dict of the head, so that positions may move."""
    tokens = [
        {
            "word": token.text,
            "space": bool(token.whitespace_),
            "pos": token.pos_,
            "morph": str(token.morph),
            "lemma": token.lemma_,
            "dep": token.dep_,
            "ent": f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O",
        }
        for token in doc
    ]
    for token, original in zip(tokens, doc, strict=True):
        token["head"] = tokens[original.head.i]
    return tokens


def _drop_commas(tokens: list[dict]) -> list[dict]:
    heads = {id(token["head"]) for token in tokens if token["head"] is not token}
    kept: list[dict] = []
    for token in tokens:
        leaf = id(token) not in heads and token["ent"] == "O" and token["head"] is not token
        bare = token["word"] == "," and kept and (leaf or not token["dep"])
        if bare and random.random() < 0.85:
            kept[-1]["space"] = True
        else:
            kept.append(token)
    return kept


def _add_quotes(tokens: list[dict]) -> list[dict]:
    words = [i for i, token in enumerate(tokens) if token["word"].isalpha()]
    if not words:
        return tokens
    start = random.choice(words)
    end = min(start + random.choice((1, 1, 2, 3, 5, 8, 12)), len(tokens))
    while end > start + 1 and not tokens[end - 1]["word"].isalpha():
        end -= 1
    inside = tokens[start:end]
    if any(token["ent"].startswith("I") for token in (inside[0], *tokens[end : end + 1])):
        return tokens
    root = next((t for t in inside if not any(t["head"] is other for other in inside)), inside[0])
    opening, closing = random.choice(PAIRS)
    before = [_mark(opening.strip(), opening.endswith(" "), root)]
    after = [_mark(closing.strip(), inside[-1]["space"], root)]
    inside[-1]["space"] = closing.startswith(" ")
    fault = random.random()
    if fault < 0.1:
        before = []
    elif fault < 0.2:
        inside[-1]["space"], after = after[0]["space"], []
    elif fault < 0.3 and start:
        tokens[start - 1]["space"] = False
    return [*tokens[:start], *before, *inside, *after, *tokens[end:]]


def _mark(text: str, space: bool, root: dict) -> dict:
    mark = {"word": text, "space": space, "pos": "PUNCT", "morph": "", "lemma": text}
    return mark | {"dep": "punct" if root["dep"] else "", "ent": "O", "head": root}


def _doc(nlp: Language, tokens: list[dict], original: Doc) -> Doc:
    place = {id(token): i for i, token in enumerate(tokens)}
    annotation = {}
    if original.has_annotation("DEP"):
        annotation["heads"] = [place[id(token["head"])] for token in tokens]
        for field in ("pos", "morph", "lemma", "dep"):
            annotation[field + "s" if field != "pos" else "pos"] = [t[field] for t in tokens]
    if original.has_annotation("ENT_IOB"):
        annotation["ents"] = [token["ent"] for token in tokens]
    words, spaces = [t["word"] for t in tokens], [t["space"] for t in tokens]
    return Doc(nlp.vocab, words=words, spaces=spaces, **annotation)
