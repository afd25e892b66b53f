import pytest
from django.urls import reverse

from claims.models import Development
from tests.claims.admin.forms import send
from tests.factories import ClaimFactory, DevelopmentFactory

pytestmark = pytest.mark.django_db


def test_a_proposal_is_accepted_from_its_form(admin_client):
    send(admin_client, DevelopmentFactory(), claims_development_accept="1")
    assert Development.objects.accepted().count() == 1


def test_selected_proposals_are_accepted(admin_client):
    proposals = [DevelopmentFactory(), DevelopmentFactory()]
    data = {"action": "accept_selected", "_selected_action": [row.pk for row in proposals]}
    admin_client.post(reverse("admin:claims_development_changelist"), data)
    assert Development.objects.accepted().count() == 2


def test_an_effect_on_a_claim_is_written_with_it(admin_client):
    claim = ClaimFactory()
    changes = {"effects-TOTAL_FORMS": 1, "effects-0-claim": claim.pk, "effects-0-kind": "breaks"}
    send(admin_client, DevelopmentFactory(), **changes)
    assert claim.effects.get().kind == "breaks"
