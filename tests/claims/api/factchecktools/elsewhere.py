"""Reviews of others, for tests."""

from claims.models import Claim, ClaimReview
from sources.models import Publisher
from sources.partial_date import PartialDate
from tests.factories import UserFactory


def reviewed_by(name: str, claim: Claim | None = None, number: int = 1, **fields) -> ClaimReview:
    """A review that was read, on the site of that name; of a claim, if an editor said so."""
    publisher, _created = Publisher.objects.get_or_create(name=name, kind="fact_checker")
    told = {
        "url": f"https://www.{name}/{number}",
        "title": f"Vrai ou faux ? ({number})",
        "language": "fr",
        "published_on": PartialDate.parse("2025-12-05"),
        "claim_reviewed": "Deux écoles ouvriront",
        "rating_text": "Plutôt faux",
        "item": {},
        "read_from": "feed.json",
        "sha256": "0" * 64,
    }
    linked = {"claim": claim, "linked_by": fields.pop("by", None) or UserFactory()} if claim else {}
    return ClaimReview.objects.create(publisher=publisher, **told | linked | fields)
