"""A verb with what belongs to it on its left: auxiliaries, pronouns, negation, adverbs."""

from spacy.tokens import Doc, Token

from claims.extraction.document import lows
from claims.extraction.lexicon import verb_forms, words
from claims.extraction.sentences import sentence_of

AUXILIARIES = words("avoir") | words("être")
ETRE = words("être")
NEGATION = words("negation")
REFLEXIVE = words("reflexive")
INVERTED = words("inverted_pronouns")
PRONOUNS = INVERTED - {"-t"}
CLITICS = words("clitics")
ADVERBS = words("adverbs_in_verb")
BEFORE_VERB = AUXILIARIES | NEGATION | REFLEXIVE | INVERTED
BEFORE_AUXILIARY = NEGATION | CLITICS | {"se", "s'"}
ADJACENT = AUXILIARIES | NEGATION | INVERTED | {"se", "s'"}
NOT = NEGATION - {"ne", "n'"}
MODALS = {"peut", "pouvait", "pourrait"}  # "« … », peut-on lire"
FAR = 14  # tokens between auxiliary and participle: "a, dans un entretien paru lundi, réclamé"
LONGEST = 30  # tokens of a group: "a, dans un entretien paru lundi dans la presse, réclamé"


class VerbGroup:
    """The tokens from `start` to `head`; `start` may be `head` itself."""

    def __init__(self, low: list[str], head: int, start: int) -> None:
        self.low, self.head, self.start = low, head, start
        self.before = low[start:head]
        self.auxiliaries = [word for word in self.before if word in AUXILIARIES]

    @property
    def reflexive(self) -> bool:
        """ "se félicite"; a first person is reflexive only where it cannot be anybody else."""
        return "se" in self.before or "s'" in self.before

    @property
    def passive(self) -> bool:
        """ "est accusé": a participle with être and no reflexive pronoun."""
        return bool(self.auxiliaries) and self.auxiliaries[-1] in ETRE and not self.reflexive

    @property
    def negated(self) -> bool:
        if "ne" not in self.before and "n'" not in self.before:
            return False
        return not NOT.isdisjoint(self.low[self.start : self.head + 4])

    @property
    def inverted(self) -> int | None:
        """The pronoun after the verb or its auxiliary: "a-t-il dit", "dit-elle"."""
        end = self.head + 2
        if self.low[end - 1 : end] == ["-t"]:
            end += 1
        words = self.low[self.start : end]
        if PRONOUNS.isdisjoint(words):
            return None
        return next(i for i, word in enumerate(words, self.start) if word in PRONOUNS)

    @property
    def modal(self) -> bool:
        """ "peut-on lire": an infinitive after a verb and its pronoun."""
        return not MODALS.isdisjoint(self.before[:1])

    @property
    def contiguous_start(self) -> int:
        """Where the auxiliaries and pronouns right before the verb begin, adverbs not passed."""
        if self.modal:
            return self.start
        i, low = self.head, self.low
        while i > self.start and low[i - 1] in ADJACENT:
            i -= 1
        while i < self.head and low[i] in INVERTED:
            i += 1
        return i


def verb_group(token: Token) -> VerbGroup:
    """The group of which `token` is the verb."""
    doc = token.doc
    left = max(sentence_of(doc, token.i).start, token.i - LONGEST)
    first = i = token.i
    before = lows(doc)
    while i > left:
        i -= 1
        low = before[i]
        if doc[i].text == "Lui":  # a subject: "Lui plaide pour"
            break
        clitic = low in CLITICS and (doc[i].pos_ != "DET" or before[i - 1] == "comme")
        if low in BEFORE_VERB or clitic:
            first = i
        elif low not in ADVERBS and doc[i].pos_ != "ADV":
            break
    if first > left + 1 and before[first] == "-on" and before[first - 1] in MODALS:
        first -= 1
    group = VerbGroup(before, token.i, first)
    if verb_forms().get(token.lower_) == "participle" and not group.auxiliaries:
        start = _distant_auxiliary(doc, first, left)
        if start is not None:
            return VerbGroup(before, token.i, start)
    return group


def _distant_auxiliary(doc: Doc, i: int, left: int) -> int | None:
    """The auxiliary of a participle past adverbial phrases: "a en revanche reconnu"."""
    for j in range(i - 1, max(left, i - FAR) - 1, -1):
        low = doc[j].lower_
        if low in AUXILIARIES and doc[j].pos_ in ("AUX", "VERB"):
            phrase = doc[j + 1 : i]
            opens = phrase[0].text == "," or phrase[0].pos_ in ("ADP", "ADV")
            bare = not any(t.dep_.startswith("nsubj") for t in phrase)
            if not (opens and bare):
                return None
            while j > left and doc[j - 1].lower_ in BEFORE_AUXILIARY:
                j -= 1
            return j
        if doc[j].pos_ in ("CCONJ", "SCONJ") or low in {"qui", "que", "qu'"}:
            return None
    return None


def is_verb(token: Token) -> bool:
    """Whether a form of a cue verb is a verb here, whatever the tagger made of a rare one."""
    doc, low = token.doc, token.lower_
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    before = doc[token.i - 1] if token.i else None
    if following is not None and following.lower_ in INVERTED:
        return True
    if token.text[:1].isupper() and before is not None and not token.is_sent_start:
        return False
    if verb_forms().get(low) == "participle" and token.pos_ not in ("VERB", "AUX"):
        return bool(verb_group(token).auxiliaries)
    if low not in words("homographs") or token.pos_ in ("VERB", "AUX"):
        return True
    # Whether "juge" is a verb that the tagger mistook is for the weights, unless it cannot be one.
    return before is not None and before.pos_ not in ("DET", "ADP", "NUM")
