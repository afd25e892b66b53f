import pytest

from claims.exchange.run import carry_out
from claims.models import Claim, Import, Speaker
from sources.latest import in_latest_snapshots
from sources.models import Document, Sentence, Snapshot
from tests.claims.exchange.files import checked, csv_file, fates, json_file, problems
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db

CLAIMS = Import.Kind.CLAIMS
TEXT = "Avant. La maire promet « deux écoles » à l’été. Après."
URL = "https://journal.test/ecoles"
ROW = {
    "speaker": "Jeanne Roux",
    "said_on": "2025-12-03",
    "kind": "commitment",
    "quotation": "indirect",
    "proceedings": "investigated",
    "source_sentence": "La maire promet deux écoles.",
    "document_url": URL,
    "document_title": "Deux écoles",
    "publisher": "Le Journal",
    "published_on": "2025-12",
}


@pytest.fixture
def speaker():
    return SpeakerFactory(name="Jeanne Roux")


@pytest.fixture
def sentence():
    """The second one of a document that was read."""
    snapshot = SnapshotFactory(document__url=URL, text=TEXT)
    SentenceFactory(snapshot=snapshot, position=0, start=0, end=6)
    SentenceFactory(snapshot=snapshot, position=2, start=48, end=54)
    return SentenceFactory(snapshot=snapshot, position=1, start=7, end=47)


def imported(*rows: dict) -> Import:
    import_ = checked(json_file(*rows), CLAIMS)
    carry_out(import_)
    assert import_.state == Import.State.DONE, problems(import_)
    return import_


def refusal(**changes) -> tuple[str, str]:
    """Column and sentence of the only problem of the row with these changes."""
    import_ = checked(json_file(ROW | changes), CLAIMS)
    ((_row, column, told),) = problems(import_)
    return column, told


def test_a_claim_from_a_file_is_a_candidate_that_nobody_decided_on(speaker):
    imported(ROW)
    claim = Claim.objects.get()
    assert (claim.status, claim.decided_by) == (Claim.Status.CANDIDATE, None)
    assert (claim.speaker, claim.said_on.isoformat()) == (speaker, "2025-12-03")
    assert not Claim.objects.published().exists()


def test_a_document_that_is_not_in_the_record_has_an_excerpt_of_what_was_given(speaker):
    other = "La maire promet aussi un pont."
    imported(ROW, ROW | {"source_sentence": other})
    document, snapshot = Document.objects.get(), Snapshot.objects.get()
    assert (document.url, document.title, str(document.publisher)) == (
        URL, "Deux écoles", "Le Journal",
    )  # fmt: skip
    assert snapshot.is_excerpt
    assert snapshot.text == f"{ROW['source_sentence']}\n\n{other}"
    assert [s.text for s in Sentence.objects.all()] == [ROW["source_sentence"], other]
    assert {claim.quote for claim in Claim.objects.all()} == {ROW["source_sentence"], other}


def test_a_sentence_given_later_is_a_further_excerpt(speaker):
    imported(ROW)
    imported(ROW, ROW | {"source_sentence": "La maire promet aussi un pont."})
    assert Document.objects.count() == 1
    assert [s.text for s in Snapshot.objects.all()] == [
        ROW["source_sentence"], "La maire promet aussi un pont.",
    ]  # fmt: skip
    assert in_latest_snapshots(Sentence.objects.all()) == {}


def test_the_same_row_again_is_the_same_claim(speaker):
    imported(ROW)
    assert fates(checked(json_file(ROW, ROW), CLAIMS)) == ["unchanged", "unchanged"]


def test_a_sentence_of_the_record_is_found_whatever_its_typography(speaker, sentence):
    given = "La maire promet « deux écoles » à l'été."
    imported(ROW | {"source_sentence": given, "quote": '"deux écoles"'})
    claim = Claim.objects.get()
    assert claim.sentence == sentence
    assert claim.quote == "« deux écoles »"
    (span,) = claim.content
    assert TEXT[span.lower : span.upper] == claim.quote
    assert Snapshot.objects.count() == 1


def test_words_may_leave_something_out(speaker, sentence):
    imported(ROW | {"source_sentence": TEXT[7:47], "quote": "deux écoles […] à l’été"})
    assert Claim.objects.get().quote == "deux écoles […] à l’été"


def test_a_sentence_that_stands_in_another_too_is_found_again(speaker):
    both = [ROW | {"source_sentence": words} for words in ("Elle promet.", "Elle promet. Un pont.")]
    imported(*both)
    assert fates(checked(json_file(*both), CLAIMS)) == ["unchanged", "unchanged"]


def test_what_the_database_cannot_hold_is_told(english, speaker):
    assert refusal(wording="a\0b", source_sentence="Oui.") == ("Wording", "it contains a NUL")


def test_a_document_without_an_address_is_found_by_title_publisher_and_date(speaker):
    nowhere = ROW | {"document_url": ""}
    imported(nowhere)
    imported(nowhere | {"source_sentence": "La maire promet aussi un pont."})
    assert Document.objects.count() == 1


@pytest.mark.usefixtures("english", "speaker", "sentence")
@pytest.mark.parametrize(
    ("changes", "column", "told"),
    [
        ({}, "Source sentence", "the document’s text in the record does not hold this sentence"),
        ({"source_sentence": "Avant. La maire promet"}, "Source sentence",
         "it runs over more than one sentence of the document: give one"),
        ({"source_sentence": "e"}, "Source sentence",
         "the document’s text holds this more than once: give more of it"),
        ({"source_sentence": "Après.", "quote": "deux écoles"}, "Words of the source",
         "the source sentence does not hold these words"),
        ({"source_sentence": "Après.", "said_on": "2999"}, "Said on",
         "that day has not come yet"),
        ({"source_sentence": "Après.", "speaker": "Jeane Roux"}, "Speaker",
         "nobody is known as “Jeane Roux”: is Jeanne Roux meant? "
         "Somebody new takes a “Kind of speaker”"),
        ({"source_sentence": "Après.", "quotation": "none"}, "",
         "Where the document itself speaks there is no speaker: leave it empty."),
        ({"source_sentence": "Après.", "kind": ""}, "Kind", "it is missing"),
        ({"document_url": "", "publisher": ""}, "Publisher",
         "give the document’s address, or its title, publisher and date"),
        ({"id": "bcdfghjkmn"}, "Id", "no claim has the id “bcdfghjkmn”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_of_its_column(changes, column, told):
    assert refusal(**changes) == (column, told)


def test_a_document_nobody_read_yet_is_waited_for(english, speaker):
    SnapshotFactory(document__url=URL, text=ROW["source_sentence"])
    assert refusal() == (
        "Source sentence", "the document has not been read yet: import again when it has",
    )  # fmt: skip


def test_somebody_new_is_added_where_the_kind_is_given():
    import_ = imported(ROW | {"speaker_kind": "person"})
    assert Speaker.objects.get().name == "Jeanne Roux"
    (row,) = import_.rows.all()
    assert any("Jeanne Roux" in note for note in row.notes)


def test_an_unnamed_source_is_that_of_the_document():
    unnamed = {"speaker": "un conseiller", "speaker_kind": "anonymous"}
    imported(ROW | unnamed, ROW | unnamed | {"source_sentence": "Un pont aussi."})
    assert Speaker.objects.get().within == Document.objects.get()


def test_a_candidate_is_changed_and_it_is_told_from_what_to_what(english):
    claim = ClaimFactory(speaker__name="Jeanne Roux")
    other = SpeakerFactory(name="Paul Blanc")
    change = {"id": claim.public_id, "kind": "fact", "speaker": "Paul Blanc"}
    (row,) = imported(change).rows.all()
    assert row.changes == [
        {"column": "Speaker", "before": "Jeanne Roux", "after": "Paul Blanc"},
        {"column": "Kind", "before": "commitment", "after": "fact"},
    ]
    claim.refresh_from_db()
    assert (claim.speaker, claim.kind) == (other, "fact")


def test_what_is_public_is_not_changed_by_an_import(english):
    claim = ClaimFactory(accepted=True)
    import_ = checked(json_file({"id": claim.public_id, "kind": "fact"}), CLAIMS)
    assert problems(import_) == [
        (1, "Kind", "this claim is public: it is corrected at the desk, not by an import")
    ]


def test_the_words_of_a_source_are_not_changed(english):
    claim = ClaimFactory()
    import_ = checked(json_file({"id": claim.public_id, "quote": "autre chose"}), CLAIMS)
    assert problems(import_)[0][1] == "Words of the source"


def test_a_document_that_is_only_cited_gets_the_excerpt(speaker):
    document = DocumentFactory(url=URL)
    imported(ROW)
    assert Snapshot.objects.get().document == document


def test_a_status_is_told_and_never_read(speaker):
    content = csv_file([*ROW, "status"], [*ROW.values(), "accepted"])
    import_ = checked(content, CLAIMS)
    carry_out(import_)
    assert Claim.objects.get().status == Claim.Status.CANDIDATE
    assert import_.unread == ["status"]
