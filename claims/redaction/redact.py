"""Take words of a document out of the record, wherever it holds them: at once, for good."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError, connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg.types.json import Jsonb
from psycopg.types.range import Int4Range

from claims.acts import act, act_again
from claims.edit import quote
from claims.models import Alias, Claim, Evidence, Position, PublicChange, Speaker, SpeakerMerge
from claims.protected import UNLOCKED
from claims.public_changes import note_new_pages
from claims.redaction.chain import digest
from claims.redaction.family import Family, family
from claims.redaction.places import Found, columns, find
from claims.redaction.sweep import forget_dumps
from claims.redaction.words import Words, blocked
from sources.keep import first_words
from sources.locks import hold
from sources.models import Document, RedactedText, Redaction, Sentence, Snapshot, Word
from sources.refused import Refused
from sources.session import session_variable
from sources.shingles import sketch

BUSY = gettext_lazy("Others are writing just now: nothing was done. Try again in a moment.")
REDACT = "sources.add_redaction"
LEAST = 3  # letters and digits of a phrase: fewer are in everything
PASSES = 3  # looks for what somebody wrote meanwhile
SEARCHED = """
SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = 'search'
"""


@dataclass(frozen=True)
class Wish:
    """What is to be taken out: phrases of the texts of a document, and the names of speakers,
    who are called ``pseudonym`` from now on."""

    document: Document
    phrases: Sequence[str]
    speakers: Sequence[Speaker] = ()
    pseudonym: str = ""

    def __post_init__(self) -> None:
        if self.speakers and not self.pseudonym.strip():
            raise Refused(_("Say what these speakers are called from now on."))
        for phrase in self.phrases:
            if _is_short(phrase):
                raise Refused(
                    _("“%(words)s” is too short: it is in everything.") % {"words": phrase}
                )
        if not self.words.phrases:
            raise Refused(_("Nothing is to be redacted."))
        texts = [each.text for each in self.document.snapshots.defer("original", "sketch")]
        for phrase in self.phrases:
            if not any(Words([phrase]).spans(text) for text in texts):
                # After a restore, words are known again by where they stood in a text.
                raise Refused(_("“%(words)s” is in no text of this document.") % {"words": phrase})

    @property
    def words(self) -> Words:
        """The phrases, and every name of the speakers: but for what they were called by an earlier
        redaction, which tells nobody who they are, and initials, which are in everything."""
        speakers = with_merged(self.speakers)
        keys = [each.pk for each in speakers]
        names = {*Speaker.objects.filter(pk__in=keys).values_list("name", flat=True)}
        names |= {*Alias.objects.filter(speaker__in=keys).values_list("name", flat=True)}
        earlier = Redaction.objects.filter(speakers__overlap=[each.public_id for each in speakers])
        names -= {*earlier.values_list("pseudonym", flat=True)}
        return Words([*self.phrases, *(name for name in sorted(names) if not _is_short(name))])


@dataclass(frozen=True)
class Place:
    """So many rows of a table have the words in a column."""

    table: str
    column: str
    rows: int


def preview(wish: Wish) -> list[Place]:
    """Every place that redacting would touch; but for protected sources, of whom not even a count
    tells that one is a person of this text."""
    words, rows = wish.words, family(wish.document, with_merged(wish.speakers))
    counted: dict[tuple[str, str], int] = {}
    for text in wish.document.snapshots.defer("original", "sketch"):
        if words.spans(text.text):
            for column in ("text", "original"):
                at = (Snapshot._meta.db_table, column)
                counted[at] = counted.get(at, 0) + 1
    for found in find(words, columns(rows)):
        for column in found.said:
            at = (column.table, column.name)
            counted[at] = counted.get(at, 0) + 1
    if known := Word.objects.filter(text__in=words.learned()).count():
        counted[Word._meta.db_table, "text"] = known
    return [Place(*at, rows) for at, rows in counted.items()]


def redact(
    wish: Wish,
    ground: str,
    reason: str,
    by: AbstractBaseUser,
    now: datetime | None = None,
    *,
    again: str | None = None,
) -> Redaction:
    """Take it out; ``ground`` is a Redaction.Ground. Raises Refused, PermissionDenied.

    Wholly or not at all; it cannot be undone. ``again``, after a restore, it follows the one with
    that digest, and whoever did it before does, whatever they may do now.
    """
    reason, pseudonym = reason.strip(), wish.pseudonym.strip() if wish.speakers else ""
    if not reason:
        raise Refused(_("Say why."))
    try:
        done = act(by, REDACT, reason) if again is None else act_again(by, reason)
        with done, session_variable(*UNLOCKED), _in_haste():
            # Whoever is taking its text in again is waited for, or waits and is refused.
            hold(["redaction", *_names(wish.document)])
            # Looked for again: somebody may have redacted the same just before.
            words = replace(wish).words
            if words.spans(reason) or words.spans(pseudonym):
                raise Refused(_("What stays must not say the words again."))
            made = Redaction(
                document=wish.document,
                ground=ground,
                reason=reason,
                by=by,
                at=now or timezone.now(),
                speakers=[speaker.public_id for speaker in wish.speakers],
                pseudonym=pseudonym,
                previous=_latest() if again is None else again,
            )
            texts = _take_out(wish, words, made)
            made.digest = digest(made, texts)
            made.save()
            for text in texts:
                text.redaction = made
            RedactedText.objects.bulk_create(texts)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise Refused(BUSY) from error
        raise
    return made


def _latest() -> str:
    return Redaction.objects.values_list("digest", flat=True).first() or ""


def _is_short(phrase: str) -> bool:
    return sum(map(str.isalnum, phrase)) < LEAST


def _names(document: Document) -> list[str]:
    """What sources/keep.py holds for a text of the document."""
    digests = document.snapshots.values_list("sha256", flat=True)
    return [*digests, *([document.url] if document.url else [])]


def _take_out(wish: Wish, words: Words, made: Redaction) -> list[RedactedText]:
    speakers = with_merged(wish.speakers)
    url = wish.document.url
    if url and words.spans(url):
        made.address_sha256 = hashlib.sha256(url.encode()).hexdigest()
    cut = _tables(Document, Sentence, Claim, Evidence) | {Snapshot._meta.db_table}
    if speakers:
        cut |= _tables(Speaker, Alias, Position)
    with _unguarded(cut):
        rows, texts = family(wish.document, speakers), _texts(wish, words)
        _rewrite_texts(texts, rows)
        _rename(speakers, made.pseudonym)
        there = [*columns(rows)]
        for _pass in range(PASSES):
            if not (tables := {found.table for found in find(words, there)}):
                break
            with _unguarded(tables - cut):
                # Again, now that nobody else writes into these tables.
                for found in find(words, [column for column in there if column.table in tables]):
                    _write(found, words)
        else:
            raise Refused(BUSY)
    Word.objects.filter(text__in=_unused(words)).delete()
    _tell(rows)
    transaction.on_commit(forget_dumps)
    return [text for _snapshot, text in texts]


def _tables(*models: type[Model]) -> set[str]:
    """Their tables, with those of their history."""
    histories = (getattr(model, "pgh_event_model", model) for model in models)
    return {each._meta.db_table for each in (*models, *histories)}


def _texts(wish: Wish, words: Words) -> list[tuple[Snapshot, RedactedText]]:
    """Each snapshot, with its redacted text; the bytes they were read from go with the words."""
    found, phrases = [], list(wish.phrases)
    for snapshot in wish.document.snapshots.select_for_update(no_key=True).order_by("pk"):
        spans = words.spans(snapshot.text)
        text = blocked(snapshot.text, spans)
        found.append(
            (
                snapshot,
                RedactedText(
                    snapshot=snapshot,
                    spans=[Int4Range(*span) for span in spans],
                    phrases=[Int4Range(*span) for span in _first(phrases, snapshot.text)],
                    before=snapshot.sha256,
                    after=Snapshot.digest(text),
                    original=snapshot.original_sha256,
                ),
            )
        )
    return found


def _first(phrases: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Where each phrase stands first in the text; those that do are no longer looked for."""
    for phrase in [*phrases]:
        if spans := Words([phrase]).spans(text):
            phrases.remove(phrase)
            yield spans[0]


def _rewrite_texts(texts: list[tuple[Snapshot, RedactedText]], rows: Family) -> None:
    """What is cut from a text is cut anew, at the same offsets."""
    versions = Claim.pgh_event_model.objects.filter(id__in=rows.get(Claim, ()))
    pieces = Evidence.pgh_event_model.objects.filter(id__in=rows.get(Evidence, ()))
    for snapshot, redacted in texts:
        before, spans = snapshot.text, [(span.lower, span.upper) for span in redacted.spans]
        text = blocked(before, spans)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE sources_snapshot SET text = %s, sha256 = %s, original = %s,"
                " media_type = 'text/plain', sketch = %s WHERE id = %s",
                [text, redacted.after, text.encode(), sketch(text), snapshot.pk],
            )
        if not spans:
            continue
        for titles, key in ((Document.objects, "pk"), (Document.pgh_event_model.objects, "id")):
            untitled = titles.filter(**{key: snapshot.document_id}, title=first_words(before))
            untitled.update(title=first_words(text))
        for sentence in Sentence.objects.filter(snapshot=snapshot):
            cut = text[sentence.start : sentence.end]
            if cut != sentence.text:
                Sentence.objects.filter(pk=sentence.pk).update(text=cut)
        for passages in (Evidence.objects, pieces):
            for piece in passages.filter(snapshot=snapshot).exclude(passage=""):
                if any(start < piece.end and piece.start < end for start, end in spans):
                    cut = text[piece.start : piece.end]
                    passages.filter(pk=piece.pk).update(passage=cut)
        sentences = list(snapshot.sentences.values_list("pk", flat=True))
        for claims, key in ((Claim.objects, "pk"), (versions, "pgh_id")):
            for claim in claims.filter(sentence__in=sentences).only(key, "content", "quote"):
                content = [(span.lower, span.upper) for span in claim.content]
                if claim.quote == quote(before, content):
                    claims.filter(**{key: getattr(claim, key)}).update(quote=quote(text, content))


def with_merged(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Those, and those that became part of them."""
    found, new = [], list(speakers)
    while new:
        found += new
        merged = SpeakerMerge.objects.filter(kept__in=new).values("merged")
        new = [each for each in Speaker.objects.filter(pk__in=merged) if each not in found]
    return found


def _rename(speakers: Sequence[Speaker], pseudonym: str) -> None:
    """Of who they are, nothing is left but that it is a person, of that description."""
    if not speakers:
        return
    keys = [speaker.pk for speaker in speakers]
    Speaker.objects.filter(pk__in=keys).update(name=pseudonym, wikidata_id=None)
    history = Speaker.pgh_event_model.objects.filter(id__in=keys)
    history.update(name=pseudonym, wikidata_id=None)
    for model in (Alias, Position):
        with connection.cursor() as cursor:
            for table in (model.pgh_event_model._meta.db_table, model._meta.db_table):
                cursor.execute(f"DELETE FROM {table} WHERE speaker_id = ANY(%s)", [keys])


@contextmanager
def _unguarded(tables: set[str]) -> Iterator[None]:
    """Inside, nobody else writes into these tables, and what guards them does not stand in the
    way: no history is written, and none is kept from being changed."""
    with connection.cursor() as cursor:
        # What was noted to be done at the end is done now.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in sorted(tables):
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in sorted(tables):
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _in_haste() -> Iterator[None]:
    """Everybody who writes waits behind this: it waits for others for seconds only."""
    with session_variable("lock_timeout", f"{settings.LOCK_SECONDS}s"):
        yield


def _write(found: Found, words: Words) -> None:
    """The row without the words."""
    values = []
    for column, said in found.said.items():
        value = words.out_of(said)
        values.append(Jsonb(value) if column.type.startswith("json") else value)
    names = ", ".join(f'"{column.name}" = %s' for column in found.said)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{found.table}" SET {names} WHERE ctid = %s::tid', [*values, found.ctid]
        )


def _unused(words: Words) -> list[str]:
    """Of the words that searching knows, those that stand nowhere any more."""
    known = Word.objects.filter(text__in=words.learned()).values_list("text", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(SEARCHED)
        anywhere = " OR ".join(
            f'EXISTS (SELECT FROM "{table}"'
            " WHERE search @@ search_stems('constat_plain', word, false))"
            for (table,) in cursor.fetchall()
        )
        cursor.execute(
            f"SELECT word FROM unnest(%s::text[]) AS word WHERE NOT ({anywhere})",
            [sorted(set(known))],
        )
        return [word for (word,) in cursor.fetchall()]


def _tell(rows: Family) -> None:
    """The change log, and through it webhooks and mirrors; and a CDN, of every page."""
    kinds = PublicChange.Kind.values
    noted = [
        (model._meta.model_name, key)
        for model, keys in rows.items()
        if model._meta.model_name in kinds
        for key in keys
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT note_public_change(%s, %s)",
            [[kind for kind, _key in noted], [key for _kind, key in noted]],
        )
        cursor.execute("SELECT queue_once('sweep')")
    note_new_pages()
