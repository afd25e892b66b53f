"""Where words come from."""

from sources.models.document import Document
from sources.models.entry import Entry
from sources.models.feed import Feed, Polling
from sources.models.fetch import Fetch
from sources.models.publisher import Publisher
from sources.models.redaction import RedactedText, Redaction
from sources.models.saved_filter import SavedFilter
from sources.models.sentence import Sentence
from sources.models.site import Site
from sources.models.snapshot import Snapshot
from sources.models.submission import Submission, SubmittedItem
from sources.models.word import Word

__all__ = [
    "Document",
    "Entry",
    "Feed",
    "Fetch",
    "Polling",
    "Publisher",
    "RedactedText",
    "Redaction",
    "SavedFilter",
    "Sentence",
    "Site",
    "Snapshot",
    "Submission",
    "SubmittedItem",
    "Word",
]
