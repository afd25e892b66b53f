"""Which claims count as one where it is asked whether two are linked, or were refused to be.

Claims connected by accepted repeats say the same; one merged into another is that one. So what an
editor decided of two claims was decided of all that are one with them. A refusal is remembered
further: by what a claim was split from, and by what was read at the same place before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from claims.extraction.evaluation.measure import overlap
from claims.models import Claim, ClaimMerge, Link

SAME_PLACE = 0.5  # of the code points of both, as in seeds/gold/README.md
MOST = 20_000  # claims that are one with those asked for: of more, only so many are looked at
# Whoever refuses a contradiction has seen that it is no update either: that is one key beside it.
FAMILY = {
    Link.Kind.REPEATS: "same",
    Link.Kind.CONTRADICTS: "against",
    Link.Kind.UPDATES: "against",
}

REACHED = """
WITH RECURSIVE reached(id) AS (
  SELECT id FROM unnest(%s::bigint[]) AS id
  UNION
  SELECT other.id FROM reached CROSS JOIN LATERAL (
    SELECT earlier_id AS id FROM claims_link
     WHERE claim_id = reached.id AND kind = 'repeats' AND status = 'accepted'
    UNION ALL
    SELECT claim_id FROM claims_link
     WHERE earlier_id = reached.id AND kind = 'repeats' AND status = 'accepted'
    UNION ALL
    SELECT merged_id FROM claims_claimmerge
     WHERE kept_id = reached.id AND undone_at IS NULL
    UNION ALL
    SELECT kept_id FROM claims_claimmerge
     WHERE merged_id = reached.id AND undone_at IS NULL
  ) AS other
)
SELECT id FROM reached LIMIT %s
"""


@dataclass
class Utterances:
    """Claims put together that are one, and what was decided of them."""

    _head: dict[int, int] = field(default_factory=dict)
    _before: dict[int, list[int]] = field(default_factory=dict)
    _linked: set[frozenset[int]] = field(default_factory=set)
    _refused: set[tuple[str, frozenset[int]]] = field(default_factory=set)
    _speakers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, claims: Collection[int]) -> "Utterances":
        """All there is to know of the claims with these ids, in a few queries."""
        before = _before(claims)
        asked = {*claims, *(pk for others in before.values() for pk in others)}
        with connection.cursor() as cursor:
            cursor.execute(REACHED, [list(asked), MOST])
            reached = [pk for (pk,) in cursor]
        known = cls(_before=before)
        links = list(
            Link.objects.filter(~Q(status=Link.Status.PROPOSED))
            .touching(reached)
            .values_list("claim", "earlier", "kind", "status")
        )
        merges = ClaimMerge.objects.standing().filter(kept__in=reached)
        for one, other in merges.values_list("merged", "kept"):
            known._join(one, other)
        for one, other, kind, status in links:
            if kind == Link.Kind.REPEATS and status == Link.Status.ACCEPTED:
                known._join(one, other)
        for one, other, kind, status in links:
            ends = frozenset((known.head(one), known.head(other)))
            if status == Link.Status.ACCEPTED:
                known._linked.add(ends)
            else:
                known._refused.add((FAMILY[kind], ends))
        said = Claim.objects.filter(pk__in=reached, speaker__isnull=False).order_by()
        for pk, speaker in said.values_list("pk", "speaker"):
            known._speakers[known.head(pk)].add(speaker)
        return known

    def head(self, claim: int) -> int:
        """One for all claims that are one with this."""
        while (above := self._head.get(claim, claim)) != claim:
            self._head[claim] = self._head.get(above, above)
            claim = above
        return claim

    def _join(self, one: int, other: int) -> None:
        self._head[self.head(one)] = self.head(other)

    def are_linked(self, one: int, other: int) -> bool:
        """Whether they are one, or an editor accepted a link of any kind between them."""
        ends = frozenset((self.head(one), self.head(other)))
        return len(ends) == 1 or ends in self._linked

    def were_refused(self, one: int, other: int, kind: str) -> bool:
        """Whether an editor refused to link them so."""
        return any(
            (FAMILY[kind], frozenset((mine, its))) in self._refused
            for mine in self._heads(one)
            for its in self._heads(other)
        )

    def _heads(self, claim: int) -> set[int]:
        return {self.head(pk) for pk in (claim, *self._before.get(claim, ()))}

    def share_a_speaker(self, one: int, other: int) -> bool:
        """Whether somebody said both, or what is one with them."""
        return bool(self._speakers[self.head(one)] & self._speakers[self.head(other)])


def _before(claims: Collection[int]) -> dict[int, list[int]]:
    """What each was split from, and what else was read at its place, by its id."""
    before: dict[int, list[int]] = defaultdict(list)
    whole = dict(
        Claim.objects.filter(pk__in=claims, split_from__isnull=False)
        .order_by()
        .values_list("pk", "split_from")
    )
    step = whole
    while step:
        for part, claim in step.items():
            before[part].append(claim)
        further = Claim.objects.filter(pk__in=step.values(), split_from__isnull=False).order_by()
        above = dict(further.values_list("pk", "split_from"))
        step = {part: above[claim] for part, claim in step.items() if claim in above}
    sentences = Claim.objects.filter(pk__in=claims).order_by().values("sentence")
    beside = defaultdict(list)
    rows = Claim.objects.filter(sentence__in=sentences).order_by()
    for pk, sentence, content in rows.values_list("pk", "sentence", "content"):
        beside[sentence].append((pk, _points(content)))
    for read in beside.values():
        for pk, points in read:
            before[pk] += [
                other for other, its in read if other != pk and overlap(points, its) >= SAME_PLACE
            ]
    return before


def _points(content: Iterable) -> set[int]:
    return {point for span in content for point in range(span.lower, span.upper)}
