"""What opens something is told to no log and on no error page."""

import io
import logging

import pytest
from django.conf import settings as live
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from claims.accounts.sign_in import Password
from config.hidden import WithoutSecrets, without_secrets

SECRET = "zsecretz9X"
TOLD = [
    f"constat_ab12cd34_{SECRET}",
    f"Authorization: Bearer {SECRET}",
    f"GET /v1alpha1/claims:search?query=x&key={SECRET} 500",
    f"whsec_{SECRET}",
    f"otpauth://totp/Constat:camille?secret={SECRET}&digits=6",
    f"sessionid={SECRET}; csrftoken={SECRET}",
    f"__Host-sessionid={SECRET}",
    f"postgresql://constat:{SECRET}@db.internal:5432/constat",
    f"{{'password': '{SECRET}', 'code': '{SECRET}'}}",
    f"password={SECRET}",
    f"/admin/login/new/MQ/{SECRET}/",
    f'"csrfmiddlewaretoken": "{SECRET}"',
]
KEPT = [
    "La maire a promis deux écoles.",
    "GET /claims/k7m2p9x3qd/ 404",
    "constat_ab12cd34",
    "https://journal.example/a:b?page=2",
]


def logged(*arguments, exc_info=None) -> str:
    """As the console shows it, with every filter that settings.py puts before it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutSecrets())
    logger = logging.Logger("essai")
    logger.addHandler(handler)
    logger.error(*arguments, exc_info=exc_info)
    return stream.getvalue()


@pytest.mark.parametrize("text", TOLD)
def test_a_secret_is_not_logged(text):
    for said in (logged(text), logged("%s", text), without_secrets(text)):
        assert SECRET not in said


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_secret_is_logged_as_it_is(text):
    assert logged(text) == f"{text}\n"


@pytest.mark.parametrize("text", TOLD)
def test_nor_with_the_trace_of_an_error(text):
    try:
        raise ValueError(text)
    except ValueError as error:
        said = logged("Internal Server Error", exc_info=error)
    assert "ValueError" in said
    assert SECRET not in said


def test_everything_that_is_logged_goes_through_it():
    assert all("secrets" in handler["filters"] for handler in live.LOGGING["handlers"].values())


def test_an_error_page_tells_no_secret(settings):
    settings.CDN_PURGE_HEADER = settings.EMAIL_HOST_PASSWORD = settings.SECRET_KEY = SECRET
    settings.DATABASES["default"]["PASSWORD"] = SECRET
    request = RequestFactory().post(
        "/admin/login/",
        {"username": "camille", "password": SECRET, "code": SECRET},
        headers={"authorization": f"Bearer {SECRET}", "cookie": f"sessionid={SECRET}"},
    )
    request._dont_enforce_csrf_checks = True
    with pytest.raises(RuntimeError, match="Database access") as failure:
        Password.as_view()(request)  # It fails amid what was typed, as no table may be asked.
    error = failure.value
    reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    pages = reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "camille" in pages
    assert SECRET not in pages
