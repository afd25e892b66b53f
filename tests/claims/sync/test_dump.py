"""Dumps: the whole record in files, as of one moment, described as a Data Package."""

import csv
import gzip
import hashlib
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from io import StringIO

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from frictionless import Package
from psycopg.types.range import Int4Range

from claims.api import resource
from claims.api.resources import RESOURCES
from claims.models import Claim
from claims.sync import nightly
from claims.sync.dump import dump
from claims.sync.files import FORMATS
from tests.claims.sync.mirror import Mirror, record
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    UserFactory,
)
from tests.raw_sql import committed, correction
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(db):
    """Something of every resource, and of every kind of value."""
    claim, other = ClaimFactory.create_batch(2, accepted=True)
    Claim.objects.filter(pk=other.pk).update(wording="=1+1;\n« deux » lignes", said_on=None)
    LinkFactory(accepted=True, claim=other, earlier=claim)
    PositionFactory(speaker=claim.speaker)
    ForecastFactory(claim=claim)
    EffectFactory(claim=claim)
    correction("claim_id", claim)
    withdrawn(supersede(verify(claim)), "Erreur.")
    committed()


def lines(folder, name) -> list[dict]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def cells(folder, name) -> list[dict]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_is_the_record(everything, tmp_path, settings):
    dump(tmp_path / "dump", FORMATS)
    found = {(name, row["id"]): row for name in RESOURCES for row in lines(tmp_path / "dump", name)}
    assert found == record(settings.SITE)
    assert {name for name, _id in found} == set(RESOURCES)


def test_every_format_says_the_same(everything, tmp_path):
    dump(tmp_path / "dump", FORMATS)
    for name in RESOURCES:
        rows = lines(tmp_path / "dump", name)
        table = pq.read_table(tmp_path / "dump" / f"{name}.parquet").to_pylist()
        assert [as_json(row) for row in table] == [as_json(timed(row)) for row in rows]
        written = cells(tmp_path / "dump", name)
        assert [row["id"] for row in written] == [row["id"] for row in rows]
        for row, cell in zip(rows, written, strict=True):
            for column, value in row.items():
                if isinstance(value, list | dict):
                    assert json.loads(cell[column]) == value


def timed(value):
    """Times as Python has them."""
    if isinstance(value, dict):
        return {name: timed(part) for name, part in value.items()}
    if isinstance(value, list):
        return [timed(part) for part in value]
    if isinstance(value, str) and len(value) > 20 and value[4:5] == "-" and value[10:11] == "T":
        return datetime.fromisoformat(value)
    return value


def as_json(row: dict) -> str:
    return json.dumps(
        row, default=lambda time: time.astimezone(UTC).isoformat()
        if isinstance(time, datetime) else time.isoformat(),
    )  # fmt: skip


def test_no_cell_of_csv_is_a_formula(everything, tmp_path):
    dump(tmp_path / "dump", ["csv"])
    texts = {row["text"] for row in cells(tmp_path / "dump", "claims")}
    assert "'=1+1;\n« deux » lignes" in texts


@pytest.mark.filterwarnings("ignore")  # It leaves files open.
def test_its_description_is_a_data_package(everything, tmp_path):
    dump(tmp_path / "dump", FORMATS)
    described = json.loads((tmp_path / "dump" / "datapackage.json").read_text("utf-8"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    for file in described["resources"]:
        written = (tmp_path / "dump" / file["path"]).read_bytes()
        assert file["bytes"] == len(written)
        assert file["hash"] == f"sha256:{hashlib.sha256(written).hexdigest()}"
    described["resources"] = [one for one in described["resources"] if one["format"] == "csv"]
    package = Package.from_descriptor(described, basepath=str(tmp_path / "dump"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])
    assert report.stats["tasks"] == len(RESOURCES)


def test_a_mirror_goes_on_from_it(everything, tmp_path, client, settings):
    settings.SITE = "http://testserver"
    number = dump(tmp_path / "dump", ["jsonl"])["changes"]
    mirror = Mirror(client)
    mirror.number = number
    for name in RESOURCES:
        mirror.rows |= {(name, row["id"]): row for row in lines(tmp_path / "dump", name)}
    ClaimFactory(accepted=True)
    Claim.objects.filter(pk=Claim.objects.earliest("pk").pk).update(wording="Autrement.")
    committed()
    mirror.read()
    for row in mirror.rows.values():  # Its pages are those of the site, not of who is asked.
        if "page" in row:
            row["page"] = row["page"].replace("http://localhost:8000", "http://testserver")
    assert mirror.rows == record()


def test_it_appears_when_it_is_whole(everything, tmp_path, monkeypatch):
    def fail(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FORMATS["parquet"], "close", fail)
    with pytest.raises(OSError, match="No space"):
        dump(tmp_path / "dump", FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_it_takes_the_place_of_nothing(everything, tmp_path):
    with pytest.raises(FileExistsError):
        dump(tmp_path, ["jsonl"])


def test_more_rows_take_no_more_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(resource, "CHUNK", 20)
    claim, editor, counts, peaks = ClaimFactory(accepted=True), UserFactory(), (20, 300), []
    for number in range(2):
        Claim.objects.bulk_create(
            ClaimFactory.build(
                accepted=True, sentence=claim.sentence, speaker=claim.speaker, decided_by=editor,
                wording=f"{place} " + "x" * 50_000, content=[Int4Range(place, place + 1)],
            )
            for place in range(sum(counts[:number]), sum(counts[: number + 1]))
        )  # fmt: skip
        committed()
        tracemalloc.start()
        dump(tmp_path / f"dump-{number}", ["jsonl", "csv"])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4_000_000  # The texts are 15 MB, those of 20 rows one.


def test_the_command_writes_one(everything, tmp_path):
    out = StringIO()
    call_command("dump", str(tmp_path / "here"), "--format", "jsonl", stdout=out)
    assert "2  claims" in out.getvalue()
    assert (tmp_path / "here" / "claims.jsonl.gz").exists()
    assert not (tmp_path / "here" / "claims.csv.gz").exists()
    with pytest.raises(CommandError, match="here"):
        call_command("dump", str(tmp_path / "here"))


def described(folder) -> None:
    """A dump of nothing."""
    folder.mkdir()
    nothing = {"created": "2026-06-01T02:23:00+00:00", "changes": 0, "resources": []}
    (folder / "datapackage.json").write_text(json.dumps(nothing))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of the client
class TestEveryNight:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path, monkeypatch, settings):
        monkeypatch.setattr(nightly, "FOLDER", tmp_path)
        settings.DUMPS_KEPT = 2

    def test_the_latest_are_kept(self, everything):
        now = datetime(2026, 6, 1, 2, 23, tzinfo=UTC)
        for night in range(3):
            nightly.make(now + timedelta(days=night))
        assert nightly.there() == ["20260603T022300Z", "20260602T022300Z"]

    def test_none_is_made_where_none_is_kept(self, everything, settings):
        settings.DUMPS_KEPT = 0
        nightly.make(datetime.now(UTC))
        assert nightly.there() == []

    def test_they_are_listed_with_their_files(self, everything, client):
        nightly.make(datetime(2026, 6, 1, 2, 23, tzinfo=UTC))
        [listed] = client.get("/api/v1/dumps/").json()["results"]
        assert {file["format"] for file in listed["files"]} == set(FORMATS)
        files = {(file["resource"], file["format"]): file for file in listed["files"]}
        file = files["claims", "jsonl"]
        answer = client.get(file["url"])
        content = b"".join(answer.streaming_content)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert (len(content), answer["Content-Type"]) == (file["bytes"], "application/gzip")
        assert gzip.decompress(content).count(b"\n") == file["rows"] == 2
        described = client.get(listed["datapackage"])
        assert json.loads(b"".join(described.streaming_content))["changes"] == listed["changes"]

    def test_a_part_of_a_file_is_given(self, everything, client):
        nightly.make(datetime(2026, 6, 1, 2, 23, tzinfo=UTC))
        address = "/dumps/20260601T022300Z/claims.jsonl.gz"
        whole = b"".join(client.get(address).streaming_content)
        for asked, first, last in (
            ("bytes=0-9", 0, 9), ("bytes=10-", 10, len(whole) - 1),
            ("bytes=-5", len(whole) - 5, len(whole) - 1), ("bytes=5-99999999", 5, len(whole) - 1),
        ):  # fmt: skip
            answer = client.get(address, headers={"Range": asked})
            assert answer.status_code == 206, asked
            assert answer["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
            assert b"".join(answer.streaming_content) == whole[first : last + 1]
        assert client.get(address, headers={"Range": "bytes=99999999-"}).status_code == 416
        other = {"Range": "bytes=0-9", "If-Range": '"another"'}
        answer = client.get(address, headers=other)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == whole
        unchanged = {"If-None-Match": answer["ETag"]}
        assert client.get(address, headers=unchanged).status_code == 304

    def test_one_that_is_being_forgotten_is_there_no_more(self, everything, client, monkeypatch):
        now = datetime(2026, 6, 1, 2, 23, tzinfo=UTC)
        listed = []

        def begin(folder):
            """Its description goes first, as it may."""
            (folder / "datapackage.json").unlink()
            listed.append(client.get("/api/v1/dumps/").json()["results"])

        monkeypatch.setattr(nightly.shutil, "rmtree", begin)
        for night in range(3):
            monkeypatch.setattr(nightly, "dump", lambda folder, _formats: described(folder))
            nightly.make(now + timedelta(days=night))
        assert [len(each) for each in listed] == [2]

    def test_files_count_against_the_limits(self, everything, client, settings):
        nightly.make(datetime(2026, 6, 1, 2, 23, tzinfo=UTC))
        settings.API_LIMITS = settings.API_LIMITS | {"anonymous_minute": 1}
        address = "/dumps/20260601T022300Z/claims.jsonl.gz"
        b"".join(client.get(address).streaming_content)
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")

    @pytest.mark.parametrize(
        "address",
        [
            "/dumps/20260601T022300Z/claims.jsonl.gz",
            "/dumps/../settings.py",
            "/dumps/20260601T022300Z/%2e%2e%2fsecret_key",
            "/dumps/x/y",
        ],
    )
    def test_nothing_else_is_given(self, client, address):
        assert client.get(address).status_code == 404
