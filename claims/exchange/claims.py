"""Claims as a table: what is read from one is a candidate, with its source sentence."""

import re
from collections import defaultdict
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.range import Int4Range

from claims.exchange.columns import Address, Choice, Column, Date, Value
from claims.exchange.known import ambiguous, document_key, similar_name, speaker_of_id
from claims.exchange.refused import RowRefused, Values
from claims.exchange.table import Table
from claims.merged import end_of_merges
from claims.models import Claim, Speaker
from sources.excerpts import MEDIA_TYPE, keep_excerpt
from sources.models import Document, Sentence, Snapshot
from sources.partial_date import PartialDate
from sources.passages import Fate, Folded, whereabouts

ELLIPSIS = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
DOCUMENT = ["document_id", "document_url", "document_title", "publisher", "published_on"]


class Claims(Table):
    """Told apart by id, or by the words of their source sentence in their document.

    Words and sentence of a claim are those of its source: they find it, and are not changed. Nor
    is the document; one that is not in the record is added, with the sentences given of it.
    """

    name = "claims"
    model = Claim
    permissions = ["claims.change_claim", "claims.add_speaker"]
    columns = [
        Column(name="id", label=gettext_lazy("Id"), most=20),
        Choice.of(Claim.Status, name="status", label=gettext_lazy("Status"), told=True),
        Column(name="speaker", label=gettext_lazy("Speaker"), most=300),
        Column(name="speaker_id", label=gettext_lazy("Speaker id"), most=20),
        Choice.of(Speaker.Kind, name="speaker_kind", label=gettext_lazy("Kind of speaker")),
        Date(name="said_on", label=gettext_lazy("Said on"), past=True),
        Choice.of(Claim.Kind, name="kind", label=gettext_lazy("Kind")),
        Choice.of(Claim.Quotation, name="quotation", label=gettext_lazy("Quotation")),
        Choice.of(Claim.Proceedings, name="proceedings", label=gettext_lazy("Proceedings")),
        Column(name="quote", label=gettext_lazy("Words of the source"), lines=True),
        Column(name="wording", label=gettext_lazy("Wording"), lines=True),
        Column(name="source_sentence", label=gettext_lazy("Source sentence"), lines=True),
        Address(name="document_url", label=gettext_lazy("Document’s address")),
        Column(name="document_title", label=gettext_lazy("Document’s title"), most=500),
        Column(name="publisher", label=gettext_lazy("Publisher"), most=200),
        Date(name="published_on", label=gettext_lazy("Published on"), past=True),
        Column(name="document_id", label=gettext_lazy("Document id"), most=20),
    ]
    identity = {"id", "speaker_id", "speaker_kind", "source_sentence", "quote", *DOCUMENT}

    def __init__(self, by=None):
        super().__init__(by)
        self._given: dict[tuple[str, ...], dict[str, bool]] = defaultdict(dict)
        self._texts = lru_cache(maxsize=8)(_texts)

    def forget(self) -> None:
        super().forget()
        self._texts.cache_clear()

    def about(self, values: Values) -> str:
        words = (values.get(name) for name in ("wording", "quote", "source_sentence", "id"))
        return next(filter(None, words), "")

    def expect(self, values: Values) -> None:
        """The sentences a file gives of a document are kept together, as one excerpt."""
        if sentence := values.get("source_sentence"):
            self._given[document_key(values)][sentence] = True

    def find(self, values: Values) -> Claim | None:
        self._place = None
        if public_id := values.get("id"):
            claim = self._of_id(public_id)
            self._same_source(claim, values)
            return claim
        self.need(values, "source_sentence")
        self._document = self.known.document(values)
        if self._document is None:
            return None
        self._place = self._in_record(self._document, values["source_sentence"])
        if self._place is None:
            return None
        sentence, start = self._place
        content = self._content(sentence, start, values)
        return self.prepared(Claim.objects.filter(sentence=sentence, content=content)).first()

    @staticmethod
    def _of_id(public_id: str) -> Claim:
        claim = Claim.objects.with_source().filter(public_id=public_id).first()
        if claim is None:
            raise RowRefused(("id", _("no claim has the id “%(id)s”") % {"id": public_id}))
        if claim.status == Claim.Status.MERGED:
            kept = {"id": end_of_merges(claim).public_id}
            raise RowRefused(("id", _("it was merged into another: give its id, %(id)s") % kept))
        return claim

    def _same_source(self, claim: Claim, values: Values) -> None:
        now = self.record(claim)
        problems = [
            (name, _("it is otherwise in the record: the words of a source are not changed"))
            for name in ("source_sentence", "quote", "document_url")
            if name in values
            and Folded(values[name]).text != Folded(self.column(name).tidied(now[name])).text
        ]
        if problems:
            raise RowRefused(*problems)

    def create(self, values: Values) -> Claim:
        self.need(values, "kind", "quotation")
        if self._document is None:
            self._document = self.known.new_document(values, self.notes)
        if self._place is None:
            self._place = self._in_excerpt(self._document, values)
        sentence, start = self._place
        content = self._content(sentence, start, values)
        text = sentence.snapshot.text
        claim = Claim(
            sentence=sentence,
            content=content,
            quote=" […] ".join(text[span.lower : span.upper] for span in content),
            wording=values.get("wording", ""),
            kind=values["kind"],
            quotation=values["quotation"],
            proceedings=values.get("proceedings", ""),
            said_on=_date(values.get("said_on")),
            speaker=self._speaker(values, self._document),
        )
        self.save(claim, sentence="source_sentence", content="quote")
        return claim

    def change(self, row: Claim, changes: Values) -> None:
        if row.status != Claim.Status.CANDIDATE:
            sentence = (
                _("this claim is public: it is corrected at the desk, not by an import")
                if row.status == Claim.Status.ACCEPTED
                else _("this claim was rejected: an import changes candidates only")
            )
            raise RowRefused(*((name, sentence) for name in changes))
        for name in ("wording", "kind", "quotation", "proceedings"):
            if name in changes:
                setattr(row, name, changes[name])
        if "said_on" in changes:
            row.said_on = _date(changes["said_on"])
        if "speaker" in changes:
            row.speaker = self._named
        self.save(row)

    def differences(self, row: Claim, values: Values) -> list[tuple[Column, Value, Value]]:
        """The speaker differs if it is another one, however it is named."""
        self._named = self._speaker(values, row.document)
        values = values.copy()
        if self._named:
            values["speaker"] = self._named.name
        found = super().differences(row, values)
        if self._named and row.speaker and self._named != row.speaker:
            others = [difference for difference in found if difference[0].name != "speaker"]
            column = self.column("speaker")
            return [(column, row.speaker.name, self._named.name), *others]
        return found

    def _speaker(self, values: Values, document: Document) -> Speaker | None:
        if public_id := values.get("speaker_id"):
            return speaker_of_id(public_id, "speaker_id")
        name, kind = values.get("speaker"), values.get("speaker_kind")
        if not name:
            return None
        if kind == Speaker.Kind.ANONYMOUS:
            key = {"kind": kind, "name": name, "within": document}
            return Speaker.objects.filter(**key).first() or self._new_speaker(Speaker(**key))
        found = self.known.bearers(name, kind or "")
        if len(found) > 1:
            raise ambiguous(name, found, "speaker", str(self.column("speaker_id").label))
        if found:
            return found[0]
        if not kind:
            raise RowRefused(("speaker", self._unknown(name)))
        return self._new_speaker(Speaker(kind=kind, name=name))

    def _new_speaker(self, speaker: Speaker) -> Speaker:
        self.save(speaker, name="speaker", kind="speaker_kind")
        self.notes.append(_("adds the speaker “%(name)s”") % {"name": speaker})
        return speaker

    def _unknown(self, name: str) -> str:
        told = {"name": name, "column": self.column("speaker_kind").label}
        if similar := similar_name(name):
            sentence = _(
                "nobody is known as “%(name)s”: is %(other)s meant? "
                "Somebody new takes a “%(column)s”"
            )
            return sentence % (told | {"other": similar})
        return _("nobody is known as “%(name)s”: somebody new takes a “%(column)s”") % told

    # The sentence and the words

    def _in_record(self, document: Document, passage: str) -> tuple[Sentence, int] | None:
        """The sentence of a snapshot that holds the passage, and where it begins there.

        None where no whole text of the document is in the record, and no excerpt has the passage.
        """
        was_read = False
        for snapshot, folded in self._texts(document.pk):
            found = whereabouts(passage, "", "", folded)
            if found.fate == Fate.AMBIGUOUS:
                if sentence := _whole_sentence(snapshot, passage):
                    return sentence, sentence.start
                reason = _("the document’s text holds this more than once: give more of it")
                raise RowRefused(("source_sentence", reason))
            if found.fate == Fate.KEPT:
                return _sentence(snapshot, *found.place)
            was_read = was_read or snapshot.media_type != MEDIA_TYPE
        if was_read:
            reason = _("the document’s text in the record does not hold this sentence")
            raise RowRefused(("source_sentence", reason))
        return None

    def _in_excerpt(self, document: Document, values: Values) -> tuple[Sentence, int]:
        """In a snapshot of all the sentences that the file gives of the document."""
        given = self._given[document_key(values)]
        known = {
            sentence
            for text in document.snapshots.values_list("text", flat=True)
            for sentence in given
            if sentence in text
        }
        snapshot = keep_excerpt(document, [sentence for sentence in given if sentence not in known])
        self._texts.cache_clear()
        self.notes.append(_("keeps the sentences given of it as an excerpt"))
        sentence = snapshot.sentences.get(text=values["source_sentence"])
        sentence.snapshot = snapshot
        return sentence, sentence.start

    @staticmethod
    def _content(sentence: Sentence, start: int, values: Values) -> list[Int4Range]:
        """The spans of the words in the snapshot's text; without any, the whole passage."""
        passage, quote = values["source_sentence"], values.get("quote")
        spans = []
        text = sentence.snapshot.text[: sentence.end]
        at = start if not quote else sentence.start
        for part in ELLIPSIS.split(quote or passage):
            found = whereabouts(part, "", "", text[at:])
            if found.fate == Fate.GONE:
                reason = _("the source sentence does not hold these words")
                raise RowRefused(("quote", reason))
            if found.fate == Fate.AMBIGUOUS:
                reason = _("the source sentence holds these words more than once: give more")
                raise RowRefused(("quote", reason))
            spans.append(Int4Range(at + found.place[0], at + found.place[1]))
            at += found.place[1]
        return spans

    def record(self, row: Claim) -> Values:
        document = row.document
        return {
            "id": row.public_id,
            "status": row.status,
            "speaker": row.speaker.name if row.speaker else "",
            "speaker_id": row.speaker.public_id if row.speaker else "",
            "speaker_kind": row.speaker.kind if row.speaker else "",
            "said_on": row.said_on.isoformat() if row.said_on else "",
            "kind": row.kind,
            "quotation": row.quotation,
            "proceedings": row.proceedings,
            "quote": row.quote,
            "wording": row.wording,
            "source_sentence": row.sentence.text,
            "document_url": document.url or "",
            "document_title": document.title,
            "publisher": document.publisher.name if document.publisher else "",
            "published_on": document.published_on.isoformat() if document.published_on else "",
            "document_id": document.public_id,
        }

    def prepared(self, rows):
        return rows.with_source()


def _texts(document: int) -> list[tuple[Snapshot, Folded]]:
    """The snapshots of a document, the latest first, with their sentences."""
    snapshots = Snapshot.objects.filter(document=document).defer("original")
    found = snapshots.order_by("-fetched_at", "-pk").prefetch_related("sentences")
    return [(snapshot, Folded(snapshot.text)) for snapshot in found]


def _whole_sentence(snapshot: Snapshot, passage: str) -> Sentence | None:
    """The only sentence that is the passage, where others hold it."""
    words = Folded(passage).text
    same = [one for one in snapshot.sentences.all() if Folded(one.text.strip()).text == words]
    if len(same) != 1:
        return None
    same[0].snapshot = snapshot
    return same[0]


def _sentence(snapshot: Snapshot, start: int, end: int) -> tuple[Sentence, int]:
    """The sentence that holds a passage, and where that begins; raises RowRefused."""
    before = [sentence for sentence in snapshot.sentences.all() if sentence.start <= start]
    if not before:
        reason = _("the document has not been read yet: import again when it has")
        raise RowRefused(("source_sentence", reason))
    sentence = before[-1]
    if end > sentence.end:
        reason = _("it runs over more than one sentence of the document: give one")
        raise RowRefused(("source_sentence", reason))
    sentence.snapshot = snapshot
    return sentence, start


def _date(value: str | None) -> PartialDate | None:
    return PartialDate.parse(value) if value else None
