"""The page of all claims, and of those that are asked for."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection

from claims.merge import merge_speakers
from claims.pages import claims as module
from sources.history import record_clock
from sources.lists import BoundedPaginator
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    PositionFactory,
    RatingFactory,
    SentenceFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.pages import shown
from tests.raw_sql import sql
from tests.record import verify

pytestmark = pytest.mark.django_db

PAGE = "/en/claims/"


def flat(client, query: str = "", path: str = PAGE) -> str:
    """The page with one blank wherever there are several."""
    return " ".join(shown(client, f"{path}?{query}").split())


def said(quote: str, **fields):
    return ClaimFactory(accepted=True, quote=quote, **fields)


def hrefs(page: str, text: str) -> list[str]:
    """Where the links with that text lead."""
    links = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page)
    return [to for to, inside in links if re.sub(r"<[^>]+>", "", inside).strip(" ×") == text]


class TestTheSearchBox:
    @pytest.mark.parametrize("path", ["/en/", "/en/corrections/", PAGE])
    def test_is_on_every_page_once(self, client, path):
        page = flat(client, path=path)
        assert page.count('role="search"') == 1
        assert page.count('name="q"') == 1

    def test_leads_to_the_claims_in_the_language_of_the_page(self, client):
        assert 'role="search" action="/claims/"' in flat(client, path="/")

    def test_keeps_the_words(self, client):
        assert 'value="&quot;two schools&quot;"' in flat(client, 'q="two schools"')

    def test_keeps_the_filters_of_its_page(self, client):
        assert '<input type="hidden" name="kind" value="fact">' in flat(client, "kind=fact")

    def test_keeps_nothing_else(self, client):
        document = said("Le budget.").document.get_absolute_url()
        assert 'type="hidden"' not in flat(client, path=document)

    def test_keeps_the_time(self, client):
        page = flat(client, "as_of=2025-12-01", path="/en/")
        assert '<input type="hidden" name="as_of" value="2025-12-01">' in page


class TestWhatIsFound:
    def test_is_told_with_its_number(self, client):
        said("Le budget double.")
        said("Le canal ouvre.")
        page = flat(client, "q=budget")
        assert "<h1>Claims with “budget”</h1>" in page
        assert "1 claim<" in page
        assert "canal" not in page

    def test_is_marked_in_the_claim(self, client):
        said("les budgets doublent.")
        assert "Les <mark>budgets</mark> doublent." in flat(client, "q=budget")

    def test_is_marked_in_the_name_of_the_speaker(self, client):
        said("Deux écoles.", speaker=SpeakerFactory(name="Paul Durand"))
        assert (
            "Paul <mark>Durand</mark></bdi></a>" in flat(client, "q=durand").partition("found")[2]
        )

    def test_is_marked_in_the_source_sentence_where_the_wording_has_it_not(self, client):
        sentence = SentenceFactory(text="Il promet un téléphérique.")
        said("un téléphérique", wording="Le maire promet une cabine.", sentence=sentence)
        page = flat(client, "q=téléphérique")
        assert "Il promet un <mark>téléphérique</mark>." in page

    def test_has_no_sentence_where_the_claim_has_it_all(self, client):
        sentence = SentenceFactory(text="Il promet un téléphérique.")
        said("un téléphérique", wording="Un téléphérique.", sentence=sentence)
        assert "Il promet" not in flat(client, "q=téléphérique")

    def test_is_escaped(self, client):
        said("<script>alert(1)</script> budget")
        page = flat(client, "q=budget+<script>alert(2)</script>")
        assert "<script" not in page

    def test_may_be_nothing(self, client):
        said("Le budget.")
        page = flat(client, "q=xylophone")
        assert "0 claims" in page
        assert "No claim was found" in page

    def test_comes_with_speakers_and_documents_that_have_the_words(self, client):
        budget = SpeakerFactory(name="Commission du budget")
        PositionFactory(speaker=budget, title="commission parlementaire")
        said("Deux écoles.", speaker=budget)
        said("Rien.", sentence__snapshot__document__title="Budgets de la ville")
        page = flat(client, "q=budget")
        for text in ("Commission du <mark>budget</mark>", "<mark>Budgets</mark> de la ville"):
            assert text in page
        assert "commission parlementaire" in page.partition("1 claim")[0]

    def test_comes_with_nothing_that_is_not_public(self, client):
        SpeakerFactory(name="Commission du budget")
        DocumentFactory(title="Budgets de la ville")
        ClaimFactory(quote="Le budget double.")
        assert "<mark>" not in flat(client, "q=budget")

    def test_has_speakers_and_documents_on_its_first_page_only(self, client):
        budget = SpeakerFactory(name="Commission du budget")
        ClaimFactory.create_batch(21, accepted=True, speaker=budget)
        assert "Speakers and documents" in flat(client, "q=budget")
        assert "Speakers and documents" not in flat(client, "q=budget&page=2")

    def test_can_be_put_in_another_order(self, client):
        said("Le budget.")
        page = flat(client, "q=budget")
        assert hrefs(page, "the latest first") == ["/en/claims/?q=budget&amp;sort=latest"]
        back = flat(client, "q=budget&sort=latest")
        assert hrefs(back, "the best match first") == ["/en/claims/?q=budget"]


class TestASlip:
    def test_is_put_right_and_told_where_nothing_is_found(self, client):
        said("Le budget double.")
        page = flat(client, "q=budgte")
        assert "Nothing was found for “budgte”: this is for “budget”." in page
        assert "Le <mark>budget</mark> double." in page

    def test_keeps_the_filters(self, client):
        said("Le budget double.", kind="fact")
        assert "0 claims" in flat(client, "q=budgte&kind=opinion")

    def test_is_asked_about_where_little_is_found(self, client):
        said("Elle vote le budget.")
        for quote in ("Les volants tournent.", "Deux volants."):
            said(quote)
        page = flat(client, "q=votants+")
        assert "1 claim<" in page
        assert hrefs(page, "volants") == ["/en/claims/?q=volants"]

    def test_is_none_where_it_would_find_no_more(self, client):
        said("Le budget double.")
        assert "Did you mean" not in flat(client, "q=budgets")


class TestWordsNoClaimHasAllOf:
    def test_lead_to_what_has_most_of_them_which_is_told(self, client):
        said("Le budget de la défense double en cinq ans.")
        said("Le budget de la ville.")
        page = flat(client, "q=le+budget+de+la+défense+triple")
        assert "No claim has all of these words: “le budget de la défense triple”." in page
        assert "1 claim<" in page
        assert "Le <mark>budget</mark> de la <mark>défense</mark> double" in page

    def test_are_put_right_first(self, client):
        said("Le budget de la défense double en cinq ans.")
        said("Ce triple saut.")
        assert "1 claim<" in flat(client, "q=budgte+défense+triple")

    def test_keep_the_filters(self, client):
        said("Le budget de la défense double.", kind="fact")
        assert "0 claims" in flat(client, "q=budget+défense+triple&kind=opinion")

    def test_find_nothing_where_nothing_has_half_of_them(self, client):
        said("Le budget de la défense double.")
        page = flat(client, "q=canal+ouvre+demain+budget+")
        assert "No claim was found" in page


class TestTheFilters:
    def test_are_offered_with_their_numbers(self, client):
        said("Le budget.", kind="fact")
        page = flat(client, "q=budget")
        link = '<a href="/en/claims/?q=budget&amp;kind=fact" rel="nofollow">Fact</a> <span>1</span>'
        assert link in page

    def test_are_taken_back_by_a_link(self, client):
        said("Le budget.", kind="fact")
        page = flat(client, "q=budget&kind=fact")
        assert 'href="/en/claims/?q=budget" rel="nofollow"><span class="unseen">Remove:' in page

    def test_narrow_what_is_found(self, client):
        said("Le budget.", kind="fact")
        said("Le canal.", kind="opinion")
        page = flat(client, "kind=fact")
        assert ("Le budget." in page, "Le canal." in page) == (True, False)

    def test_are_kept_from_page_to_page(self, client):
        ClaimFactory.create_batch(21, accepted=True)
        assert 'href="?page=2&amp;kind=commitment"' in flat(client, "kind=commitment")

    def test_are_kept_in_the_other_language(self, client):
        assert 'href="/claims/?kind=fact" lang="fr"' in flat(client, "kind=fact")

    def test_of_several_speakers_are_in_the_address(self, client):
        ids = sorted(said(name).speaker.public_id for name in ("Un.", "Deux."))
        page = flat(client, f"speaker={ids[0]}&speaker={ids[1]}")
        address = f"/en/claims/?speaker={ids[0]}&amp;speaker={ids[1]}"
        assert f'rel="canonical" href="http://testserver{address}"' in page

    def test_of_a_merged_speaker_are_those_of_the_one_kept(self, client):
        merged, kept = (said(name).speaker for name in ("Un.", "Deux."))
        merge_speakers(merged, kept, UserFactory(role="chief"), "Le même.")
        page = flat(client, f"speaker={merged.public_id}")
        assert f"/en/claims/?speaker={kept.public_id}" in page
        assert "2 claims" in page


class TestSearchEngines:
    def test_index_the_list_of_all(self, client):
        page = flat(client)
        assert 'name="robots"' not in page
        assert 'rel="canonical" href="http://testserver/en/claims/"' in page

    def test_index_what_was_found_by_one_thing(self, client):
        said("Le budget.")
        assert 'name="robots"' not in flat(client, "q=budget")

    @pytest.mark.parametrize("query", ["q=rien", "q=budget&kind=fact"])
    def test_index_neither_nothing_nor_narrowed_searches_but_follow(self, client, query):
        said("Le budget.")
        assert '<meta name="robots" content="noindex, follow">' in flat(client, query)

    def test_are_told_what_is_shown(self, client):
        claim = said("Le budget.", speaker=SpeakerFactory(name="Jeanne Roux"))
        verify(claim, rating=RatingFactory(value="false"))
        page = flat(client, f"speaker={claim.speaker.public_id}&standing=false")
        assert "<title>Claims of Jeanne Roux, rated False – Constat</title>" in page
        assert 'name="description" content="Claims of Jeanne Roux, rated False: each' in page


class TestPages:
    @pytest.fixture(autouse=True)
    def _bound(self, monkeypatch):
        monkeypatch.setattr("sources.lists.BOUND", 4)
        monkeypatch.setattr("claims.query.BOUND", 4)
        monkeypatch.setattr("claims.facets.BOUND", 4)
        monkeypatch.setattr(BoundedPaginator, "bound", 4)
        monkeypatch.setattr(module, "PER_PAGE", 2)

    @pytest.mark.parametrize("query", ["", "q=promet"])
    def test_end_at_a_bound_that_is_told(self, client, query):
        ClaimFactory.create_batch(6, accepted=True)
        page = flat(client, f"{query}&page=2")
        assert "4+ claims" in page
        assert "Only the first 4 are listed: narrow the search" in page

    @pytest.mark.parametrize("number", ["0", "3", "999999"])
    def test_beyond_are_none(self, client, number):
        ClaimFactory.create_batch(6, accepted=True)
        assert client.get(PAGE, {"page": number}).status_code == 404

    def test_of_no_number_are_refused(self, client):
        answer = client.get(PAGE, {"page": "deux"})
        assert (answer.status_code, "“page”" in answer.content.decode()) == (400, True)


class TestWhatIsNotThere:
    @pytest.mark.parametrize("query", ["kinds=fact", "kind=rumour", "speaker=rien", "from=hier"])
    def test_is_refused_by_name(self, client, query):
        answer = client.get(f"{PAGE}?{query}&q=budget")
        page = answer.content.decode()
        assert answer.status_code == 400
        assert f"“{query.partition('=')[0]}”" in page
        assert 'href="/en/claims/?q=budget"' in page

    def test_leaves_a_box_for_another_search(self, client):
        assert 'role="search"' in client.get(PAGE, {"kinds": "fact"}).content.decode()

    def test_is_refused_in_the_language_of_the_page(self, client):
        assert "Il n’y a pas de paramètre" in client.get("/claims/?kinds=fact").content.decode()


HOSTILE = {
    "a megabyte": "a" * 1_000_000,
    "a megabyte of an address": "https://" + "a/" * 500_000,
    "ten thousand words": "mot " * 10_000,
    "as many phrases": '"a b" ' * 10_000,
    "punctuation": "!&|()<->*:'\"\\%_;--/**/",
    "a query of the database": "a & b | !c <-> (d:*)",
    "an open bracket": "(((((a",
    "an injection": "'; DROP TABLE claims_claim; --",
    "nothing": "\0",
    "an address with nothing in it": "https://journal.example/\0",
    "half a character": "\udcff",
    "right to left": "\u202ebudget\u202c",
    "zalgo": "b\u0335\u0322\u0321" * 200,
    "emoji": "🗳️" * 100,
    "only what is left out": "-budget -canal",
    "minus signs": "- -- ---",
    "quotation marks": '""" " "',
    "ideographs": "選挙" * 200,
}


class TestHostileQueries:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_are_answered(self, client, name):
        said("Le budget double.")
        query = HOSTILE[name].encode("utf-8", "surrogateescape")
        assert client.get(PAGE, {"q": query}).status_code == 200

    @pytest.mark.parametrize("name", ["speaker", "kind", "standing", "publisher", "from", "page"])
    @pytest.mark.parametrize("value", ["\0", "x" * 1_000_000, "' OR 1=1 --", "٣" * 30, "🗳"])
    def test_of_other_parameters_are_refused(self, client, name, value):
        answer = client.get(PAGE, {name: value})
        assert answer.status_code == 400
        assert len(answer.content) < 20_000

    def test_of_many_parameters_are_refused(self, client):
        query = "&".join(f"speaker={number}" for number in range(900))
        assert client.get(f"{PAGE}?{query}").status_code == 400


class TestASearchThatTakesTooLong:
    @pytest.fixture(autouse=True)
    def _slow(self, monkeypatch):
        def sleep(query, found):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(10)")

        monkeypatch.setattr(module, "facets", sleep)
        monkeypatch.setattr(module, "SECONDS", 0.05)

    def test_is_given_up_and_told(self, client):
        answer = client.get(PAGE, {"q": "budget"})
        assert (answer.status_code, "takes too long" in answer.content.decode()) == (503, True)

    def test_of_a_past_time_says_so(self, client):
        answer = client.get(PAGE, {"q": "budget", "as_of": "2025-12-01"})
        assert "past day is too large" in answer.content.decode()
        assert 'href="/en/claims/?as_of=2025-12-01"' in answer.content.decode()

    def test_leaves_the_next_query_its_time(self, client):
        client.get(PAGE, {"q": "budget"})
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)


class TestThePast:
    def test_is_searched_as_it_was(self, client):
        with record_clock(datetime(2025, 12, 10, 12, tzinfo=UTC)):
            claim = said("Le budget double.")
        with record_clock(datetime(2025, 12, 20, 12, tzinfo=UTC)):
            claim.quote = "Le canal double."
            claim.save()
        words = {day: flat(client, f"q=budget&as_of=2025-12-{day}") for day in ("01", "15", "25")}
        assert "Le <mark>budget</mark> double." in words["15"]
        assert [day for day in words if "0 claims" in words[day]] == ["01", "25"]

    def test_is_kept_in_every_link(self, client):
        with record_clock(datetime(2025, 12, 10, 12, tzinfo=UTC)):
            said("Le budget double.", kind="fact")
        page = flat(client, "q=budget&as_of=2025-12-15")
        assert hrefs(page, "Fact") == ["/en/claims/?q=budget&amp;kind=fact&amp;as_of=2025-12-15"]


def test_needs_as_many_queries_as_the_baseline_whatever_is_found(client, counted_queries):
    # Of a record of some size: the newest ids, which are read first, are not all there are.
    sql("ALTER SEQUENCE claims_claim_id_seq RESTART 1000000")
    claims = [said(f"Le budget {number} double.", kind="fact") for number in range(30)]
    for claim in claims[:5]:
        verify(claim, rating=RatingFactory(value="false"))
        PositionFactory(speaker=claim.speaker)
    with counted_queries("search"):
        shown(client, f"{PAGE}?q=budget+double+")
    asked = (
        f"kind=fact&standing=false&speaker={claims[0].speaker.public_id}&from=2025"
        f"&publisher={claims[0].document.publisher.public_id}"
    )
    with counted_queries("search with every filter"):
        shown(client, f"{PAGE}?q=budget+double+&{asked}")
    with counted_queries("search for what was misspelt"):
        shown(client, f"{PAGE}?q=budgte+double+")
