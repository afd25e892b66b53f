"""What of the record says nearly what somebody says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.match import Said, match, match_all
from claims.models import Claim
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, SpeakerFactory, VerificationFactory

pytestmark = pytest.mark.django_db

SAID = "le pont de Vernaz serait fermé en 2027"


def claim(quote=SAID, **fields):
    return ClaimFactory(accepted=True, quote=quote, **fields)


def found(text=SAID, checked=False, **of):
    return [each.claim for each in match(text, checked=checked, **of)]


def test_nearly_the_same_words_are_found():
    same = claim("Le pont de Vernaz sera fermé en 2027, a-t-elle répété")
    claim("la gare accueille deux millions de voyageurs")
    assert found() == [same.pk]


def test_the_likest_come_first():
    near, same = claim("le pont de Vernaz ouvrira plus tard"), claim()
    assert found() == [same.pk, near.pk]
    assert match(SAID, checked=False)[0].similarity == 1


def test_only_what_a_published_verification_is_about_is_found_unless_all_is_asked_for():
    verified = claim()
    VerificationFactory(published=True, claims=[verified])
    drafted = claim()
    VerificationFactory(claims=[drafted])
    assert found(checked=True) == [verified.pk]
    assert set(found()) == {verified.pk, drafted.pk}


@pytest.mark.parametrize("status", Claim.Status.values)
def test_nothing_but_what_is_published_is_found(status):
    if status == Claim.Status.CANDIDATE:
        ClaimFactory(quote=SAID)
    else:
        claim(status=status)
    assert bool(found()) == (status == Claim.Status.ACCEPTED)


def test_of_two_that_are_as_alike_the_one_of_the_speaker_comes_first():
    speaker = SpeakerFactory()
    own, other = claim(speaker=speaker), claim()
    assert found() == [other.pk, own.pk]
    assert found(speaker=speaker.pk) == [own.pk, other.pk]


def test_of_two_that_are_as_alike_the_one_of_that_time_comes_first():
    then, other = claim(said_on=PartialDate.parse("2024-05-01")), claim()
    assert found(said_on=PartialDate.parse("2024-05")) == [then.pk, other.pk]


def test_the_speaker_counts_less_than_the_words():
    speaker = SpeakerFactory()
    own, same = claim("le pont de Vernaz ouvrira plus tard", speaker=speaker), claim()
    assert found(speaker=speaker.pk) == [same.pk, own.pk]


def test_it_says_what_they_have_in_common_besides():
    speaker = SpeakerFactory()
    claim(speaker=speaker, said_on=PartialDate.parse("2024"))
    (one,) = match(SAID, speaker.pk, PartialDate.parse("2024-05-01"), checked=False)
    (other,) = match(SAID, SpeakerFactory().pk, PartialDate.parse("2023"), checked=False)
    assert (one.same_speaker, one.same_time) == (True, True)
    assert (other.same_speaker, other.same_time) == (False, False)


def test_no_more_are_given_than_are_asked_for():
    for _each in range(3):
        claim()
    assert len(found(most=2)) == 2


@pytest.mark.parametrize("text", ["non", "", "’ & | ! : * ( \\ ' «", "de la le"])
def test_words_that_tell_nothing_are_like_nothing(text):
    claim()
    assert found(text) == []


def test_what_is_checked_is_found_behind_any_number_of_later_claims(monkeypatch):
    monkeypatch.setattr("claims.models.claim.COMPARED", 2)
    verified = claim()
    VerificationFactory(published=True, claims=[verified])
    for _each in range(3):
        claim()
    assert found(checked=True) == [verified.pk]


def test_each_of_several_gets_its_own():
    bridge, station = claim(), claim("la gare accueille deux millions de voyageurs")
    said = [Said("la gare accueille deux millions de voyageurs"), Said("non"), Said(SAID)]
    matches = match_all(said, checked=False, most=3)
    assert [[each.claim for each in one] for one in matches] == [[station.pk], [], [bridge.pk]]


def test_many_are_looked_for_ten_at_a_time():
    said = [Said(f"{SAID}, a dit le témoin {number}") for number in range(20)]
    with CaptureQueriesContext(connection) as captured:
        match_all(said, checked=True, most=3)
    assert len(captured) == 3
