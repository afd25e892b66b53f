"""What was made of a document: its rows in every table, found along the relations of the models."""

from collections import defaultdict

from django.apps import apps
from django.db.models import Model, QuerySet

from claims.models import Coverage, Effect, Evidence, Speaker
from sources.models import Document

# What is written about a row that is reached, in a row that refers to it.
UPWARDS = {Coverage: "verification", Effect: "development", Evidence: "verification"}
Family = dict[type[Model], set]


def family(document: Document, speakers: list[Speaker] = ()) -> Family:
    """The keys of the rows of each model that rest on ``document``, or are ``speakers``."""
    found: Family = defaultdict(set)
    new: Family = {Document: {document.pk}}
    if speakers:
        new[Speaker] = {speaker.pk for speaker in speakers}
    while new:
        reached: Family = defaultdict(set)
        for model, keys in new.items():
            found[model] |= keys
            for other, field in steps(model):
                for rows, key in _rows(model if isinstance(field, str) else other):
                    if isinstance(field, str):
                        there = rows.filter(**{f"{key}__in": keys}).values_list(field, flat=True)
                    else:
                        there = rows.filter(**{f"{field.name}__in": keys})
                        there = there.values_list(key, flat=True)
                    reached[other].update(there.order_by())
        new = {model: keys - found[model] - {None} for model, keys in reached.items()}
        new = {model: keys for model, keys in new.items() if keys}
    return found


def steps(model: type[Model]) -> list[tuple]:
    """Where one goes from a row of ``model``: the model, and the field that leads from or to it."""
    found = [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and not relation.many_to_many
        and _is_followed(relation, model)
    ]
    if up := UPWARDS.get(model):
        found.append((model._meta.get_field(up).related_model, up))
    return found


def _rows(model: type[Model]) -> list[tuple[QuerySet, str]]:
    """Its rows, and the versions of those it had, with the name of their key: what was deleted, or
    belongs elsewhere by now, is in the history."""
    found = [(model._base_manager.all(), "pk")]
    if history := getattr(model, "pgh_event_model", None):
        found.append((history._base_manager.all(), "id"))
    return found


def reachable() -> set[type[Model]]:
    """The models that have rows of documents."""
    found, new = set(), {Document}
    while new:
        found |= new
        new = {other for model in new for other, _field in steps(model)} - found
    return found


def events() -> dict[str, type[Model]]:
    """The table of the history of each tracked model."""
    return {
        model.pgh_event_model._meta.db_table: model
        for model in apps.get_models()
        if hasattr(model, "pgh_event_model")
    }


def _is_followed(relation, model: type[Model]) -> bool:
    other = relation.related_model
    if not other._meta.managed or other._meta.proxy or hasattr(other, "pgh_tracked_model"):
        return False
    # What a speaker said elsewhere is of other documents.
    return model is not Speaker or other._meta.model_name in ("alias", "position", "speakermerge")
