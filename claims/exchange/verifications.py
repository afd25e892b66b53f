"""Verifications as a table: what is read from one is a draft."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.exchange.columns import (
    Address,
    Choice,
    Column,
    Date,
    Items,
    List,
    Value,
    day,
)
from claims.exchange.refused import RowRefused, Values
from claims.exchange.table import Table
from claims.merged import end_of_merges
from claims.models import Claim, Coverage, Evidence, Rating, Scale, Verification
from sources.models import Document

EVIDENCE = [
    Choice.of(Evidence.Stance, name="stance", label=gettext_lazy("stance")),
    Address(name="url", label=gettext_lazy("address")),
    Column(name="note", label=gettext_lazy("what it shows")),
    Column(name="passage", label=gettext_lazy("passage")),
]


def rating_words() -> dict[str, list[str]]:
    """The words of each rating, of earlier scales too."""
    words: dict[str, list[str]] = {}
    for rating in Rating.objects.order_by("-scale__version", "position"):
        words.setdefault(rating.value, []).extend([rating.label_fr, rating.label_en])
    return words


def rating_labels() -> dict[str, str]:
    """Each rating by the word of its latest scale."""
    return {rating.value: rating.label for rating in Rating.objects.order_by("scale__version")}


class Verifications(Table):
    """Told apart by id, or by their claims and summary; what is published or in review stands."""

    name = "verifications"
    model = Verification
    permissions = ["claims.add_verification", "claims.change_verification"]
    columns = [
        Column(name="id", label=gettext_lazy("Id"), most=20),
        Choice.of(Verification.Status, name="status", label=gettext_lazy("Status"), told=True),
        List(name="claims", label=gettext_lazy("Claims"), most=20, separators=";,\n\t "),
        Choice(
            name="rating",
            label=gettext_lazy("Rating"),
            words=rating_words,
            shown=lambda value: rating_labels()[value],
        ),
        Column(name="summary", label=gettext_lazy("Summary"), most=300),
        Column(name="explanation", label=gettext_lazy("Explanation"), lines=True),
        Date(name="review_by", label=gettext_lazy("Review by"), whole=True),
        Items(name="evidence", label=gettext_lazy("Evidence"), parts=EVIDENCE),
    ]

    def __init__(self, by=None):
        super().__init__(by)
        latest = Scale.objects.order_by("-version").values("pk")[:1]
        self._ratings = {r.value: r for r in Rating.objects.filter(scale__in=latest)}
        self._labels = rating_labels()

    def cell(self, column: Column, value: Value) -> str:
        """The labels of ratings are looked up once for all rows."""
        return self._labels[value] if column.name == "rating" else super().cell(column, value)

    def about(self, values: Values) -> str:
        return values.get("summary") or values.get("id", "")

    def read(self, given: dict[str, object]) -> Values:
        """With the claims that are there."""
        values = super().read(given)
        self._claims = self._of_ids(values.get("claims", []))
        return values

    @staticmethod
    def _of_ids(public_ids: list[str]) -> list[Claim]:
        known = {claim.public_id: claim for claim in Claim.objects.filter(public_id__in=public_ids)}
        problems = []
        for public_id in public_ids:
            claim = known.get(public_id)
            if claim is None:
                problems.append(_("no claim has the id “%(id)s”") % {"id": public_id})
            elif claim.status == Claim.Status.MERGED:
                told = {"id": public_id, "kept": end_of_merges(claim).public_id}
                problems.append(_("“%(id)s” was merged into another: give %(kept)s") % told)
        if problems:
            raise RowRefused(*(("claims", sentence) for sentence in problems))
        return [known[public_id] for public_id in public_ids]

    def find(self, values: Values) -> Verification | None:
        if public_id := values.get("id"):
            found = self.prepared(Verification.objects.filter(public_id=public_id)).first()
            if found is None:
                sentence = _("no verification has the id “%(id)s”") % {"id": public_id}
                raise RowRefused(("id", sentence))
            return found
        self.need(values, "rating", "summary", "explanation")
        about = Verification.objects.filter(summary=values["summary"])
        for claim in self._claims:
            about = about.filter(coverage__claim=claim)
        same = Verification.objects.filter(pk__in=about.values("pk")).annotate(
            covered=Count("coverage")
        )
        found = same.filter(covered=len(self._claims)).order_by("pk")
        return self.prepared(found).last()

    def create(self, values: Values) -> Verification:
        verification = Verification(
            rating=self._rating(values["rating"]),
            summary=values["summary"],
            explanation=values["explanation"],
            review_by=day(values["review_by"]) if "review_by" in values else None,
            author=self.by,
        )
        self.save(verification)
        self._add(verification, values)
        return verification

    def change(self, row: Verification, changes: Values) -> None:
        if row.status != Verification.Status.DRAFT:
            sentence = (
                _("this verification is published: write its successor at the desk")
                if row.status == Verification.Status.PUBLISHED
                else _("this verification is in review: an import changes drafts only")
            )
            raise RowRefused(*((name, sentence) for name in changes))
        if "rating" in changes:
            row.rating = self._rating(changes["rating"])
        if "review_by" in changes:
            row.review_by = day(changes["review_by"])
        for name in ("summary", "explanation"):
            if name in changes:
                setattr(row, name, changes[name])
        self.save(row)
        self._add(row, changes)

    def _rating(self, value: str) -> Rating:
        if value not in self._ratings:
            told = _("the present scale has no “%(rating)s”") % {"rating": self._labels[value]}
            raise RowRefused(("rating", told))
        return self._ratings[value]

    def _add(self, verification: Verification, values: Values) -> None:
        for claim in self._claims:
            if claim.public_id in values.get("claims", []):
                Coverage.objects.create(verification=verification, claim=claim)
        for item in values.get("evidence", []):
            if missing := [part for part in EVIDENCE[:2] if not item[part.name]]:
                told = {"part": missing[0].label}
                raise RowRefused(("evidence", _("a piece of it lacks its %(part)s") % told))
            piece = Evidence(
                verification=verification,
                stance=item["stance"],
                document=self._document(item["url"]),
                note=item["note"],
                passage=item["passage"],
            )
            try:
                self.save(piece)
            except RowRefused as refusal:
                raise refusal.of("evidence") from None

    def _document(self, url: str) -> Document:
        values = {"document_url": url}
        return self.known.document(values) or self.known.new_document(values, self.notes)

    def record(self, row: Verification) -> Values:
        return {
            "id": row.public_id,
            "status": row.status,
            "claims": sorted(claim.public_id for claim in row.claims.all()),
            "rating": row.rating.value,
            "summary": row.summary,
            "explanation": row.explanation,
            "review_by": row.review_by.isoformat() if row.review_by else "",
            # Protected sources stay at the desk; without an address a piece has no word for it.
            "evidence": [
                {
                    "stance": piece.stance,
                    "url": piece.document.url,
                    "note": piece.note,
                    "passage": piece.passage,
                }
                for piece in row.evidence.all()
                if piece.document and piece.document.url
            ],
        }

    def prepared(self, rows):
        return rows.select_related("rating").prefetch_related("claims", "evidence__document")
