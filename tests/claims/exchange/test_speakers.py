import pytest

from claims.exchange.run import carry_out
from claims.merge import merge_speakers
from claims.models import Import, Speaker
from tests.claims.exchange.files import checked, csv_file, fates, json_file, problems
from tests.factories import PositionFactory, SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db

SPEAKERS = Import.Kind.SPEAKERS


def imported(content: bytes) -> Import:
    import_ = checked(content, SPEAKERS)
    carry_out(import_)
    return import_


def test_a_speaker_comes_with_names_positions_and_wikidata_id():
    imported(
        csv_file(
            ["name", "kind", "aliases", "positions", "wikidata_id"],
            [
                "Jeanne Roux", "personne", "Mme Roux; J. Roux",
                "maire de Vernaz | 2020-03 | 2026\ndéputée | 2026", "https://www.wikidata.org/wiki/Q7",
            ],
        )
    )  # fmt: skip
    speaker = Speaker.objects.get()
    assert {alias.name for alias in speaker.aliases.all()} == {"Mme Roux", "J. Roux"}
    assert [(str(p), p.since.isoformat(), str(p.until)) for p in speaker.positions.all()] == [
        ("maire de Vernaz", "2020-03", "2026"),
        ("députée", "2026", "None"),
    ]
    assert speaker.wikidata_id == "Q7"


def test_a_name_several_bear_is_told_with_their_ids_not_guessed(english):
    for _number in range(2):
        SpeakerFactory(name="Jeanne Roux")
    ((row, column, sentence),) = problems(
        checked(csv_file(["name", "wikidata_id"], ["Jeanne Roux", "Q7"]), SPEAKERS)
    )
    assert (row, column) == (2, "Name")
    assert all(speaker.public_id in sentence for speaker in Speaker.objects.all())


def test_who_has_another_wikidata_id_is_somebody_else_of_the_name():
    SpeakerFactory(name="Jeanne Roux", wikidata_id="Q7")
    content = csv_file(["name", "kind", "wikidata_id"], ["Jeanne Roux", "person", "Q8"])
    assert fates(checked(content, SPEAKERS)) == ["new"]


def test_an_alias_finds_its_bearer_who_keeps_the_name():
    speaker = SpeakerFactory(name="Jeanne Roux")
    speaker.aliases.create(name="Mme Roux")
    content = csv_file(["name", "kind"], ["mme roux", "person"])
    assert fates(checked(content, SPEAKERS)) == ["unchanged"]


def test_a_wikidata_id_of_somebody_of_another_name_is_refused(english):
    SpeakerFactory(name="Jeanne Roux", wikidata_id="Q7")
    content = csv_file(["name", "kind", "wikidata_id"], ["Paul Blanc", "person", "Q7"])
    assert problems(checked(content, SPEAKERS))[0][:2] == (2, "Wikidata id")


def test_a_row_with_its_id_renames(english):
    speaker = SpeakerFactory(name="Jeane Roux")
    import_ = imported(csv_file(["id", "name"], [speaker.public_id, "Jeanne Roux"]))
    (row,) = import_.rows.all()
    assert row.changes == [{"column": "Name", "before": "Jeane Roux", "after": "Jeanne Roux"}]
    speaker.refresh_from_db()
    assert speaker.name == "Jeanne Roux"


def test_lists_grow_and_never_shrink():
    speaker = SpeakerFactory(name="Jeanne Roux")
    speaker.aliases.create(name="Mme Roux")
    imported(json_file({"name": "Jeanne Roux", "aliases": ["J. Roux", "MME ROUX"]}))
    assert {alias.name for alias in speaker.aliases.all()} == {"Mme Roux", "J. Roux"}


def test_the_end_of_a_position_is_filled_in():
    position = PositionFactory(title="maire de Vernaz")
    item = {"title": "maire de Vernaz", "until": "2026"}
    imported(json_file({"id": position.speaker.public_id, "positions": [item]}))
    position.refresh_from_db()
    assert position.until.isoformat() == "2026"


def test_what_is_empty_stays_as_it_is():
    speaker = SpeakerFactory(name="Jeanne Roux", wikidata_id="Q7")
    content = csv_file(["id", "name", "wikidata_id"], [speaker.public_id, "", ""])
    assert fates(checked(content, SPEAKERS)) == ["unchanged"]


def test_a_position_that_ends_before_it_begins_is_refused(english):
    content = csv_file(["name", "kind", "positions"], ["A", "person", "maire | 2026 | 2020"])
    assert problems(checked(content, SPEAKERS)) == [
        (2, "Positions", "A position does not end before it begins.")
    ]


def test_a_merged_speaker_is_refused_with_who_was_kept(english):
    merged, kept = SpeakerFactory(), SpeakerFactory()
    merge_speakers(merged, kept, UserFactory(role="chief"), "La même.")
    content = csv_file(["id", "wikidata_id"], [merged.public_id, "Q7"])
    ((_row, column, sentence),) = problems(checked(content, SPEAKERS))
    assert column == "Id"
    assert kept.public_id in sentence


def test_a_new_speaker_takes_a_kind(english):
    assert problems(checked(csv_file(["name"], ["A"]), SPEAKERS)) == [(2, "Kind", "it is missing")]
