import pytest

from claims.claim_review.normalise import normalise


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Faux", "false"), ("C’est faux !", "false"), ("FALSE", "false"),
        ("Pants on Fire!", "false"), ("Plutôt vrai", "mostly-true"), ("C'est plus compliqué",
        "imprecise"), ("Trompeur.", "misleading"), ("Missing context", "misleading"),
        ("Invérifiable", "unverifiable"), ("Vrai", "true"), ("Falsch", "false"),
    ],
)  # fmt: skip
def test_well_known_ratings_are_on_our_scale(text, value):
    assert normalise(text) == value


@pytest.mark.parametrize("text", ["", "Quatre Pinocchios", "Vrai mais pas partout", "Satire"])
def test_what_the_rule_does_not_know_stays_without(text):
    assert normalise(text) == ""


@pytest.mark.parametrize(
    ("value", "best", "worst", "ours"),
    [
        ("5", "5", "1", "true"), ("1", "5", "1", "false"), ("4", "5", "1", "mostly-true"),
        ("3", "5", "1", ""), ("2", "5", "1", ""), ("1", "1", "5", "true"), ("0", "5", "1", ""),
        ("1", "", "", ""), ("un", "5", "1", ""), ("3", "3", "3", ""), ("0,0", "1", "0", "false"),
    ],
)  # fmt: skip
def test_numbers_tell_at_the_ends_of_their_scale_only(value, best, worst, ours):
    assert normalise("Quatre Pinocchios", value, best, worst) == ours


def test_a_rating_that_is_none_of_ours_is_not_made_one_by_its_numbers():
    assert normalise("Satire", "1", "5", "1") == ""


def test_a_text_counts_for_more_than_its_numbers():
    assert normalise("Trompeur", "1", "5", "1") == "misleading"
