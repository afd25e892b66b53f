"""Which organisations an article names, and what it calls them: "X, un syndicat agricole"."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from claims.extraction.entities import Entity
from claims.extraction.folding import fold, stem
from claims.extraction.lexicon import load, words
from claims.extraction.roles import Role
from claims.extraction.wording import IN_BRACKETS, strip_article, written

ACRONYM = re.compile(r"\(([A-ZÉ][\w&.-]{1,12})\)")
MARKS = {"«", '"', "“"}
LABEL_REACH = 6  # tokens before a name


@cache
def organisation_nouns() -> frozenset[str]:
    nouns = load("nouns")["organisations"]
    return frozenset([*nouns["nouns"], *nouns["rare"]]) | words("organisation_labels")


@cache
def document_nouns() -> frozenset[str]:
    nouns = load("nouns")["documents"]["nouns"]
    return frozenset([*nouns, *(f"{noun}s" for noun in nouns if not noun.endswith("s"))])


@cache
def group_nouns() -> frozenset[str]:
    return frozenset(load("nouns")["groups"]["nouns"])


@cache
def powers() -> frozenset[str]:
    """Countries and the capitals that stand for their governments, folded."""
    places = load("countries")["demonyms"].values()
    return frozenset(fold(place) for names in places for place in names)


def organisations(doc: Doc) -> list[Entity]:
    """The organisations and places `doc` names, their acronyms among the aliases.

    Their kind is ORG, LOC or MISC; their roles are the common nouns beside the name: "la chaîne
    publique NBC". What stands beside a name outweighs the tagger's guess.
    """
    found: dict[str, Entity] = {}
    guesses: dict[str, Counter] = defaultdict(Counter)
    for first, end, label in [*_tagged(doc), *_untagged(doc)]:
        if _is_portfolio(doc, first):
            continue
        start, roles = _label(doc, first, end)
        told = roles or (end - first == 1 and _has_staff(doc, start))
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
    for match in ACRONYM.finditer(doc.text):
        if sum(c.isupper() for c in match[1]) < 2:
            continue
        at = doc.char_span(match.start(), match.end(), alignment_mode="expand").start
        full = _expansion(doc.text[max(0, match.start() - 120) : match.start()], match[1])
        if full := full or _entity_before(doc, at):
            _join(found, full, match[1], at)
    _join_initials(found)
    return list(found.values())


def _tagged(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The entities of the tagger: first token, one past the last, label."""
    for span in doc.ents:
        yield span.start, span.end, span.label_


def _untagged(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Proper nouns the tagger of entities left out."""
    for token in doc:
        if token.pos_ == "PROPN" and not token.ent_type_ and token.text[:1].isupper():
            yield token.i, token.i + 1, ""


def _has_staff(doc: Doc, start: int) -> bool:
    """ "la direction de X", "les salariés de X": X is an organisation."""
    i = start - 1
    if i < 1 or doc[i].lower_ not in ("de", "d'", "du", "chez"):
        return False
    i -= 1
    while i > 0 and doc[i].pos_ == "ADJ":
        i -= 1
    return doc[i].lower_ in words("staff")


def _is_portfolio(doc: Doc, start: int) -> bool:
    """ "le ministre de l'[Intérieur]": what a ministry is for names nothing."""
    i = start - 1
    while i > 0 and (doc[i].pos_ == "DET" or doc[i].lower_ in ("de", "d'", "du", "des", "à")):
        i -= 1
    return i < start - 1 and doc[i].lower_ in words("offices")


def _join_initials(found: dict[str, Entity]) -> None:
    """Make one of a name and the acronym that its initials spell: "Union européenne", "UE"."""
    spelt = {
        "".join(word[0] for word in key.split() if len(word) > 3): entity.name
        for key, entity in found.items()
        if entity.kind == "ORG" and " " in key
    }
    for key, entity in list(found.items()):
        if entity.name.isupper() and len(key) > 1 and key in spelt:
            _join(found, spelt[key], entity.name, entity.mentions[0])


def _entity_before(doc: Doc, at: int) -> str | None:
    """The organisation named right before a bracket, whatever the acronym spells: "X (BTK)"."""
    start = at - 1
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start].ent_type_ == "ORG":
        start -= 1
    return written(doc, start, at) if start < at - 1 and doc[start].ent_type_ == "ORG" else None


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


def _label(doc: Doc, first: int, end: int) -> tuple[int, list[Role]]:
    """Where the name in an entity starts, and what it is called before or after it."""
    start = first
    roles = []
    if inside := labelled(doc, first, end):
        start = inside
        roles.append(_role(doc, first, start))
    else:
        for i in range(first - 1, max(0, first - LABEL_REACH) - 1, -1):
            if doc[i].is_punct and doc[i].text not in MARKS:
                break
            if doc[i].lower_ in organisation_nouns():
                if labelled(doc, i, end) == first:
                    roles.append(_role(doc, i, first))
                break
    after = _apposed(doc, end)
    return start, [*roles, after] if after else roles


def labelled(doc: Doc, at: int, end: int) -> int | None:
    """Where the name after the common noun at `at` starts: "l'agence de presse [Belga]"."""
    if not is_label(doc[at]):
        return None
    i = at + 1
    while i < end:
        if doc[i].pos_ == "ADJ" and doc[i].text.islower():
            i += 1
        elif doc[i].lower_ in ("de", "d'", "non") and _is_common_noun(doc, i + 1, end):
            i += 2
        else:
            break
    while i < end and (doc[i].text in MARKS or doc[i].lower_ in ("internet", "web")):
        i += 1
    first = doc[i].text[:1] if i < end else ""
    return i if first.isupper() or first.isdigit() else None


def _is_common_noun(doc: Doc, i: int, end: int) -> bool:
    return i < end and doc[i].text.islower() and doc[i].pos_ in ("NOUN", "ADJ")


def is_label(token: Token) -> bool:
    """Whether a noun stands before names without being part of them: "l'ONG", "le site"."""
    low = token.lower_
    if low not in organisation_nouns() or low in words("part_of_names"):
        return False
    return token.text.islower() or token.text.isupper() or low in words("legal_forms")


def _role(doc: Doc, start: int, end: int) -> Role:
    modifiers = (t for t in doc[start + 1 : end] if t.pos_ in ("NOUN", "ADJ", "PROPN"))
    return Role(doc[start].lower_, frozenset(stem(t.lower_) for t in modifiers), start)


def _apposed(doc: Doc, end: int) -> Role | None:
    """ "X, un syndicat agricole", "X (une chaîne privée)", "X est une association"."""
    i = end + 1
    if i >= len(doc) or doc[end].text not in {",", "(", "est"}:
        return None
    while i < len(doc) and (doc[i].pos_ == "DET" or doc[i].lower_ in ("première", "premier")):
        i += 1
    if i >= len(doc) or doc[i].lower_ not in organisation_nouns():
        return None
    if i == end + 1 and doc[end].text == "est":
        return None
    stop = i + 1
    while stop < len(doc) and doc[stop].pos_ == "ADJ":
        stop += 1
    return _role(doc, i, stop)


def _expansion(before: str, acronym: str) -> str | None:
    """The name before "(ACRONYM)": from the word its first letter stands for."""
    found = list(re.finditer(r"[\w'’&-]+", before))
    letter = fold(acronym[0])
    best = None
    for match in reversed(found[-(len(acronym) + 8) :]):
        word = re.sub(r"^(?:[ldLD]|qu|Qu)['’]", "", match[0])
        offset = match.end() - len(word)
        if re.search(r"[.;:!?]\s", before[offset:]):
            break
        if fold(word[:1]) == letter and (word[:1].isupper()):
            best = before[offset:].strip()
            initials = [fold(w[0][0]) for w in re.finditer(r"[^\W\d_][\w’-]*", before[offset:])]
            if _spells(fold(acronym), initials):
                return best
    return best


def _spells(acronym: str, initials: list[str]) -> bool:
    at = 0
    for initial in initials:
        if at < len(acronym) and acronym[at] == initial:
            at += 1
    return at >= min(len(acronym), 3) or at == len(acronym)


def main_place(doc: Doc, organisations: list[Entity], before: tuple[str, ...]) -> Entity | None:
    """The place, no country, most spoken of among those whose name once follows one of `before`."""
    countries = {fold(country) for country, *_ in load("countries")["demonyms"].values()}
    found = Counter()
    for entity in organisations:
        if entity.kind != "LOC" or fold(entity.name) in countries:
            continue
        leads = (doc[max(0, i - 2) : i].text.lower() for i in entity.mentions)
        dateline = entity.mentions[0] == 0 and "à" in before
        if dateline or any(lead.endswith(before) for lead in leads):
            found[entity.name] = len(entity.mentions)
    return Entity(found.most_common(1)[0][0], "LOC") if found else None
