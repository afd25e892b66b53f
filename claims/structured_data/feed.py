"""The verifications in force as ClaimReviews: of some, and all of them as one schema.org DataFeed.

https://schema.org/DataFeed, as Data Commons publishes it: https://datacommons.org/factcheck/download
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation

from claims.licence import LICENCE
from claims.models import Verification
from claims.pages.shown import verifications
from claims.structured_data.review import claim_review
from claims.structured_data.reviewed import reviewed_by
from claims.structured_data.site import CONTEXT, NAME, Site, organisation
from claims.structured_data.works import moment

BATCH = 200  # verifications, read at once

# How many versions there are of each until this one.
VERSIONS = """
SELECT asked.id, (
    WITH RECURSIVE version(predecessor_id) AS (
      SELECT predecessor_id FROM claims_verification WHERE id = asked.id
      UNION ALL
      SELECT earlier.predecessor_id
        FROM version JOIN claims_verification earlier ON earlier.id = version.predecessor_id
    )
    SELECT count(*) FROM version)
  FROM unnest(%s::bigint[]) asked(id)
"""


def told(rows: QuerySet[Verification]) -> QuerySet[Verification]:
    """Verifications with all that a ClaimReview says of one but its claims."""
    return verifications(rows).prefetch_related("rating__scale__ratings")


def claim_reviews(rows: Iterable[Verification], site: Site) -> list[dict]:
    """Those of verifications in force, in the site's first language; of one whose claims are no
    longer public, none."""
    rows = list(rows)
    claims, versions = reviewed_by(rows), _versions(rows)
    with translation.override(settings.LANGUAGE_CODE):
        return [
            claim_review(row, claims[row.pk], row.recheck, versions[row.pk], site)
            for row in rows
            if claims[row.pk]
        ]


def data_feed(site: Site, address: str, changed: datetime) -> Iterator[str]:
    """The JSON of all in force when it begins, the latest first, piece by piece; ``changed`` is
    when one of them changed last."""
    head = CONTEXT | {
        "@type": "DataFeed",
        "@id": address,
        "url": address,
        "name": NAME,
        "inLanguage": settings.LANGUAGE_CODE,
        "license": LICENCE,
        "publisher": organisation(site),
        "dateModified": moment(changed),
        "dataFeedElement": [],
    }
    yield _json(head).removesuffix("]}")
    between = "\n"
    for rows in _in_force():
        for review in claim_reviews(rows, site):
            yield between + _json(_item(review))
            between = ",\n"
    yield "\n]}\n"


def _in_force() -> Iterator[list[Verification]]:
    """All that are when this begins, whatever happens meanwhile: their ids are one query."""
    ids = Verification.objects.in_force().values_list("pk", flat=True).iterator(BATCH)
    while batch := list(islice(ids, BATCH)):
        rows = told(Verification.objects.published()).in_bulk(batch)
        yield [rows[pk] for pk in batch if pk in rows]


def _item(review: dict) -> dict:
    return {
        "@type": "DataFeedItem",
        "url": review["url"],
        "dateCreated": review["datePublished"],
        "dateModified": review["dateModified"],
        "item": [review],
    }


def _versions(rows: Iterable[Verification]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [[row.pk for row in rows]])
        return dict(cursor.fetchall())


def _json(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
