"""Layouts that trafilatura does not know, brought to the one it does: an <article>."""

import re

from lxml.html import HtmlElement

CELLS = ("td", "th")
CELL = 300  # characters: more in one cell is no table of figures
STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:chap[oô]|chapeau|standfirst|article__desc|intro|introduction)(?:$|[\s_-])",
    re.IGNORECASE,
)
PARAGRAPHS = 200  # characters: less in paragraphs side by side is no article


def unfold_tables(tree: HtmlElement) -> None:
    """Make blocks of the tables that only place things on the page."""
    for table in list(tree.iter("table")):
        cells = table.iter(*CELLS)
        if table.find(".//table") is not None or any(
            cell.find(".//h1") is not None or len(cell.text_content()) > CELL for cell in cells
        ):
            for part in list(table.iter("table", "tbody", "tr", *CELLS)):
                part.tag = "div"


def frame_article(tree: HtmlElement) -> None:
    """Where nothing is named the article, name what holds the headline and most paragraphs."""
    if next(tree.iter("article", "main"), None) is not None:
        return
    blocks = list(tree.iter("div", "section"))
    block = max(blocks, key=_paragraphs, default=None)
    if block is None or _paragraphs(block) < PARAGRAPHS:
        return
    for frame in (block, *block.iterancestors("div", "section")):
        if frame.find(".//h1") is not None:
            frame.tag = "article"
            return
    block.tag = "article"


def bring_in_standfirst(tree: HtmlElement) -> None:
    """Put the lines between headline and article, if they stand outside it, at its head."""
    article = max(tree.iter("article"), key=_paragraphs, default=None)
    if article is None:
        return
    for block in tree.iter("p", "div", "h2"):
        if STANDFIRST.search(block.get("class", "")) and 40 < len(block.text_content()) < 1_000:
            if article not in (*block.iterancestors("article"), *block.iterdescendants("article")):
                block.drop_tree()
                block.tail = None
                block.tag = "p"
                article.insert(0, block)
            return


def _paragraphs(block: HtmlElement) -> int:
    """How much text its own paragraphs hold."""
    return sum(len(child.text_content()) for child in block.iterchildren("p"))
