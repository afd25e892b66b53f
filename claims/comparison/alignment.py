"""Which words of two sayings tell the same, nearly the same, or the opposite."""

from collections import defaultdict
from dataclasses import dataclass, field

from claims.comparison.reading import Content, Reading

NEAR, AKIN = 0.8, 0.7  # how much a word near in meaning, and one of the same root, counts
LEAST = 5  # letters of a root
SHARE = 0.62  # of their letters that words of one root, or misspelt, begin with
MOST = 40  # words left over of each that are compared by their root
NEGATIVE = ("in", "im", "il", "ir", "de", "des", "dis", "mal", "anti", "non", "un", "a")


@dataclass(slots=True)
class Alignment:
    """Pairs of contents of the first and the second, and what is left of either."""

    same: list[tuple[Content, Content, float]] = field(default_factory=list)
    opposed: list[tuple[Content, Content]] = field(default_factory=list)
    left: tuple[list[Content], list[Content]] = ((), ())
    denials: int = 0
    """Negations of phrases that were taken word by word: "pas voté" beside "voté"."""


def align(first: Reading, second: Reading) -> Alignment:
    """Each word once: by its stem, then by what it means, then by its root; a phrase word by word
    where it has no partner as a whole."""
    found = Alignment()
    one, other = _by_stem(first.contents, second.contents, found)
    one, other = _by_meaning(one, other, found, 0)
    one, other = _by_meaning(one, other, found, 1, phrases=True)
    one, other = _by_parts(one, other, found, denying=False)
    one, other = _by_meaning(one, other, found, 1)
    one, other = _by_parts(one, other, found, denying=True)
    if one and other:
        one, other = _by_root(one, other, found)
    found.left = (one, other)
    return found


Left = tuple[list[Content], list[Content]]


def _by_stem(one: list[Content], other: list[Content], found: Alignment) -> Left:
    places = defaultdict(list)
    for content in reversed(other):
        places[content.stem].append(content)
    left = []
    taken = set()
    for content in one:
        if partners := places.get(content.stem):
            partner = partners.pop()
            taken.add(partner.place)
            found.same.append((content, partner, 1.0))
        else:
            left.append(content)
    return left, [content for content in other if content.place not in taken]


def _by_parts(one: list[Content], other: list[Content], found: Alignment, *, denying: bool) -> Left:
    """The words of phrases that are left over: of those that deny, or of the others."""

    def split(contents: list[Content]) -> list[Content]:
        return [
            part
            for content in contents
            for part in (
                content.parts if content.parts and content.denies <= denying else (content,)
            )
        ]

    if not any(content.parts for content in (*one, *other)):
        return one, other
    if denying:
        found.denials = sum(content.holds_negation for content in (*one, *other))
    return _by_meaning(*_by_stem(split(one), split(other), found), found, 0)


def _by_meaning(
    one: list[Content],
    other: list[Content],
    found: Alignment,
    opposed: int,
    *,
    phrases: bool = False,
) -> Left:
    """Those that share a meaning, or have opposed ones; only where one is a phrase, if so told."""
    if not (one and other):
        return one, other
    places = defaultdict(list)
    for content in other:
        for meaning in content.meanings:
            places[meaning ^ opposed].append(content)
    left, taken = [], set()
    for content in one:
        partner = next(
            (
                p
                for meaning in sorted(content.meanings)
                for p in places.get(meaning, ())
                if p.place not in taken and (not phrases or p.parts or content.parts)
            ),
            None,
        )
        if partner is None:
            left.append(content)
            continue
        taken.add(partner.place)
        if opposed:
            found.opposed.append((content, partner))
        else:
            found.same.append((content, partner, NEAR))
    return left, [content for content in other if content.place not in taken]


def _by_root(one: list[Content], other: list[Content], found: Alignment) -> Left:
    left, taken = [], set()
    for place, content in enumerate(one):
        best, how = None, 0.0
        for partner in other[:MOST] if place < MOST else ():
            if partner.place in taken:
                continue
            kind = kinship(content.stem, partner.stem)
            if abs(kind) > abs(how):
                best, how = partner, kind
        if best is None:
            left.append(content)
            continue
        taken.add(best.place)
        if how < 0:
            found.opposed.append((content, best))
        else:
            found.same.append((content, best, how))
    return left, [content for content in other if content.place not in taken]


def kinship(one: str, other: str) -> float:
    """How much two stems are one word: 0 not at all, below 0 where one denies the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) < LEAST - 1:
        return 0.0
    if other.endswith(one) and len(one) >= LEAST and other[: -len(one)] in NEGATIVE:
        return -1.0
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    if common >= LEAST and common >= SHARE * len(other):
        return AKIN
    if one[0] == other[0] and len(other) - len(one) <= 1 and len(one) >= LEAST and typo(one, other):
        return AKIN
    return 0.0


def typo(one: str, other: str) -> bool:
    """Whether one letter is wrong, too many or missing, or two are swapped."""
    if len(one) == len(other):
        wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and one[wrong[0]] == other[wrong[1]]
            and one[wrong[1]] == other[wrong[0]]
        )
    place = next((i for i, a in enumerate(one) if other[i] != a), len(one))
    return one[place:] == other[place + 1 :]
