"""The site itself, and addresses on it."""

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from claims.licence import LICENCE
from claims.origin import origin

CONTEXT = {"@context": "https://schema.org"}
NAME = "Constat"
LOGO = "constat.png"


@dataclass(frozen=True)
class Site:
    """The site at ``origin``: "https://constat.example"."""

    origin: str

    @classmethod
    def of(cls, request) -> "Site":
        """The one a request was made to."""
        return cls(origin(request))

    def address(self, of) -> str:
        """The permanent address of a row, or of a page by its name."""
        with translation.override(settings.LANGUAGE_CODE):
            return self.origin + (reverse(of) if isinstance(of, str) else of.get_absolute_url())


def organisation(site: Site) -> dict:
    """Who publishes all this."""
    home = site.address("home")
    return {
        "@type": "Organization",
        "@id": f"{home}#organization",
        "name": NAME,
        "url": home,
        "logo": {"@type": "ImageObject", "url": site.origin + static(LOGO)},
    }


def home_page(site: Site) -> dict:
    """The site with its search, and who publishes it."""
    home, publisher = site.address("home"), organisation(site)
    website = {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "name": NAME,
        "url": home,
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "license": LICENCE,
        "publisher": {"@id": publisher["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site.address('claims')}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return CONTEXT | {"@graph": [website, publisher]}
