"""Which of the contents a cue might report it does report, if any: learned from gold articles."""

from bisect import bisect_right
from collections.abc import Sequence
from math import exp

from spacy.tokens import Doc

from claims.extraction.adjuncts import skip_adjuncts
from claims.extraction.cues import Cue
from claims.extraction.lexicon import is_source_noun, words
from claims.extraction.linear import Group, load_weights
from claims.extraction.proposals import Proposal
from claims.extraction.quoted import around, starting_at, starting_between
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import HUMAN, NAMES, PERSONAL, THING, Source
from claims.extraction.subjects import subject_odds

LEAST = 0.39  # probability under which a cue reports nothing
MOST = 0.99  # probability of the surest claim
SURE = 4  # log-odds of a subject that is as good as certain
SELVES = {"se dire", "se déclarer", "s'estimer", "se juger"}
AUXILIARY = {"avoir", "être", "vouloir", "pouvoir", "devoir", "faire", "ne"}
NEAR = 4  # tokens
STEPS = (0, 1, 2, 4, 7, 12, 20, 35)  # tokens


def choose(
    doc: Doc, cue: Cue, offered: Sequence[Proposal], rule: Proposal | None
) -> tuple[Proposal, float] | None:
    """The likeliest proposal and how probable it is that the cue reports anything, or None where
    that is not probable enough.

    `rule` is the proposal the rules would take; of what somebody says of themselves it is enough.
    """
    if not offered:
        return None
    model = load_weights("attribution")
    shared = model.log_odds(cue_features(doc, cue))
    scores = [
        shared + model.evidence(proposal_features(doc, cue, proposal, i, rule))
        for i, proposal in enumerate(offered)
    ]
    # Contents that differ little share the probability of one claim.
    whole = sum(1 / (1 + exp(-score)) for score in scores)
    if whole <= LEAST:
        return (rule, LEAST) if rule is not None and _of_themselves(doc, cue, rule) else None
    return offered[scores.index(max(scores))], min(whole, MOST)


def _of_themselves(doc: Doc, cue: Cue, rule: Proposal) -> bool:
    """ "s'est dit inquiet": what the articles learned from hold too seldom for weights."""
    told = cue.verb.name in SELVES and rule.frame == "self"
    return told and doc[rule.content[0][0]].pos_ in ("ADJ", "ADV", "VERB")


def cue_features(doc: Doc, cue: Cue) -> list[str | Group]:
    """What is seen of a cue, whatever it may report."""
    head = doc[cue.head]
    sentence = sentence_of(doc, cue.head)
    name = cue.verb.name
    before = doc[cue.group_start - 1] if cue.group_start > sentence.start else None
    low = before.lower_ if before is not None else "^"
    found: list[str | Group] = [
        (_of_verb, name, cue.verb.signature, cue.tense, cue.plain, cue.negated),
        (_of_head, head.pos_, head.dep_),
        f"before={low}",
    ]
    if before is not None:
        found.append(f"before={before.pos_}")
    if cue.passive:
        found.append("passive")
    if cue.inverted is not None:
        found.append("pronoun after")
    elif cue.tense == "present" and head.lower_.endswith(("ons", "ez")):
        found += ["to the reader", f"to the reader {low}"]  # "rappelons que"
    if around(doc, cue.head):
        found.append("quoted")
    if cue.nature == "verb" and head.lower_ in words("homographs"):
        found.append(f"homograph pos={head.pos_}")
    odds = subject_odds(doc, cue)
    found.append(f"subject {odds if odds is None else max(-SURE, min(SURE, int(odds)))}")
    if cue.tense == "infinitive" and before is not None:
        governor = doc[cue.group_start - 2] if cue.group_start - 2 >= sentence.start else before
        found += [f"governor={governor.lemma_}", f"infinitive after {low}"]
    return found


def _of_verb(name: str, signature: str, tense: str, plain: bool, negated: bool) -> list[str]:
    found = [
        f"verb={name}",
        f"tense={tense}",
        f"verb={name} tense={tense}",
        f"class={signature}",
        f"class={signature} tense={tense}",
    ]
    if not plain:
        found += ["not plain", f"not plain {tense}"]
    if negated:
        found += ["negated", f"negated verb={name}"]
    return found


def _of_head(part: str, relation: str) -> list[str]:
    return [f"pos={part}", f"dep={relation}"]


def proposal_features(
    doc: Doc, cue: Cue, proposal: Proposal, place: int, rule: Proposal | None
) -> list[str | Group]:
    """What is seen of one content, beside its cue."""
    name, frame, link = cue.verb.name, proposal.frame, proposal.link
    known = cue.nature if cue.nature != "verb" else cue.verb.holds(frame)
    start, end = proposal.content[0]
    last = proposal.content[-1][1]
    length = step(sum([e - s for s, e in proposal.content]))
    found: list[str | Group] = [
        (_of_frame, frame, known, cue.tense, link, cue.plain),
        (_of_size, frame, length, len(proposal.content), place),
        (_of_attachment, *_attachment(doc, cue, start, end), frame, known, link),
        f"frame={frame} verb={name}",
        f"link={link} verb={name}",
        (_of_class, cue.verb.signature, frame, link),
        f"first={doc[start].pos_} {frame}",
    ]
    if rule is None:
        found.append("no rule")
    else:
        found.append((_of_rule, frame, rule.frame, rule.content == proposal.content))
    if around(doc, cue.head):
        found.append(f"quoted {frame} again={starting_at(doc, start) is not None}")
    found += _distance(doc, cue, proposal)
    found += _words(doc, start, end, last, frame)
    if frame == "inf":
        found.append(f"{known} {link} {_infinitive(doc, start)}")
    if proposal.source is None:
        found.append((_of_no_source, frame, known, cue.tense))
    else:
        kind, side, gap, named = _source(doc, cue, proposal.source)
        found.append((_of_source, kind, side, gap, named, frame, known, cue.tense))
        found.append(f"source={kind} verb={name} {frame}")
    return found


def _of_frame(frame: str, known: str, tense: str, link: str, plain: bool) -> list[str]:
    return [
        f"frame={frame}",
        f"frame={frame} known={known}",
        f"frame={frame} tense={tense}",
        f"frame={frame} link={link}",
        f"{known} {plain} {frame} {link}",
    ]


def _of_class(signature: str, frame: str, link: str) -> list[str]:
    return [f"frame={frame} class={signature}", f"frame={frame} link={link} class={signature}"]


def _of_size(frame: str, length: int, spans: int, place: int) -> list[str]:
    return [
        f"place={place}",
        f"spans={spans}",
        f"length={length}",
        f"frame={frame} length={length}",
    ]


def _of_rule(frame: str, other: str, same: bool) -> list[str]:
    """Beside the content the rules would take, of the frame `other`."""
    found = [f"rule={same}", f"rule={same} {other} {frame}"]
    return [*found, "rule of this frame"] if other == frame else found


def _distance(doc: Doc, cue: Cue, proposal: Proposal) -> list[str | Group]:
    start, frame = proposal.content[0][0], proposal.frame
    if not proposal.at:
        return []
    gap = proposal.at - cue.end
    if gap > 0:
        near = skip_adjuncts(doc, cue.end, sentence_of(doc, cue.head).end) >= proposal.at
        first = doc[cue.end]
        return [(_of_gap, step(gap), near, first.pos_, frame), f"between={first.lower_}"]
    found: list[str | Group] = [f"gap={step(gap)}", f"gap={step(gap)} {frame}"]
    if start > cue.end:
        found.append(f"joined={doc[start - 1].lower_} {frame}")
    return found


def _of_gap(gap: int, near: bool, first: str, frame: str) -> list[str]:
    """Words between a cue and a content; `first` is the part of speech of the first one."""
    return [f"gap={gap}", f"gap={gap} {frame}", f"near={near} {frame}", f"between={first} {frame}"]


def _words(doc: Doc, start: int, end: int, last: int, frame: str) -> list[str]:
    quoted = starting_at(doc, start)
    found = []
    if quoted is None:
        found.append(f"quotes={bool(starting_between(doc, start, end))} {frame}")
    else:
        found += ["starts quoted", f"starts quoted {frame}"]
        if quoted.end >= last - 1:
            found += ["all quoted", f"all quoted {frame}"]
    first = doc[start]
    if first.pos_ in ("DET", "PRON", "ADP", "SCONJ"):
        found.append(f"opens={first.lower_} {frame}")
    if frame == "np":
        noun = next((t for t in doc[start : start + NEAR] if t.pos_ in ("NOUN", "PROPN")), None)
        if noun is not None:
            found.append(f"noun={noun.lower_}")
            found.append(f"abstract={bool(THING.search(noun.lower_))}")
            found.append(f"entity={noun.ent_type_} {frame}")
    following = doc[last] if last < len(doc) else None
    found.append(f"after={following.lower_ if following is not None else '$'}")
    return found


def _infinitive(doc: Doc, start: int) -> str:
    """Which infinitive a content begins with, if an auxiliary: "dit [avoir] vu"."""
    verb = next((t.lower_ for t in doc[start : start + NEAR] if t.pos_ in ("VERB", "AUX")), "")
    return verb if verb in AUXILIARY else "other"


def _attachment(doc: Doc, cue: Cue, start: int, end: int) -> tuple[str, str, str]:
    """How the parser attaches the content: to what, how, and the part of speech of its top."""
    token = doc[start]
    for _ in range(8):
        if not start <= token.head.i < end or token.head.i == token.i:
            break
        token = token.head
    to = "cue" if token.head.i == cue.head else "root" if token.head.i == token.i else "other"
    if to == "other" and token.i == doc[cue.head].head.i:
        to = "governs"
    return to, token.dep_, token.pos_


def _of_attachment(
    to: str, relation: str, top: str, frame: str, known: str, link: str
) -> list[str]:
    return [
        f"attached={to} {frame}",
        f"attached={to} {relation}",
        f"top={top} {frame}",
        f"{known} {frame} {link} attached={to} {frame}",
    ]


def _source(doc: Doc, cue: Cue, source: Source) -> tuple[str, str, int, bool]:
    """Who would speak: named, a role, a pronoun, a thing; on which side of the cue, how far from
    it, and whether a name is in it."""
    head = doc[source.head]
    low = head.lower_
    if low in PERSONAL or head.pos_ == "PRON":
        kind = f"pronoun {low}"
    elif head.ent_type_ in NAMES:
        kind = head.ent_type_
    elif is_source_noun(low) or is_source_noun(head.lemma_):
        kind = "source noun"
    elif head.text[:1].isupper():
        kind = "capital"
    elif HUMAN.search(low):
        kind = "human"
    elif THING.search(low):
        kind = "thing"
    else:
        kind = head.pos_
    side = "before" if source.start < cue.head else "after"
    gap = cue.group_start - source.end if side == "before" else source.start - cue.end
    named = any(t.ent_type_ in ("PER", "ORG") for t in doc[source.start : source.end])
    return kind, side, step(max(gap, 0)), named


def _of_source(
    kind: str, side: str, gap: int, named: bool, frame: str, known: str, tense: str
) -> list[str]:
    found = [
        f"source={kind} {frame}",
        f"source {side} {frame}",
        f"source gap={gap} {frame}",
        f"{known} {frame} source={kind}",
        f"{known} {frame} {tense} source={kind}",
    ]
    return [*found, f"source holds a name {frame}"] if named else found


def _of_no_source(frame: str, known: str, tense: str) -> list[str]:
    return [
        f"source=none {frame}",
        f"{known} {frame} source=none",
        f"{known} {frame} {tense} source=none",
    ]


def step(count: int) -> int:
    """The largest of `STEPS` that `count` reaches."""
    return STEPS[max(0, bisect_right(STEPS, count) - 1)]
