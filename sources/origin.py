"""What is known of a text besides its words."""

from dataclasses import dataclass, fields
from datetime import date
from textwrap import shorten

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils.translation import gettext as _

from sources.models import Document, Publisher
from sources.partial_date import PartialDate
from sources.readers.page import Page
from sources.refused import Refused


@dataclass(frozen=True)
class Origin:
    """What is known of a text besides its words."""

    published_on: PartialDate | None = None
    publisher: str = ""
    url: str | None = None
    title: str = ""
    language: str = ""
    byline: str = ""
    kind: str = ""

    @classmethod
    def of(cls, page: Page, today: date) -> "Origin":
        """What a page says of itself; what cannot be, or cannot be kept, is left out."""
        published_on = page.published_on
        return cls(
            PartialDate.day(published_on) if published_on and published_on <= today else None,
            page.publisher if len(page.publisher) <= _longest(Publisher, "name") else "",
            page.canonical_url if _is_address(page.canonical_url) else None,
            shorten(page.title, _longest(Document, "title"), placeholder="…"),
            page.language,
            shorten(page.byline, _longest(Document, "byline"), placeholder="…"),
        )

    def or_else(self, other: "Origin") -> "Origin":
        """This, and where it says nothing what ``other`` says."""
        return Origin(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(Origin)))

    def check(self, today: date) -> None:
        """Raise Refused if the date lies after ``today`` or the address is not one."""
        if self.published_on and self.published_on.first > today:
            raise Refused(
                _("the publication date %(date)s is in the future") % {"date": self.published_on}
            )
        for name, words, limit in (
            (_("publisher"), self.publisher, _longest(Publisher, "name")),
            (_("title"), self.title, _longest(Document, "title")),
            (_("byline"), self.byline, _longest(Document, "byline")),
            (_("address"), self.url or "", _longest(Document, "url")),
        ):
            if len(words) > limit:
                raise Refused(
                    _("the %(name)s is longer than %(limit)d characters")
                    % {"name": name, "limit": limit}
                )
        if self.url and not _is_address(self.url):
            raise Refused(_("“%(url)s” is not a web address") % {"url": self.url})


def _longest(model: type[Model], field: str) -> int:
    return model._meta.get_field(field).max_length


def _is_address(url: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return False
    return len(url) <= _longest(Document, "url")
