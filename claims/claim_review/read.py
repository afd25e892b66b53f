"""ClaimReview in JSON becomes what we keep of a review; what it lacks is told, not guessed.

After schema.org and what fact-checkers really write: names as text, objects or lists of them, the
claim's author in ``itemReviewed``, appearances there, ratings with or without numbers.
https://schema.org/ClaimReview, https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import shorten
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from sources.partial_date import PartialDate
from sources.refused import Refused
from sources.storable import storable

DATE = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\s])")
TYPE = "ClaimReview"
DEPTH = 20
NAMED = 4  # objects deep in a review, as the author of what is reviewed
# Without the semicolon it is a part of an address: ?section=1&copy=2
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
ADDRESS = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Review:
    """What is kept of a review; "" and None for what it does not say."""

    url: str
    publisher: str
    site: str
    claim_reviewed: str
    title: str = ""
    language: str = ""
    published_on: PartialDate | None = None
    author_name: str = ""
    said_on: PartialDate | None = None
    appearances: list[str] = field(default_factory=list)
    rating_text: str = ""
    rating_value: str = ""
    best_rating: str = ""
    worst_rating: str = ""


def reviews_in(value: object) -> Iterator[dict]:
    """Every ClaimReview in JSON-LD, wherever it is nested; what Google's tools answer, too.

    What a review only names, as {"@id": …}, is put there if it is told elsewhere in ``value``.
    """
    nodes = dict(_nodes(value))
    for found in _reviews_in(value):
        yield _whole(found, nodes) if nodes else found


def _nodes(value: object, depth: int = 0) -> Iterator[tuple[str, dict]]:
    """What is told under an id of its own."""
    if depth > DEPTH or not isinstance(value, dict | list):
        return
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) > 1:
        yield value["@id"], value
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _nodes(inner, depth + 1)


def _whole(value: object, nodes: dict[str, dict], depth: int = 0) -> object:
    """With what is only named; not for ever, as things name one another."""
    if depth > NAMED:
        return value
    if isinstance(value, list):
        return [_whole(one, nodes, depth + 1) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"@id"} and isinstance(value["@id"], str):
        value = nodes.get(value["@id"], value)
    return {name: _whole(inner, nodes, depth + 1) for name, inner in value.items()}


def _reviews_in(value: object, depth: int = 0) -> Iterator[dict]:
    if depth > DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _reviews_in(item, depth + 1)
    elif isinstance(value, dict):
        if TYPE in _types(value):
            yield value
        elif isinstance(value.get("claimReview"), list) and "text" in value:
            claim = {name: value[name] for name in value if name != "claimReview"}
            yield from (claim | {"claimReview": [one]} for one in value["claimReview"])
        else:
            for inner in value.values():
                yield from _reviews_in(inner, depth + 1)


def read(found: dict, address: str = "") -> Review:
    """A review as it was found at ``address``; raises Refused if it lacks what it is known by."""
    review = _of_google(found) if "claimReview" in found else _of_schema(found, address)
    if not review.claim_reviewed:
        raise Refused(_("it does not say which claim it reviews (claimReviewed)"))
    if not review.url:
        raise Refused(_("it has no address (url)"))
    if not _is_address(review.url):
        raise Refused(_("“%(url)s” is not a web address") % {"url": review.url[:200]})
    if not review.publisher:
        raise Refused(_("it does not say whose review it is (author)"))
    return review


def _of_schema(found: dict, address: str) -> Review:
    reviewed, rating = _object(found.get("itemReviewed")), _object(found.get("reviewRating"))
    url = _address(found.get("url")) or _address(found.get("mainEntityOfPage")) or address
    return Review(
        url=url,
        publisher=shorten(_publisher(found), 200, placeholder="…"),
        site=_site(url)[:200],
        claim_reviewed=_words(found.get("claimReviewed")) or _words(reviewed.get("text")),
        title=_words(found.get("headline")) or _words(found.get("name")),
        language=_language(found.get("inLanguage")),
        published_on=_date(found.get("datePublished")),
        author_name=shorten(_name(reviewed.get("author")), 300, placeholder="…"),
        said_on=_date(reviewed.get("datePublished")),
        appearances=_appearances(reviewed),
        rating_text=_words(rating.get("alternateName"))
        or _words(rating.get("name"))
        or _words(found.get("reviewRating")),
        rating_value=_words(rating.get("ratingValue"))[:50],
        best_rating=_words(rating.get("bestRating"))[:50],
        worst_rating=_words(rating.get("worstRating"))[:50],
    )


def _of_google(found: dict) -> Review:
    """A claim of https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims
    with one of its reviews."""
    review = _object(found["claimReview"])
    publisher = _object(review.get("publisher"))
    site = _words(publisher.get("site"))
    return Review(
        url=_address(review.get("url")),
        publisher=shorten(_words(publisher.get("name")) or site, 200, placeholder="…"),
        site=site[:200],
        claim_reviewed=_words(found.get("text")),
        title=_words(review.get("title")),
        language=_language(review.get("languageCode")),
        published_on=_date(review.get("reviewDate")),
        author_name=shorten(_words(found.get("claimant")), 300, placeholder="…"),
        said_on=_date(found.get("claimDate")),
        rating_text=_words(review.get("textualRating")),
    )


def _publisher(found: dict) -> str:
    """The organisation that reviews: the author, or the publisher where a person signs."""
    author, publisher = found.get("author"), found.get("publisher")
    if "Person" in _types(_object(author)) and _name(publisher):
        return _name(publisher)
    return _name(author) or _name(publisher)


def _appearances(reviewed: dict) -> list[str]:
    given = [reviewed.get(name) for name in ("appearance", "firstAppearance", "url", "sameAs")]
    found = [
        url
        for value in given
        for one in (value if isinstance(value, list) else [value])
        if (url := _address(one)) and _is_address(url)
    ]
    return list(dict.fromkeys(found))


def _types(value: dict) -> list[str]:
    types = value.get("@type", [])
    types = types if isinstance(types, list) else [types]
    return [str(name).rpartition("/")[2] for name in types]


def _object(value: object) -> dict:
    """The first object there is."""
    if isinstance(value, list):
        return next((one for one in value if isinstance(one, dict)), {})
    return value if isinstance(value, dict) else {}


def _words(value: object) -> str:
    """The first text there is, on one line; pages write entities into JSON too."""
    match value:
        case list():
            return next(filter(None, map(_words, value)), "")
        case dict():
            return _words(value.get("@value"))
        case bool() | None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case str() | int() | float():
            return " ".join(ENTITY.sub(_character, storable(str(value))).split())
    return ""


def _character(entity: re.Match) -> str:
    return storable(html.unescape(entity[0]))


def _name(value: object) -> str:
    """The name of a person or organisation, however it is given."""
    if isinstance(value, list):
        return next(filter(None, map(_name, value)), "")
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _address(value: object) -> str:
    match value:
        case list():
            return next(filter(None, map(_address, value)), "")
        case dict():
            return _address(value.get("url")) or _address(value.get("@id"))
    return _words(value)


def _site(url: str) -> str:
    """Its host, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if _is_address(url) else ""


def _is_address(url: str) -> bool:
    try:
        ADDRESS(url)
    except ValidationError:
        return False
    return len(url) <= 2000


def _language(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return _words(value)[:35]


def _date(value: object) -> PartialDate | None:
    """None for what is no date in ISO: what it says is kept in the JSON."""
    found = DATE.match(_words(value))
    try:
        return found and PartialDate.parse(
            "-".join(part.zfill(2) for part in found.groups() if part)
        )
    except ValueError:
        return None
