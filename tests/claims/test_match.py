"""What of the record says nearly what somebody says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.comparison import Code
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


def test_the_score_of_the_same_words_is_nearly_certain_and_it_says_why():
    claim()
    (found,) = match(SAID, checked=False)
    assert found.score > 0.9
    assert Code.SAME_NAME in [reason.code for reason in found.reasons]


def test_what_disagrees_in_its_numbers_does_not_match():
    claim("le rapport compte 35 pages")
    assert found("le rapport compte 33 pages") == []


def test_who_does_what_to_whom_decides_the_score():
    claim("le préfet accuse le maire de Vernaz")
    (other,) = match("le maire de Vernaz accuse le préfet", checked=False)
    assert other.score < 0.2
    assert Code.OTHER_ROLES in [reason.code for reason in other.reasons]


def test_what_cannot_be_the_same_comes_after_what_is_as_alike_in_other_words():
    exchanged = claim("le préfet accuse le maire de Vernaz")
    same = claim("le préfet est accusé par le maire de Vernaz")
    assert found("le maire de Vernaz accuse le préfet") == [same.pk, exchanged.pk]


def test_the_same_words_in_a_longer_claim_are_less_similar_but_a_probability_and_a_share_still():
    longer, same = (
        claim(f"{SAID}, avant que la gare n'accueille deux millions de voyageurs"),
        claim(),
    )
    first, second = match(SAID, checked=False)
    assert (first.claim, second.claim) == (same.pk, longer.pk)
    assert 0 < second.similarity < first.similarity == 1
    assert 0 < second.score < first.score < 1


def test_what_an_editor_worded_is_found_by_these_words_and_by_those_of_the_source():
    worded = claim("il le serait dès lundi, promet-elle", wording=SAID)
    assert found() == [worded.pk]
    assert found("il le serait dès lundi, a-t-elle promis") == [worded.pk]


@pytest.mark.parametrize(
    "text",
    [
        "pont de Vernaz fermé",
        "le pônt de Vernaz sera ferme en 2027",
        "le pont de Vernza serait fermé",
        "fermeture du pont de Vernnaz",
        "En 2027, on ne passera plus : le pont de Vernaz sera fermé",
    ],
)
def test_half_a_sentence_a_wrong_accent_and_a_name_misspelt_find_it(text):
    one = claim()
    claim("la gare accueille deux millions de voyageurs")
    claim("le pont de Rive-Haute a été repeint")
    assert found(text)[0] == one.pk


@pytest.mark.parametrize("text", ["Vernaz", "vernáz", "fermé en 2027", "un pont"])
def test_a_word_of_a_claim_finds_it(text):
    one = claim("le pont de Vernaz sera fermé en 2027, dès que les travaux de la gare commenceront")
    claim("la gare accueille deux millions de voyageurs")
    assert found(text) == [one.pk]


def test_each_of_several_gets_its_own():
    bridge, station = claim(), claim("la gare accueille deux millions de voyageurs")
    said = [Said("la gare accueille deux millions de voyageurs"), Said("non"), Said(SAID)]
    matches = match_all(said, checked=False, most=3)
    assert [[each.claim for each in one] for one in matches] == [[station.pk], [], [bridge.pk]]


def test_many_are_looked_for_ten_at_a_time():
    said = [Said(f"{SAID}, a dit le témoin {number}") for number in range(20)]
    with CaptureQueriesContext(connection) as captured:
        match_all(said, checked=True, most=3)
    # Their words, words near the unknown ones, the words of these, then the claims, in two.
    assert len(captured) <= 5


def test_what_they_are_compared_with_is_read_once_for_all():
    for _each in range(3):
        claim()
    with CaptureQueriesContext(connection) as captured:
        match_all([Said(f"{SAID}, dit-on {number}") for number in range(10)], checked=False, most=3)
    # The words, what they find, what these say, and who may have said it.
    assert len(captured) == 4
