"""The schema of the API: what serializers, filters and claims/api/openapi say, put together."""

import re

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, get_doc, safe_ref
from rest_framework import serializers

from claims import merged
from claims.api.fields import (
    IdField,
    PageField,
    PartialDateField,
    RefField,
    RefsField,
    SpanField,
    SpansField,
)
from claims.api.negotiation import AlwaysJson
from claims.api.openapi import answers, envelopes, examples, parameters, words
from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.api.viewset import ResourceViewSet
from claims.gone import KINDS

# Below it, all answers are of one make; elsewhere they are as others define them.
OURS = "/api/v1/"
DESCRIBED = {
    IdField: "Its id: opaque, and for ever its own.",
    PageField: "Address of its public page.",
    RefField: "Id of a {of}.",
    RefsField: "Ids of {all}.",
    PartialDateField: "A day, a month or a year, as precise as it is known.",
    SpanField: "Start and end in the snapshot's text, in code points, end-exclusive.",
    SpansField: "Pieces of the snapshot's text.",
}
SERIALIZERS = {resource.serializer: resource for resource in RESOURCES.values()}


class Schema(AutoSchema):
    """An endpoint, with the parameters, errors, headers and examples that all have in common."""

    @property
    def resource(self) -> Resource | None:
        """The one whose rows the endpoint gives, unless it is another kind of endpoint."""
        reads = isinstance(self.view, ResourceViewSet) and self.view.action in ("list", "retrieve")
        return self.view.resource if reads else None

    @property
    def _of_row(self) -> bool:
        """Whether it tells more of one row of a resource."""
        return isinstance(self.view, ResourceViewSet) and not self.resource and self.view.detail

    # What it is called

    def get_operation_id(self) -> str:
        """ "listClaims", "getClaim"; for other endpoints "postExtract"."""
        if self._of_row:
            return f"get{_row_name(self.view.resource)}{self.view.action.capitalize()}"
        if isinstance(self.view, ResourceViewSet) and self.method == "POST":
            return f"propose{_row_name(self.view.resource)}"
        if not self.resource:
            words_of_path = re.findall(r"[A-Za-z0-9]+", self.path.removeprefix(OURS))
            return self.method.lower() + "".join(word.capitalize() for word in words_of_path)
        if self._is_list_view():
            return f"list{self.resource.name.capitalize()}"
        return f"get{_row_name(self.resource)}"

    def get_summary(self) -> str | None:
        """The first words of its entry in a reference."""
        if not self.resource:
            told = " ".join(self.get_description().split())
            return re.split(r"[.:;](?: |$)", told)[0] or None
        if self._is_list_view():
            return f"List {self.resource.name}"
        return f"Get {_row_name(self.resource).lower()} by id"

    def get_description(self) -> str:
        """Of a resource, what it has."""
        return get_doc(type(self.view)) if self.resource else super().get_description()

    def get_tags(self) -> list[str]:
        """The folder it is in."""
        return [self.resource.name] if self.resource else super().get_tags()

    def get_serializer_name(self, serializer, direction) -> str:
        """Of what is sent, "ClaimRequest" for ClaimBody."""
        name = super().get_serializer_name(serializer, direction)
        return re.sub("(Body|Request)$", "", name) if direction == "request" else name

    # What it takes

    def get_override_parameters(self) -> list:
        """Those of every list and of every row."""
        if self._of_row:
            shown = ("id", parameters.AS_OF)
            return [one for one in parameters.of_row(self.view.resource) if one.name in shown]
        if not self.resource:
            return []
        of = parameters.of_list if self._is_list_view() else parameters.of_row
        return of(self.resource)

    def _get_parameters(self) -> list[dict]:
        found = super()._get_parameters()
        if not (self.resource or self._of_row):
            return found
        filters = self.view.filterset_class.base_filters
        for parameter in found:
            name, schema = parameter["name"], parameter["schema"]
            _filled(schema)
            example = schema.pop("example", None) or examples.of_parameter(name, schema)
            if parameter["in"] == "path":
                parameter["example"] = example
            elif example is not None:  # Where a reference shows it, and does not fill it in.
                schema["examples"] = [example]
            described = parameter.get("description", "")
            if not described or described.startswith("*"):  # At most its choices are told.
                told = words.FILTERS.get(name) or (filters[name].label if name in filters else "")
                parameter["description"] = f"{told}\n\n{described}".strip()
        return found

    # What it answers

    def get_operation(self, *args, **kwargs) -> dict | None:
        """With the answers that every endpoint may give."""
        operation = super().get_operation(*args, **kwargs)
        if operation and self.path.startswith(OURS):
            given = operation["responses"]
            for answer in given.values():
                answer["description"] = answer.get("description") or "What was asked for."
            for status in self._statuses():
                given.setdefault(str(status), self._answer(status))
            operation["responses"] = dict(sorted(given.items()))
        return operation

    def _statuses(self) -> set[int]:
        """Those it may have beside the ones its view tells of."""
        found = {*answers.ALWAYS}
        if issubclass(self.view.content_negotiation_class, AlwaysJson):
            found.remove(406)
        if self.method in ("POST", "PUT", "PATCH"):
            found.update(answers.WRITING)
        if getattr(self.view, "action", None) == "create":
            found.add(409)
        if "{" in self.path:
            found.add(404)
        if self.method == "GET":
            found.add(304)
        if isinstance(self.view, ResourceViewSet) and self.view.detail:
            found.update({301} if self.view.resource.model in merged.MERGES else ())
            found.update({410} if self.view.resource.model in KINDS else ())
        return found

    def _answer(self, status: int) -> dict:
        self._component("Problem", answers.PROBLEM)
        answer = answers.ANSWERS[status]
        for name in answer.headers:
            self._component(name, answers.header(name), ResolvedComponent.HEADER)
        return self._component(answer.name, answers.component(status), ResolvedComponent.RESPONSE)

    def _get_response_for_code(self, serializer, status_code, *args, **kwargs) -> dict:
        response = super()._get_response_for_code(serializer, status_code, *args, **kwargs)
        if self.resource and status_code == "200":
            response |= self._reading()
        return response

    def _reading(self) -> dict:
        """Rows, as they come."""
        name = self.resource.name
        rows = {
            each.name: self.resolve_serializer(each.serializer, "response").ref
            for each in RESOURCES.values()
        }
        beside = self._component("Included", envelopes.included(rows))
        if self._is_list_view():
            total = self._component("Total", envelopes.TOTAL)
            page = envelopes.page(rows[name], total, beside)
            schema = self._component(f"{_row_name(self.resource)}List", page)
            said, example = "A page of the list.", examples.page(name)
        else:
            schema = self._component(
                f"{_row_name(self.resource)}WithIncluded", envelopes.alone(rows[name], beside)
            )
            said, example = "The row.", examples.EXAMPLES[name]
        headers = {
            header: self._component(header, answers.header(header), ResolvedComponent.HEADER)
            for header in answers.OF_READING
        }
        content = {"application/json": {"schema": schema, "example": example}}
        return {"description": said, "headers": headers, "content": content}

    def _component(self, name: str, schema: dict, kind: str = ResolvedComponent.SCHEMA) -> dict:
        """A reference to it; it is put among the components."""
        component = ResolvedComponent(name, kind, schema, object=name)
        self.registry.register_on_missing(component)
        return component.ref

    # What the rows look like

    def _map_serializer_field(self, field, direction, bypass_extensions=False) -> dict:
        """With what its kind says of a field that says nothing of its own."""
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, RefField) and not field.nullable:
            schema["type"] = "string"
        if isinstance(field, serializers.ChoiceField) and field.read_only and _is_blank(field):
            schema["enum"] = [*schema["enum"], ""]
        for kind, told in DESCRIBED.items():
            if isinstance(field, kind) and "description" not in schema:
                to = RESOURCES[field.to] if hasattr(field, "to") else None
                schema["description"] = told.format(
                    of=to and _row_name(to).lower(), all=to and to.name
                )
        return schema

    def _map_serializer(self, serializer, direction, bypass_extensions=False) -> dict:
        """Of a row only the id is always there: ``fields`` may leave out all else."""
        schema = super()._map_serializer(serializer, direction, bypass_extensions)
        if type(serializer) in SERIALIZERS:
            schema["required"] = ["id"]
        told = words.FIELDS.get(type(serializer).__name__.removesuffix("Serializer"), {})
        for name, one in schema.get("properties", {}).items():
            one.pop("readOnly", None)
            one.pop("title", None)
            if name in told:
                schema["properties"][name] = safe_ref({**one, "description": told[name]})
        return schema


def _row_name(resource: Resource) -> str:
    """ "Claim" for claims."""
    return resource.serializer.__name__.removesuffix("Serializer")


def _filled(schema: dict) -> None:
    """Say of a parameter that it takes a value (claims/api/parameters.py refuses it without)."""
    schema = schema.get("items", schema)
    if schema.get("type") == "string" and not {"enum", "format"} & set(schema):
        schema["minLength"] = 1


def _is_blank(field: serializers.ChoiceField) -> bool:
    """Whether its column may be empty."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {column.name: column for column in model._meta.fields} if model else {}
    return field.source in columns and columns[field.source].blank


def describe_tags(result: dict, **_context) -> dict:
    """A hook of the generator: what each folder has."""
    tags = [
        {"name": resource.name, "description": get_doc(resource.serializer)}
        for resource in RESOURCES.values()
    ]
    return result | {"tags": tags + result.get("tags", [])}
