"""Who bears the names that claims are attributed to; whom nobody knows is added.

"No match" and "many matches" differ: a name nobody bears becomes a new speaker, a name several
bear is left for an editor to decide. Whoever asks holds RECORDING, one at a time: so nobody else
adds the same speaker meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from claims.extraction import Candidate
from claims.models import Speaker
from sources.insert import insert
from sources.models import Document

ANONYMOUS = Speaker.Kind.ANONYMOUS

BEARERS = """
SELECT asked.name, speaker.id FROM unnest(%(names)s::text[]) AS asked(name)
  JOIN claims_speaker speaker ON upper(speaker.name) = upper(asked.name)
UNION
SELECT asked.name, alias.speaker_id FROM unnest(%(names)s::text[]) AS asked(name)
  JOIN claims_alias alias ON upper(alias.name) = upper(asked.name)
"""


class Bearers:
    """The speakers of some candidates, each with the document it is from: a few queries in all."""

    def __init__(self, candidates: Iterable[tuple[Document, Candidate]]) -> None:
        named, unnamed = {}, {}
        for document, candidate in candidates:
            for name in candidate.names:
                if candidate.speaker_kind == ANONYMOUS:
                    unnamed[document.pk, name] = document
                else:
                    named.setdefault(name, candidate.speaker_kind)
        self._named = _named(named)
        self._unnamed = _unnamed(unnamed)

    def __call__(self, document: Document, candidate: Candidate) -> list[Speaker]:
        """Every speaker the claim may belong to; empty where the text names nobody."""
        if candidate.speaker_kind == ANONYMOUS:
            return [self._unnamed[document.pk, name] for name in candidate.names]
        possible = (speaker for name in candidate.names for speaker in self._named[name])
        return list(dict.fromkeys(possible))


def meant_by(name: str, kind: str, document: Document) -> list[Speaker]:
    """Every speaker that somebody who typed a name may mean; one nobody bears is a new one's.

    An unnamed source is that of the document.
    """
    if kind == ANONYMOUS:
        return list(_unnamed({(document.pk, name): document}).values())
    return list(dict.fromkeys(_named({name: kind})[name]))


def _named(kinds: dict[str, str]) -> dict[str, list[Speaker]]:
    """The bearers of each name; a name nobody bears is that of a new one of its kind."""
    bearers = bearers_of(list(kinds))
    new = {}
    for name in kinds:
        if name not in bearers:
            bearers[name] = [new.setdefault(name.upper(), Speaker(kind=kinds[name], name=name))]
    insert(Speaker, list(new.values()))
    return bearers


def bearers_of(names: list[str]) -> dict[str, list[Speaker]]:
    """Who bears each name, or has it for an alias, in whatever case; unnamed sources do not."""
    with connection.cursor() as cursor:
        cursor.execute(BEARERS, {"names": names})
        rows = cursor.fetchall() if names else []
    known = Speaker.objects.unmerged().exclude(kind=ANONYMOUS).in_bulk({pk for _name, pk in rows})
    found = defaultdict(list)
    for name, pk in rows:
        if pk in known:
            found[name].append(known[pk])
    return dict(found)


def _unnamed(documents: dict[tuple[int, str], Document]) -> dict[tuple[int, str], Speaker]:
    """The unnamed sources of documents: each is somebody in one document."""
    if not documents:
        return {}
    within = {document.pk for document in documents.values()}
    known = Speaker.objects.filter(kind=ANONYMOUS, within__in=within)
    found = {(speaker.within_id, speaker.name): speaker for speaker in known}
    new = {
        key: Speaker(kind=ANONYMOUS, name=key[1], within=document)
        for key, document in documents.items()
        if key not in found
    }
    insert(Speaker, list(new.values()))
    return found | new
