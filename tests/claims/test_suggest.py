"""Which claims may belong into a verification."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Link
from claims.suggest import suggestions
from tests.factories import ClaimFactory, LinkFactory, SpeakerFactory, VerificationFactory

pytestmark = pytest.mark.django_db

SAID = "le pont de Vernaz sera fermé en 2027"
AGAIN = "en 2027, le pont de Vernaz fermera"
ELSE = "la gare accueille deux millions de voyageurs"


def claim(quote, **fields):
    return ClaimFactory(accepted=True, quote=quote, **fields)


@pytest.fixture
def about():
    return claim(SAID)


@pytest.fixture
def verification(about):
    return VerificationFactory(claims=[about])


def test_what_is_linked_as_a_repeat_comes_first_whichever_is_the_later(about, verification):
    alike = claim(AGAIN, speaker=about.speaker)
    before, after = claim(ELSE), claim(ELSE)
    LinkFactory(claim=about, earlier=before)
    LinkFactory(claim=after, earlier=about, accepted=True)
    first, second, third = suggestions(verification)
    assert {first, second} == {before, after}
    assert third == alike


@pytest.mark.parametrize(
    "link",
    [{"status": Link.Status.REFUSED}, {"kind": Link.Kind.CONTRADICTS}, {"kind": Link.Kind.UPDATES}],
)
def test_what_was_refused_or_is_no_repeat_is_not_suggested(about, verification, link):
    LinkFactory(**{"claim": about, "earlier": claim(ELSE), "accepted": True} | link)
    assert suggestions(verification) == []


def test_of_the_same_speaker_the_likest_is_first_and_what_shares_no_word_is_none(
    about, verification
):
    far = claim("le pont de Rive-Haute a été repeint", speaker=about.speaker)
    alike = claim(AGAIN, speaker=about.speaker)
    claim(ELSE, speaker=about.speaker)
    assert suggestions(verification) == [alike, far]


def test_others_are_not_suggested_unless_they_are_linked(about, verification):
    claim(AGAIN, speaker=SpeakerFactory())
    assert suggestions(verification) == []


@pytest.mark.parametrize("status", [Claim.Status.REJECTED, Claim.Status.MERGED])
def test_what_is_out_of_the_record_is_not_suggested(about, verification, status):
    linked, _alike = (claim(AGAIN, speaker=about.speaker, status=status) for _each in range(2))
    LinkFactory(claim=about, earlier=linked)
    assert suggestions(verification) == []


def test_none_is_suggested_twice_nor_more_than_are_wanted(about, verification):
    some = [claim(AGAIN, speaker=about.speaker) for _each in range(3)]
    LinkFactory(claim=about, earlier=some[0])
    found = suggestions(verification, most=2)
    assert len(found) == len(set(found)) == 2
    assert found[0] == some[0]


def test_a_claim_without_a_speaker_has_nothing_but_its_repeats(verification):
    nobody = VerificationFactory(claims=[claim(SAID, speaker=None)])
    claim(AGAIN, speaker=None)
    assert suggestions(nobody) == []


def test_many_claims_take_no_more_queries_than_a_few():
    speaker = SpeakerFactory()
    claim(AGAIN, speaker=speaker)
    counts = []
    for many in (1, 4):
        some = [claim(SAID, speaker=speaker) for _each in range(many)]
        verification = VerificationFactory(claims=some)
        with CaptureQueriesContext(connection) as captured:
            suggestions(verification)
        counts.append(len(captured))
    assert counts[0] == counts[1]
