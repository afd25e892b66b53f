"""Claims that have the words of a query."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q

from claims.models.rank import worth
from claims.models.speaker import Speaker
from sources.search import RANKED, Among, Matches, SearchColumn, SearchQuerySet, Term, every

CHECKED_LAST = 1000  # claims among which those with common words are looked for


class OneOf(models.Func):
    """Whether a value is one of those a query finds, which is asked first."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class FoundClaims(SearchQuerySet):
    """By their words, and by the names of who says them."""

    def best(self, text: str):
        return self.filter(Among("pk", self.foremost(text))).best_first(text)

    def best_first(self, text: str):
        """By ``worth``: how well they match, how fresh they are, whether they were checked."""
        return self.order_by(worth(text).desc(), "-pk")

    def foremost(self, text: str, checked: bool = True) -> list[int]:
        """The ids of what ``search`` finds, as many as are ever ranked: of very many, the latest,
        and those of the claims checked last, unless none of them can be ``checked``."""
        ways = self.ways_to(text)
        latest = self.newest(ways, RANKED + 1)
        if len(latest) <= RANKED or not checked:
            return latest
        last = self.filter(reduce(or_, ways), _checked_last()).order_by("-pk")
        return list(dict.fromkeys([*latest, *last.values_list("pk", flat=True)[: RANKED // 2]]))

    def _ways(self, wanted: Sequence[Term]) -> list[Q]:
        """By its words and by the names of its speaker, each word in one or the other."""
        ways = super()._ways(wanted)
        of_names = [term for term in wanted if not term.excluded]
        bearers = Speaker.objects.bearing(of_names)
        if len(of_names) == len(wanted):
            # Of whoever is so called no claim need be read.
            if so_called := [speaker for speaker, borne in bearers if all(borne)]:
                ways.append(Q(Among("speaker", so_called)))
            bearers = [(speaker, borne) for speaker, borne in bearers if not all(borne)]
        if not bearers:
            return ways
        named = Q(Among("speaker", [speaker for speaker, _borne in bearers]))
        plain = [term for term in wanted if term.excluded]
        for place, term in enumerate(of_names):
            if own := [speaker for speaker, borne in bearers if borne[place]]:
                named &= Q(Matches(SearchColumn("pk"), term.query)) | Q(Among("speaker", own))
            else:
                plain.append(term)
        # “la” beside a name is no word to look for.
        if beside := every(plain):
            named &= Q(Matches(SearchColumn("pk"), beside))
        return [*ways, named]

    def _most_ways(self, wanted: Sequence[Term], lacking: int) -> list[Q]:
        """Where some words are of a name: that name, and most of the other words."""
        bearers = Speaker.objects.bearing(wanted)
        named = [any(borne[place] for _pk, borne in bearers) for place in range(len(wanted))]
        others = [term for term, of_name in zip(wanted, named, strict=True) if not of_name]
        ways = super()._most_ways(wanted, lacking)
        if len(others) < len(wanted) and len(others) > lacking:
            speakers = [pk for pk, _borne in bearers]
            ways += [
                Q(way, Among("speaker", speakers)) for way in super()._most_ways(others, lacking)
            ]
        return ways


def _checked_last() -> OneOf:
    from claims.models.verification import Coverage, Verification

    covered = Coverage.objects.filter(verification__status=Verification.Status.PUBLISHED)
    return OneOf("pk", ArraySubquery(covered.order_by("-pk").values("claim")[:CHECKED_LAST]))
