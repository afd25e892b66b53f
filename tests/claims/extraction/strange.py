"""Strange strings, by the seed: what news text is made of, in any order, and what it is not."""

from random import Random

PIECES = [
    "Le maire", "a dit", "que", "qu'", "selon", "pour", ",", " ", "«", "»", "\"", "'", "“", "”",
    "’", "‘", "„", "‹", "›", "''", ".", " : ", "\n", "Mme Durand", "elle", "a-t-elle",
    "ajouté", "tout en", "affirmant", "hier", "le 31 février", "en 2019", "1er mai 0000", "M.",
    "(ARI)", "…", "de", "accuse", "12 %", "12\"", "'90", "\u200f", "\x00", "🎉", "👩\u200d👧",
    "-t-", "\u00a0", "\u202f", "\u2009", "\t", "\r\n", "\u2028", "\x85", "\x1c", "ÉTAT", "l'",
    "ont été jugés", "et",
    "prévoit", "mais", "?", "!", ";", "—", "- ", "(", ")", "[", "É", "e\u0301", "\ud800", "\udfff",
    "\ufeff", "قال", "מה", "你好", "ß", "ǅ", "½", "²", "0", "l'un des ", "9" * 40, "a" * 300,
    " " * 300, "l'" * 100, "« " * 100, "de " * 100, "1 " * 100, "- " * 100, "." * 100, "\n" * 100,
]  # fmt: skip


def strange(seed: int, count: int) -> list[str]:
    """`count` strings of up to some hundred characters, always the same for a seed."""
    random = Random(seed)
    return [_one(random) for _ in range(count)]


def _one(random: Random) -> str:
    pieces = random.choices(PIECES, k=random.randint(0, 12))
    if random.random() < 0.3:
        pieces += [chr(random.randrange(0x110000)) for _ in range(random.randint(1, 12))]
        random.shuffle(pieces)
    return random.choice(["", " "]).join(pieces)
