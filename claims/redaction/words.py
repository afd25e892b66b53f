"""Words to be taken out, however they are written: with or without accents and capitals, with
whatever stands between them, in a text, in JSON, HTML or an address."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from html.entities import codepoint2name
from urllib.parse import quote

BLOCK = "█"  # U+2588, one for each code point that was there
LATIN = [chr(code) for code in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180)]]
ESCAPED = r"%[0-9A-Fa-f]{2}|&#?\w{1,8};|\\u[0-9a-f]{4}|\\[nrt]"
# What may stand between two words, for Python, and at least that for PostgreSQL, whose classes
# know nothing but ASCII where the database has the locale C.
BETWEEN = rf"(?:[\W_]|{ESCAPED}){{1,12}}"
BETWEEN_IN_SQL = r"([^[:alnum:]]|%[0-9A-Fa-f]{2}|&#?[A-Za-z0-9]{1,8};|\\u[0-9a-f]{4}|\\[nrt]){1,12}"
BETWEEN_IN_BYTES = rb"(?:[^0-9A-Za-z]){1,12}"
# Letters that are written by a code, or with their accents apart.
CODED = "\\\\u[0-9a-f]{4}|&[#a-zA-Z]|%[0-9A-Fa-f]{2}|[\u0300-\u036f]"
BEGINS = r"(?:(?<![^\W_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9a-f]{4})|(?<=\\[nrt]))"
ENDS = r"(?![^\W_])"
BEGINS_IN_BYTES = rb"(?:(?<![0-9A-Za-z])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))"
ENDS_IN_BYTES = rb"(?![0-9A-Za-z])"


class Words:
    """Phrases, as they are found and taken out. A phrase is found as whole words only."""

    def __init__(self, phrases: Iterable[str]) -> None:
        found = [tuple(tokens(phrase)) for phrase in phrases]
        # The longest first: of a name in a sentence, the sentence.
        self.phrases = sorted({each for each in found if each}, key=len, reverse=True)
        texts = "|".join(BETWEEN.join(map(_in_text, each)) for each in self.phrases)
        self._text = re.compile(f"{BEGINS}(?:{texts}){ENDS}")
        coded = b"|".join(BETWEEN_IN_BYTES.join(map(_in_bytes, each)) for each in self.phrases)
        self._bytes = re.compile(BEGINS_IN_BYTES + b"(?:" + coded + b")" + ENDS_IN_BYTES)

    @property
    def sql(self) -> str:
        """A regular expression of PostgreSQL for all texts that have them, and some more."""
        return "|".join(BETWEEN_IN_SQL.join(map(_in_text, each)) for each in self.phrases)

    @property
    def sql_first(self) -> str:
        """What is asked first, as it takes a seventieth of the time: texts that may have them."""
        longest = {max(phrase, key=len) for phrase in self.phrases}
        words = ("".join(f"[{''.join(_alike(letter))}]" for letter in word) for word in longest)
        return "|".join([*sorted(words), CODED])

    @property
    def sql_of_bytes(self) -> str:
        """The same for bytes, as ``encode(…, 'escape')`` writes them."""
        between = r"([^[:alnum:]]|\\[0-7]{3}){1,12}"
        return "|".join(between.join(map(_in_octal, each)) for each in self.phrases)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they are, in code points, end-exclusive."""
        return [match.span() for match in self._text.finditer(text)]

    def out_of(self, value):
        """The value without them: a text, bytes, or a list or dict of such, of the same length."""
        if isinstance(value, str):
            return self._text.sub(lambda match: BLOCK * len(match[0]), value)
        if isinstance(value, bytes | memoryview):
            return self._bytes.sub(lambda match: b"#" * len(match[0]), bytes(value))
        if isinstance(value, list):
            return [self.out_of(each) for each in value]
        if isinstance(value, dict):
            return {self.out_of(key): self.out_of(each) for key, each in value.items()}
        return value

    def learned(self) -> set[str]:
        """Each of the words as searching knows them: in lower case, with accents and without."""
        lower = {word.lower() for phrase in self.phrases for word in phrase}
        return lower | {plain(word) for word in lower}


def tokens(phrase: str) -> list[str]:
    """The words of a phrase."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", phrase))


def plain(text: str) -> str:
    """Without accents."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def blocked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a block in place of each code point of the spans."""
    for start, end in spans:
        text = text[:start] + BLOCK * (end - start) + text[end:]
    return text


@cache
def _alike(letter: str) -> list[str]:
    """The letter in either case, with any accent or none."""
    base = plain(letter).lower()
    alike = {each for each in LATIN if plain(each).lower() == base}
    alike |= {letter, letter.lower(), letter.upper()}
    return sorted(each for each in alike if len(each) == 1)


@cache
def _letter_in_text(letter: str) -> str:
    alike = _alike(letter)
    forms = [f"[{''.join(alike)}]"]
    for code in (code for code in map(ord, alike) if code > 127):
        forms += [rf"\\u{code:04x}", f"&#{code};", quote(chr(code))]
        if name := codepoint2name.get(code):
            forms.append(f"&{name};")
    accents = "[\u0300-\u036f]*" if letter.isalpha() else ""
    return f"(?:{'|'.join(forms)}){accents}"


def _in_text(word: str) -> str:
    return "".join(map(_letter_in_text, word))


def _in_bytes(word: str) -> bytes:
    letters = []
    for letter in word:
        forms = {coded for each in _alike(letter) for coded in _coded(each)}
        letters.append(b"(?:" + b"|".join(re.escape(form) for form in sorted(forms)) + b")")
    return b"".join(letters)


def _in_octal(word: str) -> str:
    letters = []
    for letter in word:
        forms = {
            "".join(chr(byte) if byte < 128 else rf"\\{byte:03o}" for byte in coded)
            for each in _alike(letter)
            for coded in _coded(each)
        }
        letters.append(f"({'|'.join(sorted(forms))})")
    return "".join(letters)


def _coded(letter: str) -> list[bytes]:
    """In the encodings texts come in."""
    return [letter.encode(), letter.encode("latin-1")] if ord(letter) < 256 else [letter.encode()]
