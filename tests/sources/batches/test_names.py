import pytest

from sources.batches.names import ending, is_hidden, shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("article.HTML", ".html"),
        ("fil.jsonl.gz", ".jsonl.gz"),
        ("archives.tar.xz", ".tar.xz"),
        ("Interview de M. Dupont", ""),
        ("discours du 3.12.2025", ""),
        ("film.mp4", ".mp4"),
        ("pub.js.téléchargement", ".téléchargement"),
        ("LISEZMOI", ""),
    ],
)
def test_the_ending_of_a_name_tells_its_kind(name, expected):
    assert ending(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("été.txt", "été.txt"),
        ("a\x1b[31mb\n.txt", "a�[31mb�.txt"),
        ("\u202etxt.exe", "�txt.exe"),
        ("caf\udce9.txt", "caf�.txt"),
        ("\ud83d", "�"),
    ],
)
def test_a_name_is_shown_in_one_line_that_can_be_printed(name, expected):
    assert shown(name) == expected
    assert shown(name).encode()


@pytest.mark.parametrize("name", [".git", "~$lettre.docx", "Thumbs.db", "__MACOSX"])
def test_what_is_of_the_system_is_hidden(name):
    assert is_hidden(name)
