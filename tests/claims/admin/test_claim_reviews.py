import pytest
from django.urls import reverse

from claims import roles
from claims.merge import merge_claims
from claims.models import Claim, ClaimReview
from tests.claims.admin.forms import send
from tests.claims.claim_review.feeds import REVIEW, feed, imported, other
from tests.factories import (
    ClaimFactory,
    RatingFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WORDS = "La mairie de Vernaz construira deux écoles avant l'été"


@pytest.fixture
def editor(client):
    editor = UserFactory()
    client.cookies["django_language"] = "en"
    client.force_login(editor)
    return editor


@pytest.fixture
def claim():
    return ClaimFactory(sentence=SentenceFactory(snapshot__text=WORDS), accepted=True)


@pytest.fixture
def review():
    RatingFactory(value="imprecise")
    imported(feed(REVIEW))
    return ClaimReview.objects.get()


def page(client, review) -> str:
    return client.get(reverse("admin:claims_claimreview_change", args=[review.pk])).content.decode()


def listed(client, **query) -> list[ClaimReview]:
    address = reverse("admin:claims_claimreview_changelist")
    return list(client.get(address, query).context["cl"].queryset)


def test_its_page_shows_their_rating_beside_ours(client, editor, review):
    shown = page(client, review)
    assert "C’est plus compliqué · 1 (1–5)" in shown
    assert "Imprecise" in shown


def test_a_claim_worded_like_it_is_proposed_and_linked_by_a_press(client, editor, review, claim):
    address = reverse("admin:claims_claimreview_about", args=[review.pk, claim.pk])
    assert address in page(client, review)
    client.post(address)
    review.refresh_from_db()
    assert (review.claim, review.linked_by) == (claim, editor)
    assert address not in page(client, review)


def test_a_link_is_made_and_taken_back_on_the_form(client, editor, review, claim):
    send(client, review, claim=claim.pk)
    review.refresh_from_db()
    assert (review.claim, review.linked_by) == (claim, editor)
    send(client, review, claim="")
    review.refresh_from_db()
    assert (review.claim, review.linked_by) == (None, None)


def test_an_editor_puts_on_our_scale_what_the_rule_does_not(client, editor, review):
    ours = RatingFactory(value="false")
    send(client, review, rating=ours.pk)
    review.refresh_from_db()
    assert (review.rating, review.rated_by) == (ours, editor)


def test_a_candidate_is_made_of_it(client, editor, review):
    address = reverse("admin:claims_claimreview_candidate", args=[review.pk])
    client.post(address, {"kind": "commitment"})
    claim = Claim.objects.get()
    assert (claim.status, claim.kind) == (Claim.Status.CANDIDATE, "commitment")


@pytest.mark.parametrize("name", ["about", "candidate"])
def test_who_only_reads_decides_nothing(client, review, claim, name):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    arguments = [review.pk, claim.pk] if name == "about" else [review.pk]
    address = reverse(f"admin:claims_claimreview_{name}", args=arguments)
    assert client.post(address, {"kind": "fact"}).status_code == 403
    assert client.get(address).status_code == 405


def test_the_page_of_a_claim_tells_where_it_was_reviewed(client, editor, review, claim):
    send(client, review, claim=claim.pk)
    shown = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    assert "Reviewed elsewhere" in shown
    assert "C’est plus compliqué" in shown


def test_the_list_is_filtered_by_what_editors_ask(client, editor, review, claim):
    imported(feed(other(2, reviewRating={"alternateName": "Quatre Pinocchios"})))
    unrated = ClaimReview.objects.exclude(pk=review.pk).get()
    send(client, review, claim=claim.pk)
    assert listed(client, linked="no") == [unrated]
    assert listed(client, linked="yes") == [review]
    assert listed(client, rating="none") == [unrated]
    assert listed(client, rating="imprecise") == [review]
    assert listed(client, q="pinocchio") == [unrated]
    assert listed(client, publisher__id__exact=review.publisher_id) == [unrated, review]
    assert listed(client, published_on_from="2999-01-01") == []
    assert listed(client, read_from="feed.json") == [unrated, review]


def test_the_list_takes_as_many_queries_for_many(client, editor, counted_queries):
    imported(feed(*(other(number) for number in range(5))))
    with counted_queries("admin claim review list"):
        client.get(reverse("admin:claims_claimreview_changelist"))


def test_merged_claims_keep_their_reviews(client, editor, review, claim):
    send(client, review, claim=claim.pk)
    kept = ClaimFactory(accepted=True)
    merge_claims(claim, kept, UserFactory(role=roles.CHIEF), "La même.")
    review.refresh_from_db()
    assert review.claim == kept
