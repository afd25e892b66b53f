"""A real browser, alone or signed in at the desk."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from claims import roles
from tests.factories import UserFactory
from tests.worker import work

CHROMIUM = Path("/usr/bin/chromium")
AT_WORK = """
SELECT 1 FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
   AND backend_type = 'client backend'
"""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
            )


@pytest.fixture(scope="package")
def browser():
    """Debian's Chromium, in place of the plugin's; one for all files here that a process runs.

    Playwright runs an event loop, beside which Django refuses to query unless told otherwise;
    here both end with the package, so that no other test notices.
    """
    quiet = ["--disable-quic", "--disable-background-networking", "--disable-component-update"]
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        arguments = ["--no-sandbox", "--disable-gpu", *quiet]
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)


@pytest.fixture
def page(browser):
    with browser.new_page() as page:
        yield page


@pytest.fixture
def desk(browser, live_server):
    """``desk(user)``: a page signed in as them, by default as a new editor; ``desk().goto("/…")``
    starts at the server's root.

    Some pages ask again and again: at the end they are silenced, and what is under way waited for.
    """
    opened = []

    def sign_in(user=None, **options):
        client = Client()
        client.force_login(user or UserFactory(role=roles.EDITOR))
        size = {"width": 1280, "height": 800}
        options = {"base_url": live_server.url, "viewport": size, "locale": "fr-FR"} | options
        context = browser.new_context(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        page, under_way = context.new_page(), set()
        page.on("request", lambda request: under_way.add(request))
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda request: under_way.discard(request))
        opened.append((page, under_way))
        return page

    yield sign_in
    for page, _under_way in opened:
        page.route("**/*", lambda route: route.abort())
    for page, under_way in opened:
        while under_way:
            page.wait_for_timeout(20)
        page.context.close()
    wait_for_the_server()


def wait_for_the_server():
    """What a page waits for no longer may still be at work; beside it no table is emptied."""
    with connection.cursor() as cursor:
        for _attempt in range(200):
            cursor.execute(AT_WORK)
            if not cursor.fetchone():
                return
            time.sleep(0.05)


@pytest.fixture
def work_beside():
    """Does what waits in the queue, in a thread of its own: the browser's loop runs in this one."""

    def run():
        with ThreadPoolExecutor(1) as worker:
            worker.submit(work).result()

    return run
