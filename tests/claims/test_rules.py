"""Why something was taken for a claim is said in words, whatever rule found it."""

import tomllib
from pathlib import Path

import pytest

from claims import rules

LEXICON = Path(__file__).parents[2] / "claims/extraction/lexicons/cue_verbs.toml"
OTHERS = {"inserted", "phrase", "passive", "quotation", "narration"}


def test_every_rule_of_the_extractor_has_its_words():
    groups = tomllib.loads(LEXICON.read_text("utf-8"))
    verbs = [group for value in groups.values() if isinstance(value, list) for group in value]
    frames = {frame for group in verbs for frame in group["frames"]}
    assert frames | OTHERS | {""} == set(rules.RULES)


@pytest.mark.parametrize(
    ("value", "words"), [(0.95, "sure of it"), (0.7, "fairly sure"), (0.2, "not sure"), (None, "")]
)
def test_confidence_is_said_in_words(english, value, words):
    assert words in rules.confidence(value)


@pytest.mark.parametrize(("value", "words"), [(0.9, "Well"), (0.4, "Worth"), (0.1, "Little")])
def test_check_worthiness_is_said_in_words(english, value, words):
    assert rules.check_worthiness(value).startswith(words)
