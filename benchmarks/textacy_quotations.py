"""textacy's direct quotations, in an environment of its own: JSON Lines in, JSON Lines out.

Run by `benchmarks.peers`; imports nothing of Constat.
"""

import json
import re
import sys

import spacy
from spacy.language import Language
from textacy.extract import direct_quotations

PARAGRAPH = re.compile(r"[^\n]+")  # it does better paragraph by paragraph


def main() -> None:
    nlp = spacy.load(sys.argv[1])
    for line in sys.stdin:
        text = json.loads(line)["text"]
        claims = [claim for match in PARAGRAPH.finditer(text) for claim in read(nlp, match)]
        print(json.dumps({"text": text, "claims": claims}))


def read(nlp: Language, paragraph: re.Match) -> list[dict]:
    try:
        found = list(direct_quotations(nlp(paragraph[0])))
    except ValueError:  # It gives up where the number of marks is odd.
        return []
    start = paragraph.start()
    return [
        {
            "content": [[start + quoted.content.start_char, start + quoted.content.end_char]],
            "speaker": " ".join(token.text for token in quoted.speaker),
            "speaker_kind": "person",
        }
        for quoted in found
    ]


if __name__ == "__main__":
    main()
