"""Lists of the desk: counted to a bound, in orders an index carries, never all by mistake."""

import pytest
from django.urls import reverse
from django.utils import translation

from sources import lists
from sources.models import Document
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, DocumentFactory, PublisherFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:sources_document_changelist")


def listed(client, query="", name="admin:sources_document_changelist"):
    with translation.override("en"):
        return client.get(f"{reverse(name)}?{query}")


def shown(answer) -> list:
    return list(answer.context["cl"].result_list)


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def bound(monkeypatch):
    """Lists count to three, and show two a page."""
    monkeypatch.setattr(lists, "BOUND", 3)
    monkeypatch.setattr(lists.BoundedPaginator, "bound", 3)
    monkeypatch.setattr("sources.admin.DocumentAdmin.list_per_page", 2)


def test_a_list_says_that_there_is_more_than_it_counts(admin_client, bound):
    DocumentFactory.create_batch(5)
    page = listed(admin_client).content.decode()
    assert "More than 3: filter or search to see the others." in page


def test_a_list_says_how_many_there_are_where_it_counts_them(admin_client, bound):
    DocumentFactory.create_batch(3)
    page = listed(admin_client).content.decode()
    assert "3\n    documents" in page
    assert "More than" not in page


def test_pages_end_where_counting_does(admin_client, bound):
    documents = DocumentFactory.create_batch(5)
    last = listed(admin_client, "p=99")
    assert (last.context["cl"].page_num, shown(last)) == (2, [documents[2]])


def test_an_act_on_all_is_one_on_what_is_counted(admin_client, bound, monkeypatch):
    monkeypatch.setattr("sources.desk.BOUND", 3)
    DocumentFactory.create_batch(5)
    data = {"action": "delete_selected", "_selected_action": [1], "select_across": "1", "post": "y"}
    admin_client.post(LIST, data)
    assert Document.objects.count() == 2


@pytest.mark.parametrize("page", ["0", "-1", "x"])
def test_a_page_that_is_none_is_the_first(admin_client, bound, page):
    documents = DocumentFactory.create_batch(5)
    assert shown(listed(admin_client, f"p={page}")) == documents[:2:-1]


def test_a_list_is_in_the_order_of_its_rows(admin_client):
    days = [PartialDate.parse(day) for day in ("2024", "2026", "2025")]
    first, second, third = (DocumentFactory(published_on=day) for day in days)
    undated = DocumentFactory(published_on=None)
    assert shown(listed(admin_client, "o=-3")) == [second, third, first, undated]
    assert shown(listed(admin_client, "o=3")) == [undated, first, third, second]


def test_an_order_that_no_index_carries_is_not_taken(admin_client):
    documents = [DocumentFactory(title=title) for title in "bca"]
    assert shown(listed(admin_client, "o=1")) == documents[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "kind__exact=novel",
        "publisher__id__exact=999999",
        "publisher__id__exact=x",
        "published_on_from=yesterday",
        "nothing__exact=1",
        "publisher__name__startswith=a",
        "kind__exact=article&kind__regex=(",
    ],
)
def test_a_filter_that_no_longer_holds_says_so_and_shows_nothing(admin_client, query):
    DocumentFactory()
    answer = listed(admin_client, query)
    assert (answer.status_code, shown(answer)) == (200, [])
    assert told(answer) == [
        "Nothing is listed: these filters ask for something that is no longer there."
    ]


def test_an_empty_filter_is_none(admin_client):
    document = DocumentFactory()
    empty = "kind__exact=&publisher__id__exact=&published_on_from=&published_on_to="
    assert shown(listed(admin_client, empty)) == [document]


@pytest.mark.parametrize(
    ("period", "dates"),
    [
        ("published_on_from=2025-12-03", ["2025", "2025-12", "2025-12-03", "2026"]),
        ("published_on_to=2025-12-02", ["2024", "2025", "2025-11", "2025-12", "2025-12-02"]),
        (
            "published_on_from=2025-12-02&published_on_to=2025-12-02",
            ["2025", "2025-12", "2025-12-02"],
        ),
        ("published_on_from=2026-01-01&published_on_to=2026-01-01", ["2026"]),
    ],
)
def test_a_period_has_every_date_that_overlaps_it(admin_client, period, dates):
    every = ["2024", "2025", "2025-12", "2025-11", "2025-12-02", "2025-12-03", "2026"]
    for date in every:
        DocumentFactory(published_on=PartialDate.parse(date))
    DocumentFactory(published_on=None)
    found = {document.published_on.isoformat() for document in shown(listed(admin_client, period))}
    assert sorted(found) == [date for date in sorted(every) if date in dates]


def test_a_list_of_a_period_is_in_its_order(admin_client):
    later, earlier = (DocumentFactory(published_on=PartialDate.parse(d)) for d in ("2025", "2024"))
    assert shown(listed(admin_client, "published_on_from=2020-01-01")) == [later, earlier]


def test_no_filter_lists_the_rows_of_a_table_that_grows(admin_client):
    publisher, document = PublisherFactory(name="Zyx"), DocumentFactory(title="Wvu")
    ClaimFactory()
    page = listed(admin_client, name="admin:claims_claim_changelist").content.decode()
    assert not [row for row in (publisher.name, document.title) if row in page]


def test_what_a_filter_was_set_to_is_shown(admin_client):
    publisher = DocumentFactory().publisher
    DocumentFactory()
    answer = listed(admin_client, f"publisher__id__exact={publisher.pk}")
    assert (
        f'<option value="{publisher.pk}" selected>{publisher}</option>' in answer.content.decode()
    )


def test_a_slip_in_a_search_is_put_right_and_told(admin_client):
    document = DocumentFactory(title="La réforme des retraites")
    answer = listed(admin_client, "q=retriates")
    assert shown(answer) == [document]
    assert told(answer) == ["Nothing was found for “retriates”: this is for “retraites”."]


def test_a_slip_is_put_right_in_suggestions_without_a_word(admin_client):
    publisher = PublisherFactory(name="Le Courrier")
    where = "app_label=sources&model_name=document&field_name=publisher"
    address = f"{reverse('admin:autocomplete')}?{where}&term=Corrier"
    assert admin_client.get(address).json()["results"] == [
        {"id": str(publisher.pk), "text": "Le Courrier"}
    ]
    assert told(listed(admin_client)) == []
