"""The parameters that every list and every row takes (claims/api/parameters.py reads them)."""

from drf_spectacular.utils import OpenApiParameter

from claims.api.openapi.examples import EXAMPLES
from claims.api.parameters import DEEPEST, MOST_INCLUDED, MOST_ROWS, ROWS
from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.api.viewset import COUNTED

AS_OF = "as_of"
LAST = ("fields", "include", "limit", "cursor", "total", AS_OF)


def in_order(parameter: dict) -> tuple[int, str]:
    """Sorts the parameters of an endpoint: its own, by name, before those of all."""
    name = parameter["name"]
    return LAST.index(name) if name in LAST else -1, name


def of_row(resource: Resource) -> list[OpenApiParameter]:
    """Those that say which row, and how much of it."""
    return [
        OpenApiParameter(
            "id",
            {"type": "string", "minLength": 1, "example": EXAMPLES[resource.name]["id"]},
            OpenApiParameter.PATH,
            description="As any answer gives it. Opaque: read nothing into it.",
        ),
        *_shown(resource),
    ]


def of_list(resource: Resource) -> list[OpenApiParameter]:
    """Those that say how much of the list, and from where."""
    return [
        *_shown(resource),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS},
            description="How many rows a page has.",
        ),
        OpenApiParameter(
            "cursor",
            str,
            description="Where a page begins: follow “next” and “previous” of an answer, which "
            "have it. It holds for the same list in the same order.",
        ),
        OpenApiParameter(
            "total",
            {"type": "boolean", "default": False},
            description=f"Whether the rows are to be counted, up to {COUNTED}.",
        ),
    ]


def paths(resource: Resource, deepest: int = DEEPEST) -> list[str]:
    """What may be included: the fields that name other rows, and those of these rows."""
    found = []
    for name, field in resource.references.items():
        found.append(name)
        if deepest > 1:
            found += [f"{name}.{path}" for path in paths(RESOURCES[field.to], deepest - 1)]
    return found


def _shown(resource: Resource) -> list[OpenApiParameter]:
    shown = [
        OpenApiParameter(
            "fields",
            _several(list(resource.serializer().fields)),
            description="Only these fields, and the id.",
            explode=False,
            style="form",
        ),
        OpenApiParameter(
            AS_OF,
            {"oneOf": [{"type": "string", "format": form} for form in ("date", "date-time")]},
            description="Answer from the record as it stood then: at the end of a day of the "
            "newsroom, or at a time. Not in the future.",
        ),
    ]
    if resource.references:
        include = OpenApiParameter(
            "include",
            _several(paths(resource)) | {"maxItems": MOST_INCLUDED},
            description="Rows to be given beside, in “included”: fields that name other rows, and "
            "after a point those of these rows.",
            explode=False,
            style="form",
        )
        shown.append(include)
    return shown


def _several(names: list[str]) -> dict:
    """Of which some are given, separated by commas."""
    items = {"type": "string", "enum": names}
    return {"type": "array", "items": items, "minItems": 1, "example": names[:3]}
