"""Whether a page holds the whole article, or its beginning for those who do not subscribe."""

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

WHOLE = 2_500  # characters: a page that says it is closed but holds this much was saved signed in
NOTICE = re.compile(
    r"il vous reste \d+ ?% de (?:cet|l[’'])|"
    r"(?:cet |l[’'])?article (?:est )?réservé (?:aux|à nos) abonnés|"
    r"(?:la )?suite (?:de cet article )?(?:est )?réservée (?:aux|à nos) abonnés|"
    r"pour lire la suite|(?:la )?suite après (?:l[’']abonnement|inscription)|"
    r"abonnez-vous pour (?:lire|continuer|accéder)|déjà abonné\W+(?:connectez|identifiez)-vous",
    re.IGNORECASE,
)


def is_closed(tree: HtmlElement) -> bool:
    """Whether the page says so itself: in JSON-LD, or in words a reader would see."""
    for script in tree.iter("script"):
        if script.get("type", "").lower() == "application/ld+json":
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            if any(str(free).lower() == "false" for free in _says(data)):
                return True
    return bool(NOTICE.search(" ".join(tree.xpath("string(//body)").split())))


def _says(data) -> Iterator:
    """The values of isAccessibleForFree, of an article and not of its parts."""
    if isinstance(data, list):
        for item in data:
            yield from _says(item)
    elif isinstance(data, dict):
        if "isAccessibleForFree" in data:
            yield data["isAccessibleForFree"]
        yield from _says(data.get("@graph"))
