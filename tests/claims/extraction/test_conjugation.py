"""Cue verbs are recognised by their forms."""

import pytest

from claims.extraction.conjugation import conjugate


@pytest.mark.parametrize(
    ("verb", "form", "tense"),
    [
        ("annoncer", "annonçait", "imperfect"),
        ("juger", "jugeant", "gerund"),
        ("rappeler", "rappelle", "present"),
        ("espérer", "espère", "present"),
        ("espérer", "espérera", "future"),
        ("contester", "conteste", "present"),
        ("révéler", "révèlerait", None),
        ("révéler", "révélerait", "conditional"),
        ("avertir", "avertissent", "present"),
        ("dire", "disaient", "imperfect"),
        ("prédire", "prédit", "present"),
        ("démentir", "dément", "present"),
        ("promettre", "promises", "participle"),
        ("craindre", "craignent", "present"),
        ("soutenir", "soutiendrait", "conditional"),
        ("prévoir", "prévu", "participle"),
        ("affirmer", "affirmèrent", "past"),
    ],
)
def test_form(verb, form, tense):
    assert conjugate(verb).get(form) == tense
