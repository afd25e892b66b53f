"""A share image, drawn: the same words always make the same bytes."""

import io

from PIL import Image, ImageDraw

from claims.share_image.card import Card
from claims.share_image.fit import cut, fit, showable
from claims.share_image.fonts import SANS, SANS_BOLD, SERIF, font
from claims.share_image.shapes import shape

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
# As in static/constat.css, by day.
PAPER, INK, SOFT, RULE, BLUE = "#fffefb", "#1a1a18", "#5a5954", "#d9d6cd", "#1f4a73"
COLOURS = {
    "true": "#17693a",
    "mostly-true": "#4b650c",
    "imprecise": "#855700",
    "misleading": "#a0440a",
    "false": "#a61f1a",
}
UNGRADED = "#55585e"

ROOM = WIDTH - 2 * MARGIN
TOP, FOOT = 154, 520  # of what is said
SIZES, LEADING = (96, 86, 76, 68, 60, 54, 48, 43, 39), 1.18
LOGO = 52


def draw(card: Card) -> bytes:
    """The PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _masthead(image, pen, card)
    _said(pen, card)
    _verdict(image, pen, card)
    file = io.BytesIO()
    # Of so few colours a palette loses nothing to the eye and halves the bytes.
    few = image.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


def _masthead(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    image.paste(_logo(), (MARGIN, 44))
    pen.text((MARGIN + LOGO + 18, 84), "Constat", INK, font(SERIF, 44), anchor="ls")
    kicker = cut(showable(card.kicker), font(SANS_BOLD, 28), ROOM / 2)
    pen.text((WIDTH - MARGIN, 84), kicker, SOFT, font(SANS_BOLD, 28), anchor="rs")
    for top in (114, 119):
        pen.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + 1), INK)


def _said(pen: ImageDraw.ImageDraw, card: Card) -> None:
    """The words, then who said them and when."""
    below = _below(card)
    height = FOOT - TOP - (46 * len(below) + 20 if below else 0)
    words = showable(card.words) or "[…]"
    lines, size = fit(words, SIZES, ROOM, height, lambda size: font(SERIF, size), LEADING)
    # What room is left stands above and below: more of it below.
    top = TOP + 0.4 * max(height - len(lines) * size * LEADING, 0)
    for line in lines:
        pen.text((MARGIN, top + size), line, INK, font(SERIF, size), anchor="ls")
        top += size * LEADING
    top += 20
    for parts in below:
        left = MARGIN
        for text, name, colour in parts:
            pen.text((left, top + 34), text, colour, font(name, 32), anchor="ls")
            left += font(name, 32).getlength(text)
        top += 46


def _below(card: Card) -> list[list[tuple[str, str, str]]]:
    """Lines of parts, each with its font and colour."""
    lines, bold, plain = [], font(SANS_BOLD, 32), font(SANS, 32)
    if who := cut(showable(card.who), bold, ROOM):
        parts, left = [(who, SANS_BOLD, INK)], ROOM - bold.getlength(who)
        position = f", {showable(card.position)}" if card.position else ""
        if position and left > 160:
            parts.append((cut(position, plain, left), SANS, SOFT))
        lines.append(parts)
    if when := cut(showable(card.when), plain, ROOM):
        lines.append([(when, SANS, SOFT)])
    return lines


def _verdict(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.rectangle((MARGIN, 534, WIDTH - MARGIN - 1, 535), RULE)
    colour, left = (COLOURS.get(card.rating, UNGRADED) if card.rating else INK), MARGIN
    if card.rating:
        mask = shape(card.rating, 50)
        image.paste(colour, (left, 558), mask)
        left += 50 + 20
    note = cut(showable(card.note), font(SANS, 28), ROOM / 2)
    noted = font(SANS, 28).getlength(note)
    room = WIDTH - MARGIN - left - (noted + 32 if note else 0)
    verdict = cut(showable(card.verdict), font(SANS_BOLD, 48), room)
    pen.text((left, 600), verdict, colour, font(SANS_BOLD, 48), anchor="ls")
    pen.text((WIDTH - MARGIN, 600), note, SOFT, font(SANS, 28), anchor="rs")


def _logo() -> Image.Image:
    """static/constat.svg, on paper."""
    finer, units = 8, 32
    side = LOGO * finer
    scale = side / units
    image = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), 5 * scale, BLUE)
    for points in (((11.5, 8.5), (5.5, 16), (11.5, 23.5)), ((13, 16), (18, 22), (27, 8.5))):
        scaled = [(x * scale, y * scale) for x, y in points]
        pen.line(scaled, "#ffffff", round(3 * scale), joint="curve")
    return image.resize((LOGO, LOGO), Image.Resampling.LANCZOS)
