import pytest

from sources.readers.charset import decode
from sources.readers.unreadable import Reason, Unreadable

SENTENCES = [
    "été",
    "Le maire a été élu.",
    "Où est le problème ? À l'Élysée, on répète que « rien n'est décidé ».",
    "« L’école ouvrira à Noël », a déclaré Mme Lefèvre. Coût : 3 € par tête – ni plus…",
]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
CHARSETS = [*UNICODE, "cp1252", "iso8859-15", "cp850", "mac-roman"]
WRITTEN = [(sentence, charset) for sentence in SENTENCES[:3] for charset in CHARSETS]
WRITTEN += [(SENTENCES[3], charset) for charset in (*UNICODE, "cp1252", "mac-roman")]


@pytest.mark.parametrize(("sentence", "charset"), WRITTEN)
def test_french_is_read_in_the_charsets_it_was_written_in(sentence, charset):
    assert decode(sentence.encode(charset)) == sentence


@pytest.mark.parametrize(
    "declared", ["utf-8", "iso-8859-1", "mac", "utf-16", "koi8-r", "shift_jis", "base64", "klingon"]
)
def test_a_declaration_that_lies_is_not_believed(declared):
    assert decode(SENTENCES[3].encode("cp1252"), declared) == SENTENCES[3]


def test_latin_1_is_read_as_the_windows_charset_that_is_meant():
    assert (
        decode(b"\x93L\x92\xe9cole\x94 co\xfbte 3\xa0\x80", "iso-8859-1")
        == "“L’école” coûte 3\xa0€"
    )


def test_a_byte_that_windows_1252_does_not_define_is_kept():
    assert decode(b"D\xe9j\xe0 \x81 vu") == "Déjà \x81 vu"


def test_another_alphabet_is_believed_as_declared():
    russian = "Мэр обещает две школы до Рождества."
    assert decode(russian.encode("cp1251"), "windows-1251") == russian


def test_another_alphabet_is_believed_as_the_page_declares():
    page = '<meta charset="windows-1251"><p>Мэр обещает две школы.'
    assert decode(page.encode("cp1251")) == page


def test_a_foreign_byte_in_utf_8_does_not_spoil_the_rest():
    original = "Élève, été, forêt, maïs, à, où, ç. ".encode() * 3 + b"L\x92\xe9cole"
    assert decode(original).endswith("L’école")


@pytest.mark.parametrize("first", ["utf-8", "cp1252"])
def test_texts_of_two_charsets_that_were_joined_are_read_each_in_its_own(first):
    second = {"utf-8": "cp1252", "cp1252": "utf-8"}[first]
    joined = SENTENCES[3].encode(first) + SENTENCES[2].encode(second) * 3
    assert decode(joined) == SENTENCES[3] + SENTENCES[2] * 3


def test_a_text_whose_accents_a_program_lost_is_refused():
    with pytest.raises(Unreadable) as refused:
        decode(SENTENCES[2].encode().decode("ascii", "replace").encode())
    assert refused.value.reason is Reason.LOST


def test_a_character_lost_among_others_does_not_keep_a_text_out():
    assert decode((SENTENCES[3] + " \ufffd" * 3).encode()) == SENTENCES[3] + " \ufffd" * 3


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("charset", ["cp1252", "iso8859-1"])
def test_a_text_put_in_utf_8_once_too_often_is_read_as_it_was_meant(charset, times):
    original = "L’été à Noël : « 3 € »".encode()
    for _ in range(times):
        original = original.decode(charset).encode()
    assert decode(original) == "L’été à Noël : « 3 € »"


def test_a_mark_of_utf_8_before_a_text_in_another_charset_is_not_believed():
    assert decode(b"\xef\xbb\xbf" + SENTENCES[3].encode("cp1252")) == SENTENCES[3]


def test_a_text_about_such_faults_is_kept_to_the_letter():
    about = "« été » devient « Ã©tÃ© » quand il est codé deux fois."
    assert decode(about.encode()) == about


def test_utf_8_cut_within_a_character_loses_that_character_only():
    assert decode("Déjà l’été".encode()[:-1]) == "Déjà l’ét"


def test_an_end_that_is_right_is_kept_whatever_is_wrong_before():
    assert decode("été, à, où, ç, ".encode() * 3 + b"l\xe9 " + "🙂".encode()).endswith("lé 🙂")


@pytest.mark.parametrize("charset", ["cp1252", "cp850", "cp1250"])
def test_a_long_beginning_without_accents_does_not_hide_them(charset):
    text = "var a = 1;\n" * 10_000 + (
        "Zażółć gęślą jaźń, mówi minister w środę." if charset == "cp1250" else "« déjà »"
    )
    assert decode(text.encode(charset)) == text


def test_bytes_that_are_no_charset_are_refused():
    with pytest.raises(Unreadable):
        decode(bytes(range(0x90, 0x100)))


def test_a_lone_nul_is_no_half_of_utf_16():
    assert decode(b"\0") == "\0"
