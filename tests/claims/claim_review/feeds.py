"""ClaimReview as fact-checkers write it, in every form it comes in."""

import io
import json

from claims.claim_review.run import take_in
from claims.exchange import files
from claims.models import Import
from tests.factories import UserFactory

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://verif.test/ecoles",
    "datePublished": "2025-12-09T10:00:00+01:00",
    "inLanguage": "fr",
    "author": {"@type": "Organization", "name": "Les Vérificateurs", "url": "https://verif.test"},
    "claimReviewed": "La mairie de Vernaz construira deux écoles avant l&#039;été",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Jeanne Roux"},
        "datePublished": "2025-12-03",
        "appearance": [{"@type": "CreativeWork", "url": "https://journal.test/ecoles"}],
        "firstAppearance": "https://reseau.test/p/1",
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "C’est plus compliqué",
    },
}
GOOGLE = {
    "text": "La mairie construira deux écoles",
    "claimant": "Jeanne Roux",
    "claimDate": "2025-12-03T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Les Vérificateurs", "site": "verif.test"},
            "url": "https://verif.test/ecoles",
            "title": "Deux écoles à Vernaz ?",
            "reviewDate": "2025-12-09T00:00:00Z",
            "textualRating": "Faux",
            "languageCode": "fr",
        }
    ],
}


def feed(*reviews) -> dict:
    """As Data Commons publishes them."""
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "dateModified": "2025-12-10",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": [review]} for review in reviews],
    }


def other(number: int, **changes) -> dict:
    return REVIEW | {"url": f"https://verif.test/{number}"} | changes


def page(*scripts: str) -> bytes:
    found = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return f"<!doctype html><html><head>{found}</head><body><p>Oui.</p></body></html>".encode()


def brought(content: bytes | object, **kwargs) -> Import:
    """An import of such a file, not read yet."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    kwargs = {"name": "feed.json", "made_by": UserFactory()} | kwargs
    kind, state = Import.Kind.CLAIM_REVIEWS, Import.State.IMPORTING
    import_ = Import(kind=kind, state=state, **kwargs)
    files.keep(import_, io.BytesIO(content))
    return import_


def imported(content: bytes | object, **kwargs) -> Import:
    import_ = brought(content, **kwargs)
    take_in(import_)
    return import_
