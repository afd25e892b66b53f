"""A claim or a verification on a card: as a picture and as a page to embed."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from claims.merge import merge_claims
from claims.pages import cards
from claims.share_image.card import of_claim, of_verification
from tests.factories import (
    NOON,
    ClaimFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    UserFactory,
    VerificationFactory,
)
from tests.pages import shown
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


def address(name, row):
    return reverse(name, args=[row.public_id])


def head(client, row, query="") -> dict[str, str]:
    """What its page says of itself, by the name of each element."""
    page = shown(client, row.get_absolute_url() + query).partition("</head>")[0]
    found = re.findall(r'<meta\s+(?:property|name)="([^"]+)"\s+content="([^"]*)"', page)
    assert len(dict(found)) == len(found), "said twice"
    return dict(found)


@pytest.fixture
def claim():
    return ClaimFactory(accepted=True, wording="Deux écoles ouvriront.")


class TestThePicture:
    @pytest.mark.parametrize("name", ["claim-image", "verification-image"])
    def test_is_a_png_any_site_may_show(self, client, claim, name):
        row = verify(claim) if name == "verification-image" else claim
        answer = client.get(address(name, row))
        assert answer["Content-Type"] == "image/png"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)

    def test_is_not_drawn_again_for_who_has_it(self, client, claim, monkeypatch):
        first = client.get(address("claim-image", claim))
        monkeypatch.setattr(cards, "draw", None)
        again = client.get(address("claim-image", claim), headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    def test_is_another_once_the_claim_is_verified(self, client, claim):
        tag = client.get(address("claim-image", claim))["ETag"]
        verify(claim)
        assert client.get(address("claim-image", claim))["ETag"] != tag

    def test_of_another_day_is_that_of_the_day(self, client, claim):
        before = client.get(address("claim-image", claim))["ETag"]
        moment = timezone.now()
        verify(claim, at=timezone.now())
        asked = client.get(address("claim-image", claim), {"as_of": moment.isoformat()})
        assert asked["ETag"] == before

    @pytest.mark.parametrize(
        ("name", "factory"),
        [
            ("claim-image", ClaimFactory),
            ("claim-card", ClaimFactory),
            ("verification-image", VerificationFactory),
            ("verification-card", VerificationFactory),
        ],
    )
    def test_of_what_is_not_published_is_not_there(self, client, name, factory):
        assert client.get(address(name, factory())).status_code == 404

    @pytest.mark.parametrize("name", ["claim-image", "claim-card"])
    def test_of_a_merged_claim_is_that_of_the_one_kept(self, client, claim, name):
        merged = ClaimFactory(accepted=True)
        merge_claims(merged, claim, UserFactory(role="chief"), "La même.")
        answer = client.get(address(name, merged))
        assert (answer.status_code, answer["Location"]) == (301, address(name, claim))

    @pytest.mark.parametrize("name", ["claim-image", "verification-image"])
    def test_needs_as_many_queries_as_the_baseline(self, client, claim, counted_queries, name):
        for title in ("maire", "conseillère"):
            PositionFactory(speaker=claim.speaker, title=title)
        LinkFactory(accepted=True, earlier=claim)
        row = verify(claim, ClaimFactory(accepted=True))
        with counted_queries(name):
            client.get(address(name, claim if name == "claim-image" else row))


class TestTheHead:
    def test_tells_of_the_picture(self, client, claim):
        told = head(client, claim)
        assert told["og:image"] == f"http://testserver{address('claim-image', claim)}"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["og:image:alt"].startswith("Deux écoles ouvriront. – Jeanne Roux")
        assert told["twitter:card"] == "summary_large_image"

    def test_of_a_verification_tells_of_its_own(self, client, claim):
        verification = verify(claim)
        told = head(client, verification)
        assert told["og:image"].endswith(address("verification-image", verification))
        assert "Imprécis" in told["og:image:alt"]

    def test_of_another_day_tells_of_the_picture_of_that_day(self, client, claim):
        query = f"?as_of={timezone.localdate()}"
        assert head(client, claim, query)["og:image"].endswith(f"/image.png{query}")

    def test_of_any_other_page_tells_of_the_logo(self, client, claim):
        told = head(client, claim.speaker)
        assert told["og:image"].endswith("/constat.png")
        assert told["twitter:card"] == "summary"

    def test_leads_to_oembed(self, client, claim):
        page = shown(client, claim)
        for kind in ("application/json", "text/xml"):
            found = re.search(rf'type="{kind}\+oembed"\s+href="([^"]+)"', page)
            answer = client.get(found[1].replace("&amp;", "&"))
            assert answer["Content-Type"].partition(";")[0] == kind


class TestWhatItSays:
    def test_of_a_verified_claim_is_its_rating(self, claim):
        verify(claim)
        card = of_claim(claim)
        assert (card.rating, card.verdict) == ("imprecise", "Imprécis")
        assert (card.words, card.when) == ("Deux écoles ouvriront.", "3 décembre 2025")

    def test_of_another_is_where_it_stands_and_no_rating(self, claim):
        ForecastFactory(claim=claim)
        card = of_claim(claim)
        assert (card.rating, card.verdict) == ("", "En cours")

    def test_of_a_superseded_version_says_so(self, claim):
        old = verify(claim)
        supersede(old, NOON + timedelta(days=1))
        card = of_verification(old, claim)
        assert (card.verdict, card.note) == ("Imprécis", "Remplacée le 9 décembre 2025.")

    def test_of_a_withdrawn_one_is_that_and_no_rating(self, claim):
        card = of_verification(withdrawn(verify(claim), "La source est un faux."), claim)
        assert (card.rating, card.verdict) == ("", "Vérification retirée")
        assert card.note == "Retirée le 8 décembre 2025."

    def test_without_a_public_claim_is_the_finding(self, claim):
        verification = verify(claim)
        assert of_verification(verification, None).words == verification.summary


class TestThePageToEmbed:
    def test_may_be_shown_in_a_frame_of_any_site(self, client, claim):
        answer = client.get(address("claim-card", claim))
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer

    def test_is_the_only_one(self, client, claim):
        answer = client.get(claim.get_absolute_url())
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"

    def test_shows_the_claim_and_its_rating_and_leads_to_its_page(self, client, claim):
        verify(claim)
        page = shown(client, address("claim-card", claim))
        wanted = ("Deux écoles ouvriront.", claim.speaker.name, "3 décembre 2025", "Imprécis")
        assert [
            text for text in (*wanted, "<svg", claim.get_absolute_url()) if text not in page
        ] == []
        assert "<script" not in page

    def test_of_a_verification_shows_what_that_version_found(self, client, claim):
        old = verify(claim)
        supersede(old, NOON + timedelta(days=1))
        page = shown(client, address("verification-card", old))
        assert "Imprécis" in page
        assert "Remplacée le 9 décembre 2025." in page

    def test_needs_as_many_queries_as_the_baseline(self, client, claim, counted_queries):
        verify(claim)
        with counted_queries("claim card"):
            client.get(address("claim-card", claim))


def test_the_page_of_a_claim_gives_what_to_copy(client, claim):
    page = shown(client, claim)
    copied = page.partition("&lt;iframe")[2].partition("&lt;/iframe&gt;")[0]
    assert f"http://testserver{address('claim-card', claim)}" in copied
