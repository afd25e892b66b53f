import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from background.models import Job
from claims.models import Claim, Reading
from sources.models import Document, Fetch, Publisher, Sentence, Snapshot
from tests.database import database_url
from tests.sources.batches.files import zipped
from tests.sources.files import pdf, word
from tests.web import answer, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-12-08T12:00:00Z", tick=False):
        yield


def ingest(*files, **options):
    """What the command prints; errors raised."""
    out = StringIO()
    call_command("ingest", *map(str, files), stdout=out, stderr=out, **options)
    return out.getvalue()


def refusal(*files, **options):
    """What the command prints when it ends in an error."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("ingest", *map(str, files), stdout=out, stderr=out, **options)
    return out.getvalue() + str(error.value)


def counts():
    models = (Publisher, Document, Snapshot, Sentence, Claim)
    return [model.objects.count() for model in models]


def test_the_claims_of_a_text_are_recorded(file):
    ingest(file, published_on="2025-12-04")
    claim = Claim.objects.get()
    assert (claim.speaker.name, claim.kind, claim.said_on.isoformat()) == (
        "Jeanne Roux",
        "commitment",
        "2025-12-02",
    )


def test_what_it_did_is_said(file):
    assert ingest(file).strip() == f"{file}: new, 1 claim, 1 new"


def test_the_same_file_twice_changes_nothing(file):
    ingest(file, publisher="Le Journal")
    before = counts()
    assert ingest(file, publisher="Le Journal").strip() == f"{file}: known"
    assert counts() == before


def test_publisher_date_and_address_are_kept(file):
    ingest(file, published_on="2025-12", publisher="Le Journal", url="https://example.org/a")
    document = Document.objects.get()
    assert (document.publisher.name, document.published_on.isoformat(), document.url) == (
        "Le Journal",
        "2025-12",
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff\xfe", "image"),
        (bytes(range(0x90, 0x100)), "character set"),
        (b"un\0deux", "NUL"),
        (b"a" * 3_000_000, "2,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_text_is_refused_and_leaves_no_row(tmp_path, content, reason):
    path = tmp_path / "fichier.txt"
    path.write_bytes(content)
    assert reason in refusal(path, publisher="Le Journal")
    assert counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ({"published_on": "2025-12-09"}, "future"),
        ({"published_on": "2025-02-30"}, "2025-02-30"),
        ({"published_on": "hier"}, "hier"),
        ({"url": "ftp://example.org"}, "ftp://example.org"),
        ({"title": "a" * 501}, "title"),
    ],
)
def test_an_impossible_origin_is_refused_and_leaves_no_row(file, option, reason):
    assert reason in refusal(file, publisher="Le Journal", **option)
    assert counts() == [0, 0, 0, 0, 0]


def test_a_file_refused_does_not_keep_the_others_out(file, tmp_path):
    empty = tmp_path / "vide.txt"
    empty.touch()
    printed = refusal(empty, file)
    assert f"{empty}: it is empty" in printed
    assert "1 of 2 texts refused" in printed
    assert Document.objects.count() == 1


def test_an_address_belongs_to_one_file(file, tmp_path):
    assert "one file" in refusal(file, tmp_path / "autre.txt", url="https://example.org/a")


def test_nothing_is_kept_of_a_text_whose_claims_cannot_be_recorded(file, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("claims.record.Reading.objects.bulk_create", fail)
    with pytest.raises(RuntimeError):
        ingest(file, publisher="Le Journal")
    assert counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "article.html",
            f"<html><body><article><p>{TEXT * 4}</p></article></body></html>".encode(),
        ),
        ("article.htm", f"<html><body><article><p>{TEXT * 4}</p></article></body></html>".encode()),
        ("article.pdf", pdf([TEXT.strip()])),
        ("article.docx", word(TEXT.strip())),
        ("article.txt", TEXT.encode("cp1252")),
    ],
)
def test_claims_are_found_in_files_of_every_kind(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    ingest(path, published_on="2025-12-04")
    assert Claim.objects.first().speaker.name == "Jeanne Roux"


def test_a_file_whose_name_lies_is_refused_by_what_it_is(tmp_path):
    path = tmp_path / "article.docx"
    path.write_bytes(b"MZ" + bytes(64))
    assert "its name ends in .docx, but it is a program" in refusal(path)


def html_page(canonical: str) -> bytes:
    body = (
        f'<html><head><link rel="canonical" href="{canonical}"></head>'
        f"<body><article><p>{TEXT * 4}</p></article></body></html>"
    )
    return answer(body.encode(), Content_Type="text/html; charset=utf-8")


class TestMany:
    """Folders, JSON Lines and archives."""

    @pytest.fixture
    def folder(self, tmp_path):
        folder = tmp_path / "envoi"
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT)
        (folder / "logo.png").write_bytes(b"x")
        lines = [json.dumps({"text": TEXT.replace("deux", word)}) for word in ("trois", "quatre")]
        (folder / "b.jsonl").write_text("\n".join([lines[0], "{x", lines[1]]))
        zipped(folder / "c.zip", {"c.txt": TEXT.replace("deux", "cinq"), "vide.txt": b""})
        return folder

    def test_what_they_hold_is_taken_in_and_what_is_not_is_told_by_its_name(self, folder):
        assert refusal(folder).splitlines() == [
            f"{folder}/b.jsonl, line 2: it is not JSON, from character 2 on",
            f"{folder}/c.zip/vide.txt: it is empty",
            "4 new, 0 known, 2 refused; 4 new claims.",
            "Left out, since they are no documents: 1 .png.",
            "2 of 6 texts refused.",
        ]
        assert counts() == [0, 4, 4, 4, 4]

    def test_the_second_time_all_is_known(self, folder):
        refusal(folder)
        assert "0 new, 4 known, 2 refused; 0 new claims." in refusal(folder)
        assert counts() == [0, 4, 4, 4, 4]

    def test_each_document_is_told_if_that_is_wanted(self, folder):
        assert f"{folder}/c.zip/c.txt: new, 1 claim, 1 new" in refusal(folder, verbosity=2)

    def test_what_is_refused_is_written_to_a_report(self, folder, tmp_path):
        report = tmp_path / "refus.csv"
        refusal(folder, report=report)
        assert report.read_text("utf-8-sig").splitlines() == [
            "document;reason",
            f"{folder}/b.jsonl, line 2;it is not JSON, from character 2 on",
            f"{folder}/c.zip/vide.txt;it is empty",
        ]

    def test_a_report_that_cannot_be_written_is_said_before_anything_is_done(self, folder):
        assert "there is no such file" in refusal(folder, report=Path("/nowhere/refus.csv"))
        assert counts() == [0] * 5

    @pytest.mark.parametrize("option", ["url", "title"])
    def test_an_address_or_a_title_belongs_to_one_document(self, folder, option):
        for many in (folder, folder / "b.jsonl", folder / "c.zip"):
            assert "one file" in refusal(many, **{option: "https://example.org/a"})

    def test_in_the_background_texts_are_kept_and_their_claims_left_to_workers(self, folder):
        assert "4 new, 0 known, 2 refused; 0 new claims." in refusal(folder, background=True)
        assert counts() == [0, 4, 4, 0, 0]
        assert Job.objects.filter(task_name="read", status="todo").count() == 4

    def test_in_several_processes_the_same_is_found(self, folder):
        assert "4 new, 0 known, 2 refused; 4 new claims." in refusal(folder, processes=2)

    def test_ctrl_c_is_told_how_to_go_on(self, folder, monkeypatch):
        def interrupted(self, items, processes):
            os.kill(os.getpid(), signal.SIGINT)

        monkeypatch.setattr("claims.take_in.Intake.record", interrupted)
        out = StringIO()
        with pytest.raises(CommandError) as error:
            call_command("ingest", str(folder), stdout=out, stderr=out)
        assert out.getvalue() == "Finishing what is begun…\n"
        assert str(error.value) == "It was not finished: the same command goes on where it was."
        assert error.value.returncode == 130

    def test_where_the_database_stays_away_it_is_told_how_to_go_on(self, folder, monkeypatch):
        def fail(*args):
            raise OperationalError

        monkeypatch.setattr("claims.take_in.record_arrivals", fail)
        monkeypatch.setattr("sources.patience.MOST", -1)
        monkeypatch.setattr("sources.patience.PAUSE", 0)
        monkeypatch.setattr("sources.patience.connection.close", lambda: None)
        out = StringIO()
        with pytest.raises(OperationalError):
            call_command("ingest", str(folder / "a.txt"), stdout=out, stderr=out)
        assert out.getvalue().splitlines() == [
            "The database is away. Waiting for it to come back…",
            "It was not finished: the same command goes on where it was.",
        ]


def alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.django_db(transaction=True)
def test_killed_and_run_again_it_takes_each_document_in_once(tmp_path):
    path = tmp_path / "fil.jsonl"
    texts = [TEXT.replace("deux", f"{number} nouvelles") for number in range(400)]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    command = [sys.executable, "manage.py", "ingest", str(path), "--processes", "2"]
    running = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": database_url()})
    while not Document.objects.exists():
        assert running.poll() is None
        time.sleep(0.01)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    running.kill()
    running.wait()
    assert children
    for _ in range(1000):
        if not any(map(alive, children)):
            break
        time.sleep(0.01)
    else:
        pytest.fail("its processes outlive it")
    done = Document.objects.count()
    assert done < 400
    assert f"{400 - done} new, {done} known, 0 refused" in ingest(path)
    assert counts() == [0, 400, 400, 400, 400]
    assert Reading.objects.count() == 400


class TestAddresses:
    @pytest.fixture
    def page(self, web):
        web.pages["/article"] = answer(TEXT.encode(), ETag='"1"')
        return f"{web.origin}/article"

    def test_what_stands_there_is_taken_in(self, page):
        assert ingest(page, publisher="Le Journal").strip() == f"{page}: new, 1 claim, 1 new"
        document = Document.objects.get()
        assert (document.url, document.publisher.name) == (page, "Le Journal")
        assert Fetch.objects.get().snapshot == document.snapshot

    def test_the_same_again_changes_nothing(self, page, web):
        ingest(page)
        before = counts()
        assert "known, 1 claim, 0 new" in ingest(page)
        web.pages["/article"] = answer(b"", "304 Not Modified")
        assert "known, 1 claim, 0 new" in ingest(page)
        assert counts() == before
        assert Fetch.objects.filter(snapshot=Snapshot.objects.get()).count() == 3

    def test_it_belongs_to_the_address_that_answered(self, page, web):
        web.pages["/"] = redirect("/article")
        ingest(web.origin)
        assert Document.objects.get().url == page

    def test_a_page_belongs_to_the_address_it_gives_as_its_own(self, web):
        web.pages["/a"] = html_page(canonical=f"{web.origin}/article")
        ingest(f"{web.origin}/a")
        assert Document.objects.get().url == f"{web.origin}/article"

    def test_but_not_to_one_of_another_site(self, web):
        web.pages["/a"] = html_page(canonical="https://journal.example/article")
        ingest(f"{web.origin}/a")
        assert Document.objects.get().url == f"{web.origin}/a"

    def test_files_and_addresses_come_together(self, page, file):
        assert f"{file}: known" in ingest(page, file)

    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd",
            "file:/etc/passwd",
            "http://127.0.0.1/",
            "http://[::ffff:127.0.0.1]/",
            "http://2130706433/",
            "http://0/",
            "ftp://journal.test/",
        ],
    )
    def test_a_forbidden_one_is_refused_in_one_line_and_the_attempt_is_kept(self, address):
        lines = refusal(address).splitlines()
        assert len(lines) == 2
        assert lines[0] == f"{address}: {Fetch.objects.get().reason}"
        assert counts() == [0, 0, 0, 0, 0]

    def test_a_password_is_not_printed(self):
        assert "secret" not in refusal("http://editor:secret@journal.test/")

    def test_what_cannot_be_taken_in_is_kept_as_fetched(self, page, web):
        web.pages["/article"] = answer(b"MZ" + bytes(64))
        assert "program" in refusal(page)
        attempt = Fetch.objects.get()
        assert (attempt.outcome, attempt.snapshot) == ("fetched", None)

    def test_it_takes_no_other_address(self, page):
        assert "--url" in refusal(page, url="https://example.org/a")
