"""Examples: rows of the record that every installation begins with (seeds/)."""

import json
from pathlib import Path

EXAMPLES: dict[str, dict] = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
ORIGIN = "https://constat.example"

# Of parameters that are no ids, no choices and no dates.
WORDS = {
    "as_of": "2026-11-23",
    "q": "délégation américaine",
    "standing": "mostly-true",
    "rating": "mostly-true",
    "language": "fr",
    "url": "https://fr.africanews.com/2025/12/04/exemple/",
    "wikidata_id": "Q7747",
    "name": "Le Monde",
    "site": "lemonde.fr",
    "scale": 1,
    "value": "mostly-true",
}


def of_parameter(name: str, schema: dict) -> object | None:
    """A value for a parameter of the query; None where none is needed."""
    if name in WORDS:
        return WORDS[name]
    if resource := {"links_to": "claims"}.get(name) or (f"{name}s" in EXAMPLES and f"{name}s"):
        found = EXAMPLES[resource]["id"]
        return [found] if schema.get("type") == "array" else found
    if schema.get("format") == "date-time":
        return "2026-11-22T17:30:00Z"
    return "2025-12-03" if schema.get("format") in ("date", "partial-date") else None


def page(resource: str) -> dict:
    """A list of one row, with what may be asked for beside it."""
    row = EXAMPLES[resource]
    return {
        "results": [row],
        "next": f"{ORIGIN}/api/v1/{resource}/?limit=1&cursor=W2ZhbHNlLDEyXQ",
        "previous": None,
        "total": {"rows": 13, "more": False},
    }
