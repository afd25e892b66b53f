from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.files import read_file
from sources.ingest import Origin, Refused, decode, first_words, ingest
from sources.models import Document, Publisher
from sources.partial_date import PartialDate
from tests.factories import DocumentFactory

pytestmark = pytest.mark.usefixtures("english")
TODAY = date(2025, 12, 8)
TEXT = "La maire promet deux écoles. « Avant Noël », dit-elle.\n"


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
    ("original", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"un\0deux", "NUL"),
        ("été".encode("latin-1"), r"UTF-8.*1"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff", "binary"),
        (b"\x01\x02 presque du texte", "binary"),
        (b"a" * 2_000_001, "2,000,000"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(settings, original, reason):
    settings.MAX_TEXT_BYTES = 2_000_000
    with pytest.raises(Refused, match=reason):
        decode(original)


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ({"published_on": PartialDate.parse("2025-12-09")}, "9 "),
        ({"published_on": PartialDate.parse("2026")}, "2026"),
        ({"url": "javascript:alert(1)"}, "javascript"),
        ({"url": "example.org/a"}, "example.org/a"),
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


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_without_control_characters_is_read_or_called_empty(text):
    try:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    except Refused:
        assert not text.removeprefix("\ufeff").strip()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(original):
    with suppress(Refused):
        assert decode(original).strip()


def test_a_missing_file_is_refused_by_the_reason(tmp_path):
    with pytest.raises(Refused, match="no such file"):
        read_file(tmp_path / "absent.txt")


def test_a_folder_is_refused_by_the_reason(tmp_path):
    with pytest.raises(Refused, match="folder"):
        read_file(tmp_path)
