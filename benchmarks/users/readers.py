"""Who reads the public pages: comes from somewhere, goes on to the next, comes back."""

import re
from xml.etree import ElementTree

from locust import task

from benchmarks.users.person import ASKED, Person, Wrong, plain, whole_page

PNG, END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
ATOM = "{http://www.w3.org/2005/Atom}"
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
CLAIM = re.compile(r'href="/claims/[a-z0-9]+/"')
STYLE = re.compile(r'rel="stylesheet"\s+href="([^"]+)"')


class Reader(Person):
    pages = ASKED["pages"]
    fixed_count = ASKED["users"]["readers"]
    pause = 1, 5

    def on_start(self):
        self.seen = {}
        page = self.ask("home", "/", whole_page)
        for path in set(STYLE.findall(page or "")):
            self.ask("style sheet", path, _styles)

    def look_at(self, kind: str, check) -> None:
        """One of the pages of that kind; of those seen before, whether it is another by now."""
        path, words = self.random.choice(self.pages[kind])
        known = self.seen.get(path) if self.random.random() < 0.5 else None

        def seen(answer):
            if answer.status_code == 304:
                if answer.content:
                    raise Wrong("304 with a body")
                return
            check(answer, words)
            self.seen[path] = answer.headers["ETag"]

        asked = {"status": (200, 304), "headers": {"If-None-Match": known}} if known else {}
        self.ask(f"{kind}, seen before" if known else kind, path, seen, **asked)

    @task(8)
    def home(self):
        self.look_at("home", _lists_claims)

    @task(25)
    def claim(self):
        self.look_at("claim", _says)

    @task(10)
    def timeline(self):
        self.look_at("claim, followed through", _says)

    @task(12)
    def verification(self):
        self.look_at("verification", _says)

    @task(8)
    def speaker(self):
        self.look_at("speaker", _says)

    @task(4)
    def document(self):
        self.look_at("document", _says)

    @task(5)
    def latest(self):
        self.look_at("claims, by page", _lists_claims)

    @task(12)
    def search(self):
        self.look_at("search", _lists_claims)

    @task(4)
    def misspelt(self):
        self.look_at("search, misspelt", _answers)

    @task(3)
    def developments(self):
        self.look_at("developments", _answers)

    @task(5)
    def image(self):
        self.look_at("image", _is_picture)

    @task(4)
    def feed(self):
        self.look_at("Atom", _is_feed)


def _says(answer, words: str) -> None:
    """The heading has the words."""
    heading = HEADING.search(whole_page(answer))
    if not heading or plain(words) not in plain(heading[1]):
        raise Wrong(f"{words!r} is not in {heading and heading[1]!r}")


def _lists_claims(answer, words: str) -> None:
    if not CLAIM.search(whole_page(answer)):
        raise Wrong("no claim is listed")


def _answers(answer, words: str) -> None:
    if not HEADING.search(whole_page(answer)):
        raise Wrong("there is no heading")


def _is_picture(answer, words: str) -> None:
    if not (answer.content.startswith(PNG) and answer.content.endswith(END)):
        raise Wrong("no whole picture")


def _is_feed(answer, words: str) -> None:
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    if not entries or any(entry.find(f"{ATOM}updated") is None for entry in entries):
        raise Wrong("entries are missing, or when they were changed")


def _styles(answer) -> None:
    if "{" not in answer.text:
        raise Wrong("no styles")
