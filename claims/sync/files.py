"""Files of documents: JSON Lines, CSV and Parquet, written row by row."""

import csv
import gzip
import io
import json
from abc import ABC, abstractmethod
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from claims.exchange.cells import harmless
from claims.sync.columns import Column, typed

GROUP = 5000  # rows of Parquet that are held at once


class File(ABC):
    """One that takes documents, as JSON and as what that says."""

    suffix: str
    format: str
    media_type: str

    def __init__(self, folder: Path, name: str, columns: list[Column]):
        self.path = folder / f"{name}{self.suffix}"
        self.columns = columns

    @abstractmethod
    def add(self, text: str, document: dict) -> None:
        """Another document."""

    @abstractmethod
    def close(self) -> None:
        """All of it is written."""


class Packed(File):
    """Text, in gzip; the same text makes the same bytes."""

    def __init__(self, folder: Path, name: str, columns: list[Column]):
        super().__init__(folder, name, columns)
        self._file = self.path.open("wb")
        packed = gzip.GzipFile("", "wb", 6, self._file, mtime=0)
        self._text = io.TextIOWrapper(packed, "utf-8", newline="")

    def close(self) -> None:
        self._text.close()
        self._file.close()


class JsonLines(Packed):
    suffix, format, media_type = ".jsonl.gz", "jsonl", "application/jsonl"

    def add(self, text: str, document: dict) -> None:
        self._text.write(text)
        self._text.write("\n")


class Csv(Packed):
    """Nested values are JSON in their cell; no text is a formula (claims/exchange/cells.py)."""

    suffix, format, media_type = ".csv.gz", "csv", "text/csv"

    def __init__(self, folder: Path, name: str, columns: list[Column]):
        super().__init__(folder, name, columns)
        self._rows = csv.writer(self._text)
        self._rows.writerow(column.name for column in columns)

    def add(self, text: str, document: dict) -> None:
        self._rows.writerow(_cell(document[column.name], column) for column in self.columns)


class Parquet(File):
    suffix, format, media_type = ".parquet", "parquet", "application/vnd.apache.parquet"

    def __init__(self, folder: Path, name: str, columns: list[Column]):
        super().__init__(folder, name, columns)
        self._schema = pa.schema([(column.name, column.arrow) for column in columns])
        self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd")
        self._rows: list[dict] = []

    def add(self, text: str, document: dict) -> None:
        self._rows.append({c.name: typed(document[c.name], c.arrow) for c in self.columns})
        if len(self._rows) == GROUP:
            self._write()

    def close(self) -> None:
        if self._rows:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, self._schema))
        self._rows = []


FORMATS: dict[str, type[File]] = {kind.format: kind for kind in (JsonLines, Csv, Parquet)}


def _cell(value: object, column: Column) -> str:
    if value is None:
        return ""
    if column.nested:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(str(value))
