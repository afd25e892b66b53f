import json

import pytest

from claims.claim_review import run
from claims.claim_review.run import take_in
from claims.models import Claim, ClaimReview, Import, ImportPart
from sources.models import Fetch, Publisher
from sources.versions import history
from tests.claims.claim_review.feeds import REVIEW, brought, feed, imported, other, page
from tests.factories import RatingFactory, SpeakerFactory, UserFactory
from tests.web import answer

pytestmark = pytest.mark.django_db


def counts(import_: Import) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return import_.added, import_.changed, import_.unchanged, import_.refused


def test_a_review_keeps_their_rating_beside_ours():
    ours = RatingFactory(value="imprecise")
    imported(feed(REVIEW))
    review = ClaimReview.objects.get()
    assert (review.rating_text, review.rating) == ("C’est plus compliqué", ours)
    assert (review.rating_value, review.best_rating, review.worst_rating) == ("1", "5", "1")


def test_where_it_was_read_and_the_json_as_it_was_are_kept():
    import_ = imported(feed(REVIEW), name="feed.json")
    review = ClaimReview.objects.get()
    assert review.item == REVIEW
    assert (review.read_from, review.sha256) == ("feed.json", import_.sha256)
    (change,) = history(review)
    assert (change.user, change.reason.endswith("feed.json")) == (import_.made_by, True)


def test_a_rating_that_is_not_on_our_scale_stays_without():
    RatingFactory()
    imported(feed(REVIEW | {"reviewRating": {"alternateName": "Quatre Pinocchios"}}))
    assert ClaimReview.objects.get().rating is None


def test_nothing_of_it_is_a_claim_of_ours():
    imported(feed(REVIEW))
    assert not Claim.objects.exists()


def test_the_publisher_is_a_fact_checker_unless_it_is_known():
    known = Publisher.objects.create(name="Le Journal", kind="newspaper")
    imported(feed(REVIEW, other(2, author={"name": "Le Journal"})))
    assert Publisher.objects.get(name="Les Vérificateurs").kind == Publisher.Kind.FACT_CHECKER
    known.refresh_from_db()
    assert known.kind == "newspaper"


def test_the_speaker_is_ours_where_only_one_bears_the_name():
    speaker = SpeakerFactory(name="Jeanne Roux")
    imported(feed(REVIEW))
    review = ClaimReview.objects.get()
    assert (review.speaker, review.author_name) == (speaker, "Jeanne Roux")


def test_a_speaker_whose_name_two_bear_is_not_guessed():
    SpeakerFactory(name="Jeanne Roux")
    SpeakerFactory(name="Jeanne Roux")
    imported(feed(REVIEW))
    assert ClaimReview.objects.get().speaker is None


def test_the_same_again_changes_nothing():
    RatingFactory()
    imported(feed(REVIEW, other(2)))
    versions = len(history(ClaimReview.objects.first()))
    assert counts(imported(feed(REVIEW, other(2)))) == (0, 0, 2, 0)
    assert len(history(ClaimReview.objects.first())) == versions


def test_what_they_say_otherwise_now_is_changed_and_history_keeps_what_it_was():
    imported(feed(REVIEW))
    corrected = REVIEW | {"reviewRating": {"alternateName": "Vrai"}}
    assert counts(imported(feed(corrected))) == (0, 1, 0, 0)
    review = ClaimReview.objects.get()
    assert (review.rating_text, review.item) == ("Vrai", corrected)
    assert len(history(review)) == 2


def test_a_rating_an_editor_gave_stays():
    ours = RatingFactory(value="false")
    imported(feed(REVIEW))
    ClaimReview.objects.update(rating=ours, rated_by=UserFactory())
    imported(feed(REVIEW | {"reviewRating": {"alternateName": "Imprécis"}}))
    assert ClaimReview.objects.get().rating == ours


def test_a_bad_item_is_told_by_its_number_and_the_rest_is_taken(english):
    import_ = imported(feed(REVIEW, other(2, claimReviewed=""), {"@type": "Thing"}, other(4)))
    assert counts(import_) == (2, 0, 0, 2)
    assert [(row.number, row.problems[0]["sentence"]) for row in import_.rows.all()] == [
        (2, "it does not say which claim it reviews (claimReviewed)"),
        (3, "it holds no ClaimReview"),
    ]


def test_of_two_that_differ_in_one_file_the_first_counts():
    twice = feed(REVIEW, REVIEW | {"reviewRating": {"alternateName": "Vrai"}}, REVIEW)
    assert counts(imported(twice)) == (1, 0, 1, 1)
    assert counts(imported(twice)) == (0, 0, 2, 1)


def test_broken_off_it_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(run, "BATCH", 2)
    import_ = brought(feed(*(other(number) for number in range(5))))
    keep, kept = run.keep, []

    def break_off(reviews, source):
        if kept:
            raise KeyboardInterrupt
        kept.append(len(reviews))
        return keep(reviews, source)

    monkeypatch.setattr(run, "keep", break_off)
    with pytest.raises(KeyboardInterrupt):
        take_in(import_)
    monkeypatch.setattr(run, "keep", keep)
    again = Import.objects.get(pk=import_.pk)
    assert (again.seen, again.added) == (2, 2)
    take_in(again)
    assert (again.state, again.added, again.unchanged) == (Import.State.DONE, 5, 0)


def test_what_came_before_a_break_in_the_file_is_kept(english):
    import_ = imported(json.dumps([REVIEW, other(2), other(3)]).encode()[:-9])
    assert import_.state == Import.State.FAILED
    assert import_.reason.startswith("it is no JSON after item 2")
    assert ClaimReview.objects.count() == 2


def test_its_file_is_let_go_of_when_it_is_read():
    imported(feed(REVIEW))
    assert not ImportPart.objects.exists()


def test_it_takes_as_many_queries_for_many_items_as_for_a_few(django_assert_max_num_queries):
    import_ = brought(feed(*(other(number) for number in range(100))))
    with django_assert_max_num_queries(30):
        take_in(import_)


def test_a_page_may_carry_several_in_several_scripts():
    graph = {"@graph": [{"@type": "WebPage"}, REVIEW, other(2)]}
    import_ = imported(page(json.dumps(graph), json.dumps([other(3), other(4)])))
    assert counts(import_) == (4, 0, 0, 0)


@pytest.mark.parametrize("odd", ["1e999", "-1e999", "9" * 5000, "[" * 900 + "]" * 900, '"\\u0000"'])
@pytest.mark.parametrize("of_a_page", [True, False])
def test_no_value_breaks_the_reading_off(odd, of_a_page):
    script = json.dumps(REVIEW | {"odd": 0}).replace('"odd": 0', f'"odd": {odd}')
    content = page(script, json.dumps(other(2))) if of_a_page else f"[{script}]".encode()
    import_ = imported(content)
    assert import_.state in (Import.State.DONE, Import.State.FAILED)
    assert ClaimReview.objects.filter(url=other(2)["url"]).exists() == of_a_page


def of_address(url: str) -> Import:
    kind, state = Import.Kind.CLAIM_REVIEWS, Import.State.IMPORTING
    return Import.objects.create(kind=kind, state=state, name=url)


@pytest.mark.django_db(transaction=True)
def test_the_reviews_of_a_page_are_fetched_and_the_attempt_is_kept(web):
    nested = {"@type": "NewsArticle", "review": REVIEW | {"url": None}}
    url = f"{web.origin}/ecoles"
    web.pages["/ecoles"] = answer(page(json.dumps(nested)), Content_Type="text/html")
    import_ = of_address(url)
    take_in(import_)
    review = ClaimReview.objects.get()
    assert (review.url, review.read_from) == (url, url)
    assert review.sha256 == Fetch.objects.get(url=url).sha256


@pytest.mark.django_db(transaction=True)
def test_an_address_that_may_not_be_fetched_is_refused_in_a_sentence():
    import_ = of_address("http://127.0.0.1/feed.json")
    take_in(import_)
    assert import_.state == Import.State.FAILED
    assert import_.reason
