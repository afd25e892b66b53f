"""Making weights from annotated articles."""

import json

import pytest

from claims.extraction import linear
from claims.extraction.evaluation.gold import parse_gold
from claims.extraction.training import fit as fitting
from claims.extraction.training import subjects
from claims.extraction.training.articles import Article, attributions, read_articles
from claims.extraction.training.fit import Example, fit, save, without_rare

EXAMPLES = [
    Example(["rain"], "wet", "a"),
    Example(["rain", "wind"], "wet", "b"),
    Example(["sun"], "dry", "a"),
    Example(["sun", "wind"], "dry", "b"),
]
GOLD = """id: one
published_on: 2025-12-08
---
<s1>Le maire</s1> <c1>affirme</c1> que <q1>la piscine est fermée</q1>. <q2>« Un désastre »</q2> \
aux yeux des <s2>habitants</s2>.
---
1: speaker=maire; speaker_kind=anonymous; quotation=indirect; kind=fact; said_on=-
2: speaker=habitants; speaker_kind=anonymous; quotation=direct; kind=opinion; said_on=-
"""
GOLD_OF_A_PLACE = """id: two
published_on: 2025-12-08
---
Chez <s1>Orvalia</s1>, on <c1>craint</c1> que <q1>le site ferme</q1>.
---
1: speaker=Orvalia; speaker_kind=organisation; quotation=indirect; kind=prediction; said_on=-
"""


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """An empty folder in place of the weights."""
    monkeypatch.setattr(fitting, "WEIGHTS", tmp_path)
    monkeypatch.setattr(linear, "WEIGHTS", tmp_path)
    return tmp_path


def test_a_feature_tells_its_label(weights):
    save(fit(EXAMPLES, 10), "weather")
    data = json.loads((weights / "weather.json").read_text("utf-8"))
    assert linear.LinearModel(**data).best(["rain"]) == "wet"


def test_the_same_examples_give_the_same_file(weights):
    save(fit(EXAMPLES, 10), "one")
    save(fit(EXAMPLES, 10), "two")
    assert (weights / "one.json").read_bytes() == (weights / "two.json").read_bytes()


def test_a_rare_feature_is_left_out():
    examples = [*EXAMPLES, Example(["hail", "wind"], "wet", "a")]
    assert without_rare(examples, 2)[-1].features == ["wind"]


@pytest.fixture
def article(extractor, tmp_path):
    (tmp_path / "one.txt").write_text(GOLD, "utf-8")
    (found,) = read_articles(extractor, [tmp_path])
    for _, component in extractor.rules.pipeline:
        component(found.doc)
    return found


def test_articles_of_json_lines_are_read_as_marked_up_ones_are(extractor, tmp_path, article):
    path = tmp_path / "decided.jsonl"
    path.write_text(json.dumps(article.gold) + "\n" + json.dumps(article.gold))
    assert [found.gold for found in read_articles(extractor, [path])] == [article.gold] * 2


def test_a_claim_found_comes_with_the_attribution_that_found_it(article):
    _, attribution = next(attributions(article))
    assert attribution in article.doc._.attributions


def test_a_claim_missed_comes_with_the_attribution_of_its_annotation(article):
    blind = Article(parse_gold(GOLD), article.doc)
    blind.doc._.attributions = ()
    found = [attribution for _, attribution in attributions(blind)]
    assert [a.frame for a in found] == ["que", "quotation"]
    assert [article.doc[s.start : s.end].text for s in (a.source for a in found)] == [
        "Le maire",
        "habitants",
    ]


def test_on_is_the_subject_where_a_place_is_the_source(extractor, tmp_path):
    (tmp_path / "one.txt").write_text(GOLD_OF_A_PLACE, "utf-8")
    (found,) = read_articles(extractor, [tmp_path])
    extractor.rules.get_pipe("constat_cues")(found.doc)
    right = [e for e in subjects.examples(found) if e.label == "yes"]
    assert len(right) == 1
