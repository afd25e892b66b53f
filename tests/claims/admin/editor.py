"""What the page of a verification sends: each change by itself, with the mark of what it shows."""

from django.urls import reverse

from sources import versions
from tests.claims.admin.forms import address


def screen(verification, name, *which) -> str:
    return reverse(f"admin:claims_verification_{name}", args=[verification.pk, *which])


def mark_of(client, verification) -> str:
    return client.get(address(verification)).context["mark"]


def change(client, verification, name, *which, mark=None, **values):
    """Send one of its forms as the page is now, or as it was at ``mark``."""
    if mark is None:
        mark = versions.latest(verification)
    return client.post(screen(verification, name, *which), {"mark": mark, **values})


def save(client, verification, mark=None, **fields):
    """Type into fields: those of a piece of evidence as ``{"evidence.3.note": "…"}``."""
    return change(client, verification, "save", mark=mark, **fields)


def step(client, verification, name, mark=None, **values):
    """Press one of the buttons that take it a step further."""
    return change(client, verification, "step", mark=mark, step=name, **values)


def buttons(client, verification) -> list[str]:
    """The steps the page offers."""
    return [step.name for step in client.get(address(verification)).context["steps"]]


def missing(client, verification) -> list[str]:
    """What the page says is still missing."""
    return [lack.sentence for lack in client.get(address(verification)).context["lacks"]]
