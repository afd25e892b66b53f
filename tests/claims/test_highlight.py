from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import Int4Range

from claims.highlight import in_context, paragraphs, segments
from tests.factories import ClaimFactory, SentenceFactory

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda s: (s[0], sum(s)))
MARKS = st.lists(st.tuples(st.integers(0, 5), st.lists(SPANS, max_size=3)), max_size=6)


def test_a_mark_cuts_the_text_in_three():
    assert [s.text for s in segments("abcdef", [("m", [(2, 4)])])] == ["ab", "cd", "ef"]


def test_only_what_is_inside_is_marked():
    assert [s.marks for s in segments("abcdef", [("m", [(2, 4)])])] == [(), ("m",), ()]


def test_the_shortest_mark_comes_last():
    cut = segments("abcdef", [("short", [(2, 4)]), ("long", [(0, 6)])])
    assert cut[1].marks == ("long", "short")


def test_a_mark_of_two_spans_ends_with_the_second():
    cut = segments("abcdef", [("m", [(0, 2), (4, 6)])])
    assert [s.ends for s in cut] == [(), (), ("m",)]


def test_marks_may_overlap():
    cut = segments("abcdef", [("a", [(0, 4)]), ("b", [(2, 6)])])
    assert [set(s.marks) for s in cut] == [{"a"}, {"a", "b"}, {"b"}]


def test_a_text_without_marks_is_one_segment():
    assert [s.text for s in segments("abc", [])] == ["abc"]


def test_what_lies_outside_the_text_is_left_out():
    assert [s.marks for s in segments("abc", [("m", [(5, 9)])])] == [()]


@given(st.text(max_size=25), MARKS)
def test_the_segments_joined_are_the_text(text, marks):
    assert "".join(segment.text for segment in segments(text, marks)) == text


@given(st.text(min_size=1, max_size=25), MARKS)
def test_each_character_bears_the_marks_whose_spans_hold_it(text, marks):
    marks = [((number, mark), spans) for number, (mark, spans) in enumerate(marks)]
    place = 0
    for segment in segments(text, marks):
        for _character in segment.text:
            holding = {m for m, spans in marks if any(a <= place < b for a, b in spans)}
            assert set(segment.marks) == holding
            place += 1


@given(st.text("ab \n", max_size=40), MARKS)
def test_paragraphs_hold_every_word(text, marks):
    marks = [(mark, sorted(spans)) for mark, spans in marks if spans]
    shown = ["".join(segment.text for segment in line) for line in paragraphs(text, marks)]
    assert shown == [line for line in text.split("\n") if line.strip()]


def test_a_mark_over_two_paragraphs_is_in_both():
    lines = paragraphs("ab\ncd", [("m", [(1, 4)])])
    assert [[segment.marks for segment in line] for line in lines] == [[(), ("m",)], [("m",), ()]]


def test_a_claim_is_shown_in_the_paragraphs_it_stands_in_and_those_around(db):
    text = "Un.\n\nDeux.\n\nTrois, dit-elle.\n\nQuatre.\n\nCinq."
    start = text.index("Trois")
    sentence = SentenceFactory(snapshot__text=text, start=start, end=start + 16)
    claim = ClaimFactory(
        sentence=sentence, content=[Int4Range(start, start + 5)],
        cue=Int4Range(start + 7, start + 15),
    )  # fmt: skip
    shown = in_context(claim)
    said = ["".join(segment.text for segment in paragraph.segments) for paragraph in shown]
    assert said == ["Deux.", "Trois, dit-elle.", "Quatre."]
    assert [paragraph.beside for paragraph in shown] == [True, False, True]
    assert all(text[p.start :].startswith(s) for p, s in zip(shown, said, strict=True))
    assert [segment.marks for segment in shown[1].segments] == [("content",), (), ("cue",), ()]
