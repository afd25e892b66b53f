"""Compare words without case, accents and endings."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Without case, accents and typographic apostrophes."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in text if not unicodedata.combining(c))


def stem(word: str) -> str:
    """A word without its feminine and plural endings, to compare modifiers."""
    word = fold(word)
    for ending in ("iennes", "ienne", "iens", "ien"):
        if word.endswith(ending):
            return word[: -len(ending)] + "ien"
    for ending in ("aises", "aise", "ais", "oises", "oise", "ois"):
        if word.endswith(ending):
            return word[: -len(ending)] + ending[:3]
    return word.rstrip("s").removesuffix("e") if len(word) > 4 else word
