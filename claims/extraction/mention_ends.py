"""How far a mention reaches beyond its first noun: complements, names, appositions, coordination.

Decided word by word, by weights learned from annotated articles: a word goes on with the mention,
or ends it.
"""

from spacy.tokens import Doc, Token

from claims.extraction.chunks import Chunk
from claims.extraction.clauses import STOPS
from claims.extraction.document import kept
from claims.extraction.lexicon import is_source_noun
from claims.extraction.linear import Group, load_weights
from claims.extraction.outline import outline_of

OPENS = {",", "–", "—", "(", "["}
DE = {"de", "du", "d'", "des"}
LONGEST = 40  # tokens
AHEAD = 20  # tokens
UP = 3  # steps up the parse


@kept
def mention_end(doc: Doc, chunk: Chunk, limit: int) -> int:
    """One past the last token of the mention that begins with `chunk`, no further than `limit`."""
    model = load_weights("mention_ends")
    mention = Mention(doc, chunk, limit)
    end = chunk.end
    while mention.may_hold(end) and model.log_odds(mention.features(end)) > 0:
        end += 1
    while end > chunk.end and _dangles(doc[end - 1], chunk.start):
        end -= 1
    return end


def _dangles(token: Token, start: int) -> bool:
    """Whether a word cannot end a mention that begins at `start`."""
    if token.pos_ in ("ADV", "PRON"):  # "le maire [tandis] que", but "Brévigny autrement"
        return not start <= token.head.i < token.i
    return token.is_space or token.text in OPENS or token.pos_ in ("CCONJ", "DET", "ADP")


class Mention:
    """A mention in the reading: its first noun, and where it ends at the latest."""

    def __init__(self, doc: Doc, chunk: Chunk, limit: int) -> None:
        self.doc, self.chunk = doc, chunk
        self.outline = outline_of(doc, chunk.head)
        self.verb = limit if limit < self.outline.end else None  # the subject of what follows
        self.role = "subject" if self.verb else chunk.governor
        self.what = "pronoun" if doc[chunk.head].pos_ == "PRON" else chunk.what
        self.limit = min(limit, chunk.end + LONGEST)
        self.words = self.outline.words

    def may_hold(self, i: int) -> bool:
        """Whether token `i` may belong to a mention: no verb, colon or relative pronoun, nor the
        bracket after a person, which holds a party or an age."""
        if i >= self.limit or i in self.outline.verbs:
            return False
        text = self.doc[i].text
        if text == "(" and self.doc[i - 1].ent_type_ == "PER":
            return False
        if text[0].isdigit() and self.doc[i - 1].lower_ == "et":
            return False  # "2 000 selon la police et [4 000] selon les syndicats"
        return text not in STOPS and self.outline.marks[i - self.outline.start] not in "V:R"

    def features(self, i: int) -> list[str | Group]:
        """What tells whether token `i` goes on with a mention that has come so far."""
        what = self.what
        token = self.doc[i]
        word, last = self.words[i], self.words[i - 1]
        link, state = self._link(token), self._state(i)
        name = token.ent_type_ + token.ent_iob_ if token.ent_type_ else token.text[0].isupper()
        found: list[str | Group] = [(_of_word, word, last, link, state, name, what)]
        if token.text in OPENS:
            found += self._beyond(i, token.text)
        if token.pos_ in ("VERB", "ADJ"):
            ahead = self.words[i + 1] if self.may_hold(i + 1) else "verb" if self.verb else "end"
            form = "".join(token.morph.get("VerbForm") + token.morph.get("Tense"))
            found += [f"form {form} {what} {ahead}", f"form {form} {state}", f"form {form} {link}"]
        return found

    def _link(self, token: Token) -> str:
        """How the parser hangs a word on what the mention has so far."""
        start, i = self.chunk.start, token.i
        up = token
        for steps in range(UP):
            head = up.head
            if head.i == up.i:
                return "root"
            if start <= head.i < i:
                return f"{up.dep_} {'head' if head.i == self.chunk.head else 'inside'} {steps}"
            up = head
        return f"outside {token.dep_}"

    def _state(self, i: int) -> str:
        """What the mention has so far: a comma, an open bracket, a complement, a participle."""
        end, offset = self.chunk.end, self.outline.start
        marks = self.outline.marks[end - offset : i - offset]
        state = ("," if "," in marks else "") + ("(" if marks.count("(") % 2 else "")
        complement = ""
        for token in self.doc[end:i]:
            if token.pos_ == "VERB":
                return state + complement + "v"
            if token.pos_ == "ADP" and not complement:
                complement = "d" if token.lower_ in DE else "p"
        return state + complement

    def _beyond(self, i: int, mark: str) -> list[str]:
        """What follows a comma or an opening bracket, up to the next one."""
        doc, marks, offset, what = self.doc, self.outline.marks, self.outline.start, self.what
        end = self.outline.end
        j = i + 1
        while j < min(end, i + AHEAD) and marks[j - offset] not in ",(:«»VR":
            j += 1
        stop = marks[j - offset] if j < end else "end"
        if stop in ",(" and j + 1 < end:
            if j + 1 == self.verb:
                stop += "verb"
            elif doc[j + 1].is_punct or marks[j + 1 - offset] == "R":
                stop += self.words[j + 1]
        inside = doc[i + 1 : j]
        first = self.words[i + 1] if self.may_hold(i + 1) else ""
        named = next((token.ent_type_ for token in inside if token.ent_type_), "")
        office = any(is_source_noun(token.lower_) for token in inside[:3])
        acronym = len(inside) == 1 and inside[0].text.isupper()
        number = any(token.like_num for token in inside)
        length = min(len(inside), 6)
        return [
            f"{mark} {stop} {first}",
            f"{mark} {stop} {first} {what}",
            f"{mark} {stop} {named} {what}",
            f"{mark} {stop} {length}",
            f"{mark} {stop} {self.role}",
            f"{mark} {stop} {office}",
            f"{mark} {stop} {acronym} {number}",
            f"{mark} {first} {what} {self.role}",
            f"{mark} {first} {office}",
            f"{mark} {office} {what} {self.role}",
            f"{mark} {acronym} {length} {what}",
        ]


def _of_word(word: str, last: str, link: str, state: str, name: str | bool, what: str) -> list[str]:
    return [
        f"word {word} {last}",
        f"word {word} {state}",
        f"link {link} {state}",
        f"link {link} {what}",
        f"link {link} {last}",
        f"state {state} {what}",
        f"name {name} {last}",
        f"name {name} {state}",
        f"name {name} {what}",
    ]
