"""No regular expression of the extractor takes time beyond the length of what it reads."""

import ast
import re
from importlib import import_module
from re import _constants as codes
from re import _parser as parser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import article, folding, wording
from claims.extraction.dates import dates_named
from claims.extraction.quotations import find_quotations
from claims.extraction.sentences import set_sentence_starts
from tests.claims.extraction.strange import strange
from tests.claims.extraction.watchdog import at_most

FUNCTIONS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT}
STRINGS = 20_000
BATCH = 100
TOO_LONG = 60  # seconds for what takes well below one


def patterns(folder):
    """(place, pattern) of each regular expression of the extractor: as compiled in a module, and as
    written out in its source, where a value put into one counts as a word."""
    for path in sorted(folder.glob("*.py")):
        module = import_module(f"claims.extraction.{path.stem}")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{path.name} {name}", value.pattern
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            function = getattr(node, "func", None)
            of_re = getattr(getattr(function, "value", None), "id", None) == "re"
            if of_re and function.attr in FUNCTIONS and (text := _text(node.args[0])):
                yield f"{path.name}:{node.lineno}", text


def _text(node) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "mot" for v in node.values)
    return node.value if isinstance(node, ast.Constant) else None


def has_nested_repeats(parsed, inside=False) -> bool:
    """Whether something repeated without end is repeated without end: (a+)*."""
    for code, value in parsed:
        endless = code in REPEATS and value[1] == codes.MAXREPEAT
        if endless and inside:
            return True
        if any(has_nested_repeats(part, inside or endless) for part in _parts(value)):
            return True
    return False


def _parts(value):
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _parts(item)


@pytest.fixture(scope="module")
def found(root):
    each = {pattern: place for place, pattern in patterns(root / "claims" / "extraction")}
    return {place: pattern for pattern, place in each.items()}


def test_the_patterns_are_found(found):
    assert len(found) > 20
    assert any(place.startswith("quotations.py") for place in found)


@pytest.mark.parametrize("pattern", ["(a+)+", "(?:a*b)*", "(?:x|(?:y+z)*)", "(a+?|b)*"])
def test_the_rule_knows_a_nested_repeat(pattern):
    assert has_nested_repeats(parser.parse(pattern))


@pytest.mark.parametrize("pattern", ["(a+)?", "a+b*", "(?:ab){1,3}c+", "[ab]+"])
def test_the_rule_passes_a_plain_repeat(pattern):
    assert not has_nested_repeats(parser.parse(pattern))


def test_no_pattern_repeats_a_repeat(found):
    nested = {p: text for p, text in found.items() if has_nested_repeats(parser.parse(text))}
    assert nested == {}


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "1", "'", "l'", "de ", "« ", '"', ".", "-", "a ", "1 ", "A-", "\u00a0", "(a"],
)
def test_no_pattern_runs_away_on_a_monotonous_text(found, piece):
    text = piece * (4_000 // len(piece)) + "\x00"
    with at_most(TOO_LONG):
        for pattern in found.values():
            re.search(pattern, text, re.IGNORECASE)


@settings(max_examples=STRINGS // BATCH, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_strange_strings_break_no_pattern_and_no_rule_on_characters(extractor, found, seed):
    # Those of conjugation.py read the lexicon, never a text.
    compiled = [re.compile(p) for place, p in found.items() if "conjugation" not in place]
    with at_most(TOO_LONG):
        for text in strange(seed, BATCH):
            read = article.Article(text, None)
            assert len(read.plain) == len(text)
            for quotation in find_quotations(text, read.bounds):
                assert quotation.start <= quotation.inner_start < quotation.inner_end
                assert quotation.inner_end <= quotation.end <= len(text)
            for start, end in read.bounds[:1]:
                set_sentence_starts(extractor.nlp.make_doc(read.plain[start:end]))
            dates_named(text, "2025-12-08")
            wording.strip_article(text)
            wording.plain_name(text)
            folding.stem(folding.fold(text))
            for pattern in compiled:
                pattern.search(text)
