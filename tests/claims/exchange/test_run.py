import pytest

from claims import roles
from claims.exchange.run import carry_out
from claims.models import Import, ImportPart, Speaker
from sources.versions import history
from tests.claims.exchange.files import brought, checked, csv_file, fates, problems
from tests.factories import SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db

SPEAKERS = Import.Kind.SPEAKERS
HEADER = ["name", "kind", "wikidata_id"]
TWO = csv_file(HEADER, ["Jeanne Roux", "person", ""], ["Ville de Vernaz", "organisation", "Q7"])
ONE_WRONG = csv_file(HEADER, ["Jeanne Roux", "person", ""], ["Ville de Vernaz", "town", "7"])


def test_a_check_tells_each_row_and_writes_nothing():
    import_ = checked(TWO, SPEAKERS)
    assert fates(import_) == ["new", "new"]
    assert import_.state == Import.State.CHECKED
    assert not Speaker.objects.exists()


def test_carrying_it_out_does_what_was_shown():
    import_ = checked(TWO, SPEAKERS)
    carry_out(import_)
    assert (import_.state, import_.added) == (Import.State.DONE, 2)
    assert {speaker.name for speaker in Speaker.objects.all()} == {"Jeanne Roux", "Ville de Vernaz"}


def test_history_says_what_it_was_imported_from_and_by_whom(english):
    editor = UserFactory()
    carry_out(checked(TWO, SPEAKERS, by=editor, name="élus.csv"))
    (change,) = history(Speaker.objects.get(name="Jeanne Roux"))
    assert (change.user, change.reason) == (editor, "import of élus.csv")


def test_the_same_file_again_changes_nothing():
    carry_out(checked(TWO, SPEAKERS))
    again = checked(TWO, SPEAKERS)
    assert fates(again) == ["unchanged", "unchanged"]


def test_a_refusal_names_row_and_column(english):
    assert problems(checked(ONE_WRONG, SPEAKERS)) == [
        (3, "Kind", "“town” is none of: person, organisation, document, unnamed source"),
        (3, "Wikidata id", "A Wikidata id is Q and a number."),
    ]


def test_all_or_nothing_writes_nothing_while_a_row_is_refused():
    import_ = checked(ONE_WRONG, SPEAKERS)
    carry_out(import_)
    assert import_.state == Import.State.CHECKED
    assert import_.reason
    assert not Speaker.objects.exists()


def test_refused_rows_are_left_out_where_that_was_chosen():
    import_ = checked(ONE_WRONG, SPEAKERS)
    import_.leaves_out = True
    carry_out(import_)
    assert (import_.state, import_.added, import_.refused) == (Import.State.DONE, 1, 1)
    assert Speaker.objects.get().name == "Jeanne Roux"


def test_a_row_that_would_fare_otherwise_than_was_shown_is_refused(english):
    import_ = checked(TWO, SPEAKERS)
    SpeakerFactory(name="Ville de Vernaz", kind="organisation")
    carry_out(import_)
    assert problems(import_) == [
        (3, "", "the record has changed since the check: check the file again")
    ]
    assert not Speaker.objects.filter(name="Jeanne Roux").exists()


def test_what_others_imported_meanwhile_is_unchanged():
    import_ = checked(TWO, SPEAKERS)
    carry_out(checked(TWO, SPEAKERS))
    carry_out(import_)
    assert (import_.state, import_.unchanged) == (Import.State.DONE, 2)


def test_a_file_that_cannot_be_read_fails_in_a_sentence(english):
    import_ = checked(b"a,b\n1,2\n", SPEAKERS)
    assert import_.state == Import.State.FAILED
    assert import_.reason.startswith("its first row names none of the columns")


def test_who_may_not_import_speakers_does_not():
    contributor = UserFactory(role=roles.CONTRIBUTOR)
    import_ = checked(TWO, SPEAKERS, by=contributor)
    assert import_.state == Import.State.FAILED


def test_the_file_is_kept_until_it_is_done_with():
    import_ = brought(TWO, SPEAKERS)
    assert ImportPart.objects.exists()
    carry_out(checked(TWO, SPEAKERS))
    assert set(ImportPart.objects.values_list("import_of", flat=True)) == {import_.pk}


def test_a_row_may_rest_on_one_above_it():
    twice = csv_file(HEADER, ["Jeanne Roux", "person", ""], ["jeanne roux", "", "Q7"])
    import_ = checked(twice, SPEAKERS)
    assert fates(import_) == ["new", "changed"]
    carry_out(import_)
    assert Speaker.objects.get().wikidata_id == "Q7"


def test_a_table_without_rows_is_told(english):
    assert checked(csv_file(HEADER), SPEAKERS).reason == "it has a header, but no rows"
