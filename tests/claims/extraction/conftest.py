"""One extractor for all tests: loading the pipeline takes a second."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claims.extraction import Candidate, Extractor, Reading

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    """The articles annotated by hand."""
    return ROOT / "seeds" / "gold"


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture
def read(extractor) -> Callable[..., Reading]:
    return extractor.read


class Claim:
    """A candidate with the words of its spans, so that a test can name them."""

    def __init__(self, text: str, candidate: Candidate) -> None:
        self.candidate = candidate
        self.text = text

    def __getattr__(self, name: str):
        return getattr(self.candidate, name)

    def words(self, span) -> str | None:
        return self.text[span.start : span.end] if span else None

    @property
    def content(self) -> str:
        return " … ".join(self.words(span) for span in self.candidate.content)

    @property
    def cue(self) -> str | None:
        return self.words(self.candidate.cue)

    @property
    def source(self) -> str | None:
        return self.words(self.candidate.source)

    @property
    def parts(self) -> list[str]:
        return [self.words(span) for span in self.candidate.parts]

    @property
    def sentence(self) -> str:
        return self.words(self.candidate.sentence)


@pytest.fixture
def said(extractor) -> Callable[..., list[Claim]]:
    """The claims somebody is cited for, in order."""

    def said(text: str, published_on: str | None = "2025-12-08") -> list[Claim]:
        found = extractor.read(text, published_on).claims
        return [Claim(text, claim) for claim in found if claim.speaker_kind != "narrator"]

    return said


@pytest.fixture
def only(said) -> Callable[..., Claim]:
    """The one claim somebody is cited for."""

    def only(text: str, published_on: str | None = "2025-12-08") -> Claim:
        found = said(text, published_on)
        assert len(found) == 1, [claim.content for claim in found]
        return found[0]

    return only


@pytest.fixture
def narrated(extractor) -> Callable[..., list[Claim]]:
    """The claims in the paper's own voice."""

    def narrated(text: str, published_on: str | None = "2025-12-08") -> list[Claim]:
        found = extractor.read(text, published_on).claims
        return [Claim(text, claim) for claim in found if claim.speaker_kind == "narrator"]

    return narrated
