"""A claim, and the page about it."""

from datetime import date

from django.conf import settings
from django.template.defaultfilters import capfirst

from claims.licence import LICENCE
from claims.models import Claim, Speaker, Standing
from claims.structured_data.site import CONTEXT, Site, organisation
from claims.structured_data.speaker import speaker
from claims.structured_data.works import correction, document, known, moment
from sources.models import Document


def claim(row: Claim, site: Site) -> dict:
    """What was claimed, by whom, when it entered the public discourse, and where it is reported."""
    reports = _reports(row)
    dated = row.said_on or reports[0].published_on
    works = [document(report, site) for report in reports]
    return known(
        {
            "@type": "Claim",
            "@id": f"{site.address(row)}#claim",
            "url": site.address(row),
            "text": words(row),
            "description": row.in_law,
            "inLanguage": settings.LANGUAGE_CODE if row.wording else row.document.language,
            "datePublished": dated and dated.isoformat(),
            "firstAppearance": works[0],
            "appearance": works,
        }
    ) | _source(row, site)


def claim_page(row: Claim, site: Site) -> dict:
    """The page of a claim. Its verification is only pointed at: a review is told on one page."""
    address, finding = site.address(row), None
    if row.standing.basis != Standing.Basis.WITHDRAWAL:
        finding = row.standing.verification
    if finding:
        page = site.address(finding)
        finding = {"@type": "WebPage", "@id": page, "url": page, "name": finding.summary}
    corrections = row.corrections.all()
    changes = [row.decided_at, *(one.made_at for one in corrections)]
    return CONTEXT | known(
        {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "license": LICENCE,
            "publisher": organisation(site),
            "datePublished": moment(row.decided_at),
            "dateModified": moment(max(changes)),
            "correction": [correction(one) for one in corrections],
            "mainEntity": claim(row, site) | known({"subjectOf": finding}),
        }
    )


def words(row: Claim) -> str:
    """The claim as the pages show it."""
    return capfirst(row.text)


def _reports(row: Claim) -> list[Document]:
    """The documents that report it, as far as they are shown, the earliest first; a vague date
    counts as its last day."""
    others = [appearance.sentence.snapshot.document for appearance in row.shown_appearances]
    reports = dict.fromkeys([row.document, *others])
    return sorted(reports, key=_published)


def _published(report: Document) -> date:
    return report.published_on.last if report.published_on else date.max


def _source(row: Claim, site: Site) -> dict:
    """Whose words they are: a speaker's, the document's own, or not established."""
    if row.narrated:
        publisher = row.document.publisher
        return known({"author": publisher and {"@type": "Organization", "name": publisher.name}})
    if not row.speaker:
        return {}
    position = row.position
    source = speaker(row.speaker, site, [position.title] if position else [])
    # Only people and organisations are authors; words of a document are a part of it.
    return {"isPartOf" if row.speaker.kind == Speaker.Kind.DOCUMENT else "author": source}
