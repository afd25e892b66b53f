"""Programs that use the API: one mirrors it, another looks claims up, asks what matches."""

import json
from itertools import count

from locust import task

from benchmarks.users.person import ASKED, Person, Wrong

PAGES, ROWS = 5, 20  # of a list, one after the other; claims of each
_keys = count()


class Client(Person):
    asked = ASKED["api"]
    fixed_count = ASKED["users"]["clients"]
    pause = 0.2, 1

    def on_start(self):
        self.headers["Authorization"] = f"Bearer {self.asked['keys'][next(_keys)]}"
        self.last = 0

    @task(5)
    def lists(self):
        """Some pages of the list: full ones, and no claim is told twice, whatever is added."""
        path, told = f"/api/v1/claims/?limit={ROWS}", set()
        for _page in range(PAGES):

            def page(answer, told=told):
                given = json.loads(answer.text)
                ids = {row["id"] for row in given["results"]}
                if len(ids) < ROWS or ids & told:
                    raise Wrong(f"{ids} after {told}")
                return ids, given["next"]

            if not (found := self.ask("API: list", path, page)):
                return
            told |= found[0]
            path = found[1][found[1].index("/api/") :]
            self.wait()

    @task(10)
    def one(self):
        wanted, words = self.random.choice(self.asked["claims"])

        def claim(answer):
            row = json.loads(answer.text)
            if (row["id"], row["quote"]) != (wanted, words):
                raise Wrong(f"{row['id']} says {row['quote']!r}")

        self.ask("API: a claim", f"/api/v1/claims/{wanted}/", claim)

    @task(4)
    def search(self):
        def some(answer):
            if not json.loads(answer.text)["results"]:
                raise Wrong("nothing is found")

        words = self.random.choice(self.asked["words"])
        self.ask("API: search", "/api/v1/claims/", some, params={"q": words})

    @task(4)
    def match(self):
        """A claim's own words match it, whatever else they match."""
        wanted, words = self.random.choice(self.asked["claims"])

        def matches(answer):
            found = [each["claim"] for each in json.loads(answer.text)["results"]]
            if wanted not in found:
                raise Wrong(f"{wanted} is not among {found}")

        sent = {"text": words[:1000], "checked": False}
        self.ask("API: match", "/api/v1/match", matches, method="POST", json=sent)

    @task(4)
    def changes(self):
        """What was added to the log since."""

        def entries(answer):
            given = json.loads(answer.text)
            numbers = [entry["number"] for entry in given["results"]]
            if sorted(set(numbers)) != numbers or numbers[:1] < [self.last + 1][: len(numbers)]:
                raise Wrong(f"{numbers} after {self.last}")
            return given["next"]

        path = f"/api/v1/changes/?since={self.last}"
        self.last = self.ask("API: changes", path, entries) or self.last
