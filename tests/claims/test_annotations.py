"""Web Annotations find the very words again, in any text."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.annotations import quotation

# Emoji of several code points, combining marks, both directions, and what often stands twice.
ODD = st.text(alphabet="ab e\u0301\u0327👩\u200d🇫\U0001f1f7\u05d0\u202e«»\n", max_size=120)


@st.composite
def passages(draw):
    text = draw(ODD | ODD.map(lambda text: text * 5) | st.text(max_size=60))
    text = text or "a"
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(passages())
@example(("a" * 100, 40, 41))
@example(("Oui. " * 60, 150, 153))
@settings(deadline=None)
def test_a_quotation_stands_at_its_place_and_nowhere_else(passage):
    text, start, end = passage
    found = quotation(text, start, end)
    words = found["prefix"] + found["exact"] + found["suffix"]
    places = [at for at in range(len(text)) if text.startswith(words, at)]
    assert [at + len(found["prefix"]) for at in places] == [start]
    assert found["exact"] == text[start:end]


def test_a_quotation_has_no_more_beside_it_than_it_takes():
    text = "x" * 100 + "oui" + "y" * 100
    assert quotation(text, 100, 103) == {
        "type": "TextQuoteSelector",
        "exact": "oui",
        "prefix": "x" * 32,
        "suffix": "y" * 32,
    }
