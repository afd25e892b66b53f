"""Propose the links of claims that are new or that say something else now, for an editor to decide.

Which those are the database notes (claims/sql/link_search.sql). What was proposed of them before
and does not hold any more goes; nothing is ever accepted here, and nothing a person proposed or
decided is touched.
"""

from collections import Counter
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When

from claims.linking.judge import Judge, Likely
from claims.linking.near import near
from claims.linking.utterances import FAMILY, Utterances
from claims.models import Claim, Link, LinkSearch
from sources.locks import hold

BATCH = 32  # claims looked at together
BATCHES = 10  # in one job
ROOM = {"same": 3, "against": 2}  # links of a family that are proposed of one claim
OPEN = 12  # and that may wait for a decision when others find it: a slogan is said by many
LIVE = [Claim.Status.CANDIDATE, Claim.Status.ACCEPTED]

NOTE_ALL = """
INSERT INTO claims_linksearch AS search (claim_id, pending)
SELECT id, true FROM claims_claim WHERE status IN ('candidate', 'accepted')
ON CONFLICT (claim_id) DO {again}
"""


def note_all(*, again: bool) -> int:
    """Have every claim looked at that never was, or all ``again``; returns how many wait."""
    anew = "UPDATE SET pending = true, noted_at = clock_timestamp()" if again else "NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(NOTE_ALL.format(again=anew))
    return LinkSearch.objects.filter(pending=True).count()


def suggest_for_a_while() -> None:
    """As many as take some seconds; where more wait, another job goes on, so that nothing else is
    kept waiting."""
    for _batch in range(BATCHES):
        if not suggest_next():
            return
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_suggest_links()")


def suggest_next() -> int:
    """Look at the latest claims that wait for it; returns how many those were."""
    pending = LinkSearch.objects.filter(pending=True).order_by("-claim")
    noted = dict(pending.values_list("claim", "noted_at")[:BATCH])
    if noted:
        suggest(noted)
        with transaction.atomic():
            done = Q()
            for claim, at in noted.items():
                # One that was noted again meanwhile is looked at again.
                done |= Q(claim=claim, noted_at=at)
            LinkSearch.objects.filter(done).update(pending=False)
    return len(noted)


def suggest(claims: Collection[int]) -> None:
    """Propose what links these claims have, and take back what was proposed and does not hold."""
    live = list(Claim.objects.filter(pk__in=claims, status__in=LIVE).order_by("pk"))
    nearest = near(live)
    open_links = list(Link.objects.found().touching(claims).order_by("-score", "pk"))
    beside = {pk for found in nearest.values() for pk in found}
    beside |= {pk for link in open_links for pk in (link.claim_id, link.earlier_id)}
    rows = Claim.objects.filter(pk__in=beside | {claim.pk for claim in live}, status__in=LIVE)
    judge = Judge(rows.with_source())
    proposed = _Proposed(judge.utterances)
    holds = {link.pk: _still(link, judge, proposed) for link in open_links}
    others = Link.objects.proposed().touching(judge.claims).exclude(pk__in=holds)
    for one, other, kind in others.order_by().values_list("claim", "earlier", "kind"):
        proposed.add(one, other, kind)
    found = _best(live, nearest, judge, proposed)
    with transaction.atomic():
        hold(["links"])  # The command and a worker may be at it together.
        _take_back([pk for pk, likely in holds.items() if likely is None])
        _tell_anew(open_links, holds)
        _propose(found)
        _settle_ready(claims)


class _Proposed:
    """What waits for a decision: one link between what says the same, so many of each claim."""

    def __init__(self, utterances: Utterances):
        self.head = utterances.head
        self.pairs: set[frozenset[int]] = set()
        self.waiting: Counter[tuple[int, str]] = Counter()

    def add(self, one: int, other: int, kind: str) -> None:
        self.pairs.add(frozenset((self.head(one), self.head(other))))
        self.waiting.update([(one, FAMILY[kind]), (other, FAMILY[kind])])

    def has(self, one: int, other: int) -> bool:
        return frozenset((self.head(one), self.head(other))) in self.pairs

    def room(self, claim: int, family: str) -> int:
        """How many more are proposed of a claim that is looked at."""
        return ROOM[family] - self.waiting[claim, family]

    def is_full(self, one: int, other: int, kind: str) -> bool:
        return max(self.waiting[pk, FAMILY[kind]] for pk in (one, other)) >= OPEN


def _still(link: Link, judge: Judge, proposed: _Proposed) -> Likely | None:
    """What a link is now; None if it is none of the same kind any more, or asks what another
    does."""
    ends = link.claim_id, link.earlier_id
    if not {*ends} <= judge.claims.keys() or proposed.has(*ends):
        return None
    likely = judge.likely(*ends)
    if likely is None or likely.kind != link.kind:
        return None
    proposed.add(*ends, link.kind)
    return likely


def _best(
    live: Collection[Claim], nearest: dict[int, list[int]], judge: Judge, proposed: _Proposed
) -> list[Likely]:
    """The few most probable links of each claim."""
    found = []
    for claim in live:
        likely = [judge.likely(claim.pk, pk) for pk in nearest[claim.pk] if pk in judge.claims]
        room = {family: proposed.room(claim.pk, family) for family in ROOM}
        for each in sorted(filter(None, likely), key=lambda each: -each.score):
            ends = each.claim, each.earlier
            if room[FAMILY[each.kind]] < 1 or proposed.has(*ends):
                continue
            if not proposed.is_full(*ends, each.kind):
                proposed.add(*ends, each.kind)
                room[FAMILY[each.kind]] -= 1
                found.append(each)
    return found


def _take_back(links: Collection[int]) -> None:
    if links:
        Link.objects.found().filter(pk__in=links).delete()


def _tell_anew(links: Collection[Link], holds: dict[int, Likely | None]) -> None:
    """Score and reasons as they are now, and the later claim first."""
    for link in links:
        likely = holds[link.pk]
        told = likely and {
            "claim_id": likely.claim,
            "earlier_id": likely.earlier,
            "score": likely.score,
            "reasons": likely.reasons,
        }
        if told and any(getattr(link, name) != value for name, value in told.items()):
            Link.objects.found().filter(pk=link.pk).update(**told)


def _propose(found: Collection[Likely]) -> None:
    Link.objects.bulk_create(
        [
            Link(
                claim_id=likely.claim,
                earlier_id=likely.earlier,
                kind=likely.kind,
                score=likely.score,
                reasons=likely.reasons,
            )
            for likely in found
        ],
        # One that is there was decided on, or proposed by somebody, meanwhile.
        ignore_conflicts=True,
    )


def _settle_ready(claims: Collection[int]) -> None:
    """Whether both claims of a proposed link are let in."""
    both = Q(claim__status=Claim.Status.ACCEPTED, earlier__status=Claim.Status.ACCEPTED)
    rows = Link.objects.proposed().touching([*claims])
    now = rows.annotate(now=Case(When(both, then=True), default=Value(False))).exclude(
        ready=F("now")
    )
    other = list(now.values_list("pk", "now"))
    for is_ready in (True, False):
        ids = [pk for pk, be in other if be is is_ready]
        Link.objects.filter(pk__in=ids).update(ready=is_ready)
