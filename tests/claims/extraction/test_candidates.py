"""What the components found becomes candidates."""

import pytest

from claims.extraction.evaluation.gold import read_gold


@pytest.mark.parametrize("article", ["dev-19", "dev-01"])
def test_what_is_said_once_is_one_claim(read, gold_folder, article):
    claims = read(read_gold(gold_folder / f"{article}.txt")["text"]).claims
    contents = [claim.content for claim in claims]
    assert len(contents) == len(set(contents))


def test_of_two_cues_the_surer_tells_whose_it_is(read, gold_folder):
    text = read_gold(gold_folder / "dev-19.txt")["text"]
    words = "le manuscrit a connu onze versions"
    (claim,) = (c for c in read(text).claims if text[slice(*c.content[0])] == words)
    assert text[slice(*claim.cue)] == "À en croire"
