"""What was said again and again: claims connected by accepted repeats, whoever said them."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from claims.counted import Counted
from claims.linking.order import by_day
from claims.models import Claim, Link, Speaker

MOST = 1000  # claims of one cluster that are looked at
SHOWN = 10  # speakers, and links of what says the same

# Only what the public may see connects: what was merged or rejected is no bridge.
CLUSTER = """
WITH RECURSIVE cluster(id) AS (
  SELECT id FROM claims_claim WHERE id = %s AND status = 'accepted'
  UNION
  SELECT other.id FROM cluster CROSS JOIN LATERAL (
    SELECT earlier_id AS id FROM claims_link
     WHERE claim_id = cluster.id AND kind = 'repeats' AND status = 'accepted'
    UNION ALL
    SELECT claim_id FROM claims_link
     WHERE earlier_id = cluster.id AND kind = 'repeats' AND status = 'accepted'
  ) AS end_of(id)
  JOIN claims_claim other ON other.id = end_of.id AND other.status = 'accepted'
)
SELECT id FROM cluster LIMIT %s
"""


def cluster_of(claim: int) -> list[int]:
    """The ids of the published claims that say what this one says, itself among them: no more than
    ``MOST`` and one."""
    with connection.cursor() as cursor:
        cursor.execute(CLUSTER, [claim, MOST + 1])
        return [pk for (pk,) in cursor]


@dataclass(frozen=True)
class SaidAgain:
    """How often something was said, first by whom, and by whom how often (the most often first)."""

    first: Claim
    times: Counted
    speakers: list[tuple[Speaker, int]]
    more_speakers: int
    unnamed: int


def said_again(cluster: list[int]) -> SaidAgain | None:
    """Of a cluster; None where it is one claim."""
    if len(cluster) < 2:
        return None
    claims = sorted(Claim.objects.filter(pk__in=cluster).with_source(), key=by_day)
    named = Counter(claim.speaker for claim in claims if claim.speaker)
    speakers = named.most_common()  # Who said it first comes first among equals.
    return SaidAgain(
        first=claims[0],
        times=Counted(min(len(claims), MOST), len(claims) > MOST),
        speakers=speakers[:SHOWN],
        more_speakers=len(speakers[SHOWN:]),
        unnamed=len(claims) - named.total(),
    )


def against_the_same(claim: int, cluster: list[int]) -> list[Link]:
    """What contradicts or updates another claim of the cluster, or that one does so to, the latest
    first."""
    others = [pk for pk in cluster if pk != claim]
    if not others:
        return []
    rows = Link.objects.published().touching(others).exclude(kind=Link.Kind.REPEATS)
    of_claim = Q(claim=claim) | Q(earlier=claim)
    return list(rows.exclude(of_claim).with_claims().order_by("-id")[:SHOWN])


def opposed(link: Link) -> Link | None:
    """A published contradiction between what the two claims of a repeat say, if there is one: then
    both cannot be right."""
    one, other = cluster_of(link.claim_id), cluster_of(link.earlier_id)
    ends = Q(claim__in=one, earlier__in=other) | Q(claim__in=other, earlier__in=one)
    return Link.objects.published().filter(ends, kind=Link.Kind.CONTRADICTS).first()
