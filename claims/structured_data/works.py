"""Documents, and corrections of what we published."""

from django.conf import settings
from django.utils import timezone

from claims.models import Correction
from claims.structured_data.site import Site
from sources.models import Document

TYPES = {
    Document.Kind.ARTICLE: "Article",
    Document.Kind.REPORT: "Report",
    Document.Kind.POST: "SocialMediaPosting",
}


def known(told: dict) -> dict:
    """Without what is not known: empty, that is."""
    return {name: value for name, value in told.items() if value}


def moment(when) -> str:
    """A time as ISO 8601, in the newsroom's time zone: so its day is the one the pages show."""
    return timezone.localtime(when).isoformat(timespec="seconds")


def is_of_the_web(url: str | None) -> bool:
    return (url or "").startswith(("http://", "https://"))


def document(row: Document, site: Site, archived_url: str = "") -> dict:
    """A document where it was published, and what we have of it."""
    return known(
        {
            "@type": TYPES.get(row.kind, "CreativeWork"),
            "name": row.title,
            "url": row.url if is_of_the_web(row.url) else "",
            "datePublished": row.published_on and row.published_on.isoformat(),
            "inLanguage": row.language,
            "publisher": row.publisher and {"@type": "Organization", "name": row.publisher.name},
            "archivedAt": archived_url if is_of_the_web(archived_url) else "",
            "mainEntityOfPage": site.address(row),
        }
    )


def correction(row: Correction) -> dict:
    """What was corrected and when."""
    return {
        "@type": "CorrectionComment",
        "text": row.note,
        "datePublished": moment(row.made_at),
        "inLanguage": settings.LANGUAGE_CODE,
    }
