"""Speakers as a table."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.exchange.columns import Choice, Column, Date, Items, List, WikidataId
from claims.exchange.known import ambiguous, speaker_of_id
from claims.exchange.refused import RowRefused, Values
from claims.exchange.table import Table
from claims.models import Alias, Position, Speaker
from sources.partial_date import PartialDate

POSITION = [
    Column(name="title", label=gettext_lazy("position"), most=300),
    Date(name="since", label=gettext_lazy("since")),
    Date(name="until", label=gettext_lazy("until")),
]


class Speakers(Table):
    """Told apart by id, Wikidata id or name; an unnamed source by its document and description."""

    name = "speakers"
    model = Speaker
    permissions = ["claims.add_speaker", "claims.change_speaker", "claims.add_alias"]
    columns = [
        Column(name="id", label=gettext_lazy("Id"), most=20),
        Column(name="name", label=gettext_lazy("Name"), most=300),
        Choice.of(Speaker.Kind, name="kind", label=gettext_lazy("Kind")),
        List(name="aliases", label=gettext_lazy("Other names"), most=300),
        Items(name="positions", label=gettext_lazy("Positions"), parts=POSITION),
        WikidataId(name="wikidata_id", label=gettext_lazy("Wikidata id")),
        Column(name="document_id", label=gettext_lazy("Document id"), most=20),
    ]
    identity = {"id", "document_id"}

    def about(self, values: Values) -> str:
        return values.get("name") or values.get("id", "")

    def find(self, values: Values) -> Speaker | None:
        if public_id := values.get("id"):
            return speaker_of_id(public_id, "id")
        self.need(values, "name")
        name, kind, item = values["name"], values.get("kind"), values.get("wikidata_id")
        if kind == Speaker.Kind.ANONYMOUS:
            self.need(values, "document_id")
            return Speaker.objects.filter(within=self.known.document(values), name=name).first()
        found = self.known.bearers(name, kind or "")
        if item and (of_item := Speaker.objects.filter(wikidata_id=item).first()):
            if of_item not in found:
                sentence = _("%(item)s is %(name)s (%(id)s) in the record: give that id to rename")
                told = {"item": item, "name": of_item, "id": of_item.public_id}
                raise RowRefused(("wikidata_id", sentence % told))
            return of_item
        # Who has another item is somebody else of the same name.
        possible = [one for one in found if not (item and one.wikidata_id)]
        if len(possible) > 1:
            raise ambiguous(name, possible, "name", str(self.column("id").label))
        if possible:
            # An alias finds its bearer, who keeps the name.
            values["name"] = possible[0].name
        return possible[0] if possible else None

    def create(self, values: Values) -> Speaker:
        self.need(values, "kind")
        speaker = Speaker(
            name=values["name"],
            kind=values["kind"],
            wikidata_id=values.get("wikidata_id"),
            within=self.known.document(values)
            if values["kind"] == Speaker.Kind.ANONYMOUS
            else None,
        )
        self.save(speaker, within="document_id")
        self.known.forget()
        self._add(speaker, values)
        return speaker

    def change(self, row: Speaker, changes: Values) -> None:
        simple = {
            name: changes[name] for name in ("name", "kind", "wikidata_id") if name in changes
        }
        for name, value in simple.items():
            setattr(row, name, value)
        if simple:
            self.save(row, within="kind")
        self.known.forget()
        self._add(row, changes)

    def _add(self, speaker: Speaker, values: Values) -> None:
        for name in values.get("aliases", []):
            self._save_part(Alias(speaker=speaker, name=name), "aliases")
        for item in values.get("positions", []):
            since, until = (item[name] and PartialDate.parse(item[name]) for name in _DATES)
            key = {"speaker": speaker, "title": item["title"], "since": since or None}
            position = Position.objects.filter(**key).first() or Position(**key)
            position.until = until or position.until
            self._save_part(position, "positions")

    def _save_part(self, part: Alias | Position, column: str) -> None:
        """What is wrong with a part is told of its column."""
        try:
            self.save(part)
        except RowRefused as refusal:
            raise refusal.of(column) from None

    def holds(self, column: Column, items: list, item: object) -> bool:
        """An empty end says nothing; a name is an alias in whatever case."""
        if column.name == "positions":
            return item in items or (
                not item["until"]
                and any(
                    (known["title"], known["since"]) == (item["title"], item["since"])
                    for known in items
                )
            )
        if column.name == "aliases":
            return item.upper() in {known.upper() for known in items}
        return super().holds(column, items, item)

    def record(self, row: Speaker) -> Values:
        return {
            "id": row.public_id,
            "name": row.name,
            "kind": row.kind,
            "aliases": [alias.name for alias in row.aliases.all()],
            "positions": [
                {
                    "title": position.title,
                    "since": position.since.isoformat() if position.since else "",
                    "until": position.until.isoformat() if position.until else "",
                }
                for position in row.positions.all()
            ],
            "wikidata_id": row.wikidata_id or "",
            "document_id": row.within.public_id if row.within else "",
        }

    def prepared(self, rows):
        return rows.select_related("within").prefetch_related("aliases", "positions")


_DATES = ("since", "until")
