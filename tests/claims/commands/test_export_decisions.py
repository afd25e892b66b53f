"""Decisions as annotated articles: what editors let in is what the extractor is measured by."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims import decide, engine
from claims.edit import edit
from claims.merge import merge_claims, merge_speakers
from claims.models import Claim
from claims.record import record
from claims.split import split
from claims.take_back import take_back
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TEXT = (
    "🙂 La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027 et qu'un pont "
    "serait construit. Le préfet Paul Martin a affirmé que le pont était sûr."
)


@pytest.fixture
def editor():
    return UserFactory(role="chief")


@pytest.fixture
def snapshot():
    """Read by the extractor: two candidates."""
    document = DocumentFactory(published_on=PartialDate.parse("2025-12-04"))
    snapshot = SnapshotFactory(document=document, text=TEXT)
    record(snapshot, engine.extractor().read(TEXT, "2025-12-04"), engine.version())
    return snapshot


def export(**options):
    out = StringIO()
    call_command("export-decisions", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def candidate(words):
    return Claim.objects.get(quote__contains=words)


def one(claim):
    return Claim.objects.filter(pk=claim.pk)


def place(words):
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def test_what_was_accepted_as_found_is_found_again_by_the_extractor(snapshot, editor, tmp_path):
    decide.accept(Claim.objects.all(), editor)
    out = StringIO()
    call_command("export-decisions", stdout=out)
    path = tmp_path / "decided.jsonl"
    path.write_text(out.getvalue())
    figures = StringIO()
    call_command("evaluate", str(path), json=True, stdout=figures)
    figures = json.loads(figures.getvalue())
    assert (figures["speaker"]["f1"], figures["exact"]["f1"], figures["speaker"]["gold"]) == (
        1,
        1,
        2,
    )
    assert set(figures["accuracy"].values()) == {1.0}


def test_what_was_rejected_is_no_claim_and_says_why(snapshot, editor):
    decide.accept(one(candidate("écoles")), editor)
    decide.reject(one(candidate("sûr")), editor, "Une banalité.", "not_worth_checking")
    (article,) = export()
    assert [claim["speaker"] for claim in article["claims"]] == ["Jeanne Roux"]
    rejected = article["decisions"][1]
    assert (rejected["decision"], rejected["because"], rejected["reason"]) == (
        "rejected", "not_worth_checking", "Une banalité.",
    )  # fmt: skip
    assert rejected["found"]["speaker"] == "Paul Martin"


def test_what_an_editor_changed_is_told_from_to(snapshot, editor):
    claim, other = candidate("sûr"), SpeakerFactory(name="Anna Lind")
    before = [[span.lower, span.upper] for span in claim.content]
    edit(
        claim, editor, [place("pont était sûr")], speaker=other, kind="opinion", wording="Le pont."
    )
    decide.accept(Claim.objects.all(), editor)
    (article,) = export()
    assert article["decisions"][1]["changes"] == {
        "content": [before, [place("pont était sûr")]],
        "kind": ["fact", "opinion"],
        "wording": ["", "Le pont."],
        "speaker": ["Paul Martin", "Anna Lind"],
    }
    final = article["claims"][1]
    assert (final["content"], final["speaker"], final["kind"]) == (
        [place("pont était sûr")], "Anna Lind", "opinion",
    )  # fmt: skip


def test_a_merge_of_speakers_is_no_change_of_the_claim(snapshot, editor):
    decide.accept(Claim.objects.all(), editor)
    merge_speakers(candidate("sûr").speaker, SpeakerFactory(name="P. Martin"), editor, "Le même.")
    assert [decision["changes"] for decision in export()[0]["decisions"]] == [{}, {}]


def test_the_parts_of_a_claim_are_its_parts(snapshot, editor):
    decide.accept(one(candidate("sûr")), editor)
    claim = candidate("écoles")
    parts = [place("deux écoles ouvriraient en 2027"), place("un pont serait construit")]
    split(claim, [[part] for part in parts], editor, accept=True)
    (article,) = export()
    whole = article["claims"][0]
    assert (len(article["claims"]), whole["parts"]) == (2, parts)
    assert whole["content"] == [[span.lower, span.upper] for span in claim.content]
    assert {d["decision"]: d["because"] for d in article["decisions"]}["rejected"] == "split"


def test_what_was_undone_is_no_decision(snapshot, editor):
    claim = candidate("écoles")
    split(claim, [[place("deux écoles")], [place("un pont serait")]], editor)
    take_back(editor)
    decide.accept(Claim.objects.candidates(), editor)
    (article,) = export()
    assert [decision["decision"] for decision in article["decisions"]] == ["accepted", "accepted"]


def test_what_was_merged_into_a_claim_of_another_text_is_said_in_both(snapshot, editor):
    kept = ClaimFactory(accepted=True, speaker__name="Jeanne R.", quote="deux")
    merge_claims(candidate("écoles"), kept, editor, "La même.")
    decide.accept(Claim.objects.candidates(), editor)
    article = next(a for a in export() if a["text"] == TEXT)
    assert [claim["speaker"] for claim in article["claims"]] == ["Jeanne R.", "Paul Martin"]


def test_a_passage_cut_twice_is_one_claim(snapshot, editor):
    claim = candidate("écoles")
    twice = ClaimFactory(
        sentence=claim.sentence, content=[place("deux écoles")], quote="deux écoles"
    )
    merge_claims(twice, claim, editor, "La même.")
    decide.accept(Claim.objects.candidates(), editor)
    assert len(export()[0]["claims"]) == 2


@pytest.mark.parametrize(("apart", "whole"), [("", True), ("Bref. ", False)])
def test_what_appears_elsewhere_is_a_claim_there_if_its_sentence_is_the_same(editor, apart, whole):
    text = "La maire promet deux écoles."
    first = SentenceFactory(snapshot__text=text)
    claim = ClaimFactory(sentence=first, content=[(16, 27)], quote="deux écoles", cue=(9, 15))
    snapshot = SnapshotFactory(text=f"Vernaz. {apart}{text}")
    sentence = SentenceFactory(snapshot=snapshot, start=8, end=len(snapshot.text))
    start = snapshot.text.index("deux")
    claim.appearances.create(sentence=sentence, content=[(start, start + 11)])
    ClaimFactory(sentence=SentenceFactory(snapshot=snapshot, start=0, end=7), accepted=True)
    decide.accept(one(claim), editor)
    found = [a for a in export() if a["text"] == snapshot.text]
    assert [a["claims"][1]["cue"] for a in found] == ([[17, 23]] if whole else [])


def test_what_is_made_by_hand_is_told(editor):
    ClaimFactory(accepted=True)
    (article,) = export()
    assert (article["decisions"][0]["made"], article["decisions"][0]["found"]) == ("by hand", None)


def test_a_text_with_a_candidate_left_is_left_out_unless_asked_for(snapshot, editor):
    decide.accept(one(candidate("écoles")), editor)
    assert export() == []
    (article,) = export(partial=True)
    assert (len(article["claims"]), article["partial"]) == (1, True)


def test_only_what_was_decided_since_a_day_or_is_of_one_text(snapshot, editor):
    decide.accept(Claim.objects.all(), editor)
    assert export(since="2999-01-01") == []
    assert len(export(since="2000-01-01")) == 1
    assert export(snapshot=["0000"]) == []
    assert len(export(snapshot=[snapshot.sha256[:10]])) == 1


@pytest.mark.parametrize("since", ["hier", "2025-02-30"])
def test_a_day_that_is_none_is_refused(since):
    with pytest.raises(CommandError, match="is not a day"):
        export(since=since)


@pytest.mark.parametrize("many", [2, 20])
def test_a_text_takes_as_many_queries_whatever_was_decided_in_it(editor, many, counted_queries):
    snapshot = SnapshotFactory()
    for number in range(many):
        sentence = SentenceFactory(snapshot=snapshot, start=number, end=number + 1)
        ClaimFactory(sentence=sentence, accepted=number % 2)
    decide.reject(Claim.objects.candidates(), editor, because="not_a_claim")
    with counted_queries("export of a text"):
        export()
