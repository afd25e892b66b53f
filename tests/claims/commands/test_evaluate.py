import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.extraction.evaluation.faults import faults

pytestmark = pytest.mark.usefixtures("english")

GOLD = """id: essai
published_on: 2025-12-04
---
<s1>La maire Jeanne Roux</s1> <c1>a promis</c1> mardi que <q1>deux écoles ouvriraient en 2027</q1>.
---
1: speaker=Jeanne Roux; speaker_kind=person; quotation=indirect; kind=commitment; said_on=2025-12-02
"""


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "essai.txt"
    path.write_text(GOLD)
    return path


def evaluate(*paths, **options):
    out = StringIO()
    call_command("evaluate", *map(str, paths), stdout=out, **options)
    return out.getvalue()


def test_a_claim_found_as_annotated_counts_fully(gold):
    assert json.loads(evaluate(gold, json=True))["speaker"]["f1"] == 1.0


def test_a_folder_is_all_its_articles(gold):
    assert json.loads(evaluate(gold.parent, json=True))["articles"] == 1


def test_a_claim_missed_is_listed_with_its_words(gold):
    gold.write_text(GOLD.replace("<q1>deux", "deux").replace("2027</q1>", "<q1>2027</q1>"))
    assert "- essai  Jeanne Roux: 2027" in evaluate(gold)


def test_a_claim_invented_is_listed_with_its_words(tmp_path):
    record = {"id": "essai", "text": "Jeanne Roux a promis deux écoles.", "claims": []}
    path = tmp_path / "essai.jsonl"
    path.write_text(json.dumps(record))
    assert "+ essai  Jeanne Roux: deux écoles" in evaluate(path)


@pytest.mark.parametrize(
    ("content", "fault"), [("rien", "header"), (GOLD.replace("</q1>", ""), "never closed")]
)
def test_a_fault_in_the_mark_up_is_named(gold, content, fault):
    gold.write_text(content)
    with pytest.raises(CommandError, match=fault):
        evaluate(gold)


def test_records_without_claims_are_refused(tmp_path):
    path = tmp_path / "essai.jsonl"
    path.write_text('{"text": "Rien."}')
    with pytest.raises(CommandError, match="no claims"):
        evaluate(path)


def test_cited_and_narrated_claims_are_compared_apart():
    claim = {"content": [[0, 4]], "speaker_kind": "person"}
    narrated = claim | {"speaker_kind": "narrator"}
    gold = {"text": "Rien.", "claims": [claim]}
    assert faults(gold, {"claims": [narrated]}) == ([claim], [narrated])
