import errno
import gzip
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from io import StringIO

import pyarrow as pa
import pytest
from distributed.scheduler import KilledWorker
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pyarrow import parquet

from claims.corpus import work
from claims.corpus.load import Overtaken, load
from claims.corpus.run import Corpus
from claims.models import Appearance, Claim, CorpusFile, Reading
from claims.redaction.redact import Wish, redact
from claims.stop import Stop
from claims.take_in import Intake
from claims.tally import Tally
from sources.batches.delivery import files
from sources.corpora.json_lines import read as json_lines
from sources.corpora.read import reader
from sources.corpora.step import Place
from sources.models import Document, Snapshot
from sources.origin import Origin
from tests.claims.corpus.rows import everything
from tests.database import database_url
from tests.factories import NOON, UserFactory
from tests.sources.corpora.warcs import page, response, warc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DISPATCH = (
    "La maire Jeanne Roux a annoncé mardi que le pont Neuf serait fermé aux camions. « Nous ne "
    "pouvons plus attendre », a-t-elle dit devant la presse. Un conseiller a estimé que la mesure "
    "était injuste."
)
TEXTS = [
    "La maire Jeanne Roux a promis mardi deux écoles. Un conseiller a jugé le projet trop cher.",
    "« Nous ouvrirons deux écoles », a déclaré Jeanne Roux. Selon un conseiller, c’est faux.",
    DISPATCH,
    "JEANNE ROUX a affirmé que le chômage baisse. Le ministre Paul Durand a nié les faits.",
    "Le chômage a baissé de 3 % en 2024. L’Insee estime que la hausse durera.",
    f"À Lyon aussi. {DISPATCH}",
    "Paul Durand a promis que le tunnel ouvrirait en 2027, selon Jeanne Roux.",
]
DOCUMENTS = [
    {
        "text": text,
        "title": f"Article {number}",
        "url": f"https://journal.example/{number}" if number % 2 else None,
        "published_on": "2025-12-03",
        "publisher": "Le Journal" if number % 3 else "La Dépêche",
    }
    for number, text in enumerate(TEXTS)
]


@pytest.fixture
def corpus(cluster, monkeypatch):
    """A function that has the command take files in, in parts of three documents."""
    monkeypatch.setattr("claims.corpus.parts.DOCUMENTS", 3)

    def take_in(*files, **options):
        out = StringIO()
        options = {"scheduler": cluster.scheduler_address} | options
        try:
            call_command("extract-corpus", *map(str, files), stdout=out, stderr=out, **options)
        except CommandError as error:
            return out.getvalue() + str(error)
        return out.getvalue()

    return take_in


def lines(path, records=DOCUMENTS):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def ingested(path):
    """All that ``ingest`` records of a file; nothing of it stays."""
    with transaction.atomic():
        call_command("ingest", str(path), stdout=StringIO())
        recorded = everything()
        transaction.set_rollback(True)
    return recorded


def test_what_is_recorded_is_what_ingest_records(corpus, tmp_path):
    path = lines(tmp_path / "fil.jsonl", [*DOCUMENTS, DOCUMENTS[1], {"text": DISPATCH}])
    wanted = ingested(path)
    assert corpus(path) == "7 new, 2 known, 0 refused; 13 new claims.\n"
    assert everything() == wanted
    assert Appearance.objects.exists()


def test_packed_json_lines_and_parquet_hold_the_same(corpus, tmp_path):
    path = lines(tmp_path / "fil.jsonl")
    packed = tmp_path / "fil.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    columns = tmp_path / "fil.parquet"
    parquet.write_table(pa.Table.from_pylist(DOCUMENTS), columns, row_group_size=4)
    assert "7 new" in corpus(path)
    before = everything()
    assert "0 new, 7 known, 0 refused" in corpus(packed)
    assert "0 new, 7 known, 0 refused" in corpus(columns)
    assert everything() == before


def test_pages_of_a_crawl_are_recorded_as_ingest_records_pages(corpus, tmp_path):
    pages = [page(f"{text} {text}", f"Titre {n}") for n, text in enumerate(map(long, TEXTS))]
    answers = [response(n, content) for n, content in enumerate(pages)]
    path = warc(tmp_path / "a.warc.gz", *answers, response(9, page("Trop court.")))
    with transaction.atomic():
        items = [step.item for step in reader(path)(path, str(path), Place())]
        Intake(Origin(), timezone.localdate(), tally()).record(items)
        wanted = everything()
        transaction.set_rollback(True)
    told = corpus(path)
    assert "record 9 (https://journal.example/9): no article was found in the page" in told
    assert "7 new, 0 known, 1 refused" in told
    assert "1 warcinfo" in told
    assert everything() == wanted
    assert Document.objects.get(title="Titre 3").url == "https://journal.example/3"


def long(text):
    return f"{text} Le conseil municipal se réunira de nouveau en séance publique le mois prochain."


def test_what_was_taken_in_is_passed_over_unread(corpus, tmp_path, monkeypatch):
    path = lines(tmp_path / "fil.jsonl")
    corpus(path)
    monkeypatch.setattr("sources.batches.json_lines.numbered", None)
    assert corpus(path) == "0 new, 7 known, 0 refused; 0 new claims.\n"


def test_what_the_record_has_from_elsewhere_is_not_read(corpus, tmp_path, monkeypatch):
    path = lines(tmp_path / "fil.jsonl")
    call_command("ingest", str(path), stdout=StringIO())
    monkeypatch.setattr("claims.corpus.worker.read", None)
    assert "0 new, 7 known, 0 refused" in corpus(path)


def test_what_was_redacted_stays_so_and_keeps_no_other_out(corpus, tmp_path):
    corpus(lines(tmp_path / "un.jsonl", DOCUMENTS[1:2]))
    document = Document.objects.get()
    redact(Wish(document, ["Jeanne Roux"]), "erasure", "Une demande.", UserFactory(role="chief"))
    assert "6 new, 1 known, 0 refused" in corpus(lines(tmp_path / "fil.jsonl"))
    assert "Jeanne" not in document.snapshots.get().text


BAD = [
    "{broken\n",
    '{"text": ""}\n',
    json.dumps({"text": "a" * 3_000_000}) + "\n",
    json.dumps({"text": "un\0deux"}) + "\n",
    '["liste"]\n',
]


class TestRefused:
    @pytest.fixture
    def path(self, tmp_path):
        path = lines(tmp_path / "fil.jsonl", DOCUMENTS[:4])
        with path.open("a") as file:
            file.writelines(BAD)
        return lines_after(path, DOCUMENTS[4:])

    def test_each_is_told_by_its_place_and_keeps_no_other_out(self, corpus, path, tmp_path):
        report = tmp_path / "refused.csv"
        told = corpus(path, report=report)
        assert f"{path}, line 5: it is not JSON" in told
        assert f"{path}, line 6: its “text” is empty" in told
        assert f"{path}, line 7: it is longer than 2,000,000 bytes" in told
        assert f"{path}, line 8: it contains a NUL byte" in told
        assert f"{path}, line 9: it is JSON, but no object" in told
        assert told.endswith("5 of 12 texts refused.")
        assert Document.objects.count() == 7
        assert len(report.read_text("utf-8-sig").splitlines()) == 1 + 5

    def test_it_is_told_again_by_who_comes_again(self, corpus, path, tmp_path):
        first, again = tmp_path / "first.csv", tmp_path / "again.csv"
        corpus(path, report=first)
        assert corpus(path, report=again).endswith("5 of 12 texts refused.")
        assert sorted(again.read_text().splitlines()) == sorted(first.read_text().splitlines())

    def test_it_is_tried_again_when_that_is_wanted(self, corpus, path, settings):
        corpus(path)
        before = CorpusFile.objects.get()
        assert corpus(path, again=True).endswith("5 of 12 texts refused.")
        assert CorpusFile.objects.get().pk != before.pk
        assert Document.objects.count() == 7

    def test_a_file_that_is_cut_off_is_read_to_there(self, corpus, tmp_path):
        packed = tmp_path / "fil.jsonl.gz"
        whole = gzip.compress(lines(tmp_path / "fil.jsonl").read_bytes())
        packed.write_bytes(whole[:-12])
        assert f"{packed}: it is damaged or incomplete" in corpus(packed)
        assert Document.objects.exists()

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("rien.jsonl", "there is no such file"),
            ("texte.txt", "neither JSON Lines, WARC nor Parquet"),
            ("vide.jsonl", "there is no document in it"),
            ("faux.parquet", "damaged, or no Parquet"),
            ("faux.warc", "no WARC"),
        ],
    )
    def test_what_is_no_corpus_is_refused(self, corpus, tmp_path, name, reason):
        if name != "rien.jsonl":
            (tmp_path / name).write_text("" if name.startswith("vide") else "Un texte.\n")
        assert reason in corpus(tmp_path / name)
        assert not Document.objects.exists()


def lines_after(path, records):
    with path.open("a") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path


def test_it_goes_on_where_it_broke_off(corpus, tmp_path, monkeypatch):
    path = lines(tmp_path / "fil.jsonl")
    wanted = ingested(path)

    def breaks(part, *args):
        if part.before.number:
            raise Overtaken
        return load(part, *args)

    with monkeypatch.context() as patch:
        patch.setattr("claims.corpus.run.load", breaks)
        assert "Somebody else" in corpus(path)
    assert (CorpusFile.objects.get().number, Document.objects.count()) == (3, 3)
    assert corpus(path) == "4 new, 3 known, 0 refused; 6 new claims.\n"
    assert everything() == wanted


def test_two_at_once_load_nothing_twice(corpus, tmp_path):
    path = lines(tmp_path / "fil.jsonl")

    def overtakes(part, *args):
        CorpusFile.objects.update(at=1, number=1)
        return load(part, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claims.corpus.run.load", overtakes)
        assert "Somebody else takes the same file in." in corpus(path)
    assert not Document.objects.exists()


def test_who_goes_through_it_again_meanwhile_overtakes(corpus, tmp_path):
    def begins_again(part, *args):
        CorpusFile.objects.all().delete()
        return load(part, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claims.corpus.run.load", begins_again)
        assert "Somebody else takes the same file in." in corpus(lines(tmp_path / "fil.jsonl"))


def test_a_file_given_twice_is_taken_in_once(corpus, tmp_path):
    path = lines(tmp_path / "fil.jsonl")
    assert "7 new, 0 known, 0 refused" in corpus(path, path)
    assert "0 new, 7 known, 0 refused" in corpus(path, path, again=True)


def test_what_could_not_be_read_once_is_read_the_next_time(corpus, tmp_path, monkeypatch):
    path = lines(tmp_path / "fil.jsonl")

    def fails(*args):
        for number, step in enumerate(json_lines(*args)):
            if number == 4:
                raise OSError(errno.EIO, "Input/output error")
            yield step

    with monkeypatch.context() as patch:
        patch.setattr("sources.corpora.json_lines.read", fails)
        assert f"{path}: it cannot be read: Input/output error" in corpus(path)
    assert corpus(path) == "3 new, 4 known, 0 refused; 4 new claims.\n"


def test_where_loading_was_done_but_not_said_it_is_not_done_again(corpus, tmp_path, monkeypatch):
    def says_nothing_first(part, *args):
        load(part, *args)
        return load(part, *args)

    monkeypatch.setattr("claims.corpus.run.load", says_nothing_first)
    assert "0 new, 7 known" in corpus(lines(tmp_path / "fil.jsonl"))
    assert CorpusFile.objects.get().documents == 7


def test_a_worker_that_is_killed_is_replaced(corpus, cluster, tmp_path, monkeypatch):
    path = lines(tmp_path / "fil.jsonl")
    wanted = ingested(path)
    killed = []

    def kills(self, given):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)
        return begin(self, given)

    begin = Corpus._begin
    monkeypatch.setattr(Corpus, "_begin", kills)
    assert corpus(path) == "7 new, 0 known, 0 refused; 13 new claims.\n"
    assert everything() == wanted
    assert killed


def test_what_ends_its_process_again_and_again_keeps_no_other_out(tmp_path, monkeypatch):
    class Ends:
        """A cluster in which whoever reads the third text ends."""

        def submit(self, act, packed, pure):
            return Heard(*pickle.loads(packed))

    class Heard:
        def __init__(self, unread, orders):
            self.unread, self.orders = unread, orders

        def result(self, timeout):
            if any(TEXTS[2] in one.item.original.decode() for one in self.unread):
                raise KilledWorker("read", None, 2)
            return work.read(self.unread, self.orders)

    told = tally()
    reading = Corpus(Ends(), Origin(), NOON.date(), told, Stop())
    monkeypatch.setattr("claims.corpus.run.wait_for", lambda client: 1)
    reading.take_in(files(lines(tmp_path / "fil.jsonl", [{"text": text} for text in TEXTS[:5]])))
    assert told.summary() == ["4 new, 0 known, 1 refused; 8 new claims."]
    assert "line 3: reading it ends the process" in told.err.getvalue()


def tally():
    return Tally(StringIO(), StringIO(), bar=Still(), report=None, named=(), all_told=False)


class Still:
    """A bar that nobody sees."""

    def move(self, through, more=1):
        pass

    def write(self, stream, line):
        stream.write(line + "\n")


def test_ctrl_c_finishes_what_is_begun(corpus, tmp_path, monkeypatch):
    begin = Corpus._begin

    def interrupted(self, part):
        os.kill(os.getpid(), signal.SIGINT)
        return begin(self, part)

    monkeypatch.setattr(Corpus, "_begin", interrupted)
    told = corpus(lines(tmp_path / "fil.jsonl"))
    assert told.splitlines() == [
        "Finishing what is begun…",
        "3 new, 0 known, 0 refused; 7 new claims.",
        "It was not finished: the same command goes on where it was.",
    ]
    assert CorpusFile.objects.get().number == 3


@pytest.mark.parametrize(
    ("scheduler", "sentence"),
    [
        ("tcp://192.0.2.7:8786", "runs programs on its workers"),
        ("tcp://scheduler.example:8786", "runs programs on its workers"),
        ("http://127.0.0.1:8786", "named tls://host:port"),
        ("tls://127.0.0.1", "named tls://host:port"),
    ],
)
def test_a_scheduler_that_anybody_can_use_is_not_used(corpus, tmp_path, scheduler, sentence):
    assert sentence in corpus(lines(tmp_path / "fil.jsonl"), scheduler=scheduler)


@pytest.mark.django_db(transaction=True)
def test_killed_and_run_again_it_takes_each_document_in_once(corpus, cluster, tmp_path):
    texts = [f"Jeanne Roux a promis {number} écoles." for number in range(300)]
    path = lines(tmp_path / "fil.jsonl", [{"text": text} for text in texts])
    command = [sys.executable, "manage.py", "extract-corpus", str(path)]
    command += ["--scheduler", cluster.scheduler_address]
    running = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": database_url()})
    while not Document.objects.exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.wait()
    mark, done = CorpusFile.objects.get(), Document.objects.count()
    assert 0 < done == mark.number < 300
    assert f"{300 - done} new, {done} known, 0 refused" in corpus(path)
    assert Document.objects.count() == Snapshot.objects.count() == Reading.objects.count() == 300
    assert Claim.objects.count() == 300
