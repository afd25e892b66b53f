"""Where a line of a text may end."""

import pytest

from claims.templatetags.pages import shortened, typeset


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("« oui » !", "«~oui~»~!"),
        ("le 2 décembre 2025", "le 2~décembre 2025"),
        ("le 1er mai et M. Roux", "le 1er~mai et M.~Roux"),
        ("Mme Roux, MM. Gris et Bleu", "Mme~Roux, MM.~Gris et Bleu"),
        ("2 maisons, le 3 maires", "2 maisons, le 3 maires"),
    ],
)
def test_some_words_stay_on_one_line(text, shown):
    assert typeset(text) == shown.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("deux écoles", "deux écoles"),
        ("deux écoles, et un gymnase", "deux écoles…"),
        ("anticonstitutionnellement", "anticonstitu…"),
        ("deux écolesanticonstitutionnellement", "deux…"),
    ],
)
def test_a_long_text_ends_after_a_word(text, shown):
    assert shortened(text, 13) == shown
