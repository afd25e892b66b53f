"""All that is recorded, as it can be compared: every column but ids and times."""

from datetime import datetime

from django.apps import apps
from django.db.models import Model
from pghistory.core import event_models

from claims.models import Speaker

LEFT_OUT = {"CorpusFile", "CorpusRefusal"}


def everything() -> dict[str, list[str]]:
    """The rows of every table of the record and its history, in no order."""
    of = {event: event.pgh_tracked_model for event in event_models()}
    models = [
        model
        for app in ("sources", "claims")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model.__name__ not in LEFT_OUT and not model._meta.proxy
    ]
    ranks = {model: _ranks(model) for model in models}
    return {
        model._meta.db_table: sorted(
            str(_row(row, of.get(model), ranks))
            for row in model._base_manager.order_by("pk").iterator()
        )
        for model in models
    }


def _ranks(model: type[Model]) -> dict[int, object]:
    """What a row is called instead of by its id: the how manieth it is, speakers by their names."""
    pks = model._base_manager.order_by("pk")
    if model is Speaker:
        return {speaker.pk: (speaker.name, speaker.kind) for speaker in pks}
    return {pk: rank for rank, pk in enumerate(pks.values_list("pk", flat=True))}


def _row(row: Model, tracked: type[Model] | None, ranks: dict) -> dict[str, object]:
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in ("public_id", "pgh_id") or isinstance(value, datetime):
            continue
        if tracked and field.name in ("id", "pgh_obj"):
            value = ranks[tracked._meta.concrete_model].get(value)
        elif field.remote_field:
            value = value and ranks[field.remote_field.model._meta.concrete_model].get(value)
        elif field.primary_key:
            continue
        values[field.name] = bytes(value) if isinstance(value, memoryview) else value
    return values
