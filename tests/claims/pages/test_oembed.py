"""oEmbed, as its specification says."""

import json
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from claims.merge import merge_claims
from tests.factories import ClaimFactory, UserFactory, VerificationFactory
from tests.record import verify

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
HOSTILE = 'Deux "écoles" <script>alert(1)</script> & \x0b\ufffe fin'


@pytest.fixture
def claim():
    return ClaimFactory(accepted=True, wording="Deux écoles ouvriront.")


def ask(client, row, **query):
    url = row if isinstance(row, str) else f"{SITE}{row.get_absolute_url()}"
    return client.get("/oembed", {"url": url} | query)


def test_answers_with_a_frame_around_the_card(client, claim):
    answer = ask(client, claim)
    told = answer.json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", claim.wording)
    assert f'src="{SITE}{reverse("claim-card", args=[claim.public_id])}"' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_answers_the_same_in_xml(client, claim):
    answer = ask(client, claim, format="xml")
    root = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert root.tag == "oembed"
    told = {element.tag: element.text for element in root}
    assert told == {name: str(value) for name, value in ask(client, claim).json().items()}


def test_answers_for_a_verification(client, claim):
    verification = verify(claim)
    told = ask(client, verification).json()
    assert told["title"] == verification.summary
    assert reverse("verification-card", args=[verification.public_id]) in told["html"]


def test_speaks_the_language_of_the_page(client, claim):
    told = ask(client, f"{SITE}/en{claim.get_absolute_url()}").json()
    assert f"{SITE}/en/claims/{claim.public_id}/card/" in told["html"]
    assert told["thumbnail_url"] == f"{SITE}/en/claims/{claim.public_id}/image.png"


@pytest.mark.parametrize(
    "address", ["{0}?utm_source=x#verification", "https://testserver/claims/{1}"]
)
def test_knows_an_address_in_other_forms(client, claim, address):
    url = address.format(f"{SITE}{claim.get_absolute_url()}", claim.public_id)
    assert ask(client, url).status_code == 200


def test_leads_from_a_merged_claim_to_the_one_kept(client, claim):
    merged = ClaimFactory(accepted=True)
    merge_claims(merged, claim, UserFactory(role="chief"), "La même.")
    assert claim.public_id in ask(client, merged).json()["html"]


@pytest.mark.parametrize(("limits", "width"), [({}, 600), ({"maxwidth": 300}, 300)])
def test_is_no_wider_than_asked_for(client, claim, limits, width):
    assert ask(client, claim, **limits).json()["width"] == width


def test_is_no_higher_than_asked_for(client, claim):
    assert ask(client, claim, maxheight=100).json()["height"] == 100


def test_is_higher_where_it_is_narrow(client, claim):
    narrow, wide = (ask(client, claim, maxwidth=width).json()["height"] for width in (200, 600))
    assert narrow > wide


@pytest.mark.parametrize("limit", [{"maxwidth": 1199}, {"maxheight": 629}])
def test_has_a_thumbnail_where_there_is_room_for_it(client, claim, limit):
    assert "thumbnail_url" in ask(client, claim, maxwidth=1200, maxheight=630).json()
    assert "thumbnail_url" not in ask(client, claim, **limit).json()


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_hostile_claim_stays_text(client, kind):
    answer = ask(client, ClaimFactory(accepted=True, wording=HOSTILE), format=kind)
    if kind == "json":
        html = json.loads(answer.content)["html"]
    else:
        html = ElementTree.fromstring(answer.content).findtext("html")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "url",
    [
        "https://autre.example/claims/22222bbbbb/",
        f"{SITE}/claims/22222bbbbb/",
        f"{SITE}/claims/",
        f"{SITE}/rien",
        "javascript:alert(1)",
        "http://[",
        "claims",
    ],
)
def test_what_cannot_be_embedded_is_not_found(client, url):
    assert ask(client, url).status_code == 404


@pytest.mark.parametrize("factory", [ClaimFactory, VerificationFactory])
def test_what_is_not_public_is_not_found(client, factory):
    assert ask(client, factory()).status_code == 404


def test_a_format_there_is_not_is_not_implemented(client, claim):
    assert ask(client, claim, format="yaml").status_code == 501


@pytest.mark.parametrize(
    "query",
    [{}, {"maxwidth": "0"}, {"maxwidth": "-1"}, {"maxheight": "large"}, {"maxwidth": "9" * 9}],
)
def test_what_makes_no_sense_is_refused(client, claim, query):
    url = {"url": f"{SITE}{claim.get_absolute_url()}"} if query else {}
    assert client.get("/oembed", url | query).status_code == 400
