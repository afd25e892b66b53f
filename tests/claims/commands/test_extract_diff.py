from io import StringIO

import pytest
from django.core.management import call_command
from psycopg.types.range import Int4Range

from claims import decide, engine
from claims.models import Claim, Reading
from claims.record import record
from tests.factories import ClaimFactory, SentenceFactory, SnapshotFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TEXT = (
    "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027. "
    "Le préfet Paul Martin a affirmé que le pont était sûr."
)


@pytest.fixture
def snapshot():
    """Read by the installed version."""
    snapshot = SnapshotFactory(text=TEXT)
    published_on = snapshot.document.published_on.isoformat()
    record(snapshot, engine.extractor().read(TEXT, published_on), engine.version())
    return snapshot


def diff(*documents):
    out = StringIO()
    call_command("extract-diff", *documents, stdout=out)
    return out.getvalue()


def school():
    return Claim.objects.filter(quote__contains="écoles")


def test_the_version_that_read_it_finds_no_difference(snapshot):
    assert diff() == "Added: 0, dropped: 0, changed: 0; read: 1.\n"


def test_what_is_not_recorded_would_be_added(snapshot):
    school().delete()
    assert "+ Jeanne Roux: deux écoles ouvriraient en 2027" in diff()


def test_what_is_not_found_would_be_dropped(snapshot):
    sentence = SentenceFactory(snapshot=snapshot, start=0, end=8)
    reading = Reading.objects.get()
    ClaimFactory(sentence=sentence, content=[Int4Range(0, 8)], quote="La maire", reading=reading)
    assert "- Jeanne Roux" in diff()


def test_what_differs_is_told_field_by_field(snapshot):
    school().update(kind="opinion")
    assert "~ Jeanne Roux: deux écoles ouvriraient en 2027 (kind: opinion → commitment)" in diff()


def test_what_an_editor_decided_is_marked(snapshot):
    school().update(kind="opinion")
    decide.accept(school(), UserFactory())
    assert "[accepted]" in diff()


def test_another_name_of_the_same_speaker_is_no_change(snapshot):
    speaker = school().get().speaker
    speaker.aliases.create(name=speaker.name)
    speaker.name = "Mme Roux"
    speaker.save()
    assert "~" not in diff()


def test_a_claim_made_by_hand_is_not_the_extractors_to_drop(snapshot):
    ClaimFactory(sentence=SentenceFactory(snapshot=snapshot, start=0, end=8))
    assert "-" not in diff()


def test_of_one_document_only_that_one_is_read(snapshot):
    SnapshotFactory()
    assert diff("none") == "Added: 0, dropped: 0, changed: 0; read: 0.\n"


def test_nothing_is_changed(snapshot):
    school().update(kind="opinion")
    before = list(Claim.objects.order_by("pk").values())
    diff()
    assert list(Claim.objects.order_by("pk").values()) == before
