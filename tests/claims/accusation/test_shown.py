"""How far the law is with an accusation, wherever the claim is shown."""

import pytest
from django.db import connection
from django.urls import reverse

from claims import roles
from claims.admin.candidate import CandidateForm
from claims.correct import correct
from claims.models import Claim, PublicChange
from claims.share_image.card import of_claim
from tests.factories import ClaimFactory, SentenceFactory, SnapshotFactory, UserFactory
from tests.pages import shown
from tests.record import verify

pytestmark = pytest.mark.django_db
PRESUMED = "Presumed innocent"


@pytest.fixture
def claim(english):
    return ClaimFactory(accepted=True, proceedings="investigated")


def told(claim) -> str:
    return str(Claim.Proceedings(claim.proceedings).label)


def address(claim, page="claim") -> str:
    return reverse(page, args=[claim.public_id])


def test_the_page_of_the_claim_says_it_and_that_they_are_presumed_innocent(client, claim):
    page = shown(client, address(claim))
    assert told(claim) in page
    assert PRESUMED in page


@pytest.mark.parametrize("ended", ["convicted", "acquitted", "dismissed"])
def test_how_it_ended_is_said_instead(client, claim, ended):
    Claim.objects.update(proceedings=ended)
    claim.refresh_from_db()
    page = shown(client, address(claim))
    assert told(claim) in page
    assert PRESUMED not in page


def test_nothing_is_said_of_who_is_accused_of_nothing(client, claim):
    Claim.objects.update(proceedings="")
    page = shown(client, address(claim))
    assert "Proceedings" not in page
    assert PRESUMED not in page


def test_so_does_the_page_of_its_verification_and_the_card_that_others_embed(client, claim):
    verification = verify(claim)
    for page in (shown(client, address(verification, "verification")),
                 client.get(address(claim, "claim-card")).content.decode()):  # fmt: skip
        assert told(claim) in page
        assert PRESUMED in page


def test_so_does_the_share_image(claim):
    claim = Claim.objects.with_standing().get(pk=claim.pk)
    card = of_claim(claim)
    assert told(claim).capitalize() in card.note
    assert PRESUMED in card.note


def test_so_do_the_feed_the_annotation_and_what_is_told_to_machines(client, claim):
    paths = ["/en/feeds/claims.atom", address(claim, "claim-annotation"), address(claim)]
    said = [client.get(path).content.decode() for path in paths]
    assert [text.count(PRESUMED) for text in said[:2]] == [2, 1]  # The entry, and its summary.
    assert f'"description":"{claim.in_law}"' in said[2].replace('": "', '":"')
    assert f'{claim.in_law}">' in said[2]


def test_the_api_gives_it_and_finds_by_it(client, claim):
    ClaimFactory(accepted=True)
    answer = client.get("/api/v1/claims/?proceedings=investigated").json()
    assert [(row["id"], row["proceedings"]) for row in answer["results"]] == [
        (claim.public_id, "investigated")
    ]


def test_a_change_is_told_kept_and_corrected_in_public(claim):
    PublicChange.objects.all().delete()
    correct(claim, "update", "Elle a été relaxée.", UserFactory(), proceedings="acquitted")
    versions = Claim.pgh_event_model.objects.filter(id=claim.pk).order_by("pgh_id")
    assert [each.proceedings for each in versions] == ["investigated", "acquitted"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert PublicChange.objects.filter(kind="claim", row=claim.pk).exists()


def test_the_inbox_tells_what_the_words_suggest_and_chooses_nothing(english):
    snapshot = SnapshotFactory(text="Elle a été mise en examen lundi.")
    candidate = ClaimFactory(sentence=SentenceFactory(snapshot=snapshot))
    field = CandidateForm(candidate)["proceedings"]
    assert "mise en examen" in field.help_text
    assert str(Claim.Proceedings.INVESTIGATED.label) in field.help_text
    assert not field.value()


def test_the_desk_filters_by_it(client, claim):
    other = ClaimFactory(proceedings="suspected")
    client.force_login(UserFactory(role=roles.EDITOR))
    page = client.get("/admin/claims/claim/?proceedings__exact=suspected").content.decode()
    assert f"/admin/claims/claim/{other.pk}/change/" in page
    assert f"/admin/claims/claim/{claim.pk}/change/" not in page
