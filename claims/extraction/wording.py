"""How a mention is worded as a name: without articles, quantities and what only dates it."""

import re

from spacy.tokens import Doc

from claims.extraction.folding import fold

SPACES = re.compile(r"\s+")
APART = re.compile(r"(?<=\b[cdjlmnst]') |(?<=\bqu') ", re.IGNORECASE)  # "l' Italie"
IN_BRACKETS = re.compile(r"\s*\((?:[^()]{2,30})\)(?:\s*$|(?= d(?:e|es|u|')\b))")
LENGTH = re.compile(r"\s+(?:longue? )?de \d[\d\s.]* (?:pages?|articles?|points?|mots?)\b.*$")
SHARE = re.compile(r"\s+sur (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|\d+)$")
NEW = re.compile(r"^nouve(?:l|au|aux|lle|lles) (?=\w+ d)")  # "[nouvelle] étude de l'Insee"
MUTE = re.compile(r"[aeiouy]|h(?:[eiy]|ub|um)")  # "d'Hélène", but "de Haïti"
NUMBER = (
    r"(?:\d[\d\s.,]*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|"
    r"quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|quatre-vingts?|cent|mille)"
)
ARTICLE = re.compile(
    rf"^(?:(?:le|la|les|un|une|des|du|de la|ce|cet|cette|ces|certain|certaine|certains|certaines|"
    r"quelques|quelque|plusieurs|divers|diverses|différents|différentes|tous|toutes|d'autres|"
    r"derniers?|dernières?|seuls?|seules?|environ|près de|beaucoup de|nombre de|"
    r"de nombreux|de nombreuses|de plus en plus de|la plupart des|plupart des|"
    r"(?:une )?(?:grande |bonne )?(?:partie|majorité|moitié) d(?:es|e)|"
    r"(?:l['’])?(?:un|une) d(?:es|e)|(?:l['’])?ensemble d(?:es|u|e la|e)|"
    r"(?:une )?(?:dizaine|vingtaine|trentaine|centaine)s? de|milliers? d(?:e|es)|"
    rf"(?:plus de |moins de )?{NUMBER}(?: %| pour cent)?(?: d(?:es|e))?(?! ans\b))\s+"
    r"|(?:ensemble d|nombre d|beaucoup d|milliers d|d|l)['’]\s*)",
    re.IGNORECASE,
)


def written(doc: Doc, start: int, end: int) -> str:
    """The tokens from `start` to `end` as the article writes them, white space put right."""
    if start >= end:
        return ""
    last = doc[end - 1]
    text = doc._.text or doc.text
    words = SPACES.sub(" ", text[doc[start].idx : last.idx + len(last)])
    return APART.sub("", words.replace("’", "'")).strip()


def strip_article(text: str) -> str:
    """Without articles and quantities: "certains analystes" -> "analystes"."""
    previous = None
    while previous != text:
        previous, text = text, text.strip()
        if article := ARTICLE.match(text):
            text = text[article.end() :]
        if previous[:1].isdigit() and text[:1].isupper():  # "20 Minutes"
            return previous
    return text or previous or ""


def plain_name(text: str) -> str:
    """A mention without article, quantity, acronym and length: "9 % des cadres" -> "cadres"."""
    name = strip_article(text.replace("[", "").replace("]", ""))
    if "(" in name:
        name = IN_BRACKETS.sub("", name)
    name = NEW.sub("", name)
    if " de " in name:
        name = LENGTH.sub("", name)
    if " sur " in name:
        name = SHARE.sub("", name)
    name = name.removesuffix(" même").strip(' ,–-(«»"')  # "la préfecture même"
    return f"{name} »" if name.count("«") > name.count("»") else name


def strip_possessive(text: str) -> str:
    """ "son entourage" -> "entourage"; numbers go too: "ses deux filles" -> "filles"."""
    return strip_article(re.sub(r"^(?:son|sa|ses|leur|leurs)\s+", "", text, flags=re.IGNORECASE))


def of(article: str, name: str) -> str:
    """A name with its article after "de": "de Lactis", "du Sénat", "d'Inès Mabrouk"."""
    article = article.lower().replace("’", "'").strip()
    if article in ("le", "du"):
        return f"du {name}"
    if article in ("les", "des"):
        return f"des {name}"
    if article == "l'":
        return f"de l'{name}"
    if article == "la":
        return f"de la {name}"
    return f"d'{name}" if MUTE.match(fold(name)) else f"de {name}"


def of_owner(doc: Doc, owner) -> str:
    """ "de la Banque Valmy", "d'Inès Mabrouk": the owner after a noun, as the article writes it."""
    name = owner.name
    if name.startswith(("Le ", "Les ")):  # "du Figaro", but "de La Presse"
        return of(*name.split(" ", 1))
    article = ""
    if owner.kind != "person":
        text = doc._.text or doc.text
        before = r"\b(la |le |les |du |des |l['’] ?)"
        found = re.search(rf"{before}{re.escape(name)}\b", text, re.IGNORECASE)
        article = found[1] if found else _definite(owner)
    return of(article, name)


def _definite(owner) -> str:
    """The article of a common noun in the singular: "rapport" -> "le"."""
    if not owner.name[:1].islower() or owner.plural:
        return ""
    if MUTE.match(fold(owner.name)):
        return "l'"
    return {"m": "le", "f": "la"}.get(owner.gender, "")
