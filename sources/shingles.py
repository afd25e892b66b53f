"""How much of one text stands in another, and a sketch of a text to look up others like it.

A shingle is `WORDS` words in a row. A sketch holds minima of hashed shingles (Broder, "On the
resemblance and containment of documents", 1997): two texts share an entry with the square of their
resemblance as probability, so texts that resemble each other share one of the 32 all but surely.
"""

import hashlib
import re
from zlib import crc32

import numpy as np

WORDS = 5
ENTRIES = 32
WORD = re.compile(r"\w+")

# Numbers that never change, as sketches are kept: one odd factor for each of two minima an entry.
FACTORS = [
    int.from_bytes(hashlib.sha256(f"{number}".encode()).digest()[:8]) | 1
    for number in range(2 * ENTRIES)
]


def words(text: str) -> list[str]:
    """Its words: case, punctuation and spaces make no difference."""
    return WORD.findall(text.casefold())


def shingles(text: str) -> set[int]:
    """The hashes of its shingles, 32 bits each."""
    encoded = [word.encode() for word in words(text)]
    last = max(1, len(encoded) - WORDS + 1)
    return {crc32(b" ".join(encoded[at : at + WORDS])) for at in range(last)}


def shared(one: set[int], other: set[int]) -> float:
    """The share of the shorter text's shingles that the longer one has, from 0 to 1."""
    return len(one & other) / min(len(one), len(other))


def sketch(text: str) -> list[int]:
    """`ENTRIES` numbers of 64 bits, signed."""
    hashes = np.fromiter(shingles(text), np.uint64)
    # The high half of a product depends on every bit of the hash.
    minima = [int((hashes * np.uint64(factor) >> np.uint64(32)).min()) for factor in FACTORS]
    entries = zip(minima[::2], minima[1::2], strict=True)
    return [
        int.from_bytes(hashlib.sha256(f"{number} {pair}".encode()).digest()[:8], signed=True)
        for number, pair in enumerate(entries)
    ]
