"""What a request says of the answer it wants: which fields, what beside, how much, from where."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.api.fields import RefField, RefsField
from claims.api.resource import Resource
from claims.query import Refused

ROWS, MOST_ROWS = 20, 100
DEEPEST = 2  # names in a path of ``include``
MOST_INCLUDED = 10  # paths
SEVERAL = ("fields", "include")


@dataclass(frozen=True)
class Included:
    """Rows to be given beside: ``field`` of the rows of ``parent`` leads to them."""

    path: str
    parent: str  # path of what it is included for; empty for the rows themselves
    field: RefField | RefsField


def one(given: QueryDict, name: str) -> str | None:
    """The value of a parameter that has one; raises Refused where it has several."""
    values = given.getlist(name)
    if len(values) > 1:
        raise Refused(name, _("“%(name)s” takes one value.") % {"name": name})
    return values[0] if values else None


def several(given: QueryDict, name: str) -> list[str] | None:
    """The values of a parameter that has several: separated by commas, or each by itself."""
    return ",".join(given.getlist(name)).split(",") if name in given else None


def known(given: QueryDict, names: Iterable[str], many: Iterable[str] = ()) -> None:
    """Raises Refused at the first parameter that has none of these names, or no value, or more
    than one without being one of ``many``."""
    for name, values in given.lists():
        if name not in names:
            sentence = _("There is no parameter “%(name)s”.")
            raise Refused(name, sentence % {"name": Truncator(name).chars(40)})
        if "" in values:
            raise Refused(name, _("“%(name)s” takes a value.") % {"name": name})
        if name not in many and name not in SEVERAL:
            one(given, name)


def limit(given: QueryDict) -> int:
    """How many rows a page has."""
    asked = one(given, "limit")
    if asked is None:
        return ROWS
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= MOST_ROWS):
        raise Refused(
            "limit", _("“limit” takes a number from 1 to %(most)d.") % {"most": MOST_ROWS}
        )
    return int(asked)


def total(given: QueryDict) -> bool:
    """Whether the rows are to be counted."""
    asked = one(given, "total")
    if asked not in (None, "true", "false"):
        raise Refused("total", _("“total” is true or false."))
    return asked == "true"


def fields(given: QueryDict, resource: Resource) -> list[str] | None:
    """The fields that are asked for, and the id; None where all are."""
    asked = several(given, "fields")
    if asked is None:
        return None
    for name in asked:
        if name not in resource.fields:
            raise _none_such("fields", name, resource.fields)
    return ["id", *asked]


def include(given: QueryDict, resource: Resource, resources: dict[str, Resource]) -> list[Included]:
    """What is asked for beside, each after what it is included for."""
    asked = several(given, "include")
    if asked is None:
        return []
    if len(asked) > MOST_INCLUDED:
        raise Refused(
            "include", _("“include” takes %(most)d paths at most.") % {"most": MOST_INCLUDED}
        )
    found: dict[str, Included] = {}
    for path in asked:
        names = path.split(".")
        if len(names) > DEEPEST:
            raise Refused(
                "include", _("“include” follows %(most)d names at most.") % {"most": DEEPEST}
            )
        of, parent = resource, ""
        for name in names:
            field = of.references.get(name)
            if field is None:
                raise _none_such("include", name, of.references)
            here = f"{parent}.{name}".lstrip(".")
            found.setdefault(here, Included(here, parent, field))
            of, parent = resources[field.to], here
    return list(found.values())


def _none_such(parameter: str, name: str, names: Iterable[str]) -> Refused:
    sentence = _("“%(parameter)s”: there is no “%(name)s”. There are: %(known)s.")
    told = {
        "parameter": parameter,
        "name": Truncator(name).chars(40),
        "known": ", ".join(names) or "–",
    }
    return Refused(parameter, sentence % told)
