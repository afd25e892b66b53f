"""Real sayings, really compared: what an editor would see at once is found."""

import pytest

from claims.linking.judge import Judge
from claims.models import Claim
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, SentenceFactory, SnapshotFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

MARCH, MAY = PartialDate.parse("2025-03-04"), PartialDate.parse("2026-05-11")


@pytest.fixture
def speaker():
    return SpeakerFactory()


def found(first, second, one, other, second_day=MARCH):
    """The kind of the link between what one speaker says and what the other says later."""
    claims = [
        ClaimFactory(wording=words, speaker=speaker, said_on=day)
        for words, speaker, day in ((first, one, MARCH), (second, other, second_day))
    ]
    judge = Judge(Claim.objects.filter(pk__in=[claim.pk for claim in claims]).with_source())
    likely = judge.likely(claims[0].pk, claims[1].pk)
    return likely and likely.kind


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (
            "Le chômage a baissé de 3 % en Bretagne depuis janvier 2024.",
            "Depuis janvier 2024, le chômage a baissé de 3 % en Bretagne.",
            "repeats",
        ),
        (
            "Nous avons créé 500 000 emplois en 2023.",
            "Nous avons créé cinq cent mille emplois en 2023.",
            "repeats",
        ),
        ("Le budget sera voté en mars.", "Le budget ne sera pas voté en mars.", "contradicts"),
        (
            "La ville de Lyon compte 520 000 habitants.",
            "La ville de Lyon ouvrira deux écoles.",
            None,
        ),
    ],
)
def test_of_what_one_speaker_says(speaker, first, second, kind):
    assert found(first, second, speaker, speaker) == kind


def test_a_state_that_ended_is_updated_not_contradicted(speaker):
    first, second = "Je suis ministre de la justice.", "Je ne suis plus ministre de la justice."
    assert found(first, second, speaker, speaker, MAY) == "updates"


def test_another_number_is_no_repeat(speaker):
    first, second = "Le rapport compte 33 pages.", "Le rapport compte 35 pages."
    assert found(first, second, speaker, SpeakerFactory()) is None


def test_what_somebody_else_says_is_no_contradiction(speaker):
    first, second = "Le budget sera voté en mars.", "Le budget ne sera pas voté en mars."
    assert found(first, second, speaker, SpeakerFactory()) is None


@pytest.mark.parametrize(("documents", "kind"), [(1, None), (2, "repeats")])
def test_of_two_sentences_of_one_document_it_must_be_surer(documents, kind):
    snapshots = SnapshotFactory.create_batch(documents)
    claims = [
        ClaimFactory(wording=words, sentence=SentenceFactory(snapshot=snapshot))
        for words, snapshot in (
            ("Les caisses de la région sont vides.", snapshots[0]),
            ("Le conseil régional n'a plus d'argent.", snapshots[-1]),
        )
    ]
    judge = Judge(Claim.objects.filter(pk__in=[claim.pk for claim in claims]).with_source())
    likely = judge.likely(claims[0].pk, claims[1].pk)
    assert (likely and likely.kind) == kind
