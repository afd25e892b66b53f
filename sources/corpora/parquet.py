"""Parquet: a document a row, from any row on; of a row group some rows are in memory."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
from django.utils.translation import gettext as _
from pyarrow import parquet

from sources.batches.items import Item, Refusal
from sources.batches.json_lines import FIELDS, document
from sources.corpora.step import Place, Step
from sources.refused import Refused

ROWS = 64  # at once


def read(path: Path, name: str, since: Place) -> Iterator[Step]:
    """The documents of its rows, whose columns are the fields of JSON Lines; raises Refused where
    the rest cannot be read, OSError.
    """
    try:
        with parquet.ParquetFile(path) as file:
            columns = [column for column in (*FIELDS, "id") if column in file.schema_arrow.names]
            if "text" not in columns:
                raise Refused(_("it has no column “text”"))
            whole = file.metadata.num_rows or 1
            for number, row in _rows(file, columns, since.number):
                item = _item(row, name, number, number / whole)
                yield Step(item, Place(number, number))
    except (pa.ArrowException, UnicodeDecodeError):
        raise Refused(_("it is damaged, or no Parquet")) from None


def _rows(
    file: parquet.ParquetFile, columns: list[str], before: int
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Each row after the first ``before``, with its number; row groups before are not read."""
    number = 0
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if number + rows <= before:
            number += rows
            continue
        for batch in file.iter_batches(ROWS, row_groups=[group], columns=columns):
            for place in range(len(batch)):
                number += 1
                if number > before:
                    yield number, batch.slice(place, 1)


def _item(row: pa.RecordBatch, name: str, number: int, through: float) -> Item:
    where = _("%(file)s, row %(number)d") % {"file": name, "number": number}
    try:
        (record,) = row.to_pylist()
        if isinstance(day := record.get("published_on"), date):
            record["published_on"] = day.isoformat()[:10]
        return document(record, where, through)
    except UnicodeDecodeError:
        return Refusal(where, _("its text is not in UTF-8"), through=through)
    except Refused as reason:
        return Refusal(where, str(reason), through=through)
