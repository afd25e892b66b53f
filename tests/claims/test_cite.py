"""Evidence: addresses that are fetched in the background, documents, texts, passages."""

import pytest
from django.core.exceptions import PermissionDenied

from background.models import Job
from claims.cite import (
    cite_address,
    cite_document,
    cite_text,
    cite_unfetched,
    fetch_again,
    quote,
    uncite,
)
from claims.models import Claim, Evidence
from claims.publish import submit
from sources.models import Document
from sources.origin import Origin
from sources.refused import Refused
from sources.versions import history
from tests.factories import (
    DocumentFactory,
    EvidenceFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)
from tests.web import answer
from tests.worker import jobs, work

pytestmark = pytest.mark.django_db

TEXT = "Compte rendu. La rencontre a eu lieu le 2 décembre.\n"


@pytest.fixture
def draft():
    return VerificationFactory()


@pytest.fixture
def address(queue, web):
    web.pages["/compte-rendu"] = answer(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
    return f"{web.origin}/compte-rendu"


def test_an_address_is_a_piece_at_once(draft):
    piece = cite_address(draft, "https://journal.test/1", draft.author)
    assert (piece.is_awaited, str(piece)) == (True, "https://journal.test/1")


def test_what_was_fetched_is_its_snapshot(address):
    draft = VerificationFactory()
    piece = cite_address(draft, address, draft.author)
    work()
    piece.refresh_from_db()
    assert (piece.snapshot.text, piece.document.url) == (TEXT, address)


def test_history_says_for_whom_it_was_fetched(address):
    draft = VerificationFactory()
    cite_address(draft, address, draft.author)
    work()
    assert history(draft)[0].user == draft.author


def test_evidence_is_not_read_for_claims(address):
    draft = VerificationFactory()
    cite_address(draft, address, draft.author)
    work()
    assert (Claim.objects.count(), jobs("read")) == (0, [])


def test_the_same_address_is_fetched_once(draft):
    pieces = {cite_address(draft, "https://journal.test/1", draft.author) for _ in range(2)}
    assert (len(pieces), Job.objects.count()) == (1, 1)


def test_what_was_taken_out_meanwhile_is_not_fetched(address, web):
    draft = VerificationFactory()
    uncite(cite_address(draft, address, draft.author), draft.author)
    work()
    assert (web.asked, Evidence.objects.count()) == ([], 0)


def test_what_was_refused_is_fetched_again(address, web):
    draft = VerificationFactory()
    page = web.pages.pop("/compte-rendu")
    piece = cite_address(draft, address, draft.author)
    work()
    assert jobs("cite") == [("failed", 1)]
    web.pages["/compte-rendu"] = page
    fetch_again(piece, draft.author)
    work()
    piece.refresh_from_db()
    assert piece.snapshot.text == TEXT


def test_what_cannot_be_fetched_is_cited_without_a_copy(draft):
    piece = cite_address(draft, "https://journal.test/1", draft.author)
    cite_unfetched(piece, "Compte rendu", draft.author)
    piece.refresh_from_db()
    assert (piece.document.title, piece.document.url) == ("Compte rendu", piece.address)
    assert piece.snapshot is None


def test_what_cannot_be_fetched_but_is_known_is_that_document(draft):
    known = DocumentFactory(url="https://journal.test/1")
    piece = cite_address(draft, known.url, draft.author)
    cite_unfetched(piece, "Autre titre", draft.author)
    piece.refresh_from_db()
    assert (piece.document, Document.objects.count()) == (known, 1)


def test_a_document_is_cited_as_it_was_fetched_last(draft):
    first = SnapshotFactory()
    second = SnapshotFactory(document=first.document)
    assert cite_document(draft, first.document, draft.author).snapshot == second


def test_a_text_that_was_brought_is_kept_as_a_document(draft):
    piece = cite_text(draft, TEXT.encode(), Origin(title="Compte rendu"), draft.author)
    assert (piece.document.title, piece.snapshot.text) == ("Compte rendu", TEXT)


def test_a_text_that_is_none_is_refused_and_leaves_nothing(draft):
    with pytest.raises(Refused):
        cite_text(draft, b"\0\1\2", Origin(), draft.author)
    assert not draft.evidence.exists()


def test_a_passage_is_taken_at_its_code_points_without_the_space_around_it(draft):
    snapshot = SnapshotFactory(text="Écoles 🎒 : deux ouvrent.")
    piece = cite_document(draft, snapshot.document, draft.author)
    quote(piece, snapshot, 6, 11, draft.author)
    piece.refresh_from_db()
    assert (piece.start, piece.end, piece.passage) == (7, 10, "🎒 :")


def test_a_passage_is_taken_back(draft):
    snapshot = SnapshotFactory()
    piece = cite_document(draft, snapshot.document, draft.author)
    quote(piece, snapshot, 0, 5, draft.author)
    quote(piece, snapshot, 0, 0, draft.author)
    piece.refresh_from_db()
    assert (piece.start, piece.end, piece.passage) == (None, None, "")


def test_in_review_nobody_but_the_author_cites(draft):
    submit(draft, draft.author)
    with pytest.raises(PermissionDenied):
        cite_document(draft, DocumentFactory(), UserFactory())


def test_of_a_fetched_piece_nothing_is_fetched_again(draft):
    fetch_again(EvidenceFactory(verification=draft), draft.author)
    assert not Job.objects.exists()
