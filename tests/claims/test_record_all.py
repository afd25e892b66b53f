"""What is recorded at once is what would be recorded one by one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from pghistory.core import event_models

from claims import engine, roles
from claims.merge import merge_speakers
from claims.models import Appearance, Claim, Speaker
from claims.models.claim import PossibleSpeaker
from claims.record import record, record_all
from sources.ingest import take_apart
from sources.keep import keep
from sources.models import Sentence
from sources.origin import Origin
from tests.factories import NOON, SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db

DISPATCH = (
    "La maire Jeanne Roux a annoncé mardi que le pont Neuf serait fermé aux camions. « Nous ne "
    "pouvons plus attendre », a-t-elle dit devant la presse. Un conseiller a estimé que la mesure "
    "était injuste."
)
TEXTS = [
    "La maire Jeanne Roux a promis mardi deux écoles. Un conseiller a jugé le projet trop cher.",
    "« Nous ouvrirons deux écoles », a déclaré Jeanne Roux. Selon un conseiller, c’est faux.",
    "JEANNE ROUX a affirmé que le chômage baisse. Le ministre Paul Durand a nié les faits.",
    "Le chômage a baissé de 3 % en 2024. L’Insee estime que la hausse durera.",
    DISPATCH,
    f"À Lyon aussi. {DISPATCH}",
]


def kept(texts):
    arriving = [take_apart(text.encode(), Origin(), today=NOON.date()) for text in texts]
    return [ingested.snapshot for ingested in keep(arriving)]


def arrived(texts=TEXTS):
    return [(snapshot, engine.read(snapshot)) for snapshot in kept(texts)]


def rows():
    """All that was recorded, without ids."""
    fields = [f.name for f in Claim._meta.concrete_fields]
    for name in ("id", "public_id", "sentence", "speaker", "reading", "found_at"):
        fields.remove(name)
    of_sentence = ("sentence__snapshot__sha256", "sentence__position", "sentence__text")
    of_speaker = ("speaker__name", "speaker__kind", "reading__extractor")
    claims = Claim.objects.values_list(*fields, *of_sentence, *of_speaker)
    speakers = Speaker.objects.values_list("name", "kind", "within__title")
    sentences = Sentence.objects.values_list("snapshot__sha256", "position", "start", "end")
    possible = PossibleSpeaker.objects.values_list("claim__quote", "speaker__name")
    appearances = Appearance.objects.values_list(
        "claim__sentence__snapshot__sha256", "claim__quote", "content", "sentence__snapshot__sha256"
    )
    found = (claims, speakers, sentences, appearances, possible)
    return [sorted(map(repr, rows)) for rows in found]


@pytest.mark.parametrize("several", [False, True])
def test_it_records_what_would_be_recorded_one_by_one(several):
    if several:
        SpeakerFactory(name="Paul Durand")
        SpeakerFactory(name="paul durand")
        SpeakerFactory(name="Institut").aliases.create(name="insee")
    read = arrived()
    with transaction.atomic():
        for snapshot, found in read:
            record(snapshot, found, "constat 1")
        one_by_one = rows()
        transaction.set_rollback(True)
    assert all(one_by_one[:4])
    assert bool(one_by_one[4]) is several
    record_all(read, "constat 1")
    assert rows() == one_by_one


def test_it_counts_the_claims_of_each():
    read = arrived()
    counts = record_all(read, "constat 1")
    assert [recorded.found for recorded in counts] == [len(found.claims) for _, found in read]
    assert sum(recorded.created for recorded in counts) == Claim.objects.count()


def test_many_documents_take_no_more_queries_than_few(django_assert_max_num_queries):
    read = arrived([f"La maire Jeanne Roux a promis mardi {n} écoles." for n in range(30)])
    with django_assert_max_num_queries(19):
        record_all(read, "constat 1")
    assert (Claim.objects.count(), Speaker.objects.count()) == (30, 1)


def test_what_is_recorded_has_its_history():
    record_all(arrived(TEXTS[:1]), "constat 1")
    (events,) = [e for e in event_models() if getattr(e, "pgh_tracked_model", None) is Claim]
    assert events.objects.count() == Claim.objects.count()


def test_a_speaker_who_became_part_of_another_is_not_found():
    kept, merged = SpeakerFactory(name="La maire"), SpeakerFactory(name="Jeanne Roux")
    merge_speakers(merged, kept, UserFactory(role=roles.CHIEF), "la même")
    record_all(arrived(TEXTS[:1]), "constat 1")
    assert not Claim.objects.filter(speaker=merged).exists()


@pytest.mark.django_db(transaction=True)
def test_of_duplicates_that_come_at_once_the_claims_are_recorded_once():
    barrier = Barrier(2, timeout=20)
    texts = {text: engine.extractor().read(text) for text in TEXTS[-2:]}

    def run(text):
        try:
            with transaction.atomic():
                snapshot = kept([text])[0]
                barrier.wait()  # Neither sees what the other keeps.
                return record(snapshot, texts[text], "constat 1").created
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        created = list(pool.map(run, texts))
    assert (min(created), max(created)) == (0, Claim.objects.count())
