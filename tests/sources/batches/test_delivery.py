import gzip
import os
from pathlib import Path

import pytest

from sources.batches.delivery import files, holds_many, items
from sources.batches.items import Given, LeftOut, Refusal
from tests.sources.batches.files import tarred, zipped

pytestmark = pytest.mark.usefixtures("english")


def delivered(path):
    return list(items(files(path)))


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.html", "sous/c.txt", "sous/.caché", ".git/config", "sous/logo.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_a_folder_holds_the_documents_below_it_in_the_order_of_their_names(folder):
    names = [item.name for item in delivered(folder) if isinstance(item, Given)]
    assert names == [str(folder / name) for name in ("a.html", "b.txt", "sous/c.txt")]


def test_what_is_no_document_in_a_folder_is_left_out(folder):
    (left_out,) = [item for item in delivered(folder) if isinstance(item, LeftOut)]
    assert (left_out.name, left_out.ending) == (str(folder / "sous/logo.png"), ".png")


def test_a_file_that_is_named_is_given_whatever_its_name(folder):
    (given,) = delivered(folder / "sous/logo.png")
    assert given.original == b"sous/logo.png"


def test_what_a_browser_saved_with_a_page_is_passed_over(tmp_path):
    (tmp_path / "A.html").write_text("a")
    for folder in ("A_fichiers", "B_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "saved_resource.html").write_text(folder)
    assert [item.original for item in delivered(tmp_path)] == [b"a", b"B_files"]


def test_archives_and_json_lines_in_a_folder_are_opened(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n')
    (tmp_path / "b.ndjson.gz").write_bytes(gzip.compress(b'{"text": "b"}\n'))
    tarred(tmp_path / "c.tar.gz", {"c.txt": b"c"}, "w:gz")
    zipped(tmp_path / "d.zip", {"d.txt": b"d"})
    assert [item.original for item in delivered(tmp_path)] == [b"a", b"b", b"c", b"d"]


def refusals(path):
    return {
        Path(item.name).name: item.reason for item in delivered(path) if isinstance(item, Refusal)
    }


def test_what_cannot_be_opened_in_a_folder_is_refused_by_the_reason(tmp_path):
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "ailleurs").symlink_to("/etc")
    (tmp_path / "mort.txt").symlink_to("nulle/part")
    (tmp_path / "serpent.txt").symlink_to("serpent.txt")
    (tmp_path / "vers-tube.txt").symlink_to("tube.txt")
    assert refusals(tmp_path) == {
        "tube.txt": "it is a device or a pipe, not a file",
        "ailleurs": "it is a link to a folder: name that folder itself",
        "mort.txt": "there is no such file",
        "serpent.txt": "there is no such file",
        "vers-tube.txt": "it is a device or a pipe, not a file",
    }


def test_a_pipe_that_is_named_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "tube.txt")
    assert refusals(tmp_path / "tube.txt") == {"tube.txt": "it is a device or a pipe, not a file"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("vide", "there is no document in this folder"),
        ("vide.jsonl", "there is no document in it"),
        ("vide.zip", "there is no document in it"),
        ("absent.txt", "there is no such file"),
        ("absent.zip", "there is no such file"),
        ("absent.jsonl", "there is no such file"),
        ("vide.zip/a.txt", "there is no such file"),
        ("a" * 300, "there is no such file"),
        ("www.journal.fr", "there is no such file"),
    ],
)
def test_nothing_is_not_taken_for_something(tmp_path, name, reason):
    (tmp_path / "vide").mkdir()
    (tmp_path / "vide.jsonl").write_text("\n\n")
    zipped(tmp_path / "vide.zip", {})
    assert refusals(tmp_path / name) == {Path(name).name: reason}


@pytest.mark.parametrize("name", ["www.journal.example", "journal.example/a", "//journal.example"])
def test_an_address_without_its_scheme_is_told_from_a_file_that_is_not_there(name):
    reason = "there is no such file: if it is an address, begin it with https://"
    (refusal,) = delivered(Path(name))
    assert refusal.reason == reason


def test_a_file_refused_does_not_keep_the_others_out(tmp_path):
    (tmp_path / "a.zip").write_text("rien")
    (tmp_path / "b.jsonl").write_text("[]")
    (tmp_path / "c.txt").write_text("c")
    assert [type(item) for item in delivered(tmp_path)] == [Refusal, Refusal, Given]


def test_packed_json_lines_that_break_off_keep_what_came_before(tmp_path):
    path = tmp_path / "fil.jsonl.gz"
    lines = b"".join(b'{"text": "%d"}\n' % (n * n) for n in range(100_000))
    packed = gzip.compress(lines)
    path.write_bytes(packed[: len(packed) // 2])
    *before, last = delivered(path)
    assert len(before) > 10_000
    assert "the rest is missing" in last.reason


def test_packed_json_lines_that_unpack_to_too_much_are_refused(tmp_path, settings):
    settings.MAX_ARCHIVE_BYTES = 1_000_000
    path = tmp_path / "fil.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n' + bytes(50_000_000)))
    given, refusal = delivered(path)
    assert given.original == b"a"
    assert "1,000,000 bytes" in refusal.reason


def test_how_much_was_gone_through_never_goes_back_and_ends_with_all(folder):
    (folder / "z.jsonl").write_text('{"text": "a"}\n' * 100_000)
    through = [item.through for item in delivered(folder)]
    assert through == sorted(through)
    assert 0 < through[5] < 0.5
    assert through[-1] == 1


def test_a_name_that_is_no_utf_8_is_shown_and_its_file_read(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"a")
    (given,) = delivered(tmp_path)
    assert (given.name, given.original) == (f"{tmp_path}/caf�.txt", b"a")


@pytest.mark.parametrize(("name", "many"), [("a.txt", False), ("a.zip", True), ("", True)])
def test_what_may_hold_more_than_one_document(tmp_path, name, many):
    assert holds_many(tmp_path / name) is many
