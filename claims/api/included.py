"""Rows of other resources, given beside those that refer to them."""

from claims.api.parameters import Included
from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.api.sql import object_of


def included(resource: Resource, pks: list[int], wanted: list[Included], origin: str) -> str:
    """A JSON object: the name of each resource with its rows by their ids; two queries each.

    ``pks`` are the ids in the database of the rows of ``resource`` that are given.
    """
    beside: dict[str, dict[str, str]] = {}
    reached = {"": (resource, pks)}
    for each in wanted:
        of, parents = reached[each.parent]
        to = RESOURCES[each.field.to]
        rows = to.published().order_by().filter(pk__in=each.field.of_rows(of.model, parents))
        found = to.texts(sorted(rows.values_list("pk", flat=True)), origin)
        reached[each.path] = to, [pk for pk, _name, _text in found]
        beside.setdefault(to.name, {}).update({name: text for _pk, name, text in found})
    return object_of({name: object_of(beside[name]) for name in sorted(beside)})
