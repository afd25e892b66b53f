"""Why the extractor took something for a claim, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The frames of claims/extraction (lexicons/cue_verbs.toml, proposals.py, attribution.py), and
# "narration" (candidates.py).
RULES = {
    "que": gettext_lazy("A verb of saying and a clause: “affirme que …”."),
    "inf": gettext_lazy("A verb of saying and an infinitive: “promet de …”."),
    "np": gettext_lazy("A verb of saying and what is said, as a noun: “annonce une hausse”."),
    "after": gettext_lazy("A verb of saying and a preposition: “table sur …”, “s’attend à …”."),
    "object": gettext_lazy("Somebody is asked or accused: “demande à X de …”, “accuse X de …”."),
    "urge": gettext_lazy("Somebody is called upon: “appelle X à partir”."),
    "judge": gettext_lazy("A judgement on somebody or something: “juge X dangereux”."),
    "self": gettext_lazy("What somebody says of themselves: “se dit prêt à …”."),
    "quote": gettext_lazy("A verb of saying and words in quotation marks."),
    "inserted": gettext_lazy("A verb of saying inside or after what is said: “…, a-t-il dit”."),
    "phrase": gettext_lazy("A source is named: “selon X, …”, “d’après X, …”."),
    "passive": gettext_lazy("A passive: “X est accusé de …”."),
    "quotation": gettext_lazy(
        "Words in quotation marks without a verb of saying: the speaker is whom the passage is "
        "about."
    ),
    "narration": gettext_lazy("The document says it in its own voice, and it can be checked."),
    "": gettext_lazy("An editor made it."),
}


def confidence(value: float | None) -> str:
    """How sure the extractor was that it is a claim, and whose."""
    if value is None:
        return ""
    if value >= 0.85:
        return _("The extractor is sure of it.")
    if value >= 0.6:
        return _("The extractor is fairly sure of it.")
    return _("The extractor is not sure of it: look closely.")


def check_worthiness(value: float) -> str:
    """How much a fact-checker would want to look at it."""
    if value >= 0.6:
        return _("Well worth checking: it has figures, names or public matters in it.")
    if value >= 0.35:
        return _("Worth checking.")
    return _("Little in it that can be checked.")
