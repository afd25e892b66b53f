"""The colours of plots, light and dark: told apart from their ground by everybody."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CSS = (ROOT / "static/desk/plots.css").read_text()
DESK = (ROOT / "static/desk/desk.css").read_text()
PAGES = (ROOT / "static/constat.css").read_text()


def block(css: str, selector: str) -> str:
    return re.search(rf"^{re.escape(selector)} {{(.*?)}}", css, re.DOTALL | re.MULTILINE)[1]


def colours(css: str, selector: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block(css, selector)))


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize("series", range(8))
def test_a_colour_stands_out_from_its_ground(theme, series):
    ground = colours(DESK, theme)["panel"]
    assert contrast(colours(CSS, theme)[f"plot-{series}"], ground) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_public_pages_too(theme):
    ground, dark = PAGES.split("@media screen and (prefers-color-scheme: dark)", 1)
    named = colours(ground, ":root") | (colours(dark, "  :root") if theme == "dark" else {})
    series = dict(re.findall(r"--plot-(\d): var\(--([\w-]+)\);", block(PAGES, ".plot")))
    assert list(series) == ["0", "1", "2", "3"]
    assert all(contrast(named[name], named["paper"]) >= 3 for name in series.values())


def test_each_series_has_a_pattern_of_its_own():
    drawn = (ROOT / "templates/claims/plots/pattern.svg").read_text()
    patterns = re.findall(r"number == (\d) %}(.*?){%", drawn)
    assert [int(number) for number, _shape in patterns] == list(range(1, 8))
    assert len({shape for _number, shape in patterns}) == 7
    assert all(one != other for (_n, one), (_m, other) in pairwise(patterns))
