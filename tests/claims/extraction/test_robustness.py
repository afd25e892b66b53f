"""No text may break the extractor, whatever is in it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        "Le maire", "a dit", "que", "qu'", "selon", "pour", ",", " ", "«", "»", '"', "'", "“", "”",
        "’", ".", " : ", "\n", "Mme Durand", "elle", "a-t-elle", "ajouté", "tout en", "affirmant",
        "hier", "le 31 février", "M.", "(ARI)", "…", "de", "accuse", "12 %", "\u200f", "\x00", "🎉",
        "-t-", "\u00a0", "\r\n", "ÉTAT", "l'", "ont été jugés", "prévoit", "et", "mais", "?",
    ]
)  # fmt: skip
NEWSLIKE = st.lists(PIECES, max_size=40).map(" ".join)
GLUED = st.lists(PIECES, max_size=40).map("".join)
relaxed = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(text, reading):
    """Every offset inside the text, spans in order and not empty, sentences apart."""
    end = 0
    for sentence in reading.sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end
    for claim in reading.claims:
        assert claim.content
        at = 0
        for span in claim.content:
            assert at <= span.start < span.end <= len(text)
            at = span.end
        for span in (claim.cue, claim.source, claim.sentence, *claim.parts):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert 0 <= claim.confidence <= 1
        assert 0 <= claim.check_worthiness <= 1


@relaxed
@given(text=st.text(max_size=300))
def test_any_text_is_read(extractor, text):
    check(text, extractor.read(text, "2025-12-08"))


@relaxed
@given(text=NEWSLIKE | GLUED)
@example(text="« Oui », dit-il, « non")
@example(text="Le maire a dit que")
def test_anything_like_news_is_read(extractor, text):
    check(text, extractor.read(text, "2025-12"))


@settings(relaxed, max_examples=30)
@given(text=NEWSLIKE)
def test_the_same_text_reads_the_same(extractor, text):
    assert extractor.read(text, None) == extractor.read(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "\n \t",
        "«»“”\"'" * 50,
        "قال الرئيس إن «السلام» قريب.",
        "习近平说：“和平”。",
        "🎉 Il a dit : « 🎉 » 👩‍👩‍👧",
        "Le maire\x00 a dit que\x00 oui.",
        "\ud800 a dit que \udfff",
        "The mayor said that taxes would rise.",
        "« « « “ ‘ a dit Paul » ” '",
    ],
)
def test_odd_texts_are_read(extractor, text):
    check(text, extractor.read(text, "2025-12-08"))


@pytest.mark.parametrize("piece", ["mot ", "« a », dit-il, ", "Le maire a dit que ", "'", "a\n"])
def test_monotonous_texts_are_read(extractor, piece):
    text = piece * (3_000 // len(piece))
    check(text, extractor.read(text, "2025-12-08"))
