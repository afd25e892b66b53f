"""Small questions about words and clauses that several rules ask."""

from spacy.tokens import Doc, Token

from claims.extraction.sentences import sentence_of

STOPS = {".", "!", "?", "…", ";"}
QUE = {"que", "qu'"}
WHOLE = {"pas", "plus", "jamais"}  # after them a verb may need nothing: "il ne plie pas"
TRIMMED = {",", ":", ";", ".", "…", "—", "–"}
TRIMMED_BEFORE = TRIMMED | {"-"}


def is_finite(token: Token) -> bool:
    """A verb form with a person and a tense, by the tagger; by its ending where it was mistaken
    for something else after a conjunction ("mais vendent")."""
    if token.pos_ in ("VERB", "AUX"):
        return "Fin" in token.morph.get("VerbForm")
    return (
        token.dep_ == "conj"
        and token.lower_.endswith(("ent", "ait"))
        and token.i > sentence_of(token.doc, token.i).start
        and token.nbor(-1).pos_ == "CCONJ"
        and token.head.pos_ in ("VERB", "AUX")
    )


def is_infinitive(token: Token) -> bool:
    """By the tagger; by its place where it was mistaken for a noun: no noun stands between a
    preposition and an article ("de publier le rapport")."""
    if token.pos_ in ("VERB", "AUX"):
        return "Inf" in token.morph.get("VerbForm")
    if not token.lower_.endswith(("er", "ir", "re")) or not 0 < token.i < len(token.doc) - 1:
        return False
    if token.nbor(-1).pos_ != "ADP":
        return False
    after = token.nbor()
    if after.text == "," and token.i > 1 and token.i + 2 < len(token.doc):
        # "promis de publier, avant mai, les comptes"
        return token.nbor(-2).pos_ == "VERB" and token.nbor(2).pos_ in ("ADP", "PUNCT")
    return after.pos_ == "DET"


def sentence_end(doc: Doc, i: int) -> int:
    """One past the last word of the sentence of token `i`: its stop and closing mark left out."""
    sent = sentence_of(doc, i)
    end = sent.end
    while end > i + 1 and (doc[end - 1].text in STOPS or doc[end - 1].is_space):
        end -= 1
    return end


def has_finite(doc: Doc, start: int, end: int) -> bool:
    return any(is_finite(token) for token in doc[start:end])


def breaks_off(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before an insertion stop at a verb: "Lucy aurait, selon X, fait une chute",
    "C'est, dit-il, une erreur"."""
    end -= doc[end - 1].text == ","
    i = end - 1
    while i > start and doc[i].pos_ == "ADV":
        i -= 1
    token = doc[i]
    if is_finite(token):
        return token.pos_ == "AUX" or doc[end - 1].lower_ not in WHOLE
    return token.pos_ == "VERB" and token.dep_ in ("ROOT", "ccomp") and not list(token.rights)


def trim(doc: Doc, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without white space and punctuation around them; empty ones dropped."""
    kept = []
    for start, end in spans:
        while start < end and ((token := doc[start]).is_space or token.text in TRIMMED_BEFORE):
            start += 1
        while end > start and ((token := doc[end - 1]).is_space or token.text in TRIMMED):
            end -= 1
        if start < end:
            kept.append((start, end))
    return kept
