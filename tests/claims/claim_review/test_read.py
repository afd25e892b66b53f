import pytest

from claims.claim_review.read import read, reviews_in
from sources.refused import Refused
from tests.claims.claim_review.feeds import GOOGLE, REVIEW


def test_what_a_review_says_is_read():
    review = read(REVIEW)
    assert review.publisher == "Les Vérificateurs"
    assert review.site == "verif.test"
    assert review.claim_reviewed == "La mairie de Vernaz construira deux écoles avant l'été"
    assert (review.author_name, review.said_on.isoformat()) == ("Jeanne Roux", "2025-12-03")
    assert review.published_on.isoformat() == "2025-12-09"
    assert review.appearances == ["https://journal.test/ecoles", "https://reseau.test/p/1"]
    assert review.rating_text == "C’est plus compliqué"
    assert (review.rating_value, review.best_rating, review.worst_rating) == ("1", "5", "1")
    assert review.language == "fr"


def test_what_googles_tools_answer_is_read():
    (found,) = reviews_in({"claims": [GOOGLE]})
    review = read(found)
    assert (review.publisher, review.rating_text) == ("Les Vérificateurs", "Faux")
    assert (review.author_name, review.title) == ("Jeanne Roux", "Deux écoles à Vernaz ?")


@pytest.mark.parametrize(
    "nested",
    [
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "NewsArticle", "review": REVIEW},
        {"@type": "DataFeedItem", "item": [REVIEW]},
        REVIEW | {"@type": ["ClaimReview", "Review"]},
        REVIEW | {"@type": "https://schema.org/ClaimReview"},
    ],
)
def test_a_review_is_found_wherever_it_is_nested(nested):
    (found,) = reviews_in(nested)
    assert found["claimReviewed"] == REVIEW["claimReviewed"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"claimReviewed": " "}, "which claim"),
        ({"url": None}, "no address"),
        ({"url": "javascript:alert(1)"}, "is not a web address"),
        ({"author": {"@type": "Organization"}}, "whose review"),
    ],
)
def test_what_it_is_known_by_has_to_be_there(english, changes, why):
    with pytest.raises(Refused, match=why):
        read(REVIEW | changes)


def test_the_address_of_the_page_is_that_of_a_review_without_one():
    assert read(REVIEW | {"url": None}, "https://verif.test/p").url == "https://verif.test/p"


@pytest.mark.parametrize(
    ("changes", "publisher"),
    [
        ({"author": "Les Vérificateurs"}, "Les Vérificateurs"),
        ({"author": [{"@type": "Organization", "name": "A"}, {"name": "B"}]}, "A"),
        ({"author": {"@type": "Person", "name": "Zoé"}, "publisher": {"name": "A"}}, "A"),
        ({"author": {"@type": "Person", "name": "Zoé"}}, "Zoé"),
    ],
)
def test_whose_review_it_is_is_read_however_it_is_written(changes, publisher):
    assert read(REVIEW | changes).publisher == publisher


@pytest.mark.parametrize("odd", [None, [], "x", 3, {}, [None], {"@type": 3}, {"author": [[]]}])
@pytest.mark.parametrize("name", ["itemReviewed", "reviewRating", "datePublished", "inLanguage"])
def test_anything_may_stand_where_something_else_is_expected(name, odd):
    assert read(REVIEW | {name: odd}).claim_reviewed


def test_a_date_that_is_none_is_left_out():
    assert read(REVIEW | {"datePublished": "hier"}).published_on is None


def test_an_address_keeps_its_parameters_and_a_text_loses_its_entities():
    url = "https://verif.test/?a=1&section=2&copy=3"
    review = read(
        REVIEW | {"url": url.replace("&section", "&amp;section"), "headline": "A &amp; B"}
    )
    assert (review.url, review.title) == (url, "A & B")


def test_the_site_is_the_host_without_what_else_an_address_has():
    assert read(REVIEW | {"url": "https://moi@www.Verif.test:8443/x"}).site == "verif.test"


def test_a_rating_that_is_only_a_word_is_kept():
    assert read(REVIEW | {"reviewRating": "Faux"}).rating_text == "Faux"


def test_what_a_review_only_names_is_looked_up_beside_it():
    graph = [
        REVIEW | {"author": {"@id": "#us"}, "itemReviewed": {"@id": "#claim"}},
        {"@id": "#us", "@type": "Organization", "name": "Les Vérificateurs"},
        {"@id": "#claim", "@type": "Claim", "author": {"@id": "#her"}},
        {"@id": "#her", "@type": "Person", "name": "Jeanne Roux", "sameAs": {"@id": "#claim"}},
    ]
    (found,) = reviews_in({"@graph": graph})
    review = read(found)
    assert (review.publisher, review.author_name) == ("Les Vérificateurs", "Jeanne Roux")
