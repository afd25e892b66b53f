"""What else in the record says nearly the same."""

import pytest

from claims.models import Claim
from tests.factories import ClaimFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

SAID = "le pont de Vernaz serait fermé en 2027"


def similar(claim):
    return list(Claim.objects.similar_to(claim))


def test_nearly_the_same_words_are_found():
    claim = ClaimFactory(quote=SAID)
    other = ClaimFactory(quote="Le pont de Vernaz sera fermé en 2027, a-t-elle répété")
    ClaimFactory(quote="la gare accueille deux millions de voyageurs")
    assert similar(claim) == [other]


def test_the_wording_is_looked_at_as_the_quote_is():
    claim = ClaimFactory(quote="il serait fermé", wording=SAID)
    other = ClaimFactory(quote="il le serait", wording="Le pont de Vernaz serait fermé en 2027.")
    assert similar(claim) == [other]


def test_those_of_the_same_speaker_come_first():
    speaker = SpeakerFactory()
    claim = ClaimFactory(quote=SAID, speaker=speaker)
    ClaimFactory(quote=SAID)
    own = ClaimFactory(quote="le pont de Vernaz serait fermé dès 2026", speaker=speaker)
    assert similar(claim)[0] == own


def test_the_likest_come_first():
    claim = ClaimFactory(quote=SAID)
    ClaimFactory(quote="le pont de Vernaz ouvrira plus tard")
    same = ClaimFactory(quote=SAID)
    found = similar(claim)
    assert (found[0], found[0].similarity) == (same, 1.0)


@pytest.mark.parametrize("status", ["rejected", "merged"])
def test_what_is_out_of_the_record_is_not_shown(status):
    ClaimFactory(quote=SAID, accepted=True, status=status)
    assert similar(ClaimFactory(quote=SAID)) == []


def test_a_claim_of_one_word_is_like_no_other():
    ClaimFactory(quote="non")
    assert similar(ClaimFactory(quote="non")) == []


def test_a_word_with_strokes_in_it_is_no_fault():
    assert similar(ClaimFactory(quote=r"l'« aujourd'hui » \ ' & | ! : * de a:b l’été")) == []
