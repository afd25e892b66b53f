"""Any text, made to fit."""

import pytest

from claims.share_image.fit import Ruler, cut, fit, showable, wrap
from claims.share_image.fonts import SANS, SANS_BOLD, SERIF, font, has

PLAIN = font(SANS, 40)
LONG = "Deux écoles ouvriront à la rentrée, a dit la maire, et trois autres un an plus tard. " * 20


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("«\u202foui\u202f»", "«\u2009oui\u2009»"),
        ("Oui : « non » !", "Oui\u00a0: «\u00a0non\u00a0»\u00a0!"),
        ("deux\n\n écoles\t", "deux écoles"),
        ("e\u0301te\u0301", "été"),
        ("a\u0316\u0317\u0338b", "ab"),
        ("\u202efin\u202c\x07", "fin"),
        ("bravo 🎉 !", "bravo\u00a0!"),
        ("le mot مرحبا بالعالم fin", "le mot […] fin"),
        ("世界", "[…]"),
        ("Москва, Αθήνα, Việt Nam, Łódź, Œuvre", "Москва, Αθήνα, Việt Nam, Łódź, Œuvre"),
        ("", ""),
    ],
)
def test_shows_what_the_fonts_have(text, shown):
    assert showable(text) == shown


@pytest.mark.parametrize("hostile", ["a" * 100_000, "a\u0301\u0316" * 50_000, "مرحبا " * 50_000])
def test_looks_at_no_more_than_is_shown(hostile):
    assert len(showable(hostile)) <= 801


@pytest.mark.parametrize("name", [SERIF, SANS, SANS_BOLD])
def test_every_font_has_every_character_that_is_said_to_be_there(name):
    there = [sign for sign in map(chr, range(0x21, 0x2600)) if has(sign) and sign.isprintable()]
    unknown = bytes(font(name, 20).getmask("\uffff"))
    assert len(there) > 700
    assert [sign for sign in there if bytes(font(name, 20).getmask(sign)) == unknown] == []


def test_lines_break_at_spaces_and_are_no_wider():
    lines = wrap(LONG.strip(), Ruler(PLAIN), 400)
    assert " ".join(lines) == LONG.strip()
    assert max(map(PLAIN.getlength, lines)) <= 400


def test_a_word_that_is_wider_is_broken():
    lines = wrap("a" * 300, Ruler(PLAIN), 400)
    assert "".join(lines) == "a" * 300
    assert max(map(PLAIN.getlength, lines)) <= 400


def test_what_is_cut_ends_at_a_word():
    line = cut(LONG, PLAIN, 400)
    assert line.endswith("…")
    assert LONG.startswith(line[:-1] + " ")
    assert PLAIN.getlength(line) <= 400


def test_what_fits_is_not_cut():
    assert cut("Deux écoles", PLAIN, 400) == "Deux écoles"


def test_takes_the_largest_size_at_which_all_of_it_fits():
    lines, size = fit("Deux écoles ouvriront", (90, 60, 30), 500, 150, _serif, 1.2)
    assert (lines, size) == (["Deux écoles", "ouvriront"], 60)


def test_cuts_at_the_smallest_size():
    lines, size = fit(LONG, (90, 60, 30), 800, 150, _serif, 1.2)
    assert size == 30
    assert len(lines) == 4
    assert lines[-1].endswith("…")


def test_leaves_no_word_alone_in_the_last_line():
    text = "Deux écoles ouvriront à la rentrée prochaine à Vernaz"
    width = int(_serif(40).getlength(text)) - 10
    lines, _size = fit(text, (40,), width, 150, _serif, 1.2)
    assert [len(line.split()) for line in lines] == [5, 4]


def _serif(size):
    return font(SERIF, size)
