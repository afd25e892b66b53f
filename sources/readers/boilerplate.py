"""What trafilatura leaves of French news pages beside the article.

Banners that ask for consent, links away, bare labels.
"""

import re

from lxml.html import HtmlElement

BLOCKS = ("p", "div", "aside", "li", "section", "blockquote", "h2", "h3", "h4", "figcaption")
LONGEST = 300  # characters
# Blocks that are mostly a link, and say that it leads away.
AWAY = re.compile(
    r"\W*(?:à )?(?:lire|relire|voir|revoir|écouter|réécouter|découvrir|retrouver)\b|"
    r"\W*(?:sur le même|pour aller plus loin|nos autres|notre dossier|podcast\b|vidéos?\b)",
    re.IGNORECASE,
)
# Blocks that their class or id calls something else than the article.
NAMES = re.compile(
    r"(?:^|[\s_-])(?:newsletter|infolettre|inread|lire-?aussi|read-?also|voir-?aussi|see-?also)",
    re.IGNORECASE,
)
# Blocks that are nothing but a label.
LABEL = re.compile(
    r"\W*(?:publicité|annonce|la suite après (?:cette|la) publicité|partager(?: cet article)?|"
    r"(?:temps de )?lecture\W+\d+ min\w*|écouter(?: l[’']article)?(?: \W?\d+ min\w*\W?)?|"
    r"(?:publié|mis à jour|modifié|créé)\s+(?:le|à|il y a)\s.{4,80}|"
    r"(?:article )?réservé (?:aux|à nos) abonnés|"
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?\d{1,2}(?:er)? \w{3,9}\.? \d{4}"
    r"(?:\W+(?:à )?\d{1,2} ?[h:] ?\d{2})?(?:,? par\b.{0,80})?)\W*",
    re.IGNORECASE,
)
# What holds a banner that asks for consent: the programs' names, and what sites call their own.
BANNERS = ("div", "section", "aside", "dialog", "form")
CONSENT = re.compile(
    r"didomi|onetrust|axeptio|tarteaucitron|qc-cmp|sd-cmp|sp_message|cookiebot|usercentrics|"
    r"cookies?[_-]?(?:banner|bar|consent|dialog|info|law|modal|notice|overlay|popin|popup|wall)|"
    r"(?:banner|bandeau|bannière|banniere|modal|popin|popup)[_-]?cookies?|"
    r"(?:consent|gdpr|rgpd|cmp)[_-]?(?:banner|container|dialog|modal|overlay|popin|popup|wall)",
    re.IGNORECASE,
)


def prune(tree: HtmlElement) -> None:
    """Drop such blocks from ``tree``."""
    for block in list(tree.iter(*BANNERS)):
        if _asks_for_consent(block) and next(block.iter("article", "main", "h1"), None) is None:
            block.drop_tree()
    for block in list(tree.iter(*BLOCKS)):
        text = " ".join(block.text_content().split())
        if len(text) <= LONGEST and (
            LABEL.fullmatch(text) or NAMES.search(_names(block)) or _leads_away(block, text)
        ):
            block.drop_tree()


def _asks_for_consent(block: HtmlElement) -> bool:
    return block.get("role") in ("dialog", "alertdialog") or bool(CONSENT.search(_names(block)))


def _names(block: HtmlElement) -> str:
    return f"{block.get('class', '')} {block.get('id', '')}"


def _leads_away(block: HtmlElement, text: str) -> bool:
    linked = sum(len(" ".join(link.text_content().split())) for link in block.iter("a"))
    return linked > len(text) / 2 and bool(AWAY.match(text))
