"""A resource at its addresses: a list, and each of its rows."""

import json
from contextlib import nullcontext
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from rest_framework.viewsets import GenericViewSet

from claims import merged
from claims.api import parameters
from claims.api.included import included
from claims.api.negotiation import AlwaysJson
from claims.api.page import Wanted
from claims.api.problems import Gone
from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.api.sql import object_of
from claims.gone import gone
from claims.origin import origin
from sources.lists import BOUND
from sources.session import no_statement_longer

SHOWN = ("fields", "include", "as_of")
LISTED = (*SHOWN, "cursor", "limit", "total")
SECONDS = 4  # No query of the database takes a list longer.
COUNTED = 10_000  # rows: beyond, it is told that there are more; as of what words find, BOUND


class ResourceViewSet(GenericViewSet):
    """What the API gives of a resource; its rows are JSON as the database made it."""

    resource: ClassVar[Resource]
    several: ClassVar[tuple[str, ...]] = ()  # parameters with more than one value
    content_negotiation_class = AlwaysJson
    lookup_field = "id"
    lookup_value_regex = "[^/]+"

    def get_serializer_class(self):
        """For the schema."""
        return self.resource.serializer

    def get_queryset(self) -> QuerySet:
        """What the public may see."""
        return self.resource.published()

    def names(self) -> tuple[str, ...]:
        """The parameters that filter or order the list."""
        return tuple(self.filterset_class.base_filters)

    def found(self) -> tuple[QuerySet, tuple[str, ...]]:
        """The rows that are asked for and the columns of their order (claims/api/page.py)."""
        return self.filter_queryset(self.get_queryset()), self.resource.by

    def list(self, request) -> HttpResponse:
        """A page of what is asked for."""
        given = request.query_params
        parameters.known(given, [*LISTED, *self.names()], self.several)
        limit, counting = parameters.limit(given), parameters.total(given)
        fields = parameters.fields(given, self.resource)
        beside = parameters.include(given, self.resource, RESOURCES)
        every = not any(name in given for name in self.names())
        # What an index has in its order takes no time, but that of the past, which none holds.
        quick = every and not counting and self.resource.indexed and request.as_of is None
        with nullcontext() if quick else no_statement_longer(SECONDS):
            rows, by = (None, self.resource.by) if every else self.found()
            wanted = Wanted(self.resource, rows, by, fields, origin(request))
            page = wanted.page(parameters.one(given, "cursor"), limit)
            answer = {
                "results": f"[{','.join(text for _pk, text in page.rows)}]",
                "next": self._link(page.next),
                "previous": self._link(page.previous),
            }
            if counting:
                answer["total"] = _total(wanted, BOUND if given.get("q") else COUNTED)
            if beside:
                pks = [pk for pk, _text in page.rows]
                answer["included"] = included(self.resource, pks, beside, wanted.origin)
        return _json(object_of(answer))

    def retrieve(self, request, **named: str) -> HttpResponse:
        """One row."""
        given, name = request.query_params, named["id"]
        parameters.known(given, SHOWN)
        fields = parameters.fields(given, self.resource)
        beside = parameters.include(given, self.resource, RESOURCES)
        pk = self.pk_of(name)
        if pk is None:
            return self.elsewhere(name)
        [(_pk, _id, text)] = self.resource.texts([pk], origin(self.request), fields)
        if beside:
            rows = included(self.resource, [pk], beside, origin(self.request))
            text = f'{text[:-1]},"included":{rows}}}'
        return _json(text)

    def pk_of(self, name: str) -> int | None:
        """The id in the database of the row of that id, None if it is not public; raises Http404
        where none can have that id."""
        conditions = self.resource.find(name)
        if conditions is None:
            raise Http404
        rows = self.get_queryset().order_by().filter(**conditions)
        return rows.values_list("pk", flat=True).first()

    def _link(self, cursor: object | None) -> str:
        """The address of the page of this list that begins there, as JSON; null for none."""
        if cursor is None:
            return "null"
        query = dict(self.request.query_params.lists()) | {"cursor": str(cursor)}
        address = f"{origin(self.request)}{self.request.path}?{urlencode(query, doseq=True)}"
        return json.dumps(address)

    def elsewhere(self, name: str) -> HttpResponse:
        """To the row that the one of that id was merged into; raises Gone if it was public once,
        else Http404."""
        model = self.resource.model
        if model in merged.MERGES and (kept := merged.kept(model, name)):
            address = reverse(self.request.resolver_match.view_name, args=[kept.public_id])
            query = self.request.query_params.urlencode()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        if was := gone(model, name):
            raise Gone(was.since)
        raise Http404


def _total(wanted: Wanted, most: int) -> str:
    """How many there are, or that there are more than are counted."""
    counted = wanted.count(most)
    return json.dumps({"rows": min(counted, most), "more": counted > most})


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")
