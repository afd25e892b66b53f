"""Which row an address of the public site is about, whichever of its pages that is."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model

from claims.models import Claim, Development, Speaker, Verification
from sources.models import Document

MODELS: dict[str, type[Model]] = {
    "claims": Claim,
    "developments": Development,
    "documents": Document,
    "speakers": Speaker,
    "verifications": Verification,
}
LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
PATH = re.compile(rf"(?:/(?:{LANGUAGES}))?/({'|'.join(MODELS)})/([a-z0-9]+)(?:/|$)")


def place(address: str) -> tuple[type[Model], str] | None:
    """The model and the public id that an address, or a path alone, names; None if it is not one
    of a row. Whose host it is does not matter."""
    try:
        found = PATH.match(urlsplit(address).path)
    except ValueError:
        return None
    return found and (MODELS[found[1]], found[2])
