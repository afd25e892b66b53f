"""Every resource of the API, by its name."""

from claims.api.claims import CLAIMS
from claims.api.corrections import CORRECTIONS
from claims.api.developments import DEVELOPMENTS
from claims.api.documents import DOCUMENTS
from claims.api.evidence import EVIDENCE
from claims.api.forecasts import FORECASTS
from claims.api.publishers import PUBLISHERS
from claims.api.ratings import RATINGS
from claims.api.resource import Resource
from claims.api.sentences import SENTENCES
from claims.api.speakers import SPEAKERS
from claims.api.verifications import VERIFICATIONS

RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for resource in (
        CLAIMS, SPEAKERS, DOCUMENTS, SENTENCES, VERIFICATIONS, EVIDENCE, DEVELOPMENTS, FORECASTS,
        CORRECTIONS, RATINGS, PUBLISHERS,
    )
}  # fmt: skip
