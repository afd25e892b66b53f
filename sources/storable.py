"""What comes from anywhere, as PostgreSQL can hold it."""

import math
import re
from typing import TypeVar

UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # NULs, and halves of characters

T = TypeVar("T")


def storable(value: T) -> T:
    """Text or JSON without what cannot be stored: "\ufffd" stands in its place, None in that of a
    number that is none."""
    match value:
        case str():
            return UNSTORABLE.sub("\ufffd", value)
        case float() if not math.isfinite(value):
            return None
        case list():
            return [storable(item) for item in value]
        case dict():
            return {storable(key): storable(item) for key, item in value.items()}
    return value
