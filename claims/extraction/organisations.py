"""Which institutions and documents an article speaks of, and what a mention of one is called."""

import re
from functools import cache

from spacy.tokens import Doc

from claims.extraction.entities import Entity
from claims.extraction.folding import fold
from claims.extraction.lexicon import load, words
from claims.extraction.noun_phrases import extend_right
from claims.extraction.sentences import sentence_of

IN_BRACKETS = re.compile(r"\s*\(([^()]{2,30})\)\s*$")
LENGTH = re.compile(r"\s+de \d[\d\s.]* (?:pages?|articles?|points?|mots?)\b.*$")


@cache
def organisation_nouns() -> frozenset[str]:
    return frozenset(load("nouns")["organisations"]["nouns"])


@cache
def document_nouns() -> frozenset[str]:
    return frozenset(load("nouns")["documents"]["nouns"])


@cache
def group_nouns() -> frozenset[str]:
    return frozenset(load("nouns")["groups"]["nouns"])


def organisations(doc: Doc) -> list[Entity]:
    """The organisations `doc` names with their acronyms: "l'Union nationale (UNES)"."""
    found: dict[str, Entity] = {}
    for entity in doc.ents:
        if entity.label_ not in ("ORG", "LOC", "MISC"):
            continue
        name = entity.text.strip(' ,.«»"')
        if not name or not any(c.isupper() for c in name):
            continue
        key = fold(name)
        item = found.setdefault(key, Entity(name, "organisation", aliases={key}))
        item.mentions.append(entity.start)
    for match in re.finditer(r"\(([A-ZÉ][\w&.-]{1,12})\)", doc.text):
        acronym = match[1]
        if sum(c.isupper() for c in acronym) < 2:
            continue
        full = _expansion(doc.text[max(0, match.start() - 120) : match.start()], acronym)
        if full:
            item = Entity(full, "organisation", aliases={fold(full), fold(acronym)})
            for key in (fold(full), fold(acronym)):
                old = found.pop(key, None)
                if old:
                    item.mentions += old.mentions
            found[fold(full)] = item
            if not item.mentions:
                span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
                item.mentions.append(span.start)
    return list(found.values())


def _expansion(before: str, acronym: str) -> str | None:
    """The name before "(ACRONYM)": from the word its first letter stands for."""
    words = list(re.finditer(r"[\w'’&-]+", before))
    letter = fold(acronym[0])
    best = None
    for match in reversed(words[-(len(acronym) + 8) :]):
        word = re.sub(r"^(?:[ldLD]|qu|Qu)['’]", "", match[0])
        offset = match.end() - len(word)
        if re.search(r"[.;:!?]\s", before[offset:]):
            break
        if fold(word[:1]) == letter and (word[:1].isupper()):
            best = before[offset:].strip()
            initials = [fold(w[0][0]) for w in re.finditer(r"[^\W\d_][\w’-]*", before[offset:])]
            if _spells(fold(acronym), initials):
                return best
    return best


def _spells(acronym: str, initials: list[str]) -> bool:
    at = 0
    for initial in initials:
        if at < len(acronym) and acronym[at] == initial:
            at += 1
    return at >= min(len(acronym), 3) or at == len(acronym)


def plain_name(text: str) -> str:
    """A mention of an organisation or document without article, acronym and length."""
    name = strip_article(text)
    name = IN_BRACKETS.sub("", name)
    return LENGTH.sub("", name).strip(" ,")


ARTICLE = re.compile(
    r"^(?:(?:le|la|les|un|une|des|du|de la|ce|cet|cette|ces|certains|certaines|quelques|plusieurs|"
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|de nombreux|de nombreuses|de|tous|toutes|"
    r"la plupart des|de plus en plus de|beaucoup de|l'un des|l'une des|les deux|d'autres|"
    r"une dizaine de|une vingtaine de|une trentaine de|nombre de|l['’]ensemble des)\s+"
    r"|[ld]['’]\s*)",
    re.IGNORECASE,
)


def strip_article(text: str) -> str:
    """Without articles and quantifiers: "certains analystes" -> "analystes"."""
    previous = None
    while previous != text:
        previous, text = text, ARTICLE.sub("", text.strip())
    return text or previous or ""


def strip_possessive(text: str) -> str:
    """ "son entourage" -> "entourage"; numbers go too: "ses deux filles" -> "filles"."""
    return strip_article(re.sub(r"^(?:son|sa|ses|leur|leurs)\s+", "", text, flags=re.IGNORECASE))


def of_owner(doc: Doc, owner) -> str:
    """ "de Lactis", "de la Banque Valmy", "d'Inès Mabrouk": the owner after a noun."""
    name = owner.name
    article = ""
    if owner.kind != "person":
        match = re.search(rf"\b(la|le|les|l['’]) ?{re.escape(name)}", doc.text, re.IGNORECASE)
        article = match[1].lower().replace("’", "'") if match else ""
    if article == "le":
        return f"du {name}"
    if article == "les":
        return f"des {name}"
    if article:
        return f"de {article}{'' if article.endswith(chr(39)) else ' '}{name}"
    return f"d'{name}" if fold(name[:1]) in "aeiouy" else f"de {name}"


def _label(doc: Doc, i: int) -> str | None:
    """The proper name after its common noun: "l'opérateur ferroviaire TransFrance"."""
    start = i + 1
    while start < len(doc) and doc[start].pos_ == "ADJ" and doc[start].text.islower():
        start += 1
    end = start
    while (
        end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in ("PROPN", "NOUN", "ADJ")
    ):
        end += 1
    if (
        end == start
        or doc[start].ent_type_ == "PER"
        or doc[i].lower_ in ("ville", "commune", "région")
    ):
        return None
    return doc[start:end].text


def fuller_names(doc: Doc) -> dict[str, str]:
    """Common noun of an institution or group -> its first mention with a complement.

    "la direction du CHU de Valmère" tells what "la direction" is.
    """
    found: dict[str, str] = {}
    nouns = (
        organisation_nouns()
        | words("organisation_labels")
        | {"auteurs", "cabinet", "experts", "syndicats", "magistrats"}
    )
    for token in doc:
        if token.lower_ not in nouns or token.lower_ in found or token.i + 2 >= len(doc):
            continue
        if label := _label(doc, token.i):
            found[token.lower_] = label
            continue
        link = doc[token.i + 1].lower_
        if (
            link not in ("de", "du", "d'", "des")
            or not token.i
            or doc[token.i - 1].pos_
            not in (
                "DET",
                "ADP",
            )
        ):
            continue
        end = extend_right(doc, token.i, sentence_of(doc, token.i).end)
        if end > token.i + 2 and any(t.text[:1].isupper() for t in doc[token.i + 1 : end]):
            found[token.lower_] = doc[token.i : end].text
    return found
