"""What happened becomes a development with its effects, proposed or accepted."""

import pytest
from django.core.exceptions import PermissionDenied

from background.models import Job
from claims import roles
from claims.gates import Closed
from claims.happen import happened
from claims.models import Development, Effect
from sources.models import Document
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, DocumentFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2026-01-22")
URL = "https://journal.test/ecole"


def tell(claim, source=URL, by=None, **options):
    by = by or UserFactory()
    return happened(by, "Une école ouvre", DAY, source, {claim.pk: "fulfils"}, **options)


@pytest.fixture
def claim():
    return ClaimFactory(accepted=True)


def test_it_is_proposed_with_what_it_does(claim):
    development = tell(claim)
    effect = development.effects.get()
    assert (development.status, effect.status) == ("proposed", "proposed")
    assert (effect.claim, effect.kind) == (claim, "fulfils")


def test_it_is_accepted_at_once_with_what_it_does(claim):
    development = tell(claim, accept=True)
    assert development in Development.objects.accepted()
    assert Effect.objects.accepted().get().development == development


def test_a_contributor_proposes_it(claim):
    assert tell(claim, by=UserFactory(role=roles.CONTRIBUTOR)).status == "proposed"


def test_a_contributor_does_not_accept_it_and_nothing_is_saved(claim):
    with pytest.raises(PermissionDenied):
        tell(claim, by=UserFactory(role=roles.CONTRIBUTOR), accept=True)
    assert not Development.objects.exists()


def test_the_same_sent_twice_is_one(claim):
    assert tell(claim, public_id="bcdfghjkmn") == tell(claim, public_id="bcdfghjkmn")


def test_its_source_may_be_a_document(claim):
    document = DocumentFactory()
    assert tell(claim, document).document == document


def test_its_source_may_be_a_later_claim(claim):
    later = ClaimFactory(accepted=True)
    assert tell(claim, later).claim == later


def test_a_claim_does_not_bear_on_itself(claim):
    with pytest.raises(Closed):
        tell(claim, claim)


def test_an_address_is_cited_by_itself_until_it_is_fetched(claim):
    document = tell(claim).document
    assert (document.url, document.title) == (URL, URL)
    assert Job.objects.get(task_name="fetch_source").args == {"document_id": document.pk}


def test_an_address_of_the_record_is_that_document(claim):
    document = DocumentFactory(url=URL)
    assert tell(claim).document == document
    assert not Job.objects.filter(task_name="fetch_source").exists()


def test_without_more_words_the_title_is_the_account(claim):
    assert tell(claim).account == "Une école ouvre"
    assert Document.objects.filter(url=URL).count() == 1
