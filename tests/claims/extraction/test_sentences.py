"""Sentences an editor sees: in order, apart, right without a full stop."""


def sentences(reading, text):
    return [text[start:end] for start, end in reading.sentences]


def test_abbreviations_and_initials_do_not_end_a_sentence(read):
    text = "M. Morand est là. Le Dr. Paul J. Vidal aussi."
    assert sentences(read(text), text) == ["M. Morand est là.", "Le Dr. Paul J. Vidal aussi."]


def test_a_closing_mark_belongs_to_its_sentence(read):
    text = "« Il part. » Le maire reste."
    assert sentences(read(text), text) == ["« Il part. »", "Le maire reste."]


def test_every_line_ends_a_sentence(read):
    text = "Un titre sans point\nUne phrase. Une autre"
    assert sentences(read(text), text) == ["Un titre sans point", "Une phrase.", "Une autre"]


def test_an_empty_text_has_none(read):
    reading = read(" \n ")
    assert (reading.sentences, reading.claims) == ((), ())


def test_the_source_sentence_of_a_claim_is_one_of_them(read):
    text = "Rien ne va. Le maire affirme que la piscine fermera. Tout va."
    reading = read(text)
    (claim,) = [claim for claim in reading.claims if claim.cue]
    assert claim.sentence == reading.sentences[1]
