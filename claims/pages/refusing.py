"""Addresses that ask for what there is not: 400, and the parameter is named."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.query import Refused
from sources.search import LONGEST


def refusal(request, refused: Refused):
    """The page that says which parameter does not hold, and leads to the same without it."""
    without = {
        name: [value[:LONGEST] for value in values]
        for name, values in request.GET.lists()
        if name != refused.name
    }
    context = {"title": _("No such search"), "sentence": str(refused), "without": without}
    return render(request, "refused.html", context, status=400)


def page_number(request) -> int:
    """The page of a list that is asked for, by default the first; raises Refused."""
    asked = request.GET.get("page")
    if not asked:
        return 1
    if not (asked.isdecimal() and len(asked) < 7):
        raise Refused("page", _("“page” takes a number: 1, 2, 3…"))
    return int(asked)
