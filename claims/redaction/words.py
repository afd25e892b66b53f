"""Words to be taken out, however they are written: with or without accents and capitals, with
whatever stands between them, in a text, in JSON, HTML or an address."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from html.entities import codepoint2name
from urllib.parse import quote

BLOCK = "█"  # U+2588, one for each code point that was there
# One letter for two, and strokes, which are no accents: written as search and addresses write them.
LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"}
APART = str.maketrans(LIGATURES | dict(zip("øØłŁđĐ", "oOlLdD", strict=True)))
LATIN = [chr(code) for code in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180)]]
ESCAPED = r"%[0-9A-Fa-f]{2}|&#?\w{1,8};|\\u[0-9a-f]{4}|\\[nrt]"
# What may stand between two words.
BETWEEN = rf"(?:[\W_]|{ESCAPED}){{1,12}}"
BETWEEN_IN_BYTES = rb"(?:[^0-9A-Za-z]){1,12}"
# What may stand after a letter and is none: its accents, where a line may end, nothing at all.
MARKS = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060]"
# Letters that are written by a code, or with their accents apart.
CODED = rf"\\u[0-9a-f]{{4}}|&[#a-zA-Z]|%[0-9A-Fa-f]{{2}}|{MARKS}"
BEGINS = r"(?:(?<![^\W_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9a-f]{4})|(?<=\\[nrt]))"
ENDS = r"(?![^\W_])"
BEGINS_IN_BYTES = rb"(?:(?<![0-9A-Za-z])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))"
ENDS_IN_BYTES = rb"(?![0-9A-Za-z])"


# PostgreSQL fails at an expression for a whole sentence: it is asked for so many words of each
# phrase, and for so many letters at once.
FEW, LETTERS = 3, 60


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
    def sql(self) -> list[str]:
        """Regular expressions of PostgreSQL: one of them finds any text that has them, and more."""
        return self._expressions(_in_text)

    @property
    def sql_first(self) -> str:
        """What is asked first, as it takes a seventieth of the time: texts that may have them."""
        longest = {max(phrase, key=len) for phrase in self.phrases}
        words = ("".join(map(_class, _letters(word))) for word in longest)
        return "|".join([*sorted(words), CODED])

    @property
    def sql_of_bytes(self) -> list[str]:
        """The same for bytes, as ``encode(…, 'escape')`` writes them."""
        return self._expressions(_in_octal)

    def _expressions(self, written: Callable[[str], str]) -> list[str]:
        some, size = [[]], 0
        for phrase in self.phrases:
            first = phrase[:FEW]
            size += sum(map(len, first))
            if size > LETTERS and some[-1]:
                some.append([])
                size = sum(map(len, first))
            some[-1].append(".*".join(map(written, first)))
        return ["|".join(each) for each in some]

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
        lower |= {word.replace(two, one) for word in lower for one, two in LIGATURES.items()}
        return lower | {plain(word) for word in lower}


def tokens(phrase: str) -> list[str]:
    """The words of a phrase."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", phrase))


def plain(text: str) -> str:
    """Without accents, strokes and ligatures."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(APART)


def blocked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a block in place of each code point of the spans."""
    for start, end in spans:
        text = text[:start] + BLOCK * (end - start) + text[end:]
    return text


def _letters(word: str) -> list[str]:
    """Its letters; two together where one may stand for them."""
    return re.findall("[oO][eE]|[aA][eE]|[sS][sS]|.", word.translate(APART))


@cache
def _alike(letter: str) -> list[str]:
    """The letter in either case, with any accent or none; of two, the one that stands for them."""
    base = plain(letter).lower()
    alike = {each for each in LATIN if plain(each).lower() == base}
    alike |= {letter, letter.lower(), letter.upper()}
    return sorted(each for each in alike if len(each) == 1)


def _class(letter: str) -> str:
    """A class of the letter, in any way it is written; of two, either."""
    alike = f"[{''.join(_alike(letter))}]"
    return alike if len(letter) == 1 else f"({''.join(map(_class, letter))}|{alike})"


@cache
def _letter_in_text(letter: str) -> str:
    alike = _alike(letter)
    forms = [f"[{''.join(alike)}]"]
    for code in (code for code in map(ord, alike) if code > 127):
        forms += [rf"\\u{code:04x}", f"&#{code};", quote(chr(code))]
        if name := codepoint2name.get(code):
            forms.append(f"&{name};")
    if len(letter) > 1:
        forms.append("".join(map(_letter_in_text, letter)))
    marks = f"{MARKS}*" if letter.isalpha() else ""
    return f"(?:{'|'.join(forms)}){marks}"


def _in_text(word: str) -> str:
    return "".join(map(_letter_in_text, _letters(word)))


def _in_bytes(word: str) -> bytes:
    letters = []
    for letter in _letters(word):
        forms = [re.escape(coded) for coded in _coded(letter)]
        if len(letter) > 1:
            forms.append(b"".join(map(_in_bytes, letter)))
        letters.append(b"(?:" + b"|".join(forms) + b")")
    return b"".join(letters)


def _in_octal(word: str) -> str:
    letters = []
    for letter in _letters(word):
        forms = [
            "".join(chr(byte) if byte < 128 else rf"\\{byte:03o}" for byte in coded)
            for coded in _coded(letter)
        ]
        if len(letter) > 1:
            forms.append("".join(map(_in_octal, letter)))
        letters.append(f"({'|'.join(forms)})")
    return "".join(letters)


def _coded(letter: str) -> list[bytes]:
    """In any way it is written, in the encodings texts come in."""
    alike = _alike(letter)
    coded = {each.encode() for each in alike}
    return sorted(coded | {each.encode("latin-1", "ignore") for each in alike} - {b""})
