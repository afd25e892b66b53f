"""Marked-up articles."""

import pytest

from claims.extraction.evaluation.gold import GoldError, parse_gold, read_gold

ARTICLE = """id: a
published_on: 2025-12-08
publisher: Exemple
---
<s1>Le maire</s1> <c1>a promis</c1> <q1>deux <p1>écoles</p1></q1>.
---
1: speaker=Jeanne Roux; speaker_kind=person; quotation=indirect; kind=commitment; said_on=-
"""


def test_tags_become_offsets():
    record = parse_gold(ARTICLE)
    assert record["text"] == "Le maire a promis deux écoles."
    assert record["claims"] == [
        {
            "speaker": "Jeanne Roux",
            "speaker_kind": "person",
            "quotation": "indirect",
            "kind": "commitment",
            "said_on": None,
            "content": [[18, 29]],
            "cue": [9, 17],
            "source": [0, 8],
            "parts": [[23, 29]],
        }
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("---\n1", "1", "expected a header"),
        ("id: a", "", "no id"),
        ("</q1>", "", "never closed"),
        ("<q1>deux", "deux", "closed but not open"),
        ("<c1>a", "<c1><c1>a", "opened twice"),
        ("écoles", "<b>écoles", "stray tag"),
        ("1: speaker", "2: speaker", "claim 2 has no content"),
        ("kind=commitment", "kind=wish", "kind='wish'"),
        ("said_on=-", "said=-", "unknown"),
        ("1: speaker", "one: speaker", "expected a claim number"),
    ],
)
def test_a_fault_in_the_mark_up_is_named(old, new, fault):
    with pytest.raises(GoldError, match=fault):
        parse_gold(ARTICLE.replace(old, new))


def test_a_fault_names_its_file(tmp_path):
    file = tmp_path / "broken.txt"
    file.write_text("nothing", encoding="utf-8")
    with pytest.raises(GoldError, match=r"broken\.txt"):
        read_gold(file)


def test_the_gold_articles_are_well_formed(gold_folder):
    articles = [read_gold(file) for file in gold_folder.glob("*.txt")]
    assert len(articles) == 21
    assert sum(c["speaker_kind"] != "narrator" for a in articles for c in a["claims"]) == 228
