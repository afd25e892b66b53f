"""What became of the claims of one speaker, counted.

Of most speakers it is counted when it is asked for: they have few claims. Of those with more than
MANY the periodic job counts it and it is kept, so that no page waits for it.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.models import (
    Claim,
    Coverage,
    Effect,
    Figure,
    Forecast,
    Link,
    Proposal,
    Speaker,
    Standing,
    Verification,
)
from sources.lists import BOUND

MANY = BOUND
NAME = "track"
FORESEEING = [Claim.Kind.COMMITMENT, Claim.Kind.PREDICTION]
JUDGED = [Standing.Basis.OUTCOME, Standing.Basis.DEVELOPMENT, Standing.Basis.FORECAST]


@dataclass
class Track:
    """Numbers of published claims of a speaker.

    ``ratings``: those verified, by the rating of the finding in force, whatever happened since.
    ``repeats``: those that stand by the verification of a claim they repeat, not among these.
    ``judged``: (kind, basis, value, number) of the commitments and predictions that stand by an
    outcome, a development or an open forecast. ``kinds``: all of them, by kind.
    """

    ratings: dict[str, int] = field(default_factory=dict)
    repeats: int = 0
    judged: list[tuple[str, str, str, int]] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    counted_at: datetime | None = None

    def unjudged(self, kind: str) -> int:
        """How many of that kind nothing decides, now or at a date that was fixed."""
        judged = sum(number for of, _basis, _value, number in self.judged if of == kind)
        return self.kinds.get(kind, 0) - judged


def track(speaker: Speaker, *, many: bool) -> Track:
    """That of ``speaker``: the one kept if there are ``many`` claims."""
    if not many:
        return _counted([speaker.pk])[speaker.pk]
    figure = Figure.objects.filter(name=NAME, speaker=speaker).first()
    if not figure:
        _keep(_counted([speaker.pk]))
        figure = Figure.objects.get(name=NAME, speaker=speaker)
    return Track(**figure.table, counted_at=figure.counted_at)


def count_anew() -> None:
    """Count and keep those of the speakers with many claims."""
    claims = Claim.objects.published().filter(speaker__isnull=False).order_by()
    numbers = claims.values("speaker").annotate(number=Count("pk")).filter(number__gt=MANY)
    _keep(_counted(list(numbers.values_list("speaker", flat=True))))


def _keep(tracks: dict[int, Track]) -> None:
    now = timezone.now()
    for speaker, counted in tracks.items():
        table = asdict(counted)
        del table["counted_at"]
        Figure.objects.update_or_create(
            name=NAME,
            period=Figure.Period.ALL,
            speaker_id=speaker,
            defaults={"table": table, "counted_at": now},
        )


def _counted(speakers: Collection[int]) -> dict[int, Track]:
    tracks = {speaker: Track() for speaker in speakers}
    claims = Claim.objects.published().filter(speaker__in=speakers).order_by()
    for speaker, kind, number in _numbers(claims, "kind"):
        tracks[speaker].kinds[kind] = number
    for speaker, rating, number in _ratings(claims):
        tracks[speaker].ratings[rating] = number
    for speaker, *judged in _judged(claims):
        tracks[speaker].judged.append(tuple(judged))
    for speaker, number in _numbers(_repeats(claims)):
        tracks[speaker].repeats = number
    return tracks


def _numbers(claims: QuerySet[Claim], *names: str) -> QuerySet:
    rows = claims.values_list("speaker", *names)
    return rows.annotate(number=Count("pk")).order_by("speaker", *names)


def _ratings(claims: QuerySet[Claim]) -> QuerySet:
    in_force = Verification.objects.in_force().order_by()
    covered = Coverage.objects.filter(claim__in=claims, verification__in=in_force)
    rows = covered.values_list("claim__speaker", "verification__rating__value")
    return rows.annotate(number=Count("claim", distinct=True)).order_by()


def _judged(claims: QuerySet[Claim]) -> QuerySet:
    forecasts = Forecast.objects.order_by().filter(claim=OuterRef("pk"))
    effects = Effect.objects.order_by().filter(
        claim=OuterRef("pk"), status=Proposal.Status.ACCEPTED
    )
    # Where a claim stands is derived of those only that have what it takes.
    foreseeing = claims.filter(Exists(forecasts) | Exists(effects), kind__in=FORESEEING)
    return _numbers(
        foreseeing.filter(standing__basis__in=JUDGED), "kind", "standing__basis", "standing__value"
    )


def _repeats(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    links = Link.objects.order_by().filter(
        Q(claim=OuterRef("pk")) | Q(earlier=OuterRef("pk")),
        kind=Link.Kind.REPEATS,
        status=Proposal.Status.ACCEPTED,
    )
    return claims.filter(Exists(links), standing__through__isnull=False)
