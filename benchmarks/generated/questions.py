"""What is asked of a made record: words by how common they are, and as people ask."""

import random
import string
from collections.abc import Iterator
from itertools import pairwise

from claims.models import Claim, Speaker
from sources.models import Publisher

MANY = 20  # of each kind
COMMON = ("année", "réalité", "première", "aujourd'hui", "euros", "millions")


def searches(record, seed: int) -> dict[str, list[dict[str, str]]]:
    """The parameters of an address (claims/query.py), some for each kind of search.

    ``record`` is the Record that was loaded (benchmarks/generated/record.py).
    """
    chosen = random.Random(seed)
    words = record.sayings.words
    common = [*COMMON, *(noun.singular for noun in words.nouns[: MANY - len(COMMON)])]
    middling = [noun.plural for noun in chosen.sample(words.nouns[200:600], MANY)]
    quotes = [claim.quote for claim in _public(chosen)]
    rare = [word for quote in quotes for word in [_rarest(quote, words)] if word][:MANY]
    speakers = [speaker.name for speaker in _speakers(chosen)]
    asked: dict[str, list[str]] = {
        "a rare word": rare,
        "a middling word": middling,
        "one of the most common words": common,
        "two of the most common": [
            f"{one} {other}" for one, other in pairwise(common)
        ],
        "a common and a rare one": _together(common, rare),
        "a phrase": [f'"{_part(quote, 3, chosen)}"' for quote in quotes[:MANY]],
        "a phrase of common words": [
            '"pour la première fois"', '"en réalité"', '"cette année"', '"millions d\'euros"',
            '"les soirs"', '"dans la nuit"', '"de la"',
        ],
        "half a sentence": [_part(quote, 8, chosen) for quote in quotes[:MANY]],
        "… with a word that is not there": [
            f"{_part(quote, 5, chosen)} {other}"
            for quote, other in zip(quotes, rare[::-1], strict=False)
        ],
        "an exclusion": [f"{one} -{other}" for one, other in zip(common, common[2:], strict=False)],
        "nothing but an exclusion": [f"-{word}" for word in common],
        "a beginning": [word[:4] for word in [*common, *middling]],
        "a letter": list(string.ascii_lowercase),
        "a slip": [_slipped(word, chosen) for word in [*middling, *rare]],
        "wrong accents": [_without_accents(quote, chosen) for quote in quotes[:MANY]],
        "a name": speakers,
        "a misspelt name": [_slipped(name.split()[-1], chosen) for name in speakers],
        "a name and a common word": _together([name.split()[-1] for name in speakers], common),
    }  # fmt: skip
    found = {kind: [{"q": text} for text in texts if text] for kind, texts in asked.items()}
    return found | dict(_filtered(common, middling, chosen))


def _filtered(
    common: list[str], middling: list[str], chosen: random.Random
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    publishers = [row.public_id for row in Publisher.objects.order_by("pk")[:MANY]]
    speakers = [row.public_id for row in _speakers(chosen)]
    filters = {
        "of a kind": [{"kind": "prediction"}],
        "that stand as false": [{"standing": "false"}],
        "that are not verified": [{"standing": "unverified"}],
        "of a publisher": [{"publisher": public_id} for public_id in publishers],
        "of a speaker": [{"speaker": public_id} for public_id in speakers],
        "of a year": [{"from": "2022", "to": "2022"}],
    }
    for name, some in filters.items():
        yield (
            f"a common word, {name}",
            [{"q": word} | some[place % len(some)] for place, word in enumerate(common)],
        )
    yield (
        "a middling word, of a publisher, false",
        [
            {"q": word, "standing": "false", "publisher": publisher}
            for word, publisher in zip(middling, publishers, strict=False)
        ],
    )
    yield "a common word, the latest first", [{"q": word, "sort": "latest"} for word in common]


def _public(chosen: random.Random, most: int = MANY * 3) -> list[Claim]:
    """Public claims drawn from the whole record."""
    last = Claim.objects.order_by("-pk").values_list("pk", flat=True)[0]
    drawn = chosen.sample(range(1, last + 1), min(last, most * 3))
    found = Claim.objects.published().filter(pk__in=drawn)
    return sorted(found, key=lambda claim: drawn.index(claim.pk))[:most]


def _speakers(chosen: random.Random) -> list[Speaker]:
    """Half of those who speak most, half of the others."""
    speakers = list(Speaker.objects.published().order_by("pk")[:200])
    return speakers[: MANY // 2] + chosen.sample(speakers[MANY // 2 :], MANY // 2)


def _together(some: list[str], others: list[str]) -> list[str]:
    return [f"{one} {other}" for one, other in zip(some, others, strict=False)]


def _rarest(quote: str, words) -> str | None:
    places = {noun.singular: place for place, noun in enumerate(words.nouns)}
    known = [word for word in quote.split() if places.get(word, 0) > 3000]
    return max(known, key=places.get, default=None)


def _part(quote: str, length: int, chosen: random.Random) -> str:
    parts = quote.replace('"', " ").split()
    start = chosen.randrange(max(1, len(parts) - length + 1))
    return " ".join(parts[start : start + length])


def _slipped(word: str, chosen: random.Random) -> str:
    """Two letters in each other's place, or one left out, twice or wrong."""
    place = chosen.randrange(1, max(2, len(word) - 2))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chosen.choice(
        (
            before + after[:1] + letter + after[1:],
            before + after,
            before + letter + letter + after,
            before + chosen.choice("aeinrst") + after,
        )
    )


def _without_accents(quote: str, chosen: random.Random) -> str:
    return _part(quote, 4, chosen).translate(str.maketrans("éèêàùçîô", "eeeaucio"))
