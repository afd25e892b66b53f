"""What is asked: the parameters of claims.search, and those that every method of Google's has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from claims.api.factchecktools import page_token
from claims.api.factchecktools.errors import InvalidArgument
from sources.search import LONGEST, Typed

# https://cloud.google.com/apis/docs/system-parameters
SYSTEM = {
    "$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint",
    "quotaUser", "uploadType", "upload_protocol", "$alt", "$fields", "$key", "$prettyPrint",
}  # fmt: skip
OWN = {
    "query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken",
    "offset",
}  # fmt: skip
USUAL, MOST = 10, 100  # claims on a page
FURTHEST = 1000  # an offset
INT32 = re.compile(r"[+-]?\d{1,10}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
SITE = re.compile(r"\s*(?:https?://)?(?:www\.)?([^\s/:?#@]{1,253})(?:[:/?#]\S*)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A search. ``place`` is where the page begins, of a page token; else it is ``offset``.

    ``language`` is without region, ``site`` a host without "www."; "" and 0 where none is given.
    """

    words: Typed
    language: str
    site: str
    days: int
    size: int
    offset: int
    place: list | None

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "Asked":
        """Read the parameters; raises InvalidArgument at the first that does not hold."""
        for name in given:
            if name not in OWN | SYSTEM:
                raise InvalidArgument(name, _unknown(name))
        words = _words(given.get("query", ""))
        site = _site(given.get("reviewPublisherSiteFilter", ""))
        if not words and not site:
            sentence = "Required unless `reviewPublisherSiteFilter` is specified."
            raise InvalidArgument("query", f"`query`: {sentence}")
        days = _number(given, "maxAgeDays")
        size = _number(given, "pageSize")
        offset = _number(given, "offset")
        if offset > FURTHEST:
            sentence = f"`offset` is at most {FURTHEST}: go on with `pageToken`."
            raise InvalidArgument("offset", sentence)
        language = _language(given.get("languageCode", ""))
        kept = {"words": words, "language": language, "site": site, "days": days}
        token = given.get("pageToken", "")
        return cls(
            words=Typed(words),
            language=language,
            site=site,
            days=days,
            size=min(size, MOST) or USUAL,
            offset=0 if token else offset,
            place=page_token.read(token, kept) if token else None,
        )

    def token(self, place: list) -> str:
        """That of the page after ``place``, of the same search."""
        kept = {
            "words": self.words, "language": self.language, "site": self.site, "days": self.days,
        }  # fmt: skip
        return page_token.written(kept, place)


def _unknown(name: str) -> str:
    shown = name[:40]
    return (
        f'Invalid JSON payload received. Unknown name "{shown}": Cannot bind query parameter.'
        f" Field '{shown}' could not be found in request message."
    )


def _words(text: str) -> str:
    """Without signs that nobody types. A program's query is finished: so is its last word."""
    text = "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST]).strip()
    return text and f"{text} "


def _number(given: Mapping[str, str], name: str) -> int:
    """Not negative; 0, which says nothing in Google's protocol, where there is none."""
    text = given.get(name, "") or "0"
    number = int(text) if text.isascii() and INT32.fullmatch(text) else 2**31
    if not -(2**31) <= number < 2**31:
        raise InvalidArgument(name, f"Invalid value at '{name}' (TYPE_INT32), \"{text[:40]}\"")
    if number < 0:
        raise InvalidArgument(name, f"`{name}` must not be negative.")
    return number


def _language(text: str) -> str:
    if not text:
        return ""
    if not LANGUAGE.fullmatch(text):
        sentence = f"`languageCode`: “{text[:40]}” is no BCP-47 language code, such as fr or en-US."
        raise InvalidArgument("languageCode", sentence)
    return re.split("[-_]", text)[0].lower()


def _site(text: str) -> str:
    if not text.strip():
        return ""
    found = SITE.fullmatch(text)
    if not found or not found[1].isprintable():
        sentence = f"`reviewPublisherSiteFilter`: “{text[:40]}” is no site, such as lemonde.fr."
        raise InvalidArgument("reviewPublisherSiteFilter", sentence)
    return found[1].lower()
