"""The same words in another snapshot or in a near-duplicate document, recorded."""

import pytest

from claims import decide, engine
from claims.compare import compare
from claims.merge import merge_claims
from claims.models import Appearance, Claim, Speaker
from claims.record import record
from claims.roles import CHIEF
from claims.separate import separate
from tests.factories import ClaimFactory, DocumentFactory, SnapshotFactory, UserFactory

pytestmark = pytest.mark.django_db

DISPATCH = """La maire Jeanne Roux a annoncé mardi que le pont Neuf serait fermé aux camions.

« Nous ne pouvons plus attendre », a-t-elle dit devant la presse.

Le préfet Paul Martin a affirmé que les travaux coûteraient deux millions d'euros.

Un conducteur a estimé que la mesure était injuste.
"""
OWN = "À Lyon, une navette gratuite roule depuis un an.\n\n"


def read(text, document=None):
    """A snapshot with that text, read and recorded; what of it was new."""
    snapshot = SnapshotFactory(text=text, document=document or DocumentFactory())
    return snapshot, record(snapshot, engine.read(snapshot), engine.version())


@pytest.fixture
def first():
    return read(DISPATCH)[0]


def closed() -> Claim:
    return Claim.objects.get(quote__contains="serait fermé")


def test_the_claims_of_a_near_duplicate_are_appearances(first):
    count = Claim.objects.count()
    assert count >= 4
    copy, recorded = read(OWN + DISPATCH)
    appearing = {a.claim.sentence.snapshot for a in Appearance.objects.all()}
    assert (recorded.appearances, appearing) == (count, {first})
    assert Claim.objects.filter(sentence__snapshot=copy).count() == recorded.created


def test_in_twenty_papers_a_claim_is_one_candidate(first):
    for number in range(19):
        read(f"{DISPATCH}\nNuméro {number} de notre édition.")
    assert Claim.objects.filter(quote__contains="serait fermé").count() == 1
    assert closed().appearances.count() == 19


def test_an_appearance_knows_its_words(first):
    copy, _recorded = read(OWN + DISPATCH)
    (span,) = closed().appearances.get().content
    assert copy.text[span.lower : span.upper] == closed().quote


def test_an_appearance_knows_the_reading_that_found_it(first):
    read(OWN + DISPATCH)
    assert closed().appearances.get().reading.extractor == engine.version()


def test_other_words_in_a_near_duplicate_are_a_candidate(first):
    read(DISPATCH.replace("aux camions", "aux voitures"))
    assert Claim.objects.filter(quote__contains="serait fermé").count() == 2


def test_another_number_in_a_near_duplicate_is_a_candidate(first):
    read(DISPATCH.replace("deux millions", "trois millions"))
    assert Claim.objects.filter(quote__contains="millions").count() == 2


def test_the_same_words_of_somebody_else_are_a_candidate(first):
    read(DISPATCH.replace("Paul Martin", "Luc Morand"))
    assert Claim.objects.filter(quote__contains="millions").count() == 2


def test_the_same_words_elsewhere_are_a_candidate(first):
    read(f"{OWN}\n« Nous ne pouvons plus attendre », a dit la maire Jeanne Roux.\n" * 2)
    assert not Appearance.objects.exists()


def test_a_whole_sentence_is_known_whoever_an_editor_says_speaks(first):
    claim = closed()
    claim.speaker = Speaker.objects.create(name="Jeanne Marie Roux")
    claim.save()
    read(OWN + DISPATCH)
    assert closed().appearances.count() == 1


def test_an_unnamed_source_of_a_near_duplicate_is_no_further_speaker(first):
    speakers = Speaker.objects.count()
    read(f"{DISPATCH}\nAvec notre correspondant.")
    assert Speaker.objects.count() == speakers


def test_what_was_rejected_is_not_asked_again(first):
    decide.reject(Claim.objects.all(), UserFactory())
    _copy, recorded = read(f"{DISPATCH}\nAvec notre correspondant.")
    assert recorded.created == 0


def test_what_was_merged_appears_with_the_one_kept(first):
    kept = ClaimFactory()
    merge_claims(closed(), kept, UserFactory(role=CHIEF), "la même annonce")
    copy, _recorded = read(OWN + DISPATCH)
    assert kept.appearances.filter(sentence__snapshot=copy).exists()


def test_a_third_paper_is_recognised_by_the_second(first):
    read(OWN + DISPATCH)
    third, _recorded = read(f"Exclusif. {DISPATCH}")
    assert closed().appearances.filter(sentence__snapshot=third).exists()


def test_a_speaker_is_recognised_in_whatever_case(first):
    Speaker.objects.filter(name="Paul Martin").update(name="PAUL MARTIN")
    read(DISPATCH.replace("Le préfet Paul Martin", "Vendredi, le préfet Paul Martin"))
    assert Claim.objects.filter(quote__contains="millions").count() == 1


def test_of_the_same_words_twice_each_is_recognised_by_its_sentence():
    again = "Paul Martin a affirmé que les travaux coûteraient deux millions d'euros."
    twice = f"{DISPATCH}\n{again}\n"
    read(twice)
    read(OWN + twice)
    claims = Claim.objects.filter(quote__contains="millions")
    assert [claim.appearances.count() for claim in claims] == [1, 1]


def test_a_changed_page_says_the_same_once(first):
    _later, recorded = read(
        f"{DISPATCH}\nLe maire Luc Morand a promis une navette.", first.document
    )
    assert (recorded.created, recorded.appearances) == (1, 0)


def test_a_changed_page_of_a_near_duplicate_appears_once(first):
    copy, _recorded = read(OWN + DISPATCH)
    count = Appearance.objects.count()
    read(f"{OWN}{DISPATCH}\nMis à jour.", copy.document)
    assert Appearance.objects.count() == count


def test_read_again_by_another_version_nothing_is_added(first):
    copy, _recorded = read(OWN + DISPATCH)
    before = (Claim.objects.count(), Appearance.objects.count())
    record(copy, engine.read(copy), "another version")
    assert (Claim.objects.count(), Appearance.objects.count()) == before


def test_a_near_duplicate_differs_in_nothing_from_what_is_recorded(first):
    copy, _recorded = read(OWN + DISPATCH)
    assert compare(copy, engine.read(copy)) == []


def test_a_separated_appearance_is_a_candidate(first):
    read(OWN + DISPATCH)
    appearance = closed().appearances.get()
    claim = separate(appearance, UserFactory())
    assert (claim.status, claim.sentence, claim.quote) == (
        Claim.Status.CANDIDATE,
        appearance.sentence,
        appearance.claim.quote,
    )


def test_a_separated_appearance_stays_separate(first):
    copy, _recorded = read(OWN + DISPATCH)
    separate(closed().appearances.get(), UserFactory())
    record(copy, engine.read(copy), "another version")
    assert not Appearance.objects.filter(claim__quote__contains="serait fermé").exists()


def test_a_separated_appearance_stays_separate_when_the_page_changes(first):
    copy, _recorded = read(OWN + DISPATCH)
    separate(closed().appearances.get(), UserFactory())
    read(f"{OWN}{DISPATCH}\nMis à jour.", copy.document)
    assert not Appearance.objects.filter(claim__quote__contains="serait fermé").exists()


def test_a_separated_unnamed_source_is_somebody_of_that_document(first):
    copy, _recorded = read(OWN + DISPATCH)
    unfair = Claim.objects.get(quote__contains="injuste", sentence__snapshot=first)
    claim = separate(unfair.appearances.get(), UserFactory())
    assert claim.speaker.within == copy.document


def test_a_document_without_near_duplicates_costs_few_queries(django_assert_max_num_queries):
    snapshot = SnapshotFactory(text=DISPATCH)
    found = engine.read(snapshot)
    with django_assert_max_num_queries(30):
        record(snapshot, found, engine.version())
