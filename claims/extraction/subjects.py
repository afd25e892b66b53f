"""The subject of a cue verb: by the parser, by what stands before it, or shared."""

from dataclasses import replace

from spacy.tokens import Doc, Token

from claims.extraction.adjuncts import skip_adjuncts
from claims.extraction.clauses import is_finite
from claims.extraction.cues import Cue
from claims.extraction.noun_phrases import ARTICLES, LINKS, PLACES, TITLES, time_words
from claims.extraction.organisations import document_nouns
from claims.extraction.quoted import CLOSING, OPENING, ending_before
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import (
    INSIDE_NAME,
    PERSONAL,
    Source,
    can_speak,
    first_noun,
    phrase,
)

INVERTING = {"comme", "que", "qu'", "ainsi", "où", "dont", "l'", "le"}  # "comme l'a dit X"
NO_SUBJECT = {"côté", "part", "issue", "veille", "lendemain", "tour", "instar", "occasion", "heure"}
SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:caus", "csubj", "expl:subj"}


def subject_of(doc: Doc, cue: Cue) -> Source | None:
    """The subject of a verb cue: its own, the one it shares, or the antecedent of "qui"."""
    if cue.inverted is not None:
        return Source(cue.inverted, cue.inverted + 1, cue.inverted)
    sentence = sentence_of(doc, cue.head)
    before = cue.group_start - 1
    if before >= sentence.start and doc[before].lower_ == "qui":
        return antecedent(doc, before, sentence.start)
    if before >= sentence.start and doc[before].lower_ in PERSONAL:
        return Source(before, before + 1, before)
    if cue.finite and (own := _own(doc, cue)):
        return own
    if cue.passive:
        return None
    return modified_noun(doc, cue) or _shared(doc, cue)


def _own(doc: Doc, cue: Cue) -> Source | None:
    """The subject by the parser, unless the noun phrase right before the verb is likelier."""
    parsed = _parsed(doc, cue)
    adjacent = _adjacent(doc, cue)
    if parsed is None:
        return adjacent or _before(doc, cue)
    if (
        adjacent is None
        or parsed.start <= adjacent.start < parsed.end
        or parsed.end == cue.group_start
    ):
        return parsed
    # Lost commas lead the parser astray: "Face à de tels signaux [certains responsables] estiment".
    return adjacent if can_speak(doc, adjacent) else parsed


def _adjacent(doc: Doc, cue: Cue) -> Source | None:
    """The noun phrase that ends right before the verb, with nothing that governs it."""
    left = sentence_of(doc, cue.head).start
    i = cue.group_start
    if i == left or doc[i - 1].pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return None
    while i > left:
        before = doc[i - 1]
        governed = i - 1 > left and (
            doc[i - 2].lower_ in LINKS | PLACES or doc[i - 2].pos_ == "ADP"
        )
        if before.lower_ in ARTICLES - LINKS or before.lower_ in ("certains", "plusieurs"):
            if not governed:
                i -= 1
                break
        elif before.text in TITLES and not governed:
            i -= 1
            break
        elif before.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "DET") and (
            before.lower_ not in LINKS | PLACES
        ):
            break
        i -= 1
    if i >= cue.group_start or doc[i].lower_ in LINKS | PLACES:
        return None
    noun = first_noun(doc, i, cue.group_start)
    if noun is None or doc[noun].lower_ in time_words() | NO_SUBJECT:
        return None
    return phrase(doc, noun, i, cue.group_start)


def _parsed(doc: Doc, cue: Cue) -> Source | None:
    """The subject the parser found."""
    sentence = sentence_of(doc, cue.head)
    subject = _subject_token(doc[cue.head])
    if subject is None:
        return None
    if subject.lower_ in ("qui", "que", "qu'", "dont"):
        return antecedent(doc, subject.i, sentence.start)
    if subject.i > cue.head:
        before = doc[cue.group_start - 1].lower_ if cue.group_start > sentence.start else ""
        if before not in INVERTING:
            return None
        return phrase(doc, subject.i, cue.end, sentence.end)
    if subject.i >= cue.group_start or subject.lower_ in NO_SUBJECT:
        return None
    return phrase(doc, subject.i, sentence.start, cue.group_start)


def _subject_token(verb: Token, before: int | None = None) -> Token | None:
    for child in verb.children:
        near = before is None or child.i < before
        if near and child.dep_ in SUBJECTS and child.lower_ not in ("-t", "se", "s'"):
            return child
    return None


def _before(doc: Doc, cue: Cue) -> Source | None:
    """The noun phrase that opens the clause, where the parser saw no subject.

    The first phrase of the stretch without a verb before the cue that no preposition governs:
    "Dans une lettre, [M. Belkan], le ministre, demande …".
    """
    left = sentence_of(doc, cue.head).start
    start = cue.group_start
    while start > left and not (
        is_finite(doc[start - 1])
        or doc[start - 1].pos_ == "SCONJ"
        or doc[start - 1].text in {":", ";", *OPENING, *CLOSING}
        or doc[start - 1].lower_ in {"qui", "dont", "où", "mais", "car"}
    ):
        start -= 1
    i = start
    while i < cue.group_start:
        stop = next((j for j in range(i, cue.group_start) if doc[j].text == ","), cue.group_start)
        first = doc[i] if i < stop else None
        if first is not None and _opens_noun_phrase(doc, i):
            noun = first_noun(doc, i, stop)
            if noun is not None and doc[noun].lower_ not in time_words():
                return phrase(doc, noun, i, cue.group_start)
        i = stop + 1
    return None


def _opens_noun_phrase(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.lower_ in time_words() or token.lower_ in {"de", "d'", "du", "à", "au", "aux", "en"}:
        return False
    if i + 1 < len(doc) and doc[i + 1].lower_ in NO_SUBJECT:
        return False
    return token.pos_ in ("DET", "NOUN", "PROPN", "NUM", "PRON") or token.text in TITLES


def antecedent(doc: Doc, relative: int, left: int) -> Source | None:
    """The noun phrase a relative pronoun stands for, right before it."""
    i = relative - 1
    while i > left and doc[i].text in {",", ")", "»", '"'}:
        i -= 1
    clause = doc[relative].head
    head = clause.head if clause.dep_.startswith("acl") else None
    if head is None or head.i >= relative or head.pos_ in ("VERB", "AUX"):
        head = doc[i]
        while left <= head.head.i < relative and head.head != head and head.dep_ in INSIDE_NAME:
            head = head.head
    while (
        head.dep_ in {"appos", "flat:name"}
        and left <= head.head.i < head.i
        and head.head.lower_ not in NO_SUBJECT
    ):
        head = head.head
    if head.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return None
    return phrase(doc, head.i, left, relative)


def modified_noun(doc: Doc, cue: Cue) -> Source | None:
    """ "un rapport mettant en garde contre …": the noun phrase right before a participle."""
    token = doc[cue.head]
    noun = token.head
    before = doc[cue.group_start - 1] if cue.group_start else None
    if cue.tense != "gerund" or before is None or before.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    if not token.dep_.startswith("acl") or noun.i >= token.i or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    left = sentence_of(doc, token.i).start
    while noun.dep_ in {"nmod", "flat:name", "appos"} and left <= noun.head.i < noun.i:
        noun = noun.head
    if noun.lower_ not in document_nouns():
        return None
    return phrase(doc, noun.i, left, cue.group_start)


def _shared(doc: Doc, cue: Cue) -> Source | None:
    """The subject of the verb this one depends on: "a-t-il dit avant d'ajouter"."""
    sentence = sentence_of(doc, cue.head)
    verb = doc[cue.head]
    for _ in range(6):
        if verb.dep_ == "ROOT":
            break
        verb = verb.head
        subject = _subject_token(verb, before=cue.group_start)
        if subject is not None and subject.i < verb.i:
            if subject.lower_ in ("qui", "que", "qu'"):
                return antecedent(doc, subject.i, sentence.start)
            right = max(subject.i + 1, _verb_start(verb))
            return replace(phrase(doc, subject.i, sentence.start, right), shared=True)
    return None


def _verb_start(verb: Token) -> int:
    """The first token of the verb with its auxiliaries."""
    first = verb.i
    for child in verb.children:
        if child.i < verb.i and child.dep_.startswith(("aux", "cop", "expl", "advmod", "iobj")):
            first = min(first, child.i)
    return first


def inverted_subject(doc: Doc, cue: Cue) -> Source | None:
    """The noun phrase after a verb that follows a comma or a closing mark: ", a déclaré X"."""
    sentence = sentence_of(doc, cue.head)
    first = cue.group_start
    if "quote" not in cue.verb.frames or not cue.finite or first == 0 or cue.passive:
        return None
    quoted = ending_before(doc, first)
    marked = doc[first - 1].text in {",", "!", "?"} or quoted is not None
    i = skip_adjuncts(doc, cue.end, sentence.end)
    i = _skip_addressee(doc, i, sentence.end)
    if i >= sentence.end or not _opens_noun_phrase(doc, i):
        return None
    noun = first_noun(doc, i, sentence.end)
    if noun is None or doc[noun].lower_ in time_words():
        return None
    found = phrase(doc, noun, i, sentence.end)
    if not marked:
        # The comma may be lost: "Six malades sont décédés a précisé le ministre".
        closes = found.end >= sentence.end - 1 or doc[found.end].pos_ in ("ADP", "PUNCT", "ADV")
        main = _has_main_clause(doc, sentence.start, first)
        return found if closes and main and can_speak(doc, found) else None
    if quoted is not None or _completes(doc, sentence.start, first, found.end, sentence.end):
        return found
    return None


def _skip_addressee(doc: Doc, i: int, limit: int) -> int:
    """Past "à l'AFP", "dans un communiqué", "devant la presse" before the subject."""
    if i < limit and doc[i].lower_ in {"à", "au", "aux", "dans", "devant", "sur", "lors", "auprès"}:
        for j in range(i + 1, min(i + 10, limit)):
            starts = doc[j].pos_ == "DET" or doc[j].text in TITLES or doc[j].pos_ == "PROPN"
            governed = doc[j - 1].pos_ == "ADP" or doc[j - 1].pos_ in ("DET", "ADJ")
            if j > i + 1 and starts and not governed:
                return skip_adjuncts(doc, j, limit)
    return i


def _completes(doc: Doc, start: int, first: int, after: int, end: int) -> bool:
    """Whether the words around ", a déclaré X" make a sentence without it.

    Either the words before are a clause of their own, or they wait for the verb that follows:
    "Le texte, relève sa directrice, ne mentionne …".
    """
    if _has_main_clause(doc, start, first):
        return True
    if after < end and doc[after].text == ",":
        rest = doc[after + 1 : end]
        return any(is_finite(t) for t in rest[:4]) or (
            bool(rest) and rest[0].text in OPENING and any(is_finite(t) for t in rest[:6])
        )
    return False


def _has_main_clause(doc: Doc, start: int, end: int) -> bool:
    """Whether a verb that is no part of a relative clause stands between, its clause complete."""
    if end > start and doc[end - 1].pos_ in ("CCONJ", "SCONJ", "PRON"):
        return False
    finite = [t for t in doc[start:end] if is_finite(t)]
    return any(not _in_relative(doc, t, start) for t in finite)


def _in_relative(doc: Doc, verb: Token, start: int) -> bool:
    if verb.dep_ in ("acl:relcl", "advcl"):
        return True
    return any(
        t.lower_ in {"qui", "dont", "où", "que", "qu'"}
        for t in doc[max(start, verb.i - 3) : verb.i]
    )
