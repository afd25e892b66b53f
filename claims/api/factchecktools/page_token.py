"""Page tokens: where the next page begins, signed, and for which request they were given."""

import hashlib
import json

from django.core import signing

from claims.api.factchecktools.errors import InvalidArgument

SIGNER = signing.Signer(salt="factchecktools")


def written(asked: dict, place: list) -> str:
    """The token of the page that begins after ``place``, of what was ``asked``."""
    return SIGNER.sign_object([_digest(asked), place])


def read(token: str, asked: dict) -> list:
    """The place a token holds; raises InvalidArgument where it is not one of ours for this."""
    try:
        digest, place = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise InvalidArgument("pageToken", "Invalid page token.") from None
    if digest != _digest(asked):
        sentence = "The page token was given for other parameters: repeat those it came with."
        raise InvalidArgument("pageToken", sentence)
    return place


def _digest(asked: dict) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]
