import pytest

from claims.accusation.suggest import LEXICON, accusing
from claims.models import Claim


@pytest.mark.parametrize(
    ("sentence", "state", "said"),
    [
        ("Le maire est accusé de détournement.", "suspected", "accusé de"),
        ("Une plainte contre X a été déposée.", "suspected", "plainte contre"),
        ("Mise en examen lundi, elle nie.", "investigated", "Mise en examen"),
        ("Il est poursuivi pour fraude, ce qu’il nie.", "tried", "poursuivi pour"),
        ("Accusé de fraude, il a été condamné en mars.", "convicted_not_final", "condamné"),
        ("Il a été définitivement condamné.", "convicted", "définitivement condamné"),
        ("Mis en examen en 2020, il a été relaxé.", "acquitted", "relaxé"),
        ("Il a été placé en garde à vue.", "suspected", "garde à vue"),
        ("Il est accusé de blanchiment.", "suspected", "accusé de"),
        ("L’enquête a été classée sans suite.", "dismissed", "classée sans suite"),
    ],
)
def test_the_furthest_stage_that_the_words_tell_of(sentence, state, said):
    found = accusing(sentence)
    assert (found.state, found.said) == (state, said)


@pytest.mark.parametrize("sentence", ["Le maire promet deux écoles.", "Il accusera réception."])
def test_who_accuses_nobody(sentence):
    assert accusing(sentence) is None


def test_every_stage_has_words():
    lines = LEXICON.read_text("utf-8").splitlines()
    told = {line.split("\t")[0] for line in lines if line and not line.startswith("#")}
    assert told == set(Claim.Proceedings.values)
