"""Three workers take in 150 documents while they, and PostgreSQL, are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from claims import engine
from claims.extraction.evaluation.gold import read_gold
from config.engine import server
from tests.config.users import ROOT, gone, pid

DOCUMENTS = 150
WORKERS = 3
DISASTERS = 12  # of which each comes once 10 more documents have been read
SECONDS = 300

DONE = "procrastinate_jobs WHERE task_name = 'read' AND status = 'succeeded'"
SENTENCES = """
SELECT text, (SELECT array_agg(int4range("start", "end") ORDER BY position)
              FROM sources_sentence WHERE snapshot_id = snapshot.id)
FROM sources_snapshot snapshot
"""
CLAIMS = """
SELECT snapshot.text, content
FROM sources_snapshot snapshot
JOIN sources_sentence sentence ON snapshot_id = snapshot.id
JOIN (
    SELECT sentence_id, content FROM claims_claim
    UNION ALL
    SELECT sentence_id, content FROM claims_appearance
) said ON sentence_id = sentence.id
"""


def texts() -> list[str]:
    """Three paragraphs each; some are near-duplicates of each other."""
    articles = [read_gold(path)["text"] for path in sorted(ROOT.glob("seeds/gold/dev-*.txt"))]
    made = []
    for number in range(DOCUMENTS):
        paragraphs = articles[number % len(articles)].split("\n\n")
        first = number // len(articles) % len(paragraphs)
        shown = (paragraphs * 2)[first : first + 3]
        made.append("\n\n".join([*shown, f"Édition {number}."]))
    return made


class Newsroom:
    """Workers and an import in processes of their own, on the data in ``folder``."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.log = (folder / "log").open("w")
        self.workers: list[subprocess.Popen] = []
        self.importing: subprocess.Popen | None = None

    def manage(self, *arguments) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": "", "CONSTAT_DATA": str(self.folder)},
            stdout=self.log,
            stderr=self.log,
        )

    def see_to(self) -> None:
        """Start again whatever was killed."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < WORKERS:
            self.workers.append(self.manage("worker"))
        if self.importing is None or self.importing.poll():
            self.importing = self.manage("ingest", "--background", str(self.folder / "texts"))

    def kill_a_worker(self) -> None:
        random.choice(self.workers).kill()

    def kill_the_import(self) -> None:
        self.importing.kill()

    def stop_the_database(self) -> None:
        """At once, without a word to anybody: SIGQUIT is PostgreSQL's "immediate"."""
        with suppress(FileNotFoundError, ProcessLookupError, ValueError):  # It is not back yet.
            os.kill(pid(self.folder / "postgres"), signal.SIGQUIT)

    def ask(self, query: str) -> list[tuple]:
        host = server.socket_folder(self.folder / "postgres")
        with psycopg.connect(host=str(host), user="constat", dbname="constat") as connection:
            return connection.execute(query).fetchall()

    def count(self, query: str) -> int:
        """Of rows; 0 while the database is away."""
        try:
            return self.ask(f"SELECT count(*) FROM {query}")[0][0]
        except psycopg.Error:
            return 0

    def close(self) -> None:
        for process in (*self.workers, self.importing):
            process.terminate()
        for process in (*self.workers, self.importing):
            process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """One that has been through it all."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "texts").mkdir()
    for number, text in enumerate(texts()):
        (folder / "texts" / f"{number}.txt").write_text(text)
    newsroom = Newsroom(folder)
    assert newsroom.manage("migrate").wait() == 0
    disasters = [newsroom.kill_a_worker, newsroom.stop_the_database, newsroom.kill_the_import]
    deadline = time.monotonic() + SECONDS
    next_at, disaster = 0, 0
    try:
        while newsroom.count(DONE) < DOCUMENTS:
            newsroom.see_to()
            if disaster < DISASTERS and newsroom.count("claims_reading") >= next_at:
                random.choice(disasters)() if disaster >= 3 else disasters[disaster]()
                disaster, next_at = disaster + 1, next_at + 10
            assert time.monotonic() < deadline, (folder / "log").read_text()[-5000:]
            time.sleep(0.25)
        assert newsroom.importing.wait(60) == 0
        assert disaster == DISASTERS
        yield newsroom
    finally:
        newsroom.close()
    assert gone(folder / "postgres")


@pytest.fixture(scope="module")
def readings():
    """What is found in each text where nothing is killed."""
    found = engine.extractor().read_many((text, None) for text in texts())
    return dict(zip(texts(), found, strict=True))


def test_every_document_has_its_snapshot_once(newsroom):
    kept = newsroom.ask("SELECT text, count(*) FROM sources_snapshot GROUP BY text")
    assert dict(kept) == dict.fromkeys(texts(), 1)
    assert newsroom.count("sources_document") == DOCUMENTS


def test_every_snapshot_was_read_once(newsroom):
    readings = newsroom.ask("SELECT count(*) FROM claims_reading GROUP BY snapshot_id")
    assert readings == [(1,)] * DOCUMENTS


def test_every_snapshot_has_its_sentences_once(newsroom, readings):
    expected = {text: list(reading.sentences) for text, reading in readings.items()}
    kept = {
        text: [(span.lower, span.upper) for span in spans]
        for text, spans in newsroom.ask(SENTENCES)
    }
    assert kept == expected


def test_every_claim_is_kept_once_as_a_claim_or_an_appearance(newsroom, readings):
    expected = {
        (text, claim.content): 1 for text, reading in readings.items() for claim in reading.claims
    }
    kept = Counter(
        (text, tuple((span.lower, span.upper) for span in content))
        for text, content in newsroom.ask(CLAIMS)
    )
    assert kept == expected


def test_every_reading_is_done_and_nothing_failed(newsroom):
    assert newsroom.count(DONE) == DOCUMENTS
    assert newsroom.count("procrastinate_jobs WHERE task_name = 'read'") == DOCUMENTS
    assert newsroom.count("procrastinate_jobs WHERE status = 'failed'") == 0
