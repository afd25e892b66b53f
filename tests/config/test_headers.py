"""What every kind of page tells browsers it may do, and who may use it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.api.headers import DATA
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
PUBLIC = [
    "/", "/en/claims/", "/contact/", "/rien", "/api/v1/", "/api/v1/claims/rien/", "/api/docs/",
    "/api/schema/", "/v1alpha1/claims:search?query=x", "/robots.txt", "/sitemap.xml", "/dumps/x/y",
    "/static/constat.css",
]  # fmt: skip
DOOR = ["/admin/login/", "/en/admin/login/", "/admin/login/forgotten/sent/"]
DESK = ["/admin/", "/admin/claims/claim/", "/en/admin/second-factor/", "/admin/rien/"]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory())
    return client


def policy(answer) -> dict[str, list[str]]:
    """The sources of each directive."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("path", [*PUBLIC, *DOOR, *DESK])
def test_on_every_kind_of_page(editor, path):
    answer = editor.get(path)
    headers = answer.headers
    answer.close()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    own = "/admin/" in path
    assert headers["Cross-Origin-Resource-Policy"] == ("same-origin" if own else "cross-origin")


@pytest.mark.parametrize("path", [path for path in PUBLIC if "/static/" not in path])
def test_no_public_page_runs_a_script_from_elsewhere_or_in_itself(client, path):
    found = policy(client.get(path))
    assert found["default-src"] == ["'none'"]
    assert found.get("script-src", []) == (["'self'"] if path == "/api/docs/" else [])
    assert found["frame-ancestors"] == ["'none'"]
    if not path.startswith(DATA):  # which holds neither forms nor addresses to begin with
        assert found["base-uri"] == ["'none'"]
        assert found["form-action"] == ["'self'"]


@pytest.mark.parametrize("path", DOOR)
def test_where_passwords_are_typed_no_script_runs_at_all(client, path):
    answer = client.get(path)
    found = policy(answer)
    assert found["default-src"] == ["'none'"]
    assert "script-src" not in found
    assert found["style-src"] == ["'self'"]
    page = answer.content.decode()
    assert "<script" not in page
    assert "style=" not in page


@pytest.mark.parametrize("path", DOOR)
def test_nor_is_anything_of_it_kept(client, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", DESK[:3])
def test_at_the_desk_no_script_stands_in_a_page_or_comes_from_elsewhere(editor, path):
    answer = editor.get(path)
    found = policy(answer)
    assert found["default-src"] == ["'none'"]
    strict = "second-factor" in path
    assert found.get("script-src", []) == ([] if strict else ["'self'", "'unsafe-eval'"])
    assert found["frame-ancestors"] == found["base-uri"] == ["'none'"]
    assert "<script>" not in answer.content.decode()


PRODUCTION = """
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS.append("testserver")
plain, safe = Client(), {"secure": True, "headers": {"x-forwarded-proto": "https"}}
redirect = plain.get("/admin/login/")
print(redirect.status_code, redirect.url)
answer = Client(enforce_csrf_checks=True).post("/admin/login/", **safe)
print(answer.headers["Strict-Transport-Security"])
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SECOND_FACTOR)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.DEBUG)
"""


def test_a_public_site_speaks_https_only_and_asks_for_a_second_factor():
    production = {
        "CONSTAT_PRODUCTION": "1",
        "CONSTAT_SECRET_KEY": "ceci-est-une-longue-clef-de-test-qui-ne-protège-rien-0123456789",
        "CONSTAT_HOSTS": "constat.example",
        "CONSTAT_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        cwd=ROOT, env=os.environ | production, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "301 https://testserver/admin/login/",
        "max-age=31536000; includeSubDomains; preload",
        "__Host-sessionid __Host-csrftoken True",
        "True True False",
    ], done.stderr[-2000:]
