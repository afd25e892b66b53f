"""Whether a page holds the whole article, or its beginning for those who do not subscribe."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress

from lxml.html import HtmlElement

WHOLE = 2_500  # characters: a page that says it is closed but holds this much was saved signed in
CUT = re.compile(
    r"il vous reste [\d.,]+ ?% (?:de (?:cet|l[’'])|à (?:lire|découvrir))", re.IGNORECASE
)
NOTICE = re.compile(
    r"(?:article|contenu) (?:est )?(?:exclusivement )?réservé (?:aux|à nos) abonnés|"
    r"suite (?:de cet article )?(?:est )?réservée (?:aux|à nos) abonnés|"
    r"pour lire la suite|abonnez-vous pour (?:lire|continuer)",
    re.IGNORECASE,
)


def is_closed(tree: HtmlElement) -> bool:
    """Whether the page says so: in words, or in JSON-LD, which knows better than its teasers."""
    words = " ".join(tree.xpath("string(//body)").split())
    said = [str(free).lower() for script in tree.iter("script") for free in _in(script)]
    closed = "false" in said if said else bool(NOTICE.search(words))
    return closed or bool(CUT.search(words))


def _in(script: HtmlElement) -> Iterator:
    if script.get("type", "").lower() == "application/ld+json":
        with suppress(ValueError, RecursionError):
            yield from _says(json.loads(script.text or "", strict=False))


def _says(data) -> Iterator:
    """The values of isAccessibleForFree, of an article and not of its parts."""
    if isinstance(data, list):
        for item in data:
            yield from _says(item)
    elif isinstance(data, dict):
        if "isAccessibleForFree" in data:
            yield data["isAccessibleForFree"]
        yield from _says(data.get("@graph"))
