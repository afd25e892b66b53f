"""A key as it is written: ``constat_<prefix>_<secret>``."""

import hashlib
import re
import secrets
import string
from dataclasses import dataclass, field

SIGN = "constat_"
# By which those who look for secrets that leaked into code know one of ours.
PATTERN = re.compile(r"constat_([a-z0-9]{8})_([A-Za-z0-9]{43})")
LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Written:
    """The prefix is known to the desk and the logs; the secret, of 256 random bits, to nobody."""

    prefix: str
    secret: str = field(repr=False)

    @classmethod
    def new(cls) -> "Written":
        prefix = (secrets.choice(string.ascii_lowercase + string.digits) for _ in range(8))
        secret = (secrets.choice(LETTERS) for _ in range(43))
        return cls("".join(prefix), "".join(secret))

    @classmethod
    def parse(cls, text: str) -> "Written | None":
        """Read one; None where it is none of ours."""
        found = PATTERN.fullmatch(text)
        return found and cls(*found.groups())

    @property
    def text(self) -> str:
        return f"{SIGN}{self.prefix}_{self.secret}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()
