"""The nightly dumps: which there are, and their files."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import condition
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import parameters
from claims.api.negotiation import AlwaysJson
from claims.origin import origin
from claims.sync import nightly
from claims.sync.dump import DESCRIPTION

# They never change; but each is forgotten after some nights.
CACHE_CONTROL = "public, max-age=86400"
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PIECE = 64 * 1024  # bytes
TYPES = {
    ".gz": "application/gzip",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
}


class FileSerializer(serializers.Serializer):
    resource = serializers.CharField()
    format = serializers.CharField(help_text="jsonl, csv or parquet.")
    url = serializers.URLField()
    bytes = serializers.IntegerField()
    hash = serializers.CharField(help_text="“sha256:” and the digest of the file.")
    rows = serializers.IntegerField()


class DumpSerializer(serializers.Serializer):
    created = serializers.DateTimeField()
    changes = serializers.IntegerField(
        help_text="The number of the change log it stands for: go on with ?since= and that."
    )
    datapackage = serializers.URLField(help_text="Its description, a Data Package.")
    files = FileSerializer(many=True)


class DumpsSerializer(serializers.Serializer):
    results = DumpSerializer(many=True)


class DumpsView(APIView):
    """Dumps of the whole record, made every night."""

    @extend_schema(responses=DumpsSerializer)
    def get(self, request) -> Response:
        """The dumps there are, the latest first: JSON Lines, CSV and Parquet of each resource."""
        parameters.known(request.query_params, ())
        folder = f"{origin(request)}/dumps"
        return Response({"results": [_told(name, folder) for name in nightly.there()]})


def _told(name: str, folder: str) -> dict:
    described = nightly.described(name)
    return {
        "created": described["created"],
        "changes": described["changes"],
        "datapackage": f"{folder}/{name}/{DESCRIPTION}",
        "files": [
            {
                "resource": file["title"],
                "url": f"{folder}/{name}/{file['path']}",
                **{key: file[key] for key in ("format", "bytes", "hash", "rows")},
            }
            for file in described["resources"]
        ],
    }


def _etag(request: HttpRequest, name: str, file: str) -> str | None:
    return f'"{name}/{file}"' if nightly.file_of(name, file) else None


class DumpFileView(APIView):
    """A file of a dump."""

    content_negotiation_class = AlwaysJson  # for what is refused
    schema = None

    @method_decorator(condition(_etag))
    def get(self, request, name: str, file: str) -> HttpResponse:
        """The file, or the part of it that is asked for: one range of bytes (RFC 9110)."""
        path = nightly.file_of(name, file)
        if path is None:
            raise Http404
        asked = RANGE.fullmatch(request.headers.get("Range", ""))
        same = request.headers.get("If-Range") in (None, _etag(request, name, file))
        kind = TYPES[path.suffix]
        if asked and any(asked.groups()) and same:
            response = _part(path, kind, *asked.groups())
        else:
            response = FileResponse(path.open("rb"), content_type=kind)
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response


def _part(path: Path, kind: str, first: str, last: str) -> HttpResponse:
    """The bytes from ``first`` to ``last``, both counted from 0; without a first, the last ones."""
    size = path.stat().st_size
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return StreamingHttpResponse(
        _pieces(path, start, end - start + 1),
        status=206,
        content_type=kind,
        headers={
            "Content-Range": f"bytes {start}-{end}/{size}",
            "Content-Length": str(end - start + 1),
        },
    )


def _pieces(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
