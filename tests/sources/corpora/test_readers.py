"""Each kind of corpus: what it holds, from any place on."""

import gzip
import json
from contextlib import suppress
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from sources.batches.items import Given, LeftOut, Refusal
from sources.corpora.read import reader
from sources.corpora.step import Place
from sources.refused import Refused
from tests.sources.corpora.warcs import page, response, warc

pytestmark = pytest.mark.usefixtures("english")

RECORDS = [{"text": f"Texte {number} : été.", "id": number} for number in range(1, 151)]


def lines(path):
    content = b"\n".join(json.dumps(record).encode() for record in RECORDS) + b"\n"
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def columns(path):
    records = [record | {"id": str(record["id"])} for record in RECORDS]
    parquet.write_table(pa.Table.from_pylist(records), path, row_group_size=70)


def pages(path):
    texts = (record["text"].encode() for record in RECORDS)
    warc(path, *(response(number, text) for number, text in enumerate(texts)))


MAKERS = {
    "a.jsonl": lines,
    "a.ndjson.gz": lines,
    "a.parquet": columns,
    "a.warc": pages,
    "a.WARC.gz": pages,
}


def steps(path, since=Place()):  # noqa: B008  it never changes
    return list(reader(path)(path, path.name, since))


def given(steps):
    return [step.item.original for step in steps if isinstance(step.item, Given)]


@pytest.fixture(params=MAKERS)
def corpus(request, tmp_path):
    path = tmp_path / request.param
    MAKERS[request.param](path)
    return path


def test_every_document_is_come_upon(corpus):
    assert given(steps(corpus)) == [record["text"].encode() for record in RECORDS]


def test_it_is_gone_on_with_after_any_of_them(corpus):
    whole = steps(corpus)
    for place in (1, 69, 70, 71, 149, len(whole)):
        rest = steps(corpus, whole[place - 1].after)
        assert [step.item.name for step in rest] == [step.item.name for step in whole[place:]]
        assert given(rest) == given(whole[place:])
        assert [step.after for step in rest] == [step.after for step in whole[place:]]


def test_it_tells_how_far_it_came(corpus):
    through = [step.item.through for step in steps(corpus)]
    assert through == sorted(through)
    assert 0 <= through[0] <= through[-1] <= 1


class TestWarc:
    def items(self, path):
        return [step.item for step in steps(path)]

    def test_a_page_comes_with_its_address_type_and_charset(self, tmp_path):
        path = warc(
            tmp_path / "a.warc.gz", response(7, page("Un été."), "text/html; charset=UTF-8")
        )
        info, item = self.items(path)
        assert info == LeftOut("a.warc.gz, record 1", "warcinfo", through=info.through)
        assert item.name == "a.warc.gz, record 2 (https://journal.example/7)"
        assert (item.fetched_from, item.media_type, item.charset) == (
            "https://journal.example/7",
            "text/html",
            "utf-8",
        )

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (response(1, b"\x89PNG", "image/png"), "it is of the type “image/png”, no page"),
            (response(1, b"User-agent: *", "text/plain"), "of the type “text/plain”, no page"),
            (response(1, b"", status="404 Not Found"), "the site answered 404, no page"),
            (response(1, b"", status="301 Moved"), "the site answered 301, no page"),
        ],
    )
    def test_a_response_that_is_no_page_is_refused_with_its_place(self, tmp_path, answer, reason):
        item = self.items(warc(tmp_path / "a.warc", answer))[1]
        assert isinstance(item, Refusal)
        assert reason in item.reason
        assert item.name == "a.warc, record 2 (https://journal.example/1)"

    def test_what_tells_of_the_crawl_is_left_out_by_its_type(self, tmp_path):
        request = ("request", "https://journal.example/1", "GET / HTTP/1.1", "", b"")
        item = self.items(warc(tmp_path / "a.warc", request))[1]
        assert (type(item), item.ending) == (LeftOut, "request")

    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_a_record_that_is_cut_off_is_not_taken_for_a_page(self, tmp_path, name):
        path = warc(tmp_path / name, response(1, page("Un.")), response(2, page("Deux " * 90)))
        path.write_bytes(path.read_bytes()[:-150])
        told = []
        with suppress(Refused):
            told.extend(step.item for step in reader(path)(path, path.name, Place()))
            assert "cut off" in told.pop().reason
        assert [item.original for item in told if isinstance(item, Given)] == [page("Un.")]

    def test_what_is_larger_than_any_document_is_not_in_memory(self, tmp_path, settings):
        settings.MAX_FILE_BYTES = 1_000
        path = warc(tmp_path / "a.warc.gz", response(1, b"a" * 50_000), response(2, b"b"))
        first, second = self.items(path)[1:]
        assert (len(first.original), second.original) == (1_001, b"b")

    def test_a_file_packed_as_a_whole_is_refused(self, tmp_path):
        plain = warc(tmp_path / "a.warc", response(1, page("Un.")), response(2, page("Deux.")))
        packed = tmp_path / "b.warc.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes()))
        with pytest.raises(Refused, match="packed as a whole"):
            self.items(packed)


class TestParquet:
    def item(self, tmp_path, table):
        path = tmp_path / "a.parquet"
        parquet.write_table(pa.table(table), path)
        return steps(path)[0].item

    def test_a_date_may_be_a_date(self, tmp_path):
        item = self.item(tmp_path, {"text": ["Un."], "published_on": [date(2025, 12, 3)]})
        assert item.origin.published_on.isoformat() == "2025-12-03"

    def test_a_table_without_texts_is_refused(self, tmp_path):
        with pytest.raises(Refused, match="no column “text”"):
            self.item(tmp_path, {"body": ["Un."]})

    def test_what_is_not_in_utf_8_is_refused_with_its_row(self, tmp_path):
        wrong = _wrong()
        item = self.item(tmp_path, {"text": wrong})
        assert (item.name, item.reason) == ("a.parquet, row 1", "its text is not in UTF-8")

    def test_numbers_are_no_text(self, tmp_path):
        assert self.item(tmp_path, {"text": [1]}).reason == "its “text” is no text"


def _wrong():
    binary = pa.array([b"\xe9t\xe9"], pa.binary())
    return pa.StringArray.from_buffers(1, binary.buffers()[1], binary.buffers()[2])
