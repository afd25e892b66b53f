import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.redaction.words import BLOCK, Words

NAME = Words(["Hélène Quévriaux"])


WRITTEN = [
    "Hélène Quévriaux",
    "HELENE QUEVRIAUX",
    "hélène\u00a0\nquévriaux",
    "He\u0301le\u0300ne Que\u0301vriaux",
    "helene-quevriaux",
    "H%C3%A9l%C3%A8ne%20Qu%C3%A9vriaux",
    "H&eacute;l&egrave;ne&nbsp;Qu&#233;vriaux",
    r"H\u00e9l\u00e8ne Qu\u00e9vriaux",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_it_is_found_however_it_is_written(written):
    found = NAME.out_of(f"Mme {written}.")
    assert found == f"Mme {BLOCK * len(written)}."


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Mme Lebœuf", "mme-leboeuf"),
        ("Mme Leboeuf", "MME LEBŒUF"),
        ("Lætitia Strauß", "laetitia strauss"),
        ("Lech Wałęsa", "lech-walesa"),
        ("Leboeuf", "Leb%C5%93uf"),
        ("Quévriaux", "Qué\u00advri\u200baux"),
    ],
)
@pytest.mark.django_db
def test_so_it_is_with_ligatures_strokes_and_what_is_not_seen(name, written):
    words = Words([name])
    assert words.out_of(f"({written})") == f"({BLOCK * len(written)})"
    assert words.out_of(f"({written})".encode()).isascii() or "\u00ad" in written
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s ~ %s AND %s ~ ANY(%s)", [written, words.sql_first, written, words.sql]
        )
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize("other", ["Hélène Quévriauxval", "Mahélène Quévriaux", "Hélène et Paul"])
def test_parts_of_other_words_are_not(other):
    assert NAME.out_of(other) == other


def test_it_is_found_at_the_beginning_of_a_line_of_json():
    assert NAME.spans(r'{"a":"non\nHélène Quévriaux"}')


@pytest.mark.parametrize("code", ["utf-8", "latin-1"])
def test_it_is_found_in_bytes(code):
    written = "dit Hélène Quévriaux.".encode(code)
    found = NAME.out_of(written)
    assert len(found) == len(written)
    assert found.replace(b"#", b"") == b"dit ."


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text("hélèneQUÉVRIAUXquevriaux -\n'&;%\\", max_size=60), at=st.integers(0, 60))
def test_what_python_finds_postgresql_finds(text, at):
    text = f"{text[:at]} Hélène Quévriaux {text[at:]}"
    coded = text.encode()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s ~ %s, %s ~ ANY(%s), encode(%s, 'escape') ~ ANY(%s)",
            [text, NAME.sql_first, text, NAME.sql, coded, NAME.sql_of_bytes],
        )
        assert cursor.fetchone() == (True, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("written", WRITTEN)
def test_so_it_does_however_it_is_written(written):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s ~ %s AND %s ~ ANY(%s)", [written, NAME.sql_first, written, NAME.sql]
        )
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_a_page_of_words_is_not_too_much_for_postgresql():
    sentence = "Hélène Quévriaux, 43 ans, habite au 12, rue des Tisserandes, où elle vit seule. "
    words = Words([sentence * 20, *(f"Prénom Quévriaux{number}" for number in range(100))])
    asked = [words.sql_first, words.sql, (sentence * 20).encode(), words.sql_of_bytes]
    for text in (sentence * 30, "Mme prenom-quevriaux99"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT %s ~ %s, %s ~ ANY(%s), encode(%s, 'escape') ~ ANY(%s)",
                [text, asked[0], text, *asked[1:]],
            )
            assert cursor.fetchone() == (True, True, True)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4), st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_nothing_moves_and_nothing_is_left(phrases, text):
    words = Words(phrases)
    if words.phrases:
        found = words.out_of(text)
        assert len(found) == len(text)
        assert words.spans(found) == []
