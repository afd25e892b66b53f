"""One who asks, waits for the answer, and looks whether it is right."""

import html
import json
import os
import random
import re
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from pathlib import Path

from locust.contrib.fasthttp import FastHttpUser

ASKED = json.loads(Path(os.environ["ASKED"]).read_text("utf-8"))
SHOWN = 300  # of an answer that is wrong
_numbers = count(1)


class Wrong(Exception):
    """The answer is not what was asked for; says why."""


class Person(FastHttpUser):
    """Asks as through a proxy that speaks HTTPS, from an address of their own."""

    abstract = True
    network_timeout = connection_timeout = 30
    pause = 1, 3  # seconds

    def __init__(self, environment):
        super().__init__(environment)
        number = next(_numbers)
        self.random = random.Random(number)
        # Cookies for HTTPS only, which is spoken as far as the proxy that is not there.
        policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.client.cookiejar.set_policy(policy)
        self.headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"198.51.{number // 250}.{1 + number % 250}",
            "Accept-Encoding": "gzip",
        }

    def wait_time(self) -> float:
        return self.random.uniform(*self.pause)

    def ask(
        self,
        kind: str,
        path: str,
        check: Callable | None = None,
        *,
        method: str = "GET",
        status: tuple[int, ...] = (200,),
        headers: dict | None = None,
        **sent,
    ):
        """What ``check`` finds in the answer, counted under ``kind``; None where it is wrong."""
        sent["headers"] = self.headers | (headers or {})
        with self.client.request(method, path, name=kind, catch_response=True, **sent) as answer:
            try:
                if answer.status_code not in status:
                    raise Wrong(
                        f"{answer.status_code} {answer.error or (answer.text or '')[:SHOWN]}"
                    )
                found = check(answer) if check else answer
            except (Wrong, ValueError, LookupError, SyntaxError) as error:
                answer.failure(f"{method} {path}: {error!r}")
                return None
            answer.success()
            return found


def plain(text: str) -> str:
    """Its letters and digits alone: pages set signs and spaces as French wants them."""
    return "".join(filter(str.isalnum, html.unescape(re.sub(r"<[^>]*>", "", text)))).lower()


def whole_page(answer) -> str:
    """The page, if it came to its end."""
    if not answer.text.rstrip().endswith("</html>"):
        raise Wrong(f"the page ends with {answer.text[-50:]!r}")
    return answer.text
