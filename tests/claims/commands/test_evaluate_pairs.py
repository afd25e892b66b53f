"""``manage.py evaluate-pairs``."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PAIR = {
    "id": "one",
    "first": {"text": "Le rapport compte 33 pages.", "speaker": "A", "said_on": "2025-03-03"},
    "second": {"text": "Le rapport compte 33 pages.", "speaker": "B", "said_on": "2025-03-04"},
    "relation": "repeats",
    "trap": "",
    "language": "fr",
}


def run(path: Path, **options) -> str:
    out = StringIO()
    call_command("evaluate-pairs", path, stdout=out, **options)
    return out.getvalue()


def written(folder: Path, *pairs: dict, name="dev") -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    return path


def test_the_figures_of_a_file_are_printed(tmp_path):
    out = run(written(tmp_path, PAIR))
    assert "accuracy     1.000 (1 of 1)" in out
    assert json.loads(run(written(tmp_path, PAIR), json=True))["repeats"]["precision"] == 1


def test_what_is_judged_wrongly_is_shown_on_demand(tmp_path):
    wrong = written(tmp_path, PAIR | {"relation": "updates"})
    assert "33 pages" not in run(wrong)
    assert "one: updates, found repeats" in run(wrong, show=True)


def test_pairs_for_measuring_only_are_never_shown(tmp_path):
    with pytest.raises(CommandError, match="measuring only"):
        run(written(tmp_path, PAIR, name="held"), show=True)


def test_a_line_that_is_no_pair_is_named(tmp_path):
    path = written(tmp_path, PAIR, {"id": "two"})
    with pytest.raises(CommandError, match="line 2"):
        run(path)
