import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange import cells

WORDS = st.text("ab;|\\\n =", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.text("'=+-@ab\t", max_size=6), st.booleans())
def test_what_is_made_harmless_is_read_as_meant(text, typed):
    assert cells.as_meant(cells.harmless(text, typed=typed)) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1"])
def test_nothing_a_spreadsheet_would_calculate_begins_a_cell(text):
    assert cells.harmless(text).startswith("'")


@given(st.lists(WORDS, max_size=4))
def test_a_list_in_one_cell_is_read_again(items):
    assert cells.split(cells.join(items), ";\n") == items


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_the_parts_of_an_item_are_read_again(parts):
    written = cells.join_parts(parts)
    assert "\n" not in written
    assert cells.split_parts(written) == parts
