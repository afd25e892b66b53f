import io
import json

import pytest

from claims.claim_review.items import items
from sources.refused import Refused
from tests.claims.claim_review.feeds import GOOGLE, REVIEW, feed, page


def found(content: bytes | object) -> list:
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return [(item.number, item.value) for item in items(io.BytesIO(content))]


def test_the_items_of_a_feed_are_numbered():
    assert [(number, item["item"]) for number, item in found(feed(REVIEW, REVIEW))] == [
        (1, [REVIEW]),
        (2, [REVIEW]),
    ]


@pytest.mark.parametrize(
    "content",
    [
        REVIEW,
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [REVIEW]},
        b"\xef\xbb\xbf" + json.dumps([REVIEW]).encode(),
        page(json.dumps(REVIEW)),
        page("<!-- " + json.dumps(REVIEW) + " -->"),
    ],
)
def test_one_review_is_read_in_every_form(content):
    assert found(content) == [(1, REVIEW)]


def test_what_googles_tools_answer_is_a_list_of_claims():
    assert found({"claims": [GOOGLE], "nextPageToken": "x"}) == [(1, GOOGLE)]


def test_an_object_a_line_is_read():
    lines = "\n".join(json.dumps(REVIEW) for _number in range(3)).encode()
    assert len(found(lines)) == 3


class Endless:
    """A feed without an end: whoever wants all of it waits for ever."""

    begin = json.dumps(feed(REVIEW)).encode()[:-2] + b", "
    further = json.dumps(feed(REVIEW)["dataFeedElement"][0]).encode() + b", "

    def __init__(self):
        self.seek(0)

    def seek(self, at):
        self.rest, self.at = self.begin, at

    def tell(self):
        return self.at

    def read(self, size):
        while len(self.rest) < size:
            self.rest += self.further
        given, self.rest = self.rest[:size], self.rest[size:]
        self.at += len(given)
        return given


def test_a_feed_is_read_as_it_comes_however_long():
    stream = items(Endless())
    assert [next(stream).number for _number in range(500)] == list(range(1, 501))


def test_a_page_with_several_scripts_gives_each_and_tells_which_is_broken():
    content = page(json.dumps(REVIEW), "{oups", json.dumps({"@type": "WebPage"}))
    assert [bool(item.fault) for item in items(io.BytesIO(content))] == [False, True, False]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"name,rating\n", "neither JSON nor a web page"),
        (page(), "carries no JSON-LD"),
    ],
)
def test_what_is_of_no_known_form_is_refused(english, content, why):
    with pytest.raises(Refused, match=why):
        found(content)


def test_a_file_that_breaks_off_gives_what_came_before(english):
    stream = items(io.BytesIO(json.dumps([REVIEW, REVIEW]).encode()[:-20]))
    assert next(stream).number == 1
    with pytest.raises(Refused, match="no JSON after item 1"):
        next(stream)
