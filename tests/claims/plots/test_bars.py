"""Where the bars of a plot are."""

import xml.etree.ElementTree as ET

import pytest
from django.template.loader import render_to_string

from claims.plots import Table, columns, rows
from claims.plots.bars import SEAM
from claims.plots.table import Row

SVG = "{http://www.w3.org/2000/svg}"


def table(*rows, series=("fait", "opinion")):
    return Table("Semaine", list(series), [Row(label, values) for label, *values in rows])


def test_columns_stand_on_one_another():
    ((lower, upper),) = (bar.segments for bar in columns(table(("a", 3, 1))).bars)
    assert upper.y + upper.height == pytest.approx(lower.y - SEAM, abs=0.2)


def test_heights_are_as_the_values():
    (one, two) = (bar.segments[0] for bar in columns(table(("a", 1, 0), ("b", 3, 0))).bars)
    assert two.height + SEAM == pytest.approx(3 * (one.height + SEAM), abs=0.3)


def test_rows_lie_behind_one_another():
    ((first, second),) = (bar.segments for bar in rows(table(("a", 3, 1))).bars)
    assert first.x + first.width == pytest.approx(second.x - SEAM, abs=0.2)


@pytest.mark.parametrize("draw", [columns, rows])
def test_nothing_is_drawn_for_nought(draw):
    plot = draw(table(("a", 0, 2), ("b", 0, 0)))
    assert [len(bar.segments) for bar in plot.bars] == [1, 0]


@pytest.mark.parametrize("draw", [columns, rows])
def test_all_of_it_is_inside(draw):
    plot = draw(table(*((f"rangée {n}", n, 999 - n) for n in range(26))))
    for bar in plot.bars:
        for part in bar.segments:
            assert 0 <= part.x <= part.x + part.width <= plot.width
            assert 0 <= part.y <= part.y + part.height <= plot.height


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(1, [0, 1]), (7, [0, 2, 4, 6, 8]), (13, [0, 5, 10, 15]), (999, [0, 500, 1000])],
)
def test_the_axis_has_few_round_numbers(most, ticks):
    assert [tick.value for tick in columns(table(("a", most, 0))).ticks] == ticks


def test_of_many_columns_not_every_one_is_labelled():
    labels = [bar.label for bar in columns(table(*((str(n), 1, 0) for n in range(26)))).bars]
    assert [label for label in labels if label] == [str(number) for number in range(0, 26, 4)]


def test_a_long_name_is_cut_and_stays_whole_in_the_table():
    name = "Mouvement national des élus locaux"
    plot = rows(table((name, 1, 0)))
    assert plot.bars[0].label.endswith("…")
    assert plot.table.rows[0].label == name


def test_one_series_needs_no_legend():
    assert columns(table(("a", 1), series=["faits"])).legend == []


@pytest.mark.parametrize("draw", [columns, rows])
def test_the_drawing_is_named_and_told_and_each_pattern_is_there(draw):
    plot = draw(table(("<a>", 1, 2)))
    context = {"plot": plot, "id": "p", "title": "Faits & opinions", "description": "Trois."}
    svg = ET.fromstring(
        render_to_string("claims/plots/plot.svg", context).replace(
            "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
        )
    )
    named = [svg.find(f"{SVG}{name}").text for name in ("title", "desc")]
    assert (svg.get("role"), named) == ("img", ["Faits & opinions", "Trois."])
    patterns = {f"url(#{pattern.get('id')})" for pattern in svg.iter(f"{SVG}pattern")}
    assert {part.get("fill") for part in svg.findall(f"{SVG}rect")} == patterns
