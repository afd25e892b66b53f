"""The picture itself."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from claims.share_image.card import Card
from claims.share_image.draw import COLOURS, HEIGHT, INK, WIDTH, draw
from claims.share_image.shapes import SHAPES, shape

CARD = Card(
    kicker="Engagement",
    words="Deux écoles ouvriront à Vernaz.",
    who="Jeanne Roux",
    position="maire de Vernaz",
    when="3 décembre 2025",
    verdict="Faux",
    rating="false",
)
HOSTILE = ["mot" * 30_000, "\u202e" * 5_000, "Z\u0316\u0317\u0301" * 20_000, "مرحبا 🎉" * 9, "\0"]


def image(card) -> Image.Image:
    return Image.open(io.BytesIO(draw(card))).convert("RGB")


def rows_of(picture, colour: str) -> set[int]:
    """Where the colour is found, or what a palette made of it."""
    wanted = tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
    pixels = picture.load()
    return {
        y
        for y in range(picture.height)
        for x in range(0, picture.width, 3)
        if all(abs(a - b) < 10 for a, b in zip(pixels[x, y], wanted, strict=True))
    }


def test_is_as_large_as_its_page_says():
    assert image(CARD).size == (WIDTH, HEIGHT) == (1200, 630)


def test_is_the_same_each_time():
    assert draw(CARD) == draw(CARD)


@pytest.mark.parametrize("name", ["kicker", "words", "who", "position", "when", "verdict"])
def test_shows_each_of_its_words(name):
    assert draw(replace(CARD, **{name: "Autre chose"})) != draw(CARD)


def test_shows_the_rating_in_its_colour_at_the_foot():
    rows = rows_of(image(CARD), COLOURS["false"])
    assert rows
    assert min(rows) > 536


def test_shows_another_standing_in_ink():
    assert not rows_of(image(replace(CARD, rating="")), COLOURS["false"])
    assert max(rows_of(image(replace(CARD, rating="")), INK)) > 560


def test_each_rating_has_a_shape_of_its_own():
    shapes = {shape(value, 40).tobytes() for value in [*SHAPES, "another"]}
    assert len(shapes) == len(SHAPES) + 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_stays_within_its_room(hostile):
    names = ("kicker", "words", "who", "position", "when", "verdict", "note")
    picture = image(replace(CARD, rating="", **dict.fromkeys(names, hostile)))
    paper = picture.getpixel((0, 0))
    for box in ((0, 0, 60, HEIGHT), (WIDTH - 60, 0, WIDTH, HEIGHT)):
        assert picture.crop(box).getcolors() == [(60 * HEIGHT, paper)]


def test_the_tag_is_that_of_what_it_shows():
    assert CARD.etag == replace(CARD).etag
    assert CARD.etag != replace(CARD, note="Remplacée.").etag
