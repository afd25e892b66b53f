"""A corpus in parts: some documents of a file, and how far it is gone through after them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from claims.corpus.mark import place
from claims.models import CorpusFile
from sources.batches.items import Given, Item, Refusal
from sources.batches.names import shown
from sources.corpora.read import Reader
from sources.corpora.step import Place
from sources.refused import Refused

DOCUMENTS = 128  # of a part
BYTES = 4_000_000  # or fewer, if they are larger than this together


@dataclass
class Part:
    """What stands in a file between two places; ``last`` if nothing comes after."""

    mark: CorpusFile
    before: Place
    after: Place
    items: list[Item] = field(default_factory=list)
    last: bool = False


def parts(mark: CorpusFile, path: Path, read: Reader) -> Iterator[Part]:
    """The parts of a file after what its mark says, one in memory at a time.

    Raises OSError after what could be read: the rest is another time's.
    """
    part = Part(mark, place(mark), place(mark))
    size = 0
    name = shown(str(path))
    try:
        for step in read(path, name, part.before):
            part.items.append(step.item)
            part.after = step.after
            size += len(step.item.original) if isinstance(step.item, Given) else 0
            if len(part.items) >= DOCUMENTS or size >= BYTES:
                yield part
                part, size = Part(mark, part.after, part.after), 0
        if not part.items and part.after == Place():
            part.items.append(Refusal(name, _("there is no document in it")))
    except Refused as reason:
        part.items.append(Refusal(name, str(reason)))
    except OSError:
        yield part
        raise
    yield replace(part, last=True)
