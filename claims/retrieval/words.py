"""The words of a text that tell it from others, and how rare each is in the record.

Nobody counts the words of the record: what ANALYZE keeps of the column ``search`` says what share
of the claims has each of the ten thousand commonest stems (docs/decisions/0038). The others are
rarer than the rarest of these.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from django.db import connection

from claims.comparison.lexicon import LANGUAGES
from claims.comparison.near import near
from claims.comparison.words import words_of

LONGEST = 2000  # characters of a text that are looked at
MOST = 40  # words of a text, the rarest, that are looked for
GUESSED = 2  # words of a text that nobody has written are taken for misspelt, so many of them
NEAREST = 5  # known words that each of these may be
LIKE_ENOUGH = 0.3  # of the trigrams of both
SHORTEST_GUESSED = 5
MEANT = 12  # words near in meaning that stand for one
LOOKED_UP = 100  # words of a text for which there may be some
UNCOUNTED = 0.01  # the share of any word, while nobody has counted the record

# A word has French stems, with its accents and without, in a French text, and an English one in an
# English text. Parts of a compound are words; the whole, markup and what stands between are not.
WORDS = """
WITH given AS (
  SELECT place, lower(token) AS token,
         tsvector_to_array(to_tsvector('constat_french', token)) AS french,
         tsvector_to_array(to_tsvector('constat_plain', token)) AS plain,
         tsvector_to_array(to_tsvector('constat_english', token)) AS english
    FROM unnest(%(texts)s::text[]) WITH ORDINALITY text(said, place),
         LATERAL ts_parse('default', search_text(said)) parsed(kind, token)
   WHERE kind NOT IN (12, 13, 14, 15, 16, 17)
), written AS (
  -- French passes over its own small words, English over those of both.
  SELECT place,
         count(*) FILTER (WHERE french = '{}')
           < count(*) FILTER (WHERE english = '{}' AND french <> '{}') AS in_english
    FROM given GROUP BY place
), word AS (
  SELECT place, in_english, stems, min(token) AS token
    FROM given JOIN written USING (place),
         LATERAL (SELECT CASE WHEN in_english THEN english ELSE french || plain END) its(stems)
   WHERE stems <> '{}'
   GROUP BY place, in_english, stems
), listed AS (
  SELECT stem, share
    FROM pg_stats,
         unnest(most_common_elems::text::text[], most_common_elem_freqs) listed(stem, share)
   WHERE schemaname = current_schema() AND tablename = 'claims_claim' AND attname = 'search'
), counted AS (
  SELECT place, stems, max(share) AS share
    FROM word, LATERAL unnest(stems) stem LEFT JOIN listed USING (stem)
   GROUP BY place, stems
)
SELECT place, token, stems, in_english, share, (SELECT min(share) FROM listed) AS least,
       (SELECT reltuples FROM pg_class WHERE oid = 'claims_claim'::regclass) AS claims,
       CASE WHEN share IS NULL
            THEN NOT EXISTS (SELECT FROM sources_word WHERE text = token) ELSE false END AS unknown
  FROM word JOIN counted USING (place, stems)
UNION ALL
SELECT 0, stem, ARRAY[stem], false, share, NULL, NULL, false FROM listed WHERE stem = ANY(%(near)s)
"""
NEAR = """
SELECT word, near.text
  FROM unnest(%s::text[]) word,
       LATERAL (SELECT text FROM sources_word ORDER BY text <-> word LIMIT %s) near
 WHERE similarity(near.text, word) >= %s
"""


@dataclass(frozen=True)
class Word:
    """A word of a text: its stems, and about which share of the claims, and how many of them,
    have one of these.

    ``rarity`` is what it tells, in nats: -ln of the share.
    """

    text: str
    stems: tuple[str, ...]
    share: float
    claims: float
    unknown: bool = False
    near: "Word | None" = None
    """Any of the words that mean nearly the same (claims/comparison/lexicons)."""

    @property
    def rarity(self) -> float:
        return -log(min(self.share, 0.999))


def telling_words(texts: Sequence[str]) -> list[list[Word]]:
    """Of each text its words, the rarest first.

    One query; two more if there are words nobody has written before, which are replaced by the
    known ones they are nearest to.
    """
    found = _words(texts)
    guessed = {
        word.text
        for words in found
        for word in [word for word in words if _misspelt(word)][:GUESSED]
    }
    if guessed:
        meant = _nearest(sorted(guessed))
        found = [[meant.get(word.text, word) for word in words] for words in found]
    return [sorted(words, key=lambda word: (word.claims, word.stems))[:MOST] for words in found]


def _words(texts: Sequence[str]) -> list[list[Word]]:
    texts = [text[:LONGEST].replace("\0", " ") for text in texts]
    near_stems = {stem for text in texts for stem in _near_stems(text)}
    with connection.cursor() as cursor:
        cursor.execute(WORDS, {"texts": texts, "near": list(near_stems)})
        rows = cursor.fetchall()
    shares = {token: share for place, token, _stems, _in_english, share, *_ in rows if not place}
    found: list[list[Word]] = [[] for _text in texts]
    for place, token, stems, in_english, share, least, claims, unknown in rows:
        if not place:
            continue
        rare = least / 2 if least else UNCOUNTED
        share = share or rare
        # Where no word is counted, nor is how many claims there are: LOOKED_AT bounds what is read.
        claims = max(claims, 0) if least else 0
        near = _near(stems, "en" if in_english else "fr", shares, rare, claims)
        word = Word(token, tuple(dict.fromkeys(stems)), share, share * claims, unknown, near)
        found[place - 1].append(word)
    return found


def _near_stems(text: str) -> Iterator[str]:
    """What may be asked for beside the words of a text, whichever language it is in."""
    for language in LANGUAGES:
        for word in words_of(text, language)[:LOOKED_UP]:
            yield from near(language, word.stem, MEANT)


def _near(
    stems: Sequence[str], language: str, shares: Mapping[str, float], rare: float, claims: float
) -> Word | None:
    others = [other for stem in stems for other in near(language, stem, MEANT)]
    others = [other for other in dict.fromkeys(others) if other not in stems]
    share = sum(shares.get(other, rare) for other in others)
    return Word("", tuple(others), share, share * claims) if others else None


def _misspelt(word: Word) -> bool:
    return word.unknown and len(word.text) >= SHORTEST_GUESSED and word.text.isalpha()


def _nearest(unknown: list[str]) -> dict[str, Word]:
    """For each of these a word that is any of the known ones nearest to it, if there are any."""
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [unknown, NEAREST, LIKE_ENOUGH])
        near = cursor.fetchall()
    if not near:
        return {}
    found: dict[str, Word] = {}
    for (text, _near), words in zip(near, _words([near for _text, near in near]), strict=True):
        for word in words:
            found[text] = _either(found[text], word) if text in found else replace(word, text=text)
    return found


def _either(one: Word, other: Word) -> Word:
    return replace(
        one,
        stems=tuple(dict.fromkeys(one.stems + other.stems)),
        share=one.share + other.share,
        claims=one.claims + other.claims,
    )
