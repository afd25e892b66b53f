from datetime import date
from pathlib import Path

import pytest

from sources.files import read_file
from sources.ingest import ingest
from sources.keep import first_words
from sources.models import Document, Publisher, Snapshot
from sources.origin import Origin
from sources.partial_date import PartialDate
from sources.readers.page import Page
from sources.refused import Refused
from tests.factories import DocumentFactory

pytestmark = pytest.mark.usefixtures("english")
TODAY = date(2025, 12, 8)
TEXT = "La maire promet deux écoles. « Avant Noël », dit-elle.\n"


QUOTIDIEN = (Path(__file__).parent / "pages/quotidien.html").read_bytes()


def take_in_page(origin=Origin()):  # noqa: B008  it never changes
    return ingest(QUOTIDIEN, origin, today=TODAY, name="page.html")


def take_in(text=TEXT, **origin):
    return ingest(text.encode(), Origin(**origin), today=TODAY)


def test_the_text_is_kept_to_the_letter(db):
    assert take_in().snapshot.text == TEXT


def test_the_bytes_are_kept_beside_the_text(db):
    snapshot = ingest(b"\xef\xbb\xbf" + TEXT.encode(), Origin(), today=TODAY).snapshot
    snapshot.refresh_from_db()
    assert bytes(snapshot.original) == b"\xef\xbb\xbf" + TEXT.encode()
    assert snapshot.text == TEXT


def test_the_same_text_twice_is_one_snapshot(db):
    assert take_in().snapshot == take_in().snapshot


def test_the_second_time_it_is_not_new(db):
    assert [take_in().created, take_in().created] == [True, False]


def test_a_document_without_an_address_gets_the_one_that_comes_later(db):
    take_in()
    take_in(url="https://example.org/a")
    assert Document.objects.get().url == "https://example.org/a"


def test_the_same_text_at_two_addresses_is_two_documents(db):
    take_in(url="https://example.org/a")
    take_in(url="https://example.org/b")
    assert Document.objects.count() == 2


def test_another_text_at_the_same_address_is_a_further_snapshot(db):
    take_in(url="https://example.org/a")
    take_in("Corrigé.", url="https://example.org/a")
    assert Document.objects.get().snapshots.count() == 2


def test_what_is_known_of_a_document_is_not_overwritten(db):
    take_in(published_on=PartialDate.parse("2025-12-03"))
    take_in(published_on=PartialDate.parse("2025-11"))
    assert Document.objects.get().published_on == PartialDate.parse("2025-12-03")


def test_what_was_not_known_is_filled_in(db):
    take_in()
    take_in(published_on=PartialDate.parse("2025-11"), publisher="Le Journal")
    document = Document.objects.get()
    assert (document.published_on.isoformat(), document.publisher.name) == ("2025-11", "Le Journal")


def test_a_known_publisher_is_used_again(db):
    take_in("Un.", publisher="Le Journal")
    take_in("Deux.", publisher="Le Journal")
    assert Publisher.objects.count() == 1


def test_a_text_without_a_title_is_called_by_its_first_line(db):
    assert take_in("\n\nLe titre\nLe corps.").snapshot.document.title == "Le titre"


def test_a_long_first_line_is_cut_at_a_word():
    title = first_words("mot " * 100)
    assert len(title) <= 120
    assert title.endswith("mot…")


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ({"published_on": PartialDate.parse("2025-12-09")}, "9 "),
        ({"published_on": PartialDate.parse("2026")}, "2026"),
        ({"url": "javascript:alert(1)"}, "javascript"),
        ({"url": "example.org/a"}, "example.org/a"),
        ({"url": "https://example.org/" + "a" * 2000}, "2000"),
    ],
)
def test_an_impossible_origin_is_refused_with_the_reason(db, origin, reason):
    with pytest.raises(Refused, match=reason):
        take_in(**origin)


def test_a_refusal_leaves_no_row_behind(db):
    with pytest.raises(Refused):
        take_in(publisher="Le Journal", published_on=PartialDate.parse("2030"))
    assert [*Publisher.objects.all(), *Document.objects.all()] == []


def test_this_month_is_not_in_the_future(db):
    assert take_in(published_on=PartialDate.parse("2025-12")).created


def test_a_document_only_cited_gets_its_text_when_it_comes(db):
    cited = DocumentFactory(url="https://example.org/a")
    assert take_in(url="https://example.org/a").snapshot.document == cited


def test_a_missing_file_is_refused_by_the_reason(tmp_path):
    with pytest.raises(Refused, match="no such file"):
        read_file(tmp_path / "absent.txt")


def test_a_folder_is_refused_by_the_reason(tmp_path):
    with pytest.raises(Refused, match="folder"):
        read_file(tmp_path)


def test_what_a_page_says_of_itself_is_kept(db):
    document = take_in_page().snapshot.document
    kept = (document.title, document.byline, document.publisher.name, document.language)
    assert kept == (
        "Vernaz : la maire promet deux écoles avant 2027",
        "Camille Ferrand",
        "Le Courrier des Alpes",
        "fr",
    )
    assert (document.url, document.published_on.isoformat()) == (
        "https://www.courrier-alpes.example/politique/2025/12/03/vernaz-ecoles_4512.html",
        "2025-12-03",
    )


def test_what_an_editor_says_counts_more_than_the_page(db):
    said = Origin(
        PartialDate.parse("2025-11"), "Autre", "https://example.org/a", "Titre", "en", "Signé"
    )
    document = take_in_page(said).snapshot.document
    assert document.publisher.name == "Autre"
    kept = (document.published_on.isoformat(), document.url, document.title, document.language)
    assert (*kept, document.byline) == (
        "2025-11",
        "https://example.org/a",
        "Titre",
        "en",
        "Signé",
    )


def test_a_date_in_the_future_that_a_page_gives_is_left_out(db):
    ingested = ingest(QUOTIDIEN, Origin(), today=date(2025, 12, 2), name="page.html")
    assert ingested.snapshot.document.published_on is None


def test_what_a_page_says_too_long_is_left_out_or_cut(db):
    page = Page(TEXT, "text/html", title="mot " * 200, byline="nom " * 200, publisher="a" * 201)
    origin = Origin.of(page, TODAY)
    assert (len(origin.title) <= 500, len(origin.byline) <= 300, origin.publisher) == (
        True,
        True,
        "",
    )


def test_an_address_that_is_none_is_left_out_where_a_page_gives_it():
    assert Origin.of(Page(TEXT, "text/html", canonical_url="https://a b/"), TODAY).url is None


def test_the_bytes_of_a_page_are_kept_with_their_media_type(db):
    snapshot = take_in_page().snapshot
    snapshot.refresh_from_db()
    assert (bytes(snapshot.original), snapshot.media_type) == (QUOTIDIEN, "text/html")


def test_the_digest_is_that_of_the_text_not_of_the_page(db):
    snapshot = take_in_page().snapshot
    assert snapshot.sha256 == Snapshot.digest(snapshot.text)
