"""A record of a newsroom with as many claims as are asked for, loaded by COPY.

A document has a dozen claims, and its text is their sentences; one speaker in five says most of it
all; six claims in ten are public, three wait, one was refused; one public claim in ten is verified,
one in twenty moved by a development. One claim in twenty says again what an earlier one said: half
of them to the letter or nearly, half in other words. Which says what again stays in the table
``planted``; a third are linked.

What a load does and does not do: the words of every search are made by the database, row by row, as
ever; foreign keys, unique and check constraints hold; other indexes are made when the rows are
there, as PostgreSQL advises; words are learned from the whole, as a migration does. No row is an
act: the history and the log of changes have nothing of it, for their triggers sleep, as those of
the gates do.
"""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import connection
from psycopg import sql
from rich.progress import Progress

from benchmarks.generated.sayings import Saying, Sayings
from benchmarks.generated.words import Vocabulary, Zipf

SEED = 20261126
TODAY = datetime(2026, 11, 1, 12)
DAYS = 3000  # that the record goes back
OF_A_DOCUMENT = 12  # claims
AT_ONCE = 1_000  # documents a round
AGAIN = 0.05  # of all claims
REMEMBERED = 100_000  # sayings that may be said again
EDITOR, APPROVER, SCALE = 1_000_001, 1_000_002, 1_000_001
COPIED = {
    "sources_document": (
        "id public_id kind title url language published_on added_at byline publisher_id"
    ),
    "sources_snapshot": "id document_id text sha256 original media_type fetched_at sketch",
    "sources_sentence": 'id snapshot_id position start "end" text',
    "claims_claim": (
        "id public_id sentence_id content parts quote wording speaker_id said_on quotation kind"
        " status decided_by_id decided_at check_worthiness rule found_at rejected_because"
    ),
    "planted": "claim original kind",
}
TABLES = f"""
CREATE TABLE planted (claim bigint PRIMARY KEY, original bigint NOT NULL, kind text NOT NULL);
INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,
                       is_active, date_joined)
SELECT {EDITOR - 1} + i, 'editor-' || i, '', false, '', '', '', true, true, now()
  FROM generate_series(1, 20) i;
INSERT INTO claims_scale (id, version, methodology, valid_from) VALUES ({SCALE}, 101, 'x', now());
INSERT INTO claims_rating (id, scale_id, value, label_fr, label_en, definition_fr, definition_en,
                           position)
SELECT {SCALE} + i, {SCALE}, (ARRAY['true', 'imprecise', 'misleading', 'false'])[i],
       (ARRAY['Vrai', 'Imprécis', 'Trompeur', 'Faux'])[i],
       (ARRAY['True', 'Imprecise', 'Misleading', 'False'])[i], 'x', 'x', i
  FROM generate_series(1, 4) i;
"""
FOLLOWS = f"""
INSERT INTO claims_verification (id, public_id, rating_id, summary, explanation, status, author_id,
                                 approved_by_id, published_at)
SELECT row_number() OVER (ORDER BY id), 'v' || id, {SCALE} + 1 + id % 4, left(quote, 120), 'x',
       'published', {EDITOR}, {APPROVER}, decided_at + interval '5 days'
  FROM claims_claim WHERE status = 'accepted' AND id % 10 = 0;
INSERT INTO claims_verification_claims (verification_id, claim_id)
SELECT id, substr(public_id, 2)::bigint FROM claims_verification;
INSERT INTO claims_link (claim_id, earlier_id, kind, status, decided_by_id, decided_at, reason)
SELECT planted.claim, planted.original, 'repeats', 'accepted', {EDITOR}, now(), ''
  FROM planted
  JOIN claims_claim later ON later.id = planted.claim AND later.status = 'accepted'
  JOIN claims_claim earlier ON earlier.id = planted.original AND earlier.status = 'accepted'
 WHERE planted.claim % 3 = 0;
INSERT INTO claims_development (id, public_id, occurred_on, title, account, document_id, status,
                                decided_by_id, decided_at)
SELECT row_number() OVER (ORDER BY claim.id), 'x' || claim.id,
       daterange(decided_at::date + 9, decided_at::date + 10), left(quote, 120), 'x',
       sentence.snapshot_id, 'accepted', {EDITOR}, decided_at + interval '10 days'
  FROM claims_claim claim JOIN sources_sentence sentence ON sentence.id = sentence_id
 WHERE claim.status = 'accepted' AND claim.id % 20 = 5;
INSERT INTO claims_effect (development_id, claim_id, kind, note, status, decided_by_id, decided_at)
SELECT id, substr(public_id, 2)::bigint,
       (ARRAY['confirms', 'contradicts', 'clarifies', 'context'])[1 + id % 4], '', 'accepted',
       {EDITOR}, decided_at
  FROM claims_development;
"""
# The words of all that can be searched, as triggers would have learned them.
LEARN = """
INSERT INTO sources_word (text)
SELECT DISTINCT word
  FROM (SELECT DISTINCT token
          FROM (SELECT quote FROM claims_claim UNION ALL SELECT name FROM claims_speaker
                UNION ALL SELECT title FROM sources_document) AS written(words),
               LATERAL regexp_split_to_table(search_text(words), '\\s+') AS token) AS tokens,
       words_of(token) AS word
"""


@dataclass
class Loaded:
    """How many rows, and the seconds it took: to copy them, to index, to learn their words."""

    rows: int = 0
    copying: float = 0
    indexing: float = 0
    learning: float = 0
    following: float = 0

    @property
    def seconds(self) -> float:
        return self.copying + self.indexing + self.learning + self.following


@dataclass
class Record:
    """Draws the rows of a record, some documents at a time."""

    claims: int
    sayings: Sayings = field(init=False)
    speakers: int = field(init=False)

    def __post_init__(self):
        self.sayings = Sayings(Vocabulary(SEED), SEED)
        self.random = random.Random(SEED)
        self.speakers = max(200, self.claims // 50)
        self.publishers = min(1000, max(20, self.claims // 1000))
        self._speaker = Zipf(self.speakers, SEED + 10, shift=20)
        self._said: list[tuple[int, Saying]] = []
        self._claim = 0
        self._document = 0

    def publishers_rows(self) -> Iterator[tuple]:
        for number in range(1, self.publishers + 1):
            name = f"Journal {self.sayings.words.surnames[number]}"
            yield number, f"p{number}", name, "newspaper", ""

    def speaker_rows(self) -> Iterator[tuple]:
        self.names = [""]
        for number in range(1, self.speakers + 1):
            person = self.random.random() < 0.75
            name = self.sayings.name() if person else self.sayings.organisation()
            self.names.append(name)
            yield number, f"s{number}", "person" if person else "organisation", name

    def alias_rows(self) -> Iterator[tuple]:
        for number in range(1, self.speakers + 1, 2):
            yield number, f"M. {self.names[number].rsplit(' ', 1)[1]}"

    def rounds(self) -> Iterator[dict[str, list[tuple]]]:
        """The rows of each table in COPIED, a thousand documents at a time."""
        while self._claim < self.claims:
            rows: dict[str, list[tuple]] = {table: [] for table in COPIED}
            for _number in range(AT_ONCE):
                if self._claim < self.claims:
                    self._add(rows)
            yield rows

    def _add(self, rows: dict[str, list[tuple]]) -> None:
        """A document with its claims."""
        self._document += 1
        document, chance = self._document, self.random
        left = self.claims - self._claim
        age = DAYS * left / self.claims + chance.uniform(0, 20)
        found = TODAY - timedelta(days=age)
        texts, place = [], 0
        for position in range(min(left, chance.randint(4, 2 * OF_A_DOCUMENT - 4))):
            sentence = self._claim_in(rows, position, place, found)
            texts.append(sentence)
            place += len(sentence) + 1
        text = " ".join(texts)
        published = _day(found.date())
        title = self.sayings.text(self.sayings.draw())
        rows["sources_document"].append(
            (document, f"d{document}", "article", title.capitalize(), f"https://journal.example/{document}",
             "fr", published, found, "", 1 + document % self.publishers)
        )  # fmt: skip
        digest = sha256(f"{document} {text}".encode()).hexdigest()
        rows["sources_snapshot"].append(
            (document, document, text, digest, b"", "text/plain", found, "{}")
        )

    def _claim_in(self, rows: dict, position: int, start: int, found: datetime) -> str:
        """The sentence with the next claim, which begins there in the text of its document."""
        self._claim += 1
        claim, chance = self._claim, self.random.random
        content = self.sayings.text(self._saying(claim, rows["planted"]))
        speaker = 1 + self._speaker()
        form = self.random.choice(("direct", "indirect", "indirect", "none"))
        name = self.names[speaker]
        if form == "direct":
            sentence, at = f"« {content.capitalize()} », a déclaré {name}.", 2
            content = content.capitalize()
        elif form == "indirect":
            before = f"{name} a affirmé que "
            sentence, at = f"{before}{content}.", len(before)
        else:
            content = content[0].upper() + content[1:]
            sentence, at = f"{content}.", 0
        drawn = chance()
        status = "accepted" if drawn < 0.6 else "candidate" if drawn < 0.9 else "rejected"
        decided = status != "candidate"
        rows["sources_sentence"].append(
            (claim, self._document, position, start, start + len(sentence), sentence)
        )
        kind = self.random.choice(("fact", "fact", "fact", "opinion", "prediction", "demand"))
        span = f"[{start + at},{start + at + len(content)})"
        rows["claims_claim"].append(
            (claim, f"c{claim}", claim, f'{{"{span}"}}', "{}", content, "",
             None if form == "none" else speaker, _day(found.date() - timedelta(days=position % 3)),
             form, kind, status, EDITOR if decided else None,
             found + timedelta(hours=5, seconds=position) if decided else None,
             round(chance(), 3), "", found, "")
        )  # fmt: skip
        return sentence

    def _saying(self, claim: int, planted: list[tuple]) -> Saying:
        """A new one; or what an earlier claim says, again."""
        drawn = self.random.random()
        if drawn >= AGAIN or not self._said:
            saying = self.sayings.draw()
            if len(self._said) < REMEMBERED:
                self._said.append((claim, saying))
            elif (place := self.random.randrange(claim)) < REMEMBERED:
                self._said[place] = claim, saying
            return saying
        original, saying = self.random.choice(self._said)
        if drawn < AGAIN / 2:
            planted.append((claim, original, "repeat"))
            return self.sayings.repeated(saying)
        planted.append((claim, original, "paraphrase"))
        return self.sayings.paraphrased(saying)


def _day(day: date) -> str:
    return f"[{day},{day + timedelta(days=1)})"


def load(claims: int, progress: Progress) -> Loaded:
    """Fill the empty database of this connection."""
    record, loaded = Record(claims), Loaded()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(TABLES)
        with _asleep(cursor):
            begun = time.perf_counter()
            indexes = _taken_down(cursor)
            _copy(
                cursor, "sources_publisher", "id public_id name kind site", record.publishers_rows()
            )
            _copy(cursor, "claims_speaker", "id public_id kind name", record.speaker_rows())
            _copy(cursor, "claims_alias", "speaker_id name", record.alias_rows())
            bar = progress.add_task(f"{claims:,} claims copied", total=claims)
            for rows in record.rounds():
                for table, columns in COPIED.items():
                    _copy(cursor, table, columns, rows[table])
                    loaded.rows += len(rows[table])
                progress.advance(bar, len(rows["claims_claim"]))
            loaded.copying, begun = _since(begun)
            bar = progress.add_task("Indexes", total=len(indexes))
            for definition in indexes:
                cursor.execute(definition)
                progress.advance(bar)
            loaded.indexing, begun = _since(begun)
            waiting = progress.add_task("Verifications, links, known words", total=None)
            cursor.execute(FOLLOWS)
            loaded.following, begun = _since(begun)
            cursor.execute(LEARN)
            loaded.learning, begun = _since(begun)
            progress.update(waiting, total=1, completed=1)
        _count_on(cursor)
        cursor.execute("VACUUM ANALYZE")
        # A record that is kept tells later what it took.
        told = sql.Literal(json.dumps(asdict(loaded)))
        cursor.execute(sql.SQL("COMMENT ON TABLE planted IS {}").format(told))
    return loaded


def loaded_already() -> Loaded | None:
    """What it took to load the record of this database, if it has one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('planted'))")
        (told,) = cursor.fetchone()
    return Loaded(**json.loads(told)) if told else None


def broken_off() -> bool:
    """Whether a load of this database began and did not come to its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) > 0 FROM pg_class WHERE oid = to_regclass('planted')"
            " AND obj_description(oid) IS NULL"
        )
        (broken,) = cursor.fetchone()
    return broken


def _since(begun: float) -> tuple[float, float]:
    now = time.perf_counter()
    return now - begun, now


def _copy(cursor, table: str, columns: str, rows: Iterator[tuple] | list[tuple]) -> None:
    named = ", ".join(columns.split())
    with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _asleep(cursor) -> Iterator[None]:
    """Inside, the triggers of the record sleep, but for those of foreign keys."""
    cursor.execute(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgrelid::regclass::text ~ '^(sources|claims)_'"
    )
    tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _taken_down(cursor) -> list[str]:
    """Drop the indexes of the large tables that no constraint stands on; how to make them again."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[])"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [[table for table in COPIED if table != "planted"]],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in indexes]


def _count_on(cursor) -> None:
    """The next row of each table is numbered after those that were copied."""
    cursor.execute(
        "SELECT table_name, pg_get_serial_sequence(table_name, 'id')"
        "  FROM information_schema.columns WHERE column_name = 'id' AND table_schema = 'public'"
        "   AND table_name ~ '^(sources|claims)_'"
    )
    for table, sequence in cursor.fetchall():
        if sequence:
            cursor.execute(
                f"SELECT setval('{sequence}', greatest(1, (SELECT max(id) FROM {table})))"
            )
