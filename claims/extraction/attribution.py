"""Put cues, sources and contents together: who is cited for what.

Each cue is offered what it might report (`proposals`, and what the rules here would take); weights
learned from annotated articles choose (`weighing`).
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction.contents import complement
from claims.extraction.cues import Cue
from claims.extraction.document import Document
from claims.extraction.headlines import headlines
from claims.extraction.inserted import around_inserted, is_inserted
from claims.extraction.lexicon import words
from claims.extraction.passives import passive_content
from claims.extraction.phrases import around_phrase
from claims.extraction.proposals import TAKING_UP, Proposal, proposals, taken_up
from claims.extraction.quoted import around
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source, after_preposition, agent_of, can_speak, place_of_on
from claims.extraction.standalone import with_standalone
from claims.extraction.subjects import cites_nobody, subject_of
from claims.extraction.turns import turns
from claims.extraction.weighing import choose

INTERVIEWED = words("interviewed")
# The tenses in which verbs report that do so now and then.
SELDOM = {"present", "participle", "infinitive", "conditional"}
NEAR = 5  # cues further on that may end a content
ON = {"on", "-on"}
NOBODY = {"personne", "nul"}
REFUSALS = {"refuser", "se refuser"}
# Complements that report something only where the subject can have said it.
WEAK = {"np", "after", "object", "urge", "judge", "self", "inf"}


class Attribution(NamedTuple):
    """A claim in the making; token positions, ends exclusive."""

    content: tuple[tuple[int, int], ...]
    cue: Cue | None
    source: Source | None
    frame: str  # the complement that holds the content, see cue_verbs.toml
    nested: bool = False  # the cue stands inside another claim
    probability: float = 0.6  # that it is a claim; of a quotation without a cue, what gold shows

    @property
    def start(self) -> int:
        return self.content[0][0]

    def holds(self, i: int) -> bool:
        """Whether token `i` is part of what is claimed."""
        return any(start <= i < end for start, end in self.content)


Doc.set_extension("attributions", default=(), force=True)


@Language.factory(
    "constat_attribution",
    assigns=["doc._.attributions"],
    requires=["doc._.cues", "token.dep", "token.pos", "doc.sents"],
)
def create_attributor(nlp: Language, name: str) -> "Attributor":
    """Create the component that sets ``doc._.attributions``."""
    return Attributor()


class Attributor:
    """Sets ``doc._.attributions``: each cue with what it reports, in order of the cues."""

    def __call__(self, doc: Doc) -> Doc:
        given, doc = doc, Document.of(doc)
        found: list[Attribution] = []
        for cue in reversed(eligible(doc)):
            offered, rule = offers(doc, cue, [a.cue for a in reversed(found[-NEAR:])])
            if chosen := choose(doc, cue, offered, rule):
                proposal, probability = chosen
                source = _who_on_is(doc, cue, proposal.source)
                content, frame = proposal.content, proposal.frame
                found.append(Attribution(content, cue, source, frame, probability=probability))
        said = _mark_nested(found[::-1])
        said += [_quotation(turn.content, turn.source) for turn in turns(doc)]
        doc._.attributions = tuple(with_standalone(doc, said, _quotation))
        return given


def eligible(doc: Doc) -> list[Cue]:
    """The cues outside headlines that may cite somebody, in order."""
    titles = {i for start, end in headlines(doc) for i in range(start, end)}
    return [
        cue
        for cue in doc._.cues
        if cue.head not in titles and _may_report(doc, cue) and not cites_nobody(doc, cue)
    ]


def _may_report(doc: Doc, cue: Cue) -> bool:
    """Whether such a cue ever reports anything in the gold articles, at small cost."""
    if "person phrase" in cue.verb.frames:  # "pour": only where a clause may begin
        start = sentence_of(doc, cue.head).start
        return cue.start == start or doc[cue.start - 1].pos_ in ("PUNCT", "CCONJ", "SPACE")
    if not cue.plain and cue.tense != "infinitive":
        return False
    if cue.tense == "bare participle" and doc[cue.head].lower_ in INTERVIEWED:
        return False  # "interrogé par Le Quotidien" tells who asked
    if cue.group_start and doc[cue.group_start - 1].lower_ in NOBODY and cue.finite:
        return False  # "personne ne croit"
    if cue.verb.name in REFUSALS and _answers(doc, cue.end):
        return False  # "a refusé de répondre"
    return bool(cue.verb.frames) or (bool(cue.verb.seldom) and cue.tense in SELDOM)


def _answers(doc: Doc, i: int) -> bool:
    """Whether the infinitive at `i` is to answer: "de [répondre]", "à [tout commentaire]"."""
    return any(token.lower_ in words("answers") for token in doc[i : i + 4])


def offers(doc: Doc, cue: Cue, later: Sequence[Cue]) -> tuple[list[Proposal], Proposal | None]:
    """What `cue` may report, each content once, and what the rules would take."""
    found = attribute(doc, cue, later)
    rule = Proposal(found.content, found.source, found.frame) if found else None
    offered: dict[tuple, Proposal] = {rule.content: rule} if rule else {}
    for proposal in proposals(doc, cue, later):
        known = offered.get(proposal.content)
        if known is None or known is rule:
            offered[proposal.content] = (
                proposal if known is None else proposal._replace(source=rule.source)
            )
    if cue.end < len(doc) and doc[cue.end].text == ":":
        offered = {spans: p for spans, p in offered.items() if not _asks(doc, *spans[0])}
        rule = rule if rule and rule.content in offered else None
    return list(offered.values()), rule


def _asks(doc: Doc, start: int, end: int) -> bool:
    """ "Le juge insiste : pourquoi avoir attendu ?": a question is no claim."""
    if doc[start].lower_ not in words("interrogatives"):
        return False
    return doc[end - 1].text == "?" or (end < len(doc) and doc[end].text == "?")


def _mark_nested(attributions: list[Attribution]) -> list[Attribution]:
    """Tell which cues stand inside another claim."""
    spans = (span for attribution in attributions for span in attribution.content)
    claimed = Counter(i for start, end in spans for i in range(start, end))
    for i, a in enumerate(attributions):
        if claimed[a.cue.head] > a.holds(a.cue.head):
            attributions[i] = a._replace(nested=True)
    return attributions


def _quotation(content: tuple[tuple[int, int], ...], source: Source) -> Attribution:
    return Attribution(content, None, source, "quotation")


def attribute(doc: Doc, cue: Cue, later: Sequence[Cue] = ()) -> Attribution | None:
    """What the rules say `cue` reports, or None; `later` as in `complement`."""
    if not (cue.plain and cue.verb.frames):
        return None
    if cue.nature == "preposition":
        source = after_preposition(doc, cue)
        spans = around_phrase(doc, cue, source, later) if source else []
        return Attribution(tuple(spans), cue, source, "phrase") if spans else None
    if cue.passive or cue.tense == "bare participle":
        agent = agent_of(doc, cue)
        if spans := passive_content(doc, cue, agent):
            return Attribution(tuple(spans), cue, agent, "passive")
        if cue.passive:
            return None
    source = subject_of(doc, cue)
    if _is_impersonal(doc, cue, source):
        return None
    if cue.group_start and doc[cue.group_start - 1].lower_ in TAKING_UP:
        for proposal in taken_up(doc, cue, source):
            return Attribution(proposal.content, cue, source, proposal.frame)
    if is_inserted(doc, cue, source) and (spans := around_inserted(doc, cue, source)):
        return Attribution(tuple(spans), cue, source, "inserted")
    if found := complement(doc, cue, source, later):
        frame, spans = found
        strictly = cue.verb.name in words("verbs_of_things")
        if frame in WEAK and source and not can_speak(doc, source, strictly):
            return None
        return Attribution(tuple(spans), cue, source, frame)
    return None


def _who_on_is(doc: Doc, cue: Cue, source: Source | None) -> Source | None:
    """The source of a cue; in place of "on" where it speaks: "espère-t-on chez [Valmy]"."""
    if source is None or doc[source.head].lower_ not in ON:
        return source
    return place_of_on(doc, cue) or source


def _is_impersonal(doc: Doc, cue: Cue, source: Source | None) -> bool:
    """ "On sait que": the paper speaks to its readers."""
    if source is None or source.start > cue.head or doc[source.head].lower_ != "on":
        return False
    return place_of_on(doc, cue) is None and around(doc, cue.head) is None
