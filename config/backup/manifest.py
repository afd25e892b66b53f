"""What a backup says of itself: its files, and what is in them."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from config.backup.contents import Table
from config.backup.failure import Failure

FILE = "manifest.json"
FORM = 1  # of the manifest


@dataclass(frozen=True)
class Manifest:
    """``files``: SHA-256 by path within the backup; ``programs`` and ``server`` are versions."""

    made_at: str
    server: int
    programs: int
    tables: dict[str, Table]
    sequences: dict[str, int]
    files: dict[str, str]
    form: int = FORM

    def write(self, folder: Path) -> None:
        """Into the backup, which is complete with it."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """That of a backup, whose files are what it says of them. Raises Failure."""
    try:
        said = json.loads((folder / FILE).read_text("utf-8"))
        if said["form"] != FORM:
            raise Failure(
                _("“%(folder)s” was made by another version of Constat.") % {"folder": folder}
            )
        manifest = Manifest(**said)
    except (OSError, ValueError, KeyError, TypeError):
        raise Failure(
            _("“%(folder)s” is no backup: %(file)s is missing or cannot be read.")
            % {"folder": folder, "file": FILE}
        ) from None
    tables = {name: Table(*table) for name, table in manifest.tables.items()}
    for path, digest in manifest.files.items():
        if not (folder / path).is_file() or sha256(folder / path) != digest:
            raise Failure(
                _("The file %(file)s of this backup is missing or damaged: nothing was restored.")
                % {"file": path}
            )
    return Manifest(**{**said, "tables": tables})


def sha256(path: Path) -> str:
    """Of the file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
