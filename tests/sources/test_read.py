from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.read import decode, read
from sources.readers.unreadable import Reason
from sources.refusals import SENTENCES
from sources.refused import Refused
from tests.sources.files import pdf, word
from tests.sources.hostile import ARTICLE, HOSTILE

pytestmark = pytest.mark.usefixtures("english")
TEXT = "La maire promet deux écoles. « Avant Noël », dit-elle.\n"


def test_a_plain_text_is_kept_to_the_letter():
    page = read(TEXT.encode(), name="a.txt")
    assert (page.text, page.media_type) == (TEXT, "text/plain")


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a", "a.pdf.html"])
def test_a_pdf_is_known_by_its_content(name):
    assert read(pdf(["La maire promet."]), name=name).media_type == "application/pdf"


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a"])
def test_a_docx_is_known_by_its_content(name):
    assert read(word("La maire promet."), name=name).media_type.endswith(
        "wordprocessingml.document"
    )


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a"])
def test_a_page_is_known_by_its_markup(name):
    assert read(ARTICLE.encode(), name=name).media_type == "text/html"


def test_a_page_of_markup_without_a_frame_is_known_by_its_media_type():
    page = read(b"<h1>A</h1><p>" + TEXT.encode() * 9, media_type="text/html; charset=utf-8")
    assert page.media_type == "text/html"


def test_a_text_that_mentions_markup_is_a_text():
    assert read(b"La balise <p> sert aux paragraphes.").media_type == "text/plain"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_is_known_by_its_markup(charset):
    assert read(ARTICLE.encode(charset)).media_type == "text/html"


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_words(case):
    name, make, words = HOSTILE[case]
    with pytest.raises(Refused, match=words):
        read(make(), name=name)


def test_a_pdf_that_is_a_page_as_well_is_read_as_pdf():
    both = pdf(["La maire promet."]) + ARTICLE.encode()
    assert read(both, name="a.html").text == "La maire promet."


def test_a_pdf_that_is_a_docx_as_well_is_read_as_pdf():
    both = pdf(["La maire promet."]) + word("Le préfet refuse.")
    assert read(both, name="a.docx").text == "La maire promet."


def test_a_file_too_large_is_refused_by_the_limit(settings):
    settings.MAX_FILE_BYTES = 1_000
    with pytest.raises(Refused, match="1,000 bytes"):
        read(b"a" * 1_001)


def test_a_page_whose_text_is_too_long_is_refused_by_the_limit(settings):
    settings.MAX_TEXT_BYTES = 200
    with pytest.raises(Refused, match="200 bytes"):
        read(ARTICLE.encode())


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_its_sentence(reason):
    assert SENTENCES[reason] % {"count": 2, "pages": 2, "limit": 1}


@pytest.mark.parametrize(
    ("original", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"un\0deux", "NUL"),
        (b"\x89\x01\x02\xff\x03", "binary"),
        (b"\x01\x02 presque du texte", "binary"),
        (b"a" * 2_000_001, "2,000,000"),
        (bytes(range(0x90, 0x100)), "character set"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(settings, original, reason):
    settings.MAX_TEXT_BYTES = 2_000_000
    with pytest.raises(Refused, match=reason):
        decode(original)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_without_control_characters_is_read_or_called_empty(text):
    try:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    except Refused:
        assert not text.removeprefix("\ufeff").strip()


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(original):
    with suppress(Refused):
        assert decode(original).strip()
