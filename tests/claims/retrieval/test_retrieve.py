"""The claims that share most of what a text tells."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.retrieval import retrieve
from claims.retrieval.found import LOOKED_AT
from tests.factories import ClaimFactory
from tests.plans import CLAIMS, fill, plan, rows_read, whole_tables

pytestmark = pytest.mark.django_db

SAID = "le pont de Vernaz serait fermé en 2027"


def found(text, among=None, **options):
    among = Claim.objects.all() if among is None else among
    return [each.claim for each in retrieve([text], among, **options)[0].claims]


def test_what_shares_more_comes_first():
    one = ClaimFactory(quote="le pont de Vernaz est vieux")
    two = ClaimFactory(quote="le pont de Vernaz sera fermé")
    ClaimFactory(quote="la gare accueille deux millions de voyageurs")
    assert found(SAID) == [two.pk, one.pk]


def test_a_rare_word_outweighs_a_common_one():
    for number in range(20):
        ClaimFactory(quote=f"le budget de la ville numéro {number} est voté")
    rare = ClaimFactory(quote="la crue a emporté le lavoir")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")
    assert found("le budget du lavoir", most=1) == [rare.pk]


def test_of_two_that_share_as_much_the_shorter_comes_first():
    short = ClaimFactory(quote="le pont de Vernaz")
    ClaimFactory(quote="le pont de Vernaz, " + ", ".join(f"dit témoin{n}" for n in range(30)))
    assert found(SAID)[0] == short.pk


def test_only_what_it_is_to_look_among_is_found():
    ClaimFactory(quote=SAID)
    public = ClaimFactory(quote=SAID, accepted=True)
    assert found(SAID, Claim.objects.published()) == [public.pk]


def test_each_of_several_gets_its_own():
    bridge, station = ClaimFactory(quote=SAID), ClaimFactory(quote="la gare accueille la foule")
    texts = ["la foule à la gare", "", "le pont de Vernaz"]
    claims = [[each.claim for each in one.claims] for one in retrieve(texts, Claim.objects.all())]
    assert claims == [[station.pk], [], [bridge.pk]]


def test_what_only_means_the_same_comes_after_what_has_the_words_and_before_the_rest():
    nearly = ClaimFactory(quote="les familles de Vernaz cherchent un ophtalmo")
    said = ClaimFactory(quote="les familles de Vernaz cherchent un ophtalmologiste")
    rest = ClaimFactory(quote="les familles de Vernaz cherchent un orchestre")
    text = "les familles de Vernaz attendent un ophtalmologiste"
    assert found(text) == [said.pk, nearly.pk, rest.pk]


def test_among_very_many_some_are_read_by_an_index():
    fill(CLAIMS)
    # Two words that all twenty thousand have, beside one that nobody has.
    for text in ("deux écoles ouvrent", "le pont de Vernaz ouvre deux écoles"):
        with CaptureQueriesContext(connection) as captured:
            retrieve([text], Claim.objects.published())
        for query in captured.captured_queries:
            done = plan(query["sql"])
            assert whole_tables(done) == [], query["sql"]
            if "looked_at" in query["sql"]:
                assert rows_read(done) <= 2 * LOOKED_AT
