"""What was missed and what was invented, claim by claim."""

from claims.extraction.evaluation.measure import pair


def faults(gold: dict, predicted: dict) -> tuple[list[dict], list[dict]]:
    """The claims of one article that were missed, and those that were invented, in text order.

    Claims somebody is cited for and claims in the paper's own voice are compared apart, as in the
    measure.
    """
    missed, invented = [], []
    for narrated in (False, True):
        expected = [c for c in gold["claims"] if _narrated(c) == narrated]
        offered = [c for c in predicted["claims"] if _narrated(c) == narrated]
        pairs = pair(gold["text"], expected, offered)
        found = {id(claim) for a, b, _overlap in pairs for claim in (a, b)}
        missed += [claim for claim in expected if id(claim) not in found]
        invented += [claim for claim in offered if id(claim) not in found]

    def place(claim: dict) -> int:
        return claim["content"][0][0]

    return sorted(missed, key=place), sorted(invented, key=place)


def _narrated(claim: dict) -> bool:
    return claim.get("speaker_kind") == "narrator"
