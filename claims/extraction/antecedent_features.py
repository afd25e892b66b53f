"""What is seen of a definite noun and of something it may stand for."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from claims.extraction.cast import Cast
from claims.extraction.folding import fold, stem
from claims.extraction.lexicon import load, words
from claims.extraction.mentions import Mention
from claims.extraction.nouns import classes, document_nouns, organisation_nouns, powers
from claims.extraction.referents import Referent

DEMONSTRATIVES = {"ce", "cet", "cette", "ces"}
NEAR = 4  # tokens between the start of a source and its noun
DISTANCES = ((0, "here"), (1, "before"), (3, "near"), (8, "further"))  # sentences


def pairs(cast: Cast, mention: Mention) -> list[tuple[Referent, list[str]]]:
    """The referents `mention` may stand for, each with its features."""
    if mention.complement:
        return []
    at = mention.source.start
    found = []
    spoken: dict[str | None, set[str]] = defaultdict(set)
    for speaker in cast.speakers_before():
        spoken[speaker.name].add(speaker.noun)
    for referent in [*cast.referents_near(at), *_spoken(cast)]:
        relation = _relation(mention, referent, spoken)
        if relation and any(not _covers(mention, i) for i in referent.mentions):
            found.append((referent, relation))
    nearest: dict[str, Referent] = {}
    for referent, relation in sorted(found, key=lambda item: -_last(item[0], mention)):
        nearest.setdefault(relation, referent)
    spoke = [speaker.at for speaker in cast.speakers_before()]
    anaphor = mention.noun in words("organisation_anaphors")
    result = []
    for referent, relation in found:
        rivals = sum(other == relation for _, other in found)
        last = _last(referent, mention)
        told = {
            f"relation {relation}": True,
            f"{relation} rivals {min(rivals, 3)}": True,
            f"{relation} {_fit(mention, referent)}": True,
            f"{relation} {_distance(cast, mention, referent)}": True,
            f"{relation} nearest": nearest[relation] is referent,
            f"{relation} anaphor": anaphor,
            f"{relation} noun {mention.noun}": mention.bare,
            **{f"{relation} sort {s}": mention.bare for s in classes().get(mention.noun, ())},
            "described anaphor": anaphor and not referent.label,
            f"{relation} plural": mention.plural,
            f"{relation} label {referent.label}": bool(referent.label),
            f"{relation} demonstrative": cast.doc[at].lower_ in DEMONSTRATIVES,
            f"{relation} country": bool(referent.words & country_words()),
            f"kind {referent.kind}": True,
            f"mentions {min(len(referent.mentions), 4)}": True,
            "spoke": _spoke(referent, spoke),
            "spoke last": _spoke(referent, spoke[:1]),
            "subject": last >= 0 and cast.doc[last].dep_.startswith("nsubj"),
            "headline": cast.sentence_number(referent.mentions[0]) == 0,
            "possessive": referent.mention is not None and referent.mention.possessive,
        }
        result.append((referent, [feature for feature, true in told.items() if true]))
    return result


def _spoken(cast: Cast) -> list[Referent]:
    """The organisations that spoke by a name the article never puts beside a common noun."""
    found: dict[str, Referent] = {}
    for speaker in cast.speakers_before():
        if speaker.kind != "organisation" or not speaker.name or speaker.name in cast.referred_to:
            continue
        if speaker.name[:1].isupper():
            item = found.setdefault(speaker.name, Referent(speaker.name, speaker.kind, "ORG"))
            item.mentions.insert(0, speaker.at)
    return list(found.values())


def _spoke(referent: Referent, spoken_at: list[int]) -> bool:
    """Whether one of its mentions was itself the source of a claim."""
    return any(at <= i < at + NEAR for at in spoken_at for i in referent.mentions)


@cache
def country_words() -> frozenset[str]:
    """Adjectives and names of countries, stemmed: "russ", "france"."""
    lexicon = load("countries")["demonyms"]
    names = [word for country, *_ in lexicon.values() for word in country.lower().split()]
    return frozenset(stem(word) for word in [*lexicon, *names])


def _covers(mention: Mention, at: int) -> bool:
    return mention.source.start <= at < mention.source.end


def _relation(mention: Mention, referent: Referent, spoken: Mapping[str | None, set[str]]) -> str:
    """How the noun of a mention fits a referent; empty where it cannot. `spoken` are the names of
    those who spoke, each with the nouns they were called by: what the tagger takes for a place may
    be among them, and what was "l'entreprise" before is no trade union."""
    noun = mention.noun
    nouns = referent.nouns | (spoken.get(referent.name, set()) & organisation_nouns())
    if mention.plural != referent.plural and not referent.label:
        return ""
    if referent.label == "LOC":
        if mention.plural:
            return ""
        if noun in words("country_anaphors"):
            return "place"
        speaks = referent.name in spoken and fold(referent.name) not in powers()
        return "unlabelled" if speaks and noun in words("organisation_anaphors") else ""
    if noun in nouns:
        return "" if _fit(mention, referent) == "differs" else "same noun"
    if noun in document_nouns():
        if referent.kind != "document":
            return ""
        if noun in words("texts") and not mention.plural:
            return "text"
        return "study" if {noun} | nouns <= words("studies") else ""
    if noun not in organisation_nouns() or mention.plural or referent.kind != "organisation":
        return ""
    sorts = classes().get(noun, frozenset())
    theirs = frozenset().union(*(classes().get(n, frozenset()) for n in nouns))
    if sorts & theirs:
        return "same sort"
    unknown = referent.label == "ORG" and not theirs and not nouns and not _is_name(mention)
    return "unlabelled" if unknown and noun in words("organisation_anaphors") else ""


def _is_name(mention: Mention) -> bool:
    """ "la Ligue": a noun with a capital inside a sentence is short for a name that holds it."""
    return mention.doc[mention.source.head].text[:1].isupper()


def _fit(mention: Mention, referent: Referent) -> str:
    """Whether what the mention says of itself is said of the referent."""
    if not mention.words:
        return "bare"
    if not referent.words:
        return "unknown"
    if mention.words <= referent.words:
        return "agrees"
    return "partly" if mention.words & referent.words else "differs"


def _last(referent: Referent, mention: Mention) -> int:
    """The last token before the mention at which the referent is spoken of, or -1."""
    index = bisect_left(referent.mentions, mention.source.start)
    return referent.mentions[index - 1] if index else -1


def _distance(cast: Cast, mention: Mention, referent: Referent) -> str:
    last = _last(referent, mention)
    if last < 0:
        return "after"
    gap = cast.sentence_number(mention.source.start) - cast.sentence_number(last)
    return next((name for limit, name in DISTANCES if gap <= limit), "far")
