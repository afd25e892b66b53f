"""Who speaks, and the page about them."""

from django.utils import timezone

from claims.models import Speaker
from claims.structured_data.site import CONTEXT, Site
from claims.structured_data.works import known

TYPES = {
    Speaker.Kind.PERSON: "Person",
    Speaker.Kind.ANONYMOUS: "Person",
    Speaker.Kind.ORGANISATION: "Organization",
    Speaker.Kind.DOCUMENT: "CreativeWork",
}


def speaker(row: Speaker, site: Site, titles: list[str]) -> dict:
    """A speaker with the ``titles`` of what they were that day."""
    person = row.kind == Speaker.Kind.PERSON
    unnamed = row.kind == Speaker.Kind.ANONYMOUS
    return known(
        {
            "@type": TYPES[row.kind],
            "@id": f"{site.address(row)}#speaker",
            "name": row.name,
            # Nobody is called "un haut responsable".
            "disambiguatingDescription": unnamed and str(row.get_kind_display()),
            "jobTitle": person and (titles[0] if len(titles) == 1 else titles),
            "sameAs": row.wikidata_id and f"https://www.wikidata.org/wiki/{row.wikidata_id}",
            "mainEntityOfPage": site.address(row),
        }
    )


def speaker_page(row: Speaker, site: Site) -> dict:
    """The page about a speaker, with what they are today.

    Not a ProfilePage: Google's are of people who write on the site themselves.
    """
    today = timezone.localdate()
    titles = [position.title for position in row.positions.all() if position.held_on(today)]
    address = site.address(row)
    page = {"@type": "WebPage", "@id": address, "url": address}
    return CONTEXT | page | {"mainEntity": speaker(row, site, titles)}
