"""Sayings made of a vocabulary, as long as those of the news, and what says the same otherwise."""

import random
from dataclasses import dataclass, replace

from num2words import num2words

from benchmarks.generated.words import Adjective, Noun, Verb, Vocabulary, Zipf

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
PREPOSITIONS = "de de de à dans pour avec par sur contre depuis sans".split()
OPENERS = ("", "", "", "en réalité, ", "aujourd'hui, ", "cette année, ", "pour la première fois, ")
UNITS = ("%", "%", "%", "millions d'euros", "milliards d'euros", "euros", "", "", "", "", "")
ELIDED = "aeiouyhéèêàâîïôûœ"
TENSES = ("present", "present", "future", "imperfect")


@dataclass(frozen=True)
class Group:
    """A noun by its place in the vocabulary, with an adjective by its own, or none; or a name."""

    noun: int = 0
    adjective: int | None = None
    plural: bool = False
    definite: bool = True
    name: str = ""


@dataclass(frozen=True)
class Amount:
    """ "33 pages", "2,5 %": ``of`` is a noun's place where there is no unit."""

    number: float
    unit: str
    of: int
    in_words: bool = False


@dataclass(frozen=True)
class Saying:
    subject: Group
    verb: int
    tense: str
    negated: bool
    object: Group | Amount
    adjuncts: tuple[tuple[str, Group], ...] = ()
    date: str = ""
    opener: str = ""
    date_first: bool = False
    second: "Saying | None" = None  # what follows after "et"


class Sayings:
    """Draws sayings, and says each otherwise; the same for each seed."""

    def __init__(self, vocabulary: Vocabulary, seed: int):
        self.words = vocabulary
        self.random = random.Random(seed)
        self._noun = Zipf(len(vocabulary.nouns), seed)
        self._verb = Zipf(len(vocabulary.verbs), seed + 1)
        self._adjective = Zipf(len(vocabulary.adjectives), seed + 2)
        self._surname = Zipf(len(vocabulary.surnames), seed + 3, shift=20)
        self._first_name = Zipf(len(vocabulary.first_names), seed + 4, shift=20)

    # Drawing

    def draw(self) -> Saying:
        chance = self.random.random
        saying = self._clause(2 if chance() < 0.5 else 1)
        if chance() < 0.3:
            saying = replace(saying, second=self._clause(1))
        if chance() < 0.2:
            saying = replace(saying, date=self._date(), date_first=chance() < 0.3)
        return replace(saying, opener=self.random.choice(OPENERS))

    def name(self) -> str:
        words = self.words
        return f"{words.first_names[self._first_name()]} {words.surnames[self._surname()]}"

    def organisation(self) -> str:
        kind = self.random.choice(("Association", "Fédération", "Union", "Agence", "Compagnie"))
        about = self.words.nouns[self._noun()].plural
        return f"{kind} {about} {self.words.surnames[self._surname()]}"

    def _clause(self, adjuncts: int) -> Saying:
        chance, choice = self.random.random, self.random.choice
        named = chance() < 0.15
        return Saying(
            subject=Group(name=self.name()) if named else self._group(),
            verb=self._verb(),
            tense=choice(TENSES),
            negated=chance() < 0.12,
            object=self._amount() if chance() < 0.3 else self._group(),
            adjuncts=tuple((choice(PREPOSITIONS), self._group()) for _each in range(adjuncts)),
        )

    def _group(self) -> Group:
        chance = self.random.random
        adjective = self._adjective() if chance() < 0.35 else None
        return Group(self._noun(), adjective, chance() < 0.35, chance() < 0.8)

    def _amount(self) -> Amount:
        unit = self.random.choice(UNITS)
        if unit == "euros" or not unit:
            number = float(round(10 ** self.random.uniform(0.4, 4)))
        else:
            number = round(self.random.uniform(2, 100), self.random.choice((0, 0, 1)))
        return Amount(number, unit, self._noun())

    def _date(self) -> str:
        year = self.random.randint(1990, 2030)
        month = self.random.choice(MONTHS)
        return self.random.choice(
            (f"en {year}", f"en {month} {year}", f"le {self.random.randint(2, 28)} {month} {year}")
        )

    # Saying it otherwise

    def repeated(self, saying: Saying) -> Saying:
        """As somebody says it who quotes: to the letter, or with another opening or end."""
        if self.random.random() < 0.5:
            return saying
        return replace(saying, opener=self.random.choice(OPENERS), adjuncts=saying.adjuncts[:1])

    def paraphrased(self, saying: Saying) -> Saying:
        """In other words, another order, numbers in words: never with another meaning."""
        second = saying.second and self._otherwise(saying.second)
        return replace(self._otherwise(saying), second=second)

    def _otherwise(self, saying: Saying) -> Saying:
        words, amount = self.words, saying.object
        if isinstance(amount, Amount):
            amount = replace(amount, in_words=amount.number < 101 and self.random.random() < 0.7)
        else:
            amount = self._other_group(amount)
        return replace(
            saying,
            subject=self._other_group(saying.subject),
            verb=words.other_verbs.get(saying.verb, saying.verb),
            object=amount,
            adjuncts=tuple(
                (preposition, self._other_group(group))
                for preposition, group in reversed(saying.adjuncts)
            ),
            opener=self.random.choice(OPENERS),
            date_first=not saying.date_first,
        )

    def _other_group(self, group: Group) -> Group:
        """Of two nouns that have a synonym, one is said otherwise; of three adjectives, one is left
        out."""
        if group.name:
            return Group(name=group.name.split(" ", 1)[1])
        noun, adjective = group.noun, group.adjective
        if self.random.random() < 0.5:
            noun = self.words.other_nouns.get(noun, noun)
        if adjective is not None:
            adjective = self.words.other_adjectives.get(adjective, adjective)
            if self.random.random() < 0.3:
                adjective = None
        return replace(group, noun=noun, adjective=adjective)

    # In words

    def text(self, saying: Saying) -> str:
        """The saying as a sentence without its stop, in lower case where it begins with no name."""
        first, last = (saying.date, "") if saying.date_first else ("", saying.date)
        parts = [
            saying.opener + (f"{first}, " if first else "") + self._clause_text(saying),
            last,
            saying.second and f"et {self._clause_text(saying.second)}",
        ]
        return " ".join(filter(None, parts))

    def _clause_text(self, saying: Saying) -> str:
        subject, verb = saying.subject, self.words.verbs[saying.verb]
        form = _form(verb, saying.tense, subject.plural)
        if saying.negated:
            form = f"{'n’' if form[0] in ELIDED else 'ne '}{form} pas"
        pieces = [self._group_text(subject), form]
        if isinstance(saying.object, Amount):
            pieces.append(self._amount_text(saying.object))
        else:
            pieces.append(self._group_text(saying.object))
        pieces += [_after(word, self._group_text(group)) for word, group in saying.adjuncts]
        return " ".join(pieces)

    def _group_text(self, group: Group) -> str:
        if group.name:
            return group.name
        noun: Noun = self.words.nouns[group.noun]
        word = noun.plural if group.plural else noun.singular
        if group.adjective is not None:
            adjective: Adjective = self.words.adjectives[group.adjective]
            word = f"{word} {adjective.agreeing(noun.feminine, group.plural)}"
        if group.plural:
            return f"{'les' if group.definite else 'des'} {word}"
        if not group.definite:
            return f"{'une' if noun.feminine else 'un'} {word}"
        return f"l’{word}" if word[0] in ELIDED else f"{'la' if noun.feminine else 'le'} {word}"

    def _amount_text(self, amount: Amount) -> str:
        whole = amount.number == int(amount.number)
        if amount.in_words and whole:
            number = num2words(int(amount.number), lang="fr")
        elif whole:
            number = f"{int(amount.number):,}".replace(",", "\u202f")
        else:
            number = f"{amount.number}".replace(".", ",")
        unit = amount.unit or self.words.nouns[amount.of].plural
        return f"{number} {'pour cent' if amount.in_words and unit == '%' else unit}"


def _form(verb: Verb, tense: str, plural: bool) -> str:
    return getattr(verb, tense)[plural]


def _after(preposition: str, group: str) -> str:
    joined = f"{preposition} {group}"
    for apart, together in (
        ("de le ", "du "), ("de les ", "des "), ("de des ", "de "), ("de un", "d’un"),
        ("à le ", "au "), ("à les ", "aux "),
    ):  # fmt: skip
        if joined.startswith(apart):
            return together + joined[len(apart) :]
    return joined
