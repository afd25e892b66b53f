"""A mirror of the record, as a stranger would write it."""

import json

from claims.api.resources import RESOURCES

ORIGIN = "http://testserver"


class Mirror:
    """``rows`` has the document of each row, by resource and id."""

    def __init__(self, client):
        self.client = client
        self.rows = {}
        self.number = 0

    def read(self, limit: int = 1000) -> bool:
        """Take one page in; returns whether there is more."""
        answer = self.client.get(f"/api/v1/changes?since={self.number}&limit={limit}")
        assert answer.status_code == 200, answer.content
        page = json.loads(answer.content)
        for place, entry in enumerate(page["results"], start=self.number + 1):
            assert entry["number"] == place
            row = (entry["resource"], entry["id"])
            if entry["deleted"]:
                self.rows.pop(row, None)
            else:
                self.rows[row] = entry["data"]
                assert entry["data"]["id"] == entry["id"]
        assert page["next"] == self.number + len(page["results"])
        self.number = page["next"]
        return page["more"]

    def catch_up(self, chance) -> None:
        """Take in all there is, in pages of several sizes."""
        while self.read(chance.choice([7, 100, 1000])):
            pass


def record(origin: str = ORIGIN) -> dict:
    """The same of the record itself."""
    return {
        (name, row): json.loads(document)
        for name, resource in RESOURCES.items()
        for row, document in resource.documents(resource.published(), origin)
    }
