"""Where people are named: by the tagger, and where it missed a name by what stands around it."""

import re

from spacy.tokens import Doc, Token

from claims.extraction.document import lows, tagged
from claims.extraction.given_names import first_names, gender_of, titles
from claims.extraction.lexicon import load, words
from claims.extraction.roles import is_role, roles_after, roles_before
from claims.extraction.sentences import sentence_of

ARTICLES = words("articles")
PARTICLES = words("name_particles")
PREFIXES = words("name_prefixes")
BEFORE = words("before_names")
BEARERS = words("bearers_of_names") | frozenset(load("nouns")["organisations"]["nouns"])
INITIAL = re.compile(r"[A-ZÉ]\.")


def name_spans(doc: Doc) -> list[tuple[int, int]]:
    """The names of people as tokens, ends exclusive, in order; titles and roles left out."""
    seen = []
    for start, end, label in tagged(doc):
        if label == "PER":
            bounds = _clean(doc, start, end)
            if bounds and _is_name(doc, *bounds):
                seen.append(bounds)
    # Of "Claire Delmas" the tagger may have seen "Delmas" only; a full name of its is kept.
    full = {i for start, end in seen if end - start > 1 for i in range(start, end)}
    missed: list[tuple[int, int]] = []
    for i in _capitals_and_titles(doc):
        if i in full or (missed and i < missed[-1][1]):
            continue
        bounds = _after_title(doc, i + 1) if doc[i].text in titles() else _full(doc, i)
        if bounds and full.isdisjoint(range(*bounds)):
            missed.append(bounds)
    covered = {i for start, end in missed for i in range(start, end)}
    return sorted([*missed, *(bounds for bounds in seen if covered.isdisjoint(range(*bounds)))])


def _capitals_and_titles(doc: Doc) -> list[int]:
    """The words where a name the tagger missed may begin."""
    known = titles()
    return [
        token.i
        for token, low in zip(doc, lows(doc), strict=True)
        if (token.text != low and token.is_alpha) or token.text in known
    ]


def _after_title(doc: Doc, start: int) -> tuple[int, int] | None:
    """The name after a form of address: "Mme [de Courcy]", "M. [DURAND]"."""
    if start >= len(doc):
        return None
    first = _past_particles(doc, start)
    if first >= len(doc) or not (_is_name_word(doc[first]) or doc[first].text.isupper()):
        return None
    return start, _run(doc, first)[0]


def _full(doc: Doc, i: int) -> tuple[int, int] | None:
    """The full name that begins at `i`, if one does: a known first name and a surname, or
    capitalised words where a name is due ("le sélectionneur péruvien, Nelson Ibarra")."""
    if not _is_name_word(doc[i]) or doc[i].text in titles() or _continues(doc, i):
        return None
    end, count = _run(doc, i)
    if is_role(doc[i].lower_):
        return None
    if count < 2:
        return (i, end) if gender_of(doc[i].text) and _is_introduced(doc, end) else None
    left = sentence_of(doc, i).start
    before = doc[i - 1] if i > left else None
    if before is not None and (before.lower_ in ARTICLES or _bears_names(before)):
        return None
    comma = before is not None and before.text == ","
    known = bool(gender_of(doc[i].text))
    if doc[i].ent_type_ in ("ORG", "LOC"):
        # The name of an institution or a street may hold a person's; one beside a role does not.
        if doc[i].ent_iob_ == "I" and before is not None and not comma:
            return None
        told = roles_before(doc, i) or roles_after(doc, end)
        due = told or (doc[i].text in first_names() and (before is None or comma))
        return (i, end) if known and due else None
    if doc[i].text in first_names() or (known and doc[i].pos_ == doc[i + 1].pos_ == "PROPN"):
        return i, end
    if before is None or not roles_before(doc, i):
        return None
    inner = next((j for j in range(i + 1, end - 1) if gender_of(doc[j].text)), i)
    return inner, end  # "la députée Écolo-Verts [Nadège Simonis]"


def _is_introduced(doc: Doc, end: int) -> bool:
    """Whether a first name alone is somebody's: "Awa, [34 ans]", "Mireille, [une grand-mère]"."""
    if end + 2 >= len(doc) or doc[end].text not in {",", "("}:
        return False
    return doc[end + 2].lower_ == "ans" or bool(roles_after(doc, end))


def _bears_names(token: Token) -> bool:
    return token.lower_ in BEARERS and token.pos_ != "ADJ"  # "la Banque centrale"


def _run(doc: Doc, i: int) -> tuple[int, int]:
    """One past the words of a name that begins at `i`, and how many there are."""
    limit = sentence_of(doc, i).end
    known = doc[i].text in first_names()
    end, count = i + 1, 1
    while end < limit:
        token = doc[end]
        if _continues(doc, end + 1) and end + 1 < limit:  # "Vernet-Dumas", "Ki-moon"
            end += 2
        elif _is_name_word(token) or (known and len(token) > 3 and token.text.isupper()):
            end += 1
            count += 1
        elif INITIAL.fullmatch(token.text) and _is_capital(doc, end + 1):
            end += 1
        elif known and token.lower_ in PARTICLES and not _is_complement(doc, end):
            end = _past_particles(doc, end) + 1
            count += 1
        else:
            break
    return end, count


def _continues(doc: Doc, i: int) -> bool:
    """Whether a hyphen joins the word at `i` to the one before."""
    return 1 < i < len(doc) and doc[i - 1].text == "-" and not doc[i - 2].whitespace_


def _is_name_word(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and not token.text.isupper()
        and (token.is_alpha or "-" in token.text)
    )


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether what the tagger took for a name may be one: no figure in it, no pronoun."""
    if any(token.text[0].isdigit() for token in doc[start:end]):
        return False
    return end - start > 1 or not (doc[start].is_stop or doc[start].text.endswith("'"))


def _clean(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Without titles and roles, lower-case words around the name and stray marks."""
    for i in range(end - 1, start, -1):  # "l'évêque de Tarsel Mgr Paul Diarra"
        if doc[i - 1].text in titles():
            start = i
            break
    if end - start > 3 and doc[start].pos_ == "NOUN" and doc[start + 1].lower_ == "de":
        # "Réponse de Paul Garnier"
        start += 0 if gender_of(doc[start].text) else 2
    if is_role(doc[start].lower_):  # "Président du Conseil italien Matteo Renzi"
        plain = [i for i in range(start, end) if doc[i].text.islower()]
        start = plain[-1] + 1 if plain and plain[-1] + 1 < end else start
    while start < end and (
        doc[start].text in titles()
        or not (doc[start].text[:1].isupper() or _is_prefix(doc, start, end))
        or doc[start].pos_ == "DET"
        or doc[start].lower_ in BEFORE
    ):
        start += 1
    stop = start
    while stop < end and (
        doc[stop].text[:1].isupper()
        or doc[stop].lower_ in PARTICLES
        or doc[stop].text in "-'."
        or doc[stop - 1].text == "-"
    ):
        stop += 1
    while stop > start and not doc[stop - 1].text[:1].isupper() and doc[stop - 2].text != "-":
        stop -= 1
    if start == stop:
        return None
    if stop < len(doc) and INITIAL.fullmatch(doc[stop].text) and not _is_capital(doc, stop + 1):
        stop += 1  # "Hatidza M."
    return start, stop


def _is_prefix(doc: Doc, i: int, end: int) -> bool:
    """ "al" in "al-Abadi"."""
    return i + 2 < end and doc[i].lower_ in PREFIXES and doc[i + 1].text == "-"


def _is_complement(doc: Doc, i: int) -> bool:
    """Whether what begins with the particle at `i` is no name: "Anne Roux [de la CGT]"."""
    end = _past_particles(doc, i)
    article = any(token.lower_ in ("la", "le", "des") for token in doc[i + 1 : end])
    return article or not _is_capital(doc, end)


def _past_particles(doc: Doc, i: int) -> int:
    """Past the particles at `i`: "[von der] Leyen", "[de] La Tour"."""
    start = i
    while i < len(doc) and doc[i].lower_ in PARTICLES and (i == start or doc[i].text.islower()):
        i += 1
    return i


def _is_capital(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].text[:1].isupper()
