"""Atom (RFC 4287, paged as in RFC 5005) as Django writes it, with what our feeds say besides."""

import re

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from claims.licence import LICENCE

# What XML 1.0 has no place for, escaped or not.
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Writer(SimplerXMLGenerator):
    """Leaves out the characters that XML cannot hold."""

    def characters(self, content):
        super().characters(UNFIT.sub("", content))

    def startElement(self, name, attrs):  # noqa: N802  as SAX calls it
        super().startElement(name, {key: UNFIT.sub("", str(attrs[key])) for key in attrs})


class AtomFeed(Atom1Feed):
    """Takes of a feed, besides, the addresses ``first``, ``next`` (or none), ``icon`` and
    ``terms``, the page that explains its categories; and ``empty_since``, when it changed if
    nothing is in it. Of an item it takes the ``entry``, and its description for content, in HTML.
    """

    def write(self, outfile, encoding):
        handler = Writer(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self):
        """When it last changed: never, rather than now, where there is nothing in it yet."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["empty_since"])

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation in ("first", "next"):
            if self.feed[relation]:
                _link(handler, relation, self.feed[relation], "application/atom+xml")
        _link(handler, "license", LICENCE)
        handler.addQuickElement("generator", "Constat")
        handler.addQuickElement("icon", self.feed["icon"])
        handler.addQuickElement("logo", self.feed["icon"])

    def add_item_elements(self, handler, item):
        entry = item["entry"]
        handler.addQuickElement("id", entry.id)
        handler.addQuickElement("title", entry.title, {"xml:lang": entry.language})
        _link(handler, "alternate", item["link"], "text/html", self.feed["language"])
        if entry.via:
            _link(handler, "via", entry.via)
        handler.addQuickElement("published", rfc3339_date(entry.published))
        handler.addQuickElement("updated", rfc3339_date(entry.updated))
        handler.startElement("author", {})
        handler.addQuickElement("name", item["author_name"])
        handler.endElement("author")
        for label in entry.labels:
            scheme = f"{self.feed['terms']}#{label.scheme}"
            said = {"scheme": scheme, "term": label.term, "label": label.label}
            handler.addQuickElement("category", "", said)
        handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", item["description"].strip(), {"type": "html"})


def _link(handler: Writer, relation: str, address: str, media_type: str = "", language: str = ""):
    said = {"rel": relation, "href": address, "type": media_type, "hreflang": language}
    handler.addQuickElement("link", "", {name: value for name, value in said.items() if value})
