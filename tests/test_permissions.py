"""Who may do what: one table, docs/permissions.md, of every list, form, action and page of the
desk, every act on the record and everything the API takes. UPDATE_PERMISSIONS=1 writes it anew."""

import os
import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from claims import roles
from claims.models import ApiKey
from tests.claims import test_roles as acts
from tests.factories import ApiKeyFactory, UserFactory

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent.parent / "docs" / "permissions.md"
STANDARD = ("changelist", "add", "change", "delete", "history")
ROLES = [roles.CONTRIBUTOR, roles.EDITOR, roles.CHIEF, roles.PROTECTED_SOURCE_READER]
PEOPLE = ["nobody", "without a role", *ROLES, "administrator"]
# What a page of a row is asked for, where there is no such row: whoever may not is told so first.
NO_ROW = {"pk": 0, "id": 0, "claim": 0, "piece": 0, "object_id": "0", "kind": "claims",
          "form": "csv", "step": "x", "name": "x"}  # fmt: skip
ADDRESSES = {
    "claims": "/api/v1/claims/",
    "evidence": "/api/v1/evidence/",
    "developments": "/api/v1/developments/",
    "extract": "/api/v1/extract/",
    "match": "/api/v1/match/",
}


@pytest.fixture
def people(django_user_model):
    return {
        "nobody": AnonymousUser(),
        "without a role": django_user_model.objects.create(username="nouvelle", is_staff=True),
        **{role: UserFactory(role=role) for role in ROLES},
        "administrator": django_user_model.objects.create_superuser("admin"),
    }


def request_of(user, path="/admin/"):
    request = RequestFactory().get(path)
    request.user, request.session = user, {}
    return request


def opens(path: str, user) -> bool:
    """Whether the page is made for them: not written out, which takes most of the time."""
    match = resolve(path)
    try:
        answer = match.func(request_of(user, path), *match.args, **match.kwargs)
    except PermissionDenied:
        return False
    except Http404:
        return True  # They were let as far as looking for the row.
    return answer.status_code < 300


def models():
    """What is at the desk, by name: ``claims.claim``."""
    return sorted(
        ((model._meta.label_lower, model_admin) for model, model_admin in
         admin.site._registry.items()),
        key=lambda pair: pair[0],
    )  # fmt: skip


def may(model_admin, user) -> dict[str, bool]:
    """What is done with rows of this model: Django asks these before it does anything."""
    if not user.is_authenticated:
        return {}
    request = request_of(user)
    found = {
        name: getattr(model_admin, f"has_{name}_permission")(request)
        for name in ("view", "add", "change", "delete")
    }
    offered = model_admin.get_actions(request)
    for name in model_admin.actions or ():
        found[f"all selected: {name}"] = name in offered
    for name in getattr(model_admin, "actions_submit_line", ()):
        method = getattr(model_admin, name)
        needed = getattr(method, "allowed_permissions", ())
        found[f"step: {name}"] = all(
            getattr(model_admin, f"has_{each}_permission")(request, None) for each in needed
        )
    return found


def desk_rows(people) -> list[tuple[str, list[str]]]:
    rows = []
    for label, model_admin in models():
        by_person = {who: may(model_admin, user) for who, user in people.items()}
        rows += [
            (f"{label}: {what}", [who for who in PEOPLE if by_person[who].get(what)])
            for what in by_person["administrator"]
        ]
    return rows


def acts_rows() -> list[tuple[str, list[str]]]:
    """As tests/claims/test_roles.py tries each of them; an administrator may do all."""
    return [
        (what, [role for role in ROLES if what in acts.MAY[role]] + ["administrator"])
        for what in acts.ACTS
    ]


def api_rows(client) -> list[tuple[str, list[str]]]:
    """Whoever is not told 401 or 403 is let in as far as what they sent, which is nothing."""
    keys = {"without a key": None, "any key": ApiKeyFactory(scopes=[])}
    keys |= {f"with {scope}": ApiKeyFactory(scopes=[scope]) for scope in ApiKey.Scope.values}
    rows = []
    for name, address in ADDRESSES.items():
        let_in = []
        for who, key in keys.items():
            answer = client.post(
                address, "{}", content_type="application/json", **(key.header if key else {})
            )
            if answer.status_code not in (401, 403):
                assert answer.status_code in (400, 422), (address, answer.status_code)
                let_in.append(who)
        rows.append((f"POST {name}", let_in))
    return rows


def written(rows, people) -> str:
    head = f"| | {' | '.join(people)} |\n|---|{'---|' * len(people)}\n"
    lines = (
        f"| {what} | {' | '.join('yes' if who in those else '' for who in people)} |"
        for what, those in rows
    )
    return head + "\n".join(lines) + "\n"


def test_the_table_is_what_the_code_says(people, client):
    keys = ["without a key", "any key", *(f"with {scope}" for scope in ApiKey.Scope.values)]
    text = (
        "# Who may do what\n\nMade by `UPDATE_PERMISSIONS=1 make test"
        ' ARGS="tests/test_permissions.py -n0"`, and held by that test. Roles are in\n'
        "[claims/roles.py](../claims/roles.py); an administrator is a superuser. Who is not signed"
        " in sees what readers see.\n\n"
        f"## Acts on the record\n\n{written(acts_rows(), PEOPLE)}\n"
        "## The desk\n\n`change` is of the fields a page opens; what changes the record's state is"
        f" a step or an act.\n\n{written(desk_rows(people), PEOPLE)}\n"
        "## The API\n\nReading takes no key. No key decides, publishes or changes what is"
        " there.\n\n"
        f"{written(api_rows(client), keys)}"
    )
    if os.environ.get("UPDATE_PERMISSIONS") == "1":
        TABLE.write_text(text, "utf-8")
    assert TABLE.read_text("utf-8") == text


def routes():
    """Every address of the desk but those before it, with rows there are not."""
    found = []
    for pattern in admin.site.get_urls():
        for route, name in below(pattern):
            if not route.startswith(("login/", "logout/", "jsi18n/", "(?P<url>")):
                found.append((name, f"/admin/{route}"))
    return found


def below(pattern, before=""):
    route = before + str(pattern.pattern).lstrip("^")
    if hasattr(pattern, "url_patterns"):
        for inner in pattern.url_patterns:
            yield from below(inner, route)
        return
    route = re.sub(
        r"<(?:\w+:)?(\w+)>", lambda found: str(NO_ROW.get(found[1], 0)), route
    ).removesuffix("$")
    yield route, pattern.name


ROUTES = [route for _name, route in routes() if "(?P<" not in route and not route.endswith("(.*)")]


def test_there_are_as_many_addresses_as_there_are_pages():
    assert len(ROUTES) > 150


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_not_signed_in_is_led_to_the_login_from_every_address(client, method):
    for route in ROUTES:
        answer = getattr(client, method)(route)
        assert answer.status_code == 302, route
        assert answer.url.startswith("/admin/"), route
        assert "/login/" in answer.url or answer.url == f"{route}/", route


# What is everybody's who is signed in: their own account, the first page, their own filters.
OWN = {"/admin/", "/admin/password_change/", "/admin/password_change/done/",
       "/admin/second-factor/", "/admin/sources/savedfilter/", "/admin/search/"}  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_has_no_role_gets_to_nothing_but_what_is_their_own(client, people, method):
    client.force_login(people["without a role"])
    open_to_them = {
        route
        for route in ROUTES
        if route not in OWN and getattr(client, method)(route).status_code < 300
    }
    assert open_to_them == set()


def test_whoever_reads_protected_sources_gets_to_no_page_of_the_record(people):
    reader = people[roles.PROTECTED_SOURCE_READER]
    lists = [route for name, route in routes() if name and name.endswith("_changelist")]
    assert {route for route in lists if opens(route, reader)} == {"/admin/sources/savedfilter/"}


def test_nobody_but_administrators_gets_to_the_accounts(people):
    for route in ("/admin/auth/user/", "/admin/auth/user/add/", "/admin/auth/group/"):
        assert [who for who in PEOPLE if opens(route, people[who])] == ["administrator"]


def test_a_revoked_or_expired_key_writes_nothing(client):
    from datetime import date

    from django.utils import timezone

    expired = ApiKeyFactory(scopes=["propose"], expires_on=date(2020, 1, 1))
    revoked = ApiKeyFactory(scopes=["propose"], revoked_at=timezone.now(), revoked_by=UserFactory())
    for key in (expired, revoked):
        for address in ADDRESSES.values():
            answer = client.post(address, "{}", content_type="application/json", **key.header)
            assert answer.status_code == 401, address
