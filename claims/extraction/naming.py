"""Which words of a mention are its name: all of a name cut short, nothing of when it spoke."""

import re

from spacy.tokens import Doc, Token

from claims.extraction.folding import stem
from claims.extraction.labels import labelled
from claims.extraction.lexicon import load, words
from claims.extraction.noun_phrases import LINKS, extend_right
from claims.extraction.nouns import demonyms, document_nouns, organisation_nouns
from claims.extraction.outline import outline_of
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source
from claims.extraction.wording import of, written

BEFORE_HEAD = {"même", "mêmes", "certains", "certaines", "plusieurs", "quelques"}
JOINED = {"le", "la", "l'", "les"}
BETWEEN = {"pour", "sans", "en", "contre"}  # in "Rail pour tous"
COMPOUNDING = {"sans", "en"}  # in "Climat sans frontières", "mise en garde"
DETERMINER = re.compile(r"(?:du |des |le |la |les |l['’])")
INFINITIVES = ("er", "ir")
PARTICIPLES = ("é", "és", "ée", "ées")  # "tombés [dans la nuit]", an adjective to the tagger
AUTHOR_NEAR = 12  # tokens


def whole(doc: Doc, source: Source) -> Source:
    """`source` with all of the names at its edges: "la Ligue [sans alcool]", "[Pays-]Bas"."""
    start, end, head = source.start, source.end, source.head
    follows = head + 1 < len(doc) and doc[head + 1].pos_ in ("NOUN", "PROPN")
    if doc[head].lower_ in BEFORE_HEAD and follows:
        head += 1
        end = max(end, head + 1)
    before = ("PROPN", "NOUN", "PUNCT")
    while start and doc[start].ent_iob_ == "I" and doc[start - 1].pos_ in before:
        start -= 1
    while end < len(doc) and (after := _rest_of_name(doc, head, end)) > end:
        end = after
    # "un élu présent dans la salle": what is said of the source at that moment.
    last = doc[end - 1]
    if last.pos_ == "ADJ" and end - 1 > head and end < len(doc):
        after = doc[end]
        if after.pos_ == "ADP" and after.lower_ not in LINKS and after.head.head.i == last.i:
            end -= 1
    return Source(start, end, head)


def _rest_of_name(doc: Doc, head: int, end: int) -> int:
    """Past the words at `end` that still belong to the name or compound before them."""
    token, before = doc[end], doc[end - 1]
    if end in outline_of(doc, end).verbs:  # "la Chambre de commerce [déplore]", all one name
        return end
    if token.ent_iob_ == "I" and (token.pos_ not in ("DET", "PRON", "AUX") or before.pos_ == "ADP"):
        return end + 1
    if end + 1 >= len(doc):
        return end
    after = doc[end + 1]
    if token.text == "-" and not before.whitespace_ and not token.whitespace_:
        return end + 2
    if (after_name := _past_plain_words(doc, end)) and labelled(doc, head, end):
        return after_name
    compound = before.text[:1].isupper() or before.lower_ in ("mise", "mises")
    if compound and token.lower_ in COMPOUNDING and after.pos_ == "NOUN":
        return end + 2 if head <= after.head.i < end else end
    if before.like_num and token.lower_ in load("calendar")["months"]:  # "l'accord du 31 décembre"
        return end + 2 if after.like_num else end + 1
    return end


def _past_plain_words(doc: Doc, end: int) -> int | None:
    """Past what stands between a name and its verb and belongs to the name: "le collectif Dunes
    [debout] annonce", "l'association Rail [pour tous] demande"."""
    if not doc[end - 1].text[:1].isupper():
        return None
    i = end + (doc[end].lower_ in BETWEEN)
    if i + 1 >= len(doc) or not doc[i].text.islower():
        return None
    last, verbs = doc[i], outline_of(doc, i).verbs
    modifies = last.pos_ in ("ADJ", "VERB", "NOUN") and last.lower_ not in words("interviewed")
    modifies = modifies or last.lower_ in words("ending_names")
    follows = i + 1 in verbs or doc[i + 1].pos_ == "AUX"
    return i + 1 if modifies and follows and i not in verbs else None


def core(doc: Doc, source: Source, start: int | None = None) -> str:
    """The mention without what only tells when or how it spoke.

    A document known by nothing else keeps its participle, "billet publié sur le blog", or is its
    author's: "le rapport rédigé par les élus" -> "le rapport des élus".
    """
    start = source.start if start is None else start
    end = core_end(doc, source, start)
    if end < source.end and _is_verb(doc[end]) and _is_bare_document(doc, source, end):
        if author := _author(doc, end):
            return f"{written(doc, start, end)} {author}"
        if end + 1 < source.end:
            end = source.end
    return _joined(doc, source, start, end)


def _joined(doc: Doc, source: Source, start: int, end: int) -> str:
    """The tokens as written, those joined to the head without their articles: "NASA et ESA"."""
    name = ""
    for i in range(source.head + 1, end - 1):
        if doc[i].lower_ in JOINED and doc[i - 1].lower_ in ("et", ","):
            noun = doc[i].head
            if doc[i + 1].text[:1].isupper() or (
                noun.dep_ == "conj" and noun.head.i == source.head
            ):
                name += written(doc, start, i) + " "
                start = i + 1
    return name + written(doc, start, end)


def _is_bare_document(doc: Doc, source: Source, end: int) -> bool:
    modified = any(t.pos_ in ("NOUN", "ADJ", "PROPN") for t in doc[source.head + 1 : end])
    return doc[source.head].lower_ in document_nouns() and not modified


def core_end(doc: Doc, source: Source, start: int = 0) -> int:
    """Where a mention ends without "interrogé", "cité par …", "sur place", or an apposition after a
    comma."""
    common = doc[source.head].text.islower()
    for i in range(max(source.head, start) + 1, source.end):
        token = doc[i]
        if (token.text == "(" and not _goes_on(doc, i, source.end)) or (
            token.text == "," and not _lists(doc, i, source)
        ):
            return i
        leaves = common and (_is_verb(token) or _asks(doc, i) or _passes(doc, i, source))
        if leaves and i + 1 == source.end and _past_plain_words(doc, i):
            return source.end  # "l'association Littoral [vivant]"
        if leaves or _is_date(doc, i) or _is_led(doc, i, source):
            while i - 1 > source.head and doc[i - 1].pos_ in ("ADP", "DET", "PRON"):
                i -= 1
            return i
    return max(source.end, source.head + 1)


def _asks(doc: Doc, i: int) -> bool:
    """Whether an infinitive stands at token `i` that the tagger took for a noun: "demander au
    gouvernement de la [reporter]"."""
    pronoun = doc[i - 1]
    if not doc[i].lower_.endswith(INFINITIVES) or pronoun.lower_ not in ("le", "la"):
        return False
    genders = {*doc[i].morph.get("Gender"), *pronoun.morph.get("Gender")}
    return doc[i - 2].lower_ == "de" and (pronoun.lower_ == "le" or len(genders) > 1)


def _passes(doc: Doc, i: int, source: Source) -> bool:
    """Whether token `i` opens what only holds for the moment: "un expert [sous couvert de]", "un
    photographe [présent sur place]"."""
    if doc[i].pos_ == "ADJ" and i + 2 < source.end:
        after = doc[i + 1]
        joined = after.head.head.i == i or doc[i].lower_.endswith(PARTICIPLES)
        return after.pos_ == "ADP" and after.lower_ not in LINKS and joined
    if doc[i].lower_ == "en" and i + 1 < source.end:
        return doc[i + 1].lower_ in words("passing_states")
    if doc[i].lower_ in ("à", "au") and doc[i].pos_ == "ADP":  # "l'accusé [à la barre]"
        return any(t.lower_ in words("passing_places") for t in doc[i + 1 : i + 3])
    return doc[i].lower_ in words("passing_prepositions")


def _is_date(doc: Doc, i: int) -> bool:
    """A day a mention ends with: "l'ONU [lundi]", "le communiqué de ce [mercredi]", "de ce [22
    mars]"."""
    if doc[i].text in load("calendar")["weekdays"]:
        return True
    return doc[i].like_num and doc[i - 1].lower_ == "ce"


def _is_led(doc: Doc, i: int, source: Source) -> bool:
    """Whether token `i` opens who leads what a country has one of: "le gouvernement espagnol [de
    Mariano Rajoy]"."""
    if doc[i].lower_ not in ("de", "d'") or i + 1 >= source.end or doc[i + 1].ent_type_ != "PER":
        return False
    country = stem(doc[i - 1].lower_) in demonyms()
    return country and doc[source.head].lower_ in organisation_nouns()


def _goes_on(doc: Doc, bracket: int, end: int) -> bool:
    """Whether the name goes on after an acronym in brackets: "la Société (SDJ) d'I-Télé"."""
    close = bracket + 2
    return close + 1 < end and doc[close].text == ")" and doc[close + 1].lower_ in LINKS


def _lists(doc: Doc, comma: int, source: Source) -> bool:
    """Whether what follows a comma is one more of several: "l'Italie, la Grèce et Malte"."""
    after = [t for t in doc[comma + 1 : source.end] if t.pos_ not in ("DET", "PUNCT")]
    joined = any(t.lower_ == "et" for t in after)
    return joined and after[0].dep_ == "conj"


def _is_verb(token: Token) -> bool:
    if token.lower_ in words("interviewed"):
        return True
    return token.pos_ in ("VERB", "AUX") and stem(token.lower_) not in demonyms()


def _author(doc: Doc, participle: int) -> str | None:
    """ "des élus": who wrote what is "rédigé [hier] par les élus" or "provenant des élus"."""
    if doc[participle].lower_ not in words("authored"):
        return None
    limit = min(sentence_of(doc, participle).end, participle + AUTHOR_NEAR)
    for i in range(participle + 1, limit - 1):
        low = doc[i].lower_
        if low in ("par", "de", "d'", "du", "des"):
            head = next((j for j in range(i + 1, limit) if doc[j].pos_ in ("NOUN", "PROPN")), i)
            if low != "par" and i > participle + 1:
                return None
            if head == i:
                return None
            start = i + 1 if low == "par" else i
            name = written(doc, start, extend_right(doc, head, sentence_of(doc, head).end))
            article = DETERMINER.match(name)
            return of(article[0], name[article.end() :]) if article else of("", name)
    return None
