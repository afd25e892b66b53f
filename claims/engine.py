"""This process's extractor: loaded at first use, since that takes seconds."""

import json
from functools import cache
from importlib import metadata
from pathlib import Path

from django.conf import settings

from claims import extraction
from claims.extraction import VERSION, Reading
from sources.models import Snapshot


@cache
def extractor() -> "extraction.Extractor":
    """The extractor on the pipeline the settings name; raises ModelNotInstalled."""
    return extraction.Extractor(settings.SPACY_MODEL)


def read(snapshot: Snapshot) -> Reading:
    """The claims of a snapshot, its dates resolved against the day its document was published."""
    published_on = snapshot.document.published_on
    return extractor().read(snapshot.text, published_on.isoformat() if published_on else None)


@cache
def version() -> str:
    """What identifies its findings: versions of the rules and of the pipeline, without loading."""
    model = Path(settings.SPACY_MODEL)
    if model.is_dir():
        meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
        pipeline = f"{meta['lang']}_{meta['name']} {meta['version']}"
    else:
        try:
            pipeline = f"{model} {metadata.version(str(model))}"
        except metadata.PackageNotFoundError:
            pipeline = str(model)
    return f"constat {VERSION}, {pipeline}"
