"""Make a claim by hand: somebody selects its words in a text and says whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.types.range import Int4Range

from claims import engine
from claims.acts import act
from claims.bearers import meant_by
from claims.models import Appearance, Claim, Speaker
from claims.record import RECORDING, quote, sentence_at, sentences_of
from sources.history import RecordClock
from sources.locks import hold
from sources.models import Sentence, Snapshot
from sources.partial_date import PartialDate
from sources.refused import Refused

DECIDE, PROPOSE = "claims.decide_claim", "claims.add_claim"
BY_A_PERSON = 1.0  # check-worthiness: what a colleague chose comes before what a machine found


@dataclass(frozen=True)
class Passage:
    """What was selected: code points of the snapshot's text, end-exclusive, and the words there."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Selected:
    """A claim as it is made by hand. ``speaker`` is a name; empty where the text speaks itself.

    ``speaker_kind`` is that of a speaker nobody knows yet, ``who`` one of several of that name.
    """

    content: Sequence[Passage]
    kind: str
    quotation: str
    source: Passage | None = None
    cue: Passage | None = None
    speaker: str = ""
    speaker_kind: str = Speaker.Kind.PERSON
    who: int | None = None
    said_on: PartialDate | None = None
    wording: str = ""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Those of its content, in their order."""
        return sorted((passage.start, passage.end) for passage in self.content)


class KnownClaim(Refused):
    """The same words of the same sentence are a claim already, or an appearance of one."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(_("These words are a claim already."))
        self.claim = claim


class SeveralSpeakers(Refused):
    """Several speakers go by a name: somebody has to say which it is."""

    def __init__(self, speakers: list[Speaker]) -> None:
        super().__init__(_("Several speakers go by this name: say which it is."))
        self.speakers = speakers


def claim_by_hand(snapshot: Snapshot, selected: Selected, by: AbstractBaseUser) -> Claim:
    """Make a claim of what was selected: accepted if ``by`` may accept, else a candidate.

    Raises Refused where the words are not those of the text, KnownClaim, SeveralSpeakers, and
    PermissionDenied.
    """
    decides = by.has_perm(DECIDE)
    with act(by, DECIDE if decides else PROPOSE):
        claim = selected_claim(snapshot, selected)
        if decides:
            claim.status, claim.decided_by = Claim.Status.ACCEPTED, by
            claim.decided_at = RecordClock()
        claim.save()
    return claim


def selected_claim(snapshot: Snapshot, selected: Selected) -> Claim:
    """A candidate of what was selected, which is not saved yet: inside an act, which then holds
    RECORDING. Raises Refused, KnownClaim, SeveralSpeakers."""
    hold([RECORDING])
    _check(selected, snapshot.text)
    spans = selected.spans
    sentence = sentence_at(spans[0][0], _sentences(snapshot))
    content = [Int4Range(*span) for span in spans]
    _check_is_new(sentence, content)
    return Claim(
        sentence=sentence,
        content=content,
        cue=_range(selected.cue),
        source=_range(selected.source),
        quote=quote(snapshot.text, spans),
        wording=selected.wording,
        speaker=_speaker(selected, snapshot),
        said_on=selected.said_on,
        quotation=selected.quotation,
        kind=selected.kind,
        check_worthiness=BY_A_PERSON,
    )


def _check(selected: Selected, text: str) -> None:
    if not selected.content:
        raise Refused(_("Select the words of the claim first."))
    for passage in (*selected.content, *filter(None, (selected.source, selected.cue))):
        inside = 0 <= passage.start < passage.end <= len(text)
        if not inside or text[passage.start : passage.end] != passage.words:
            raise Refused(
                _("“%(words)s” is not what the text says at that place: open the page again.")
                % {"words": passage.words}
            )
    if any(end > start for (_start, end), (start, _end) in pairwise(selected.spans)):
        raise Refused(_("The selected parts overlap: take one of them away."))
    if selected.quotation == Claim.Quotation.NONE and selected.speaker:
        raise Refused(_("Where the document itself speaks there is no speaker: leave it empty."))


def _sentences(snapshot: Snapshot) -> list[Sentence]:
    """Those of the snapshot, which its first reading makes, or this."""
    if known := list(snapshot.sentences.order_by("position")):
        return known
    return sentences_of([(snapshot, engine.read(snapshot))])[snapshot.pk]


def _check_is_new(sentence: Sentence, content: list[Int4Range]) -> None:
    same = Q(sentence=sentence, content=content)
    if claim := Claim.objects.filter(same).first():
        raise KnownClaim(claim)
    if appearance := Appearance.objects.filter(same).select_related("claim").first():
        raise KnownClaim(appearance.claim)


def _speaker(selected: Selected, snapshot: Snapshot) -> Speaker | None:
    if not selected.speaker:
        return None
    speakers = meant_by(selected.speaker, selected.speaker_kind, snapshot.document)
    if len(speakers) > 1:
        speakers = [one for one in speakers if one.pk == selected.who] or speakers
    if len(speakers) > 1:
        raise SeveralSpeakers(speakers)
    return speakers[0]


def _range(passage: Passage | None) -> Int4Range | None:
    return Int4Range(passage.start, passage.end) if passage else None
