"""What the API answers, for tests."""

from django.urls import reverse

from claims.api.ids import DIGITS


def asked(client, path: str, /, status: int = 200, **parameters) -> dict:
    """The JSON that is answered."""
    answer = client.get(path, parameters)
    assert answer.status_code == status, (path, answer.content)
    return answer.json()


def listed(client, name: str, /, **parameters) -> list[str]:
    """The ids a list answers with."""
    rows = asked(client, reverse(f"api-{name}-list"), **parameters)["results"]
    return [row["id"] for row in rows]


def detail(client, name: str, row, /, status: int = 200, **parameters) -> dict:
    """What is answered of a row, or of an id."""
    name_of = row if isinstance(row, str) else row.public_id
    return asked(client, reverse(f"api-{name}-detail", args=[name_of]), status, **parameters)


def refused(client, name: str, /, **parameters) -> list[str]:
    """The parameters a list refuses."""
    answer = asked(client, reverse(f"api-{name}-list"), 400, **parameters)
    return [error["parameter"] for error in answer["errors"]]


def sentence_id(sentence) -> str:
    snapshot = sentence.snapshot
    return f"{snapshot.document.public_id}-{snapshot.sha256[:DIGITS]}-{sentence.position}"
