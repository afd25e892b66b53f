import stat
import struct
import tarfile
import tracemalloc
import zipfile

import pytest

from sources.batches.archives import read
from sources.batches.items import Given, LeftOut, Refusal
from sources.refused import Refused
from tests.sources.batches.files import entry, tarred, zipped

pytestmark = pytest.mark.usefixtures("english")
TEXT = b"La maire promet."
MEMBERS = {"a.txt": TEXT, "dossier/b.html": b"<p>b</p>", "c.pdf": b"%PDF-"}
MODES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}


def read_path(path):
    with path.open("rb") as file:
        yield from read(file, path.name, path.name)


def items(path):
    return list(read_path(path))


def until_refused(path):
    """What comes before the rest is refused, and the reason."""
    before = []
    with pytest.raises(Refused) as refused:
        before.extend(read_into(before, path))
    return before, str(refused.value)


def read_into(before, path):
    for item in read_path(path):
        before.append(item)
    return []


@pytest.fixture(params=[".zip", *MODES])
def archive(request, tmp_path):
    """A function that makes an archive of each kind."""

    def make(members):
        path = tmp_path / f"envoi{request.param}"
        if request.param == ".zip":
            return zipped(path, members)
        return tarred(path, members, MODES[request.param])

    return make


@pytest.fixture
def folder_is_untouched(tmp_path):
    yield
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.usefixtures("folder_is_untouched")
def test_its_documents_come_one_after_the_other(archive):
    path = archive(MEMBERS)
    assert [(item.name, item.file_name, item.original) for item in items(path)] == [
        (f"{path.name}/{name}", name.rpartition("/")[2], content)
        for name, content in MEMBERS.items()
    ]


def test_the_lines_of_json_lines_in_it_are_documents(archive):
    path = archive({"fil.jsonl": b'{"text": "a"}\n{\n{"text": "b"}\n'})
    kinds = [(type(item), item.name) for item in items(path)]
    assert kinds == [
        (Given, f"{path.name}/fil.jsonl, line 1"),
        (Refusal, f"{path.name}/fil.jsonl, line 2"),
        (Given, f"{path.name}/fil.jsonl, line 3"),
    ]


def test_what_is_hidden_is_passed_over_and_what_is_no_document_left_out(archive):
    hidden = {"__MACOSX/._a.txt": b"x", ".cache/a.txt": b"x"}
    path = archive({**hidden, "logo.png": b"x", "a.txt": TEXT})
    assert [type(item) for item in items(path)] == [LeftOut, Given]


@pytest.mark.parametrize("name", ["b.zip", "b.tar.gz", "fil.jsonl.gz"])
def test_an_archive_in_an_archive_is_refused(archive, name):
    inner, text = items(archive({name: b"x", "a.txt": TEXT}))
    assert "archive within an archive" in inner.reason
    assert text.original == TEXT


def test_a_name_that_leads_elsewhere_is_only_shown(archive):
    path = archive({"../../../tmp/a.txt": TEXT})
    (given,) = items(path)
    assert given.name == f"{path.name}/../../../tmp/a.txt"


def test_a_name_is_shown_without_control_characters(archive):
    (given,) = items(archive({"a\x1b[2J.txt": TEXT}))
    assert "\x1b" not in given.name


def test_one_that_unpacks_to_too_much_is_refused_there(archive, settings):
    settings.MAX_ARCHIVE_BYTES = 300_000
    before, reason = until_refused(archive({f"{n}.txt": bytes(100_000) for n in range(10)}))
    assert len(before) in (2, 3)  # A TAR has headers too.
    assert reason == "it unpacks to more than 300,000 bytes: bring it in in parts"


def test_one_of_too_many_files_is_refused_there(archive, settings):
    settings.MAX_ARCHIVE_MEMBERS = 5
    before, reason = until_refused(archive({f"{n}.txt": TEXT for n in range(9)}))
    assert len(before) == 5
    assert "more than 5 files" in reason


def test_no_more_of_a_file_is_read_than_is_taken_in(archive, settings):
    settings.MAX_FILE_BYTES = 1000
    large, small = items(archive({"a.txt": bytes(5_000_000), "b.txt": TEXT}))
    assert len(large.original) == 1001
    assert small.original == TEXT


def test_a_large_file_takes_no_memory(archive, settings):
    settings.MAX_FILE_BYTES = 1000
    path = archive({"a.txt": bytes(50_000_000), "b.txt": TEXT})
    tracemalloc.start()
    assert len(items(path)) == 2
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("content", [b"", b"La maire promet."])
def test_one_that_is_none_is_refused_once(tmp_path, archive, content):
    path = archive(MEMBERS)
    path.write_bytes(content)
    before, reason = until_refused(path)
    assert (before, reason) == ([], "it is no archive of the kind its name tells, or is damaged")


class TestTar:
    @pytest.mark.parametrize("kind", [".tar", ".tar.gz", ".tar.bz2", ".tar.xz"])
    def test_of_one_that_breaks_off_what_came_before_stays(self, tmp_path, kind):
        noise = {f"{n}.txt": bytes((n * i * i) % 251 for i in range(30_000)) for n in range(40)}
        path = tarred(tmp_path / f"envoi{kind}", noise, MODES[kind])
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * 3 // 4])
        before, reason = until_refused(path)
        assert [item.original for item in before] == list(noise.values())[: len(before)]
        assert "the rest is missing" in reason

    def test_one_cut_between_two_files_says_so(self, tmp_path):
        path = tarred(tmp_path / "envoi.tar", MEMBERS)
        path.write_bytes(path.read_bytes()[:1024])
        before, reason = until_refused(path)
        assert len(before) == 1
        assert "the rest is missing" in reason

    def test_one_with_a_broken_header_says_so(self, tmp_path):
        path = tarred(tmp_path / "envoi.tar", MEMBERS)
        broken = bytearray(path.read_bytes())
        broken[1024 + 150] ^= 0xFF
        path.write_bytes(broken)
        before, reason = until_refused(path)
        assert len(before) == 1
        assert "the rest is missing" in reason

    @pytest.mark.parametrize(
        "header",
        [
            entry("a.txt", tarfile.SYMTYPE, linkname="/etc/passwd"),
            entry("a.txt", tarfile.LNKTYPE, linkname="b.txt"),
            entry("a.txt", tarfile.CHRTYPE),
            entry("a.txt", tarfile.FIFOTYPE),
        ],
    )
    def test_a_link_or_a_device_is_refused(self, tmp_path, header):
        link, text = items(tarred(tmp_path / "envoi.tar", {"a.txt": header, "b.txt": TEXT}))
        assert link.reason == "it is a link or a device, not a file"
        assert text.original == TEXT

    def test_a_header_without_end_is_refused_in_bounded_memory(self, tmp_path):
        path = tmp_path / "envoi.tar.gz"
        name = entry("a.txt", tarfile.GNUTYPE_LONGNAME, size=200_000_000)
        with tarfile.open(path, "w:gz") as archive:
            archive.addfile(name)
            for _ in range(200):
                archive.fileobj.write(bytes(1_000_000))
        tracemalloc.start()
        before, reason = until_refused(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (before, peak < 20_000_000) == ([], True)
        assert "damaged" in reason


class TestZip:
    def test_a_file_with_a_password_is_refused(self, tmp_path):
        path = zipped(tmp_path / "envoi.zip", MEMBERS)
        archive = bytearray(path.read_bytes())
        archive[6] |= 1
        archive[archive.index(b"PK\1\2") + 8] |= 1
        path.write_bytes(archive)
        protected, *others = items(path)
        assert "password" in protected.reason
        assert len(others) == 2

    def test_a_link_is_refused(self, tmp_path):
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        refused, text = items(zipped(tmp_path / "envoi.zip", {link: b"/etc/passwd", "b.txt": TEXT}))
        assert refused.reason == "it is a link or a device, not a file"
        assert text.original == TEXT

    def test_a_damaged_file_does_not_keep_the_others_out(self, tmp_path):
        path = zipped(tmp_path / "envoi.zip", {"a.txt": TEXT * 9, "b.txt": TEXT})
        archive = bytearray(path.read_bytes())
        archive[40] ^= 0xFF
        path.write_bytes(archive)
        damaged, text = items(path)
        assert "damaged in the archive" in damaged.reason
        assert text.original == TEXT

    def test_a_file_packed_in_an_unknown_way_is_refused(self, tmp_path):
        path = zipped(tmp_path / "envoi.zip", {"a.txt": TEXT, "b.txt": TEXT})
        archive = bytearray(path.read_bytes())
        archive[8] = 9
        archive[archive.index(b"PK\1\2") + 10] = 9
        path.write_bytes(archive)
        refused, _text = items(path)
        assert "ordinary ZIP" in refused.reason

    def test_one_for_programs_to_come_is_refused(self, tmp_path):
        path = zipped(tmp_path / "envoi.zip", {"a.txt": TEXT})
        archive = bytearray(path.read_bytes())
        archive[archive.index(b"PK\1\2") + 6] = 255
        path.write_bytes(archive)
        before, reason = until_refused(path)
        assert (before, "ordinary ZIP" in reason) == ([], True)

    def test_a_list_of_contents_without_end_is_refused_before_it_is_read(self, tmp_path, settings):
        settings.MAX_ARCHIVE_MEMBERS = 100
        path = tmp_path / "envoi.zip"
        entries = b"PK\1\2".ljust(46, b"\0") * 10_000
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 100, 100, len(entries), 0, 0)
        path.write_bytes(entries + end)
        before, reason = until_refused(path)
        assert (before, "more than 100 files" in reason) == ([], True)

    @pytest.mark.parametrize(("charset"), ["utf-8", "cp850"])
    def test_names_of_old_programs_are_shown_as_they_were_meant(self, tmp_path, charset):
        path = zipped(tmp_path / "envoi.zip", {"xxxxxx.txt": TEXT})
        name = "ÀÉÈ".encode(charset).ljust(6, b"_")
        path.write_bytes(path.read_bytes().replace(b"xxxxxx", name))
        (given,) = items(path)
        assert "ÀÉÈ" in given.name
