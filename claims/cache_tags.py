"""The tags of a page, by which a CDN forgets it: the public ids of the rows it is made of.

Every instance that is loaded while a page is made is noted, so no page has to name what it shows.
claims/purge.py says whose tags a change concerns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_init

from sources.fields import PublicIdField

EVERYTHING = "constat"  # on every page
RECORD = "record"  # on pages of no row, as lists: whatever changes may change them
MOST = 100  # tags of a page: twice 1 KB, of the 4 that nginx takes for all headers together

_loaded: ContextVar[set[str] | None] = ContextVar("loaded", default=None)


@contextmanager
def loaded_rows() -> Iterator[set[str]]:
    """The public ids of the rows that are loaded inside."""
    ids: set[str] = set()
    token = _loaded.set(ids)
    try:
        yield ids
    finally:
        _loaded.reset(token)


def tags(public_id: str | None, loaded: set[str]) -> list[str]:
    """The tags of the page of the row with that id, if of one, made of the rows ``loaded``.

    Where they are too many, any change concerns it.
    """
    if public_id is None or len(loaded) >= MOST:
        return [EVERYTHING, RECORD]
    return [EVERYTHING, *sorted({public_id, *loaded})]


def watch() -> None:
    """Note rows of every model with a public id, once all models are there."""
    for model in apps.get_models():
        if any(isinstance(field, PublicIdField) for field in model._meta.concrete_fields):
            post_init.connect(_note, sender=model, dispatch_uid="cache_tags")


def _note(instance: Model, **kwargs) -> None:
    ids = _loaded.get()
    if ids is not None:
        # Asked of the instance itself, a deferred id would be fetched.
        ids.add(instance.__dict__.get("public_id", RECORD))
