"""Signing in with a drawing and a code, and the desk within its policy, in a real browser."""

from base64 import b32decode

import pytest
from django_otp.oath import totp

from tests.browser.conftest import wait_for_the_server
from tests.claims.accounts.signing_in import PASSWORD, account

PAGES = [
    "/admin/", "/admin/claims/claim/", "/admin/claims/claim/inbox/", "/admin/claims/verification/",
    "/admin/claims/forecast/due/", "/admin/sources/submission/add/", "/admin/second-factor/",
    "/admin/password_change/",
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_an_editor_sets_up_the_second_factor_and_works_within_the_policy(
    browser, live_server, settings
):
    settings.SECOND_FACTOR = True
    user = account()
    size = {"width": 390, "height": 800}
    with browser.new_page(base_url=live_server.url, locale="fr-FR", viewport=size) as page:
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/admin/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.click("summary")
        key = page.inner_text("details code").replace(" ", "").upper()
        code = totp(b32decode(key + "=" * (-len(key) % 8)))
        page.fill("[name=code]", f"{code:06}")
        page.click("main button")
        assert page.locator(".codes li").count() == 10
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.click("a.button")
        for path in PAGES:
            assert page.goto(path).status == 200
            page.wait_for_load_state("networkidle")
            assert page.url.endswith(path)
        assert not [text for text in said if "Content Security Policy" in text]
        assert all(url.startswith((live_server.url, "data:")) for url in asked)
    wait_for_the_server()
