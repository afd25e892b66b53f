import pytest

from claims.correct import correct
from claims.gates import Closed
from claims.models import Correction
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, DevelopmentFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_change_and_the_note_come_together():
    claim = ClaimFactory(accepted=True, wording="Deux écoles.")
    correction = correct(claim, "error", "Trois.", UserFactory(), wording="Trois écoles.")
    claim.refresh_from_db()
    assert (claim.wording, correction.before, correction.after) == (
        "Trois écoles.",
        "Deux écoles.",
        "Trois écoles.",
    )


def test_values_are_shown_as_readers_see_them():
    claim = ClaimFactory(accepted=True, kind="fact", said_on=None)
    day = PartialDate.parse("2025-12-03")
    correction = correct(claim, "error", "Daté.", UserFactory(), kind="opinion", said_on=day)
    assert (correction.before, correction.after) == ("fact\n—", "opinion\n3 December 2025")


def test_a_development_is_corrected_too():
    development = DevelopmentFactory(accepted=True, title="L’école ouvre")
    correct(development, "clarification", "Précisé.", UserFactory(), title="L’école rouvre")
    development.refresh_from_db()
    assert development.title == "L’école rouvre"


def test_of_a_published_verification_nothing_is_changed():
    verification = VerificationFactory(published=True)
    with pytest.raises(Closed, match="neither changed nor deleted"):
        correct(verification, "error", "Corrigé.", UserFactory(), summary="Autre")
    assert not Correction.objects.exists()


def test_a_note_on_a_published_verification_shows_both():
    verification = VerificationFactory(published=True)
    correction = correct(
        verification, "error", "Jour corrigé.", UserFactory(), before="le 3", after="le 2"
    )
    assert correction in Correction.objects.published()


def test_what_is_not_public_is_changed_without_a_correction():
    claim = ClaimFactory()
    with pytest.raises(Closed, match="Only what is public"):
        correct(claim, "error", "Trois.", UserFactory(), wording="Trois écoles.")
    claim.refresh_from_db()
    assert claim.wording == ""


def test_a_right_of_reply_needs_no_before_and_after():
    claim = ClaimFactory(accepted=True)
    assert correct(claim, "right_of_reply", "Mme Roux répond.", UserFactory()).made_at
