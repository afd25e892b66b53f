"""The dumps that are made every night, and kept for some."""

import json
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from claims.sync.dump import DESCRIPTION, dump
from claims.sync.files import FORMATS

FOLDER = settings.DATA_DIR / "dumps"
NAME = re.compile(r"\d{8}T\d{6}Z")
DRAFT = re.compile(rf"\.*{NAME.pattern}")  # also of what is not whole, or no longer


def make(now: datetime) -> None:
    """Make one, and forget the oldest; none where none is to be kept."""
    if not settings.DUMPS_KEPT:
        return
    try:
        dump(FOLDER / now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"), FORMATS)
    except FileNotFoundError:
        return  # All were forgotten meanwhile, and who did that has another made.
    for old in there()[settings.DUMPS_KEPT :]:
        # Away at once: while its files go, nobody finds a part of it.
        shutil.rmtree((FOLDER / old).rename(FOLDER / f".{old}"))


def forget_all() -> None:
    """Also what is being written: whoever writes it finds it gone."""
    for each in [*FOLDER.iterdir()] if FOLDER.exists() else ():
        if DRAFT.match(each.name):
            # Away at once: nothing is written into it any more, nor does it appear.
            with suppress(FileNotFoundError):
                shutil.rmtree(each.rename(FOLDER / f".{each.name}"), ignore_errors=True)


def there() -> list[str]:
    """The names of those that are there, the latest first."""
    found = FOLDER.iterdir() if FOLDER.exists() else ()
    return sorted((each.name for each in found if NAME.fullmatch(each.name)), reverse=True)


def described(name: str) -> dict:
    """The description of one."""
    return json.loads((FOLDER / name / DESCRIPTION).read_text("utf-8"))


def file_of(name: str, file: str) -> Path | None:
    """A file of a dump that is there; None if there is none of that name."""
    if name not in there():
        return None
    known = {DESCRIPTION, *(resource["path"] for resource in described(name)["resources"])}
    return FOLDER / name / file if file in known else None
