"""Addresses that ask for what there is not (400, and the parameter is named), or for too much."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.query import Refused
from sources.search import LONGEST

# No query of the database takes a search longer.
SECONDS = 4


def refusal(request, refused: Refused):
    """The page that says which parameter does not hold, and leads to the same without it."""
    without = {
        name: [value[:LONGEST] for value in values]
        for name, values in request.GET.lists()
        if name != refused.name
    }
    context = {"title": _("No such search"), "sentence": str(refused), "without": without}
    return render(request, "refused.html", context, status=400)


def too_long(request):
    """Few searches are that dear: of a past time by words, which no index holds."""
    sentence = _("This search takes too long. Ask for less: other words, or fewer filters.")
    if request.as_of:
        sentence = _("The record of a past day is too large to be searched for this.")
    context = {"title": _("Too much to look through"), "sentence": sentence, "without": {}}
    return render(request, "refused.html", context, status=503)


def page_number(request) -> int:
    """The page of a list that is asked for, by default the first; raises Refused."""
    asked = request.GET.get("page")
    if not asked:
        return 1
    if not (asked.isdecimal() and len(asked) < 7):
        raise Refused("page", _("“page” takes a number: 1, 2, 3…"))
    return int(asked)
