"""What kind of claim it is: a trained model weighs the cue against the words claimed."""

from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.document import lows
from claims.extraction.kind_features import kind_features, main_verb, tense_of
from claims.extraction.lexicon import words
from claims.extraction.linear import load_weights


def kind_of(doc: Doc, attribution: Attribution) -> str:
    """fact, prediction, opinion, commitment or demand."""
    return load_weights("kinds").best(kind_features(doc, attribution))


def kind_of_narration(doc: Doc, bounds: tuple[int, int]) -> str:
    """ "prediction" where the sentence tells what will be, else "fact"."""
    verb = main_verb(doc, (bounds,))
    if verb is None:
        return "fact"
    ahead = (
        tense_of(verb) == "Fut" or verb.lower_ in words("obligation") or _expects(doc, verb, bounds)
    )
    return "prediction" if ahead else "fact"


def _expects(doc: Doc, verb: Token, bounds: tuple[int, int]) -> bool:
    """Whether a word of expectation depends on `verb`."""
    expected = words("expected")
    if expected.isdisjoint(lows(doc)[slice(*bounds)]):  # walking the tree costs more
        return False
    return any(token.lower_ in expected for token in verb.subtree)
