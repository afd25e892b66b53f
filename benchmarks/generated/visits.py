"""What those who use a made record ask for (benchmarks/users), and what must be in the answers."""

import random
import secrets
from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from benchmarks.generated.questions import searches
from benchmarks.generated.record import SEED, Record
from claims import roles
from claims.api.keys.make import make
from claims.models import ApiKey, Claim, Speaker, Verification
from sources.models import Document

ROWS = 200  # of each kind
FEEDS = ("claims", "verifications", "developments")
# Of the record itself, so that something is found however small it is.
FOUND = ("a rare word", "one of the most common words", "a phrase", "half a sentence", "a name")

Page = tuple[str, str]  # its address below the site, what its heading says


def visits(size: int, clients: int, editors: int) -> dict:
    """All of it, as JSON; the keys and the accounts are made."""
    chosen = random.Random(SEED)
    asked = searches(Record(size), SEED)
    claims = _some(Claim.objects.published(), chosen)
    chief = _account("chief", roles.CHIEF)
    return {
        "pages": _pages(asked, claims, chosen),
        "api": {
            "keys": [
                make(ApiKey(name=f"{n}", contact="a@b.example", scopes=["match"]), chief)
                for n in range(clients)
            ],
            "claims": [(claim.public_id, claim.quote) for claim in claims],
            "words": [each["q"] for kind in FOUND[:2] for each in asked[kind]],
        },
        "editors": [_editor(f"redaction-{number}") for number in range(editors)],
    }


def _pages(asked: dict, claims: list[Claim], chosen: random.Random) -> dict[str, list[Page]]:
    """The public pages by kind."""
    published = Claim.objects.published()
    checked = _some(published.filter(verifications__status="published"), chosen)
    moved = _some(published.filter(effects__status="accepted"), chosen)
    verifications = _some(Verification.objects.published(), chosen)
    speakers = _some(Speaker.objects.published(), chosen)
    documents = Document.objects.filter(snapshots__sentences__claims__in=claims).distinct()
    pictures = [f"{row.get_absolute_url()}image.png" for row in [*claims[:50], *verifications[:50]]]
    feeds = [f"/feeds/{name}.atom" for name in FEEDS]
    feeds += [f"{speaker.get_absolute_url()}feed.atom" for speaker in speakers[:20]]
    return {
        "home": _silent(["/"]),
        "claim": _headed(claims, "text"),
        "claim, followed through": _headed([*checked, *moved], "text"),
        "verification": _headed(verifications, "summary"),
        "speaker": _headed(speakers, "name"),
        "document": _headed(documents, "title"),
        "claims, by page": _silent(f"/claims/?page={number}" for number in range(1, 6)),
        "search": _silent(_search(each) for kind in FOUND for each in asked[kind]),
        "search, misspelt": _silent(_search(each) for each in asked["a slip"]),
        "developments": _silent(["/developments/"]),
        "image": _silent(pictures),
        "Atom": _silent(feeds),
    }


def _some(rows: QuerySet, chosen: random.Random) -> list:
    """Some drawn from all of them."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return list(rows.filter(pk__in=chosen.sample(keys, min(ROWS, len(keys)))))


def _headed(rows: Iterable, words: str) -> list[Page]:
    return [(row.get_absolute_url(), getattr(row, words)) for row in rows]


def _silent(paths: Iterable[str]) -> list[Page]:
    return [(path, "") for path in paths]


def _search(asked: dict[str, str]) -> str:
    return f"/claims/?{urlencode(asked)}"


def _account(name: str, role: str, password: str | None = None) -> User:
    account = User.objects.create_user(name, password=password, is_staff=True)
    account.groups.add(Group.objects.get(name=role))
    return account


def _editor(name: str) -> dict[str, str]:
    """An editor with a device that makes their codes."""
    password = secrets.token_urlsafe(12)
    account = _account(name, roles.EDITOR, password)
    device = TOTPDevice.objects.create(user=account, confirmed=True, name="TOTP")
    return {"name": name, "password": password, "key": device.key}
