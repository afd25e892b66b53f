"""No text may break the extractor, whatever is in it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.claims.extraction.strange import strange
from tests.claims.extraction.watchdog import at_most

TOO_LONG = 120  # seconds for what takes some three
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
        "»",
        "\x00",
        "\ufeffLe maire a dit que oui.",
        "e\u0301".join("Le maire a dit."),
        "\u202eLe maire a dit que oui.\u202c",
        "הראש אמר: «שלום».",
        "Der Bürgermeister sagte: „Wir bauen zwei Schulen.“",
        "El alcalde ha dicho que habrá dos escuelas.",
        "ل" * 3_000,
        "🎉" * 3_000,
        "« " * 3_000,
        "( " * 3_000,
        "»\n" * 1_000,
    ],
)
def test_odd_texts_are_read(extractor, text):
    check(text, extractor.read(text, "2025-12-08"))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that taxes would rise next year.",
        "Der Bürgermeister sagte am Montag, die Steuern würden steigen.",
        "El alcalde dijo el lunes que los impuestos subirían.",
        "قال الرئيس يوم الاثنين إن الضرائب سترتفع.",
    ],
)
def test_a_text_in_another_language_has_no_claims_or_few(extractor, text):
    assert len(extractor.read(text, "2025-12-08").claims) <= 1


def test_an_article_in_english_has_no_claims(extractor):
    text = (
        "The mayor of Valmere announced on Tuesday that the old bridge would be closed to trucks. "
        "The bridge carries 20,000 vehicles a day, according to the ministry.\n\n"
        "Residents of the district are demanding a free shuttle. The works will cost two million "
        "euros and take eighteen months. An inspection in 2021 had found nothing."
    )
    assert extractor.read(text, "2025-12-08").claims == ()


@pytest.mark.parametrize("piece", ["mot ", "Le maire a dit que la digue, ", "« a ", "l'", "a"])
def test_a_long_text_without_a_stop_is_read(extractor, piece):
    text = piece * (20_000 // len(piece))
    with at_most(TOO_LONG):
        check(text, extractor.read(text, "2025-12-08"))


@settings(relaxed, max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_strange_strings_are_read(extractor, seed):
    texts = strange(seed, 50)
    with at_most(TOO_LONG):
        readings = list(extractor.read_many((text, "2025-12-08") for text in texts))
    for text, reading in zip(texts, readings, strict=True):
        check(text, reading)


@pytest.mark.parametrize("piece", ["mot ", "« a », dit-il, ", "Le maire a dit que ", "'", "a\n"])
def test_monotonous_texts_are_read(extractor, piece):
    text = piece * (3_000 // len(piece))
    check(text, extractor.read(text, "2025-12-08"))


@pytest.mark.parametrize(
    "text",
    ["Il pleuvra, selon M.", "« Il pleuvra », a dit M", "Selon Mme", "Il a été annoncé que"],
)
def test_a_text_that_breaks_off_is_read(extractor, text):
    check(text, extractor.read(text, "2025-12-08"))
