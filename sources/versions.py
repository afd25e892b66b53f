"""Read the history of a row: what changed, when, by whom and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext as _
from pghistory.core import event_models

from sources.differences import compare
from sources.history import Event

LONG = 80  # characters: a text of which one wants to see the words that changed
PAUSE = timedelta(minutes=10)  # Who saves again within it is still at the same.


@dataclass(frozen=True)
class Difference:
    """A field that changed, by its own name and the one it has in the interface, and its values."""

    field: str
    name: str
    before: object
    after: object

    @property
    def stretches(self) -> list[tuple[str, str]]:
        """What was kept, removed and added, in order, where a long text became another."""
        texts = (self.before, self.after)
        if not all(isinstance(text, str) and len(text) > LONG for text in texts):
            return []
        found = []
        for number, paragraph in enumerate(compare(self.before, self.after)):
            found += [("kept", "\n")] if number else []
            for piece in paragraph:
                if piece.after:
                    words = self.after[slice(*piece.after)]
                    found.append(("kept" if piece.before else "added", words))
                else:
                    found.append(("removed", self.before[slice(*piece.before)]))
        return found


@dataclass(frozen=True)
class Change:
    """One change to a row: ``label`` is insert, update or delete.

    ``user`` is None where it came by a key of the API, which ``key`` then names, or where the
    database was changed without Constat; ``database_user``, the role that was connected, is known
    always. ``recorded_at`` differs from ``at`` only for what was
    loaded as recorded earlier. ``autosaved``: by a page, while it was typed; ``began_at`` is when
    the first of those that ``coalesced`` made one was saved.
    """

    id: int
    model: type[models.Model]
    row: int
    label: str
    at: datetime
    recorded_at: datetime
    user: AbstractBaseUser | None
    database_user: str
    reason: str
    key: str = ""
    autosaved: bool = False
    differences: list[Difference] = field(default_factory=list)
    began_at: datetime | None = None

    @property
    def backdated(self) -> bool:
        """Whether it was loaded as recorded earlier than it was made."""
        return self.at - self.recorded_at > timedelta(minutes=1)

    @property
    def row_key(self) -> tuple[type[models.Model], int]:
        """Which row changed."""
        return self.model, self.row

    @property
    def model_name(self) -> str:
        """What kind of row changed, in the interface's language."""
        return str(self.model._meta.verbose_name)


def history(row: models.Model) -> list[Change]:
    """Every change to a row and to the rows that are parts of it, the latest first.

    Parts are the rows that are deleted with it: the evidence of a verification, the aliases of a
    speaker.
    """
    changes = [change for event in _event_models(type(row)) for change in _changes(event, row)]
    return _latest_first(changes)


def _latest_first(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.at, change.id), reverse=True)


def latest(row: models.Model) -> str:
    """A mark that differs whenever the row or a part of it has changed."""
    newest = (
        events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0
        for events in (_of(event, row) for event in _event_models(type(row)))
    )
    return "-".join(map(str, newest))


def since(row: models.Model, mark: str) -> list[Change]:
    """What changed since ``latest(row)`` was ``mark``, the latest first; all, if it is no mark."""
    if mark == latest(row):
        return []
    seen, events = mark.split("-"), _event_models(type(row))
    if len(seen) != len(events) or not all(part.isdecimal() for part in seen):
        return history(row)
    newest = {e.pgh_tracked_model: int(last) for e, last in zip(events, seen, strict=True)}
    changes = [
        change
        for event in events
        for change in _changes(event, row, after=newest[event.pgh_tracked_model])
    ]
    return _latest_first(changes)


def coalesced(changes: list[Change]) -> list[Change]:
    """The same history with what one person typed in one go as one change; the latest first.

    That is: what was autosaved to the same row, each time within ``PAUSE`` of the time before.
    """
    told: list[Change] = []
    for change in reversed(changes):
        before = next((other for other in reversed(told) if other.row_key == change.row_key), None)
        if before and _goes_on(before, change):
            told.remove(before)
            told.append(_both(before, change))
        else:
            told.append(change)
    return told[::-1]


def _goes_on(before: Change, change: Change) -> bool:
    """Whether a change is more of the same typing."""
    return (
        before.autosaved
        and change.autosaved
        and before.user == change.user
        and change.at - before.at <= PAUSE
    )


def _both(before: Change, change: Change) -> Change:
    """Two changes to a row as one; a field that is as it was before did not change."""
    fields = {difference.field: difference for difference in before.differences}
    for difference in change.differences:
        first = fields.get(difference.field, difference)
        fields[difference.field] = replace(difference, before=first.before)
    differences = [found for found in fields.values() if found.before != found.after]
    began_at = before.began_at or before.at
    return replace(change, differences=differences, began_at=began_at)


def _event_models(model: type[models.Model]) -> list[type[Event]]:
    """The event model of ``model``, then those of its parts, always in the same order."""
    events = [event for event in event_models() if issubclass(event, Event)]
    own = [event for event in events if event.pgh_tracked_model is model]
    parts = [event for event in events if _owner(event, model)]
    return own + sorted(parts, key=lambda event: event.__name__)


def _owner(event: type[Event], model: type[models.Model]) -> models.ForeignKey | None:
    """The key by which the rows of ``event`` belong to a row of ``model``, if they do."""
    for key in event.pgh_tracked_model._meta.concrete_fields:
        if key.related_model is model and key.remote_field.on_delete is models.CASCADE:
            return key
    return None


def _of(event: type[Event], row: models.Model) -> models.QuerySet:
    if event.pgh_tracked_model is type(row):
        return event.objects.filter(id=row.pk)
    return event.objects.filter(**{_owner(event, type(row)).attname: row.pk})


def _changes(event: type[Event], row: models.Model, after: int = 0) -> Iterator[Change]:
    """Those later than the event ``after``, the first first."""
    later = _of(event, row).filter(pgh_id__gt=after).select_related("pgh_context")
    events = list(later.order_by("pgh_id"))
    users = _users(events)
    before = _versions_at(event, {version.id for version in events}, after) if after else {}
    for version in events:
        context = version.pgh_context.metadata if version.pgh_context else {}
        yield Change(
            id=version.pgh_id,
            model=event.pgh_tracked_model,
            row=version.id,
            label=version.pgh_label,
            at=version.pgh_created_at,
            recorded_at=version.pgh_recorded_at,
            user=users.get(context.get("user")),
            database_user=version.pgh_database_user,
            reason=context.get("reason", ""),
            key=context.get("key", ""),
            autosaved=version.pgh_label == "update" and context.get("autosaved", False),
            differences=_differences(event, before.get(version.id), version),
        )
        before[version.id] = version


def _versions_at(event: type[Event], rows: set[int], last: int) -> dict[int, Event]:
    """What the rows said at the event ``last``, by their ids."""
    if not rows:
        return {}
    earlier = event.objects.filter(id__in=rows, pgh_id__lte=last)
    return {version.id: version for version in earlier.order_by("id", "-pgh_id").distinct("id")}


def _users(events: list[Event]) -> dict[int, AbstractBaseUser]:
    known = {
        event.pgh_context.metadata.get("user") for event in events if event.pgh_context is not None
    }
    return get_user_model().objects.in_bulk(known - {None})


def _differences(event: type[Event], before: Event | None, after: Event) -> list[Difference]:
    """What changed; of a row that came or went, all that it said."""
    if after.pgh_label == "delete":
        before, after = after, None
    found = (
        Difference(
            field.name,
            str(field.verbose_name),
            before and _shown(before, field),
            after and _shown(after, field),
        )
        for field in event.pgh_tracked_model._meta.concrete_fields
        if not field.primary_key and _value(before, field) != _value(after, field)
    )
    return [each for each in found if (each.before, each.after) != (None, None)]


def _value(version: Event | None, field: models.Field) -> object:
    return version and getattr(version, field.attname)


def _shown(version: Event, field: models.Field) -> object:
    """As the interface shows it: a choice by its label, another row by its name; None if empty."""
    value = _value(version, field)
    if value in (None, "", []):
        return None
    if isinstance(field, models.ForeignKey):
        return field.related_model._base_manager.filter(pk=value).first() or value
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else value
