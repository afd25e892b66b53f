"""Which organisations and places an article names."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc

from claims.extraction.acronyms import defined_acronyms, known_acronyms, spelt_acronyms
from claims.extraction.document import tagged, text_of
from claims.extraction.entities import Entity
from claims.extraction.folding import fold
from claims.extraction.labels import called
from claims.extraction.lexicon import load, words
from claims.extraction.nouns import organisation_nouns
from claims.extraction.outline import outline_of
from claims.extraction.wording import IN_BRACKETS, strip_article, written


def organisations(doc: Doc) -> list[Entity]:
    """The organisations and places `doc` names, their acronyms among the aliases.

    Their kind is ORG, LOC or MISC; their roles are the common nouns beside the name: "la chaîne
    publique NBC". What stands beside a name outweighs the tagger's guess.
    """
    found: dict[str, Entity] = {}
    guesses: dict[str, Counter] = defaultdict(Counter)
    for first, end, label in [*tagged(doc), *_untagged(doc)]:
        if _is_portfolio(doc, first):
            continue
        end = _before_verb(doc, first, end)
        start, roles = called(doc, first, end)
        told = roles or (end - first == 1 and _has_staff(doc, start, label))
        if label not in ("ORG", "LOC", "MISC") and not told:
            continue
        name = IN_BRACKETS.sub("", written(doc, start, end)).strip(' ,.«»"')
        if not any(c.isupper() for c in name) or _is_common(name):
            continue
        key = fold(strip_article(name))
        item = found.setdefault(key, Entity(name, label, aliases={key, fold(name)}))
        if told and not any(role.noun in words("places_by_noun") for role in roles):
            guesses[key]["ORG"] += len(doc)
        guesses[key][label or "ORG"] += 1
        item.kind = guesses[key].most_common(1)[0][0]
        item.mentions.append(start)
        item.roles += roles
    for full, acronym, at in defined_acronyms(doc):
        _join(found, full, acronym, at)
    for full, acronym, at in [*spelt_acronyms(found.values()), *known_acronyms(found)]:
        _join(found, full, acronym, at)
    return list(found.values())


def _before_verb(doc: Doc, first: int, end: int) -> int:
    """Where a name the tagger let run on into a verb ends: "la Chambre de commerce [déplore]"."""
    if end == first + 1:
        return end
    verbs = outline_of(doc, first).verbs
    return next((i for i in range(first + 1, end) if i in verbs), end)


def _untagged(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Proper nouns the tagger of entities left out."""
    for token in doc:
        if token.pos_ == "PROPN" and not token.ent_type_ and token.text[:1].isupper():
            yield token.i, token.i + 1, ""


def _has_staff(doc: Doc, start: int, label: str) -> bool:
    """ "la direction de X", "les salariés de X": X is an organisation; "l'usine de X" tells only
    that it is where the tagger knows no place of that name."""
    i = start - 1
    if i < 1 or doc[i].lower_ not in ("de", "d'", "du", "chez"):
        return False
    i -= 1
    while i > 0 and doc[i].pos_ == "ADJ":
        i -= 1
    low = doc[i].lower_
    return low in words("staff") or (label != "LOC" and low in words("premises"))


def _is_portfolio(doc: Doc, start: int) -> bool:
    """ "le ministre de l'[Intérieur]": what a ministry is for names nothing."""
    i = start - 1
    while i > 0 and (doc[i].pos_ == "DET" or doc[i].lower_ in ("de", "d'", "du", "des", "à")):
        i -= 1
    return i < start - 1 and doc[i].lower_ in words("offices")


def _join(found: dict[str, Entity], full: str, acronym: str, at: int) -> None:
    """Make one entity of a name and its acronym."""
    key = fold(strip_article(full))
    item = Entity(full, "ORG", aliases={key, fold(full), fold(acronym)})
    for old in (found.pop(key, None), found.pop(fold(acronym), None)):
        if old is not None:
            item.mentions += old.mentions
            item.roles += old.roles
    item.mentions = sorted(item.mentions) or [at]
    found[key] = item


def _is_common(name: str) -> bool:
    """ "le Tribunal": a common noun with a capital names nothing."""
    return name.lower() in organisation_nouns()


def main_place(doc: Doc, organisations: list[Entity], before: tuple[str, ...]) -> Entity | None:
    """The place, no country, most spoken of among those whose name once follows one of `before`."""
    countries = {fold(country) for country, *_ in load("countries")["demonyms"].values()}
    found = Counter()
    for entity in organisations:
        if entity.kind != "LOC" or fold(entity.name) in countries:
            continue
        leads = (text_of(doc, max(0, i - 2), i).lower() for i in entity.mentions)
        dateline = entity.mentions[0] == 0 and "à" in before
        if dateline or any(lead.endswith(before) for lead in leads):
            found[entity.name] = len(entity.mentions)
    return Entity(found.most_common(1)[0][0], "LOC") if found else None
