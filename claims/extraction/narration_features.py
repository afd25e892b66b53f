"""What is looked at to tell whether a sentence nobody is cited for states a checkable fact."""

from spacy.tokens import Doc

from claims.extraction.cues import cues_between
from claims.extraction.kind_features import verb_form
from claims.extraction.lexicon import words
from claims.extraction.noun_phrases import time_words
from claims.extraction.quoted import OPENING
from claims.extraction.sentences import Sentence

FIRST = words("first_person")
WORDS = {"NOUN", "VERB", "AUX", "ADJ", "ADV", "SCONJ", "CCONJ", "PRON"}
LENGTHS = (6, 10, 15, 20, 30)  # words: bounds of the classes of length
OPENING_WORDS = 2


def narration_features(doc: Doc, sentence: Sentence, place: int, cited: float) -> list[str]:
    """The features of a sentence, each once.

    `place` counts the sentences before it; `cited` is the share of the sentences of the article
    that cite somebody.
    """
    found = []
    count = names = verbs = 0
    number = day = past = False
    for token in doc[sentence.start : sentence.end]:
        word = token.lower_
        if token.ent_iob_ == "B":
            names += 1
            found.append(f"entity={token.ent_type_}")
        if not word[0].isalnum():
            if word in OPENING or word in "?!:;…(":
                found.append(f"mark={word}")
            continue
        count += 1
        if count <= OPENING_WORDS:
            found.append(f"word {count}={word}")
            if count == 1:
                found.append(f"opens={token.pos_}")
        if word[0].isdigit():
            number = True
            if len(word) == 4 and word.startswith(("19", "20")):
                found.append("year")
            continue
        day = day or word in time_words()
        if word in FIRST:
            found.append("first person")
        pos = token.pos_
        if pos == "NUM":
            number = True
        elif pos in WORDS:
            found.append(f"lemma={token.lemma_}")
            if pos in ("VERB", "AUX"):
                form = verb_form(token)
                if form == "Part":
                    past = True
                elif form != "Inf":
                    verbs += 1
                    found.append(f"has={form}")
                    if verbs == 1:
                        found += [f"verb={form}", f"verb={token.lemma_}", f"verb={word}"]
        elif pos == "PROPN" and not token.ent_type_:
            names += 1
    cue = any(cue.nature == "verb" for cue in cues_between(doc, *sentence))
    dense = "most" if cited > 0.6 else "many" if cited > 0.4 else "some" if cited > 0.2 else "few"
    facts = f"number={number}+day={day}+names={min(names, 2)}"
    found += [
        f"number={number}", f"day={day}", f"names={min(names, 3)}", f"participle={past}", facts,
        f"length={sum(count > bound for bound in LENGTHS)}", f"verbs={min(verbs, 3)}",
        f"place={min(place, 4)}", f"cue={cue}", f"cited={dense}", f"{facts}+cited={dense}",
        f"cited={dense}+place={min(place, 4)}",
    ]  # fmt: skip
    return list(dict.fromkeys(found))
