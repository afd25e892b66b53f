"""Saved filters: one's own or the team's, opened from the top of their list."""

import pytest
from django.urls import reverse

from claims import roles
from sources.models import SavedFilter
from tests.factories import DocumentFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:sources_document_changelist")
SAVE = reverse("admin:sources_document_save_filter")
QUERY = "kind__exact=article&q=budget"


@pytest.fixture
def editor(client):
    user = UserFactory()
    client.force_login(user)
    return user


def saved(owner, **fields) -> SavedFilter:
    fields = {"name": "À lire", "listing": "sources.document", "query": QUERY} | fields
    return SavedFilter.objects.create(owner=owner, **fields)


def save(client, **fields):
    data = {"name": "À lire", "query": QUERY} | fields
    return client.post(f"/en{SAVE}", data, follow=True)


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def change(row) -> str:
    return reverse("admin:sources_savedfilter_change", args=[row.pk])


def test_the_filters_of_a_list_are_saved_under_a_name(client, editor):
    answer = save(client)
    assert told(answer) == ["“À lire” is saved: it is at the top of this list."]
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.listing, kept.query, kept.shared) == (
        editor, "sources.document", QUERY, False,
    )  # fmt: skip


def test_it_is_opened_from_the_top_of_its_list(client, editor):
    saved(editor)
    page = client.get(LIST).content.decode()
    assert f'href="?{QUERY.replace("&", "&amp;")}"' in page


def test_the_open_one_is_told(client, editor):
    saved(editor)
    assert 'aria-current="page">À lire' in " ".join(
        client.get(f"{LIST}?q=budget&kind__exact=article").content.decode().split()
    )


def test_other_lists_do_not_have_it(client, editor):
    saved(editor)
    assert "À lire" not in client.get(reverse("admin:claims_claim_changelist")).content.decode()


@pytest.mark.parametrize(
    "junk", ["&p=3", "&all=", "&e=1", "&_popup=1", "&publisher__id__exact=", "&_facets=True"]
)
def test_what_is_no_filter_is_not_kept(client, editor, junk):
    save(client, query=QUERY + junk)
    assert SavedFilter.objects.get().query == QUERY


def test_the_order_is_kept(client, editor):
    save(client, query="o=-3")
    assert SavedFilter.objects.get().query == "o=-3"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Nothing was saved: give it a name, of 80 characters at most."),
        ({"name": "x" * 81}, "Nothing was saved: give it a name, of 80 characters at most."),
        ({"query": ""}, "Nothing was saved: filter or search the list first."),
        ({"query": "p=3"}, "Nothing was saved: filter or search the list first."),
        ({"query": f"q={'x' * 3000}"}, "Nothing was saved: these filters are too long."),
        (
            {"query": "kind__exact=novel"},
            "Nothing is listed: these filters ask for something that is no longer there.",
        ),
    ],
)
def test_what_cannot_be_saved_is_told(client, editor, fields, said):
    assert said in told(save(client, **fields))
    assert not SavedFilter.objects.exists()


def test_the_same_name_replaces_what_was_saved(client, editor):
    save(client)
    save(client, query="q=impôts", shared="on")
    kept = SavedFilter.objects.get()
    assert (kept.query, kept.shared) == ("q=imp%C3%B4ts", True)


def test_two_people_have_one_of_the_same_name(client, editor):
    saved(UserFactory(), shared=True)
    save(client)
    assert SavedFilter.objects.count() == 2


def test_what_is_not_shared_is_seen_by_its_owner_alone(client, editor):
    private = saved(UserFactory(), name="Privé")
    saved(UserFactory(), name="Commun", shared=True)
    page = client.get(LIST).content.decode()
    assert ("Privé" in page, "Commun" in page) == (False, True)
    assert client.get(change(private)).status_code == 302


def test_it_is_renamed_shared_and_deleted_by_its_owner(client, editor):
    kept = saved(editor)
    client.post(change(kept), {"name": "Plus tard", "shared": "on"})
    kept.refresh_from_db()
    assert (kept.name, kept.shared) == ("Plus tard", True)
    client.post(reverse("admin:sources_savedfilter_delete", args=[kept.pk]), {"post": "yes"})
    assert not SavedFilter.objects.exists()


def test_a_name_taken_is_refused_in_words(client, editor):
    saved(editor, name="Plus tard")
    answer = client.post(change(kept := saved(editor)), {"name": "Plus tard"})
    assert answer.context["adminform"].form.errors
    kept.refresh_from_db()
    assert kept.name == "À lire"


def test_what_is_shared_is_changed_by_its_owner_alone(client, editor):
    shared = saved(UserFactory(role=roles.CHIEF), shared=True)
    assert client.get(change(shared)).status_code == 200
    assert client.post(change(shared), {"name": "x"}).status_code == 403
    delete = reverse("admin:sources_savedfilter_delete", args=[shared.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert SavedFilter.objects.get().name == "À lire"


def test_one_selected_with_others_is_not_deleted_with_them(client, editor):
    shared = saved(UserFactory(), shared=True)
    data = {"action": "delete_selected", "_selected_action": [shared.pk], "post": "yes"}
    client.post(reverse("admin:sources_savedfilter_changelist"), data)
    assert SavedFilter.objects.exists()


def test_whoever_may_not_see_a_list_saves_nothing_of_it(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="x", is_staff=True))
    assert client.post(SAVE, {"name": "x", "query": QUERY}).status_code == 403


def test_it_is_saved_by_post_only(client, editor):
    assert client.get(SAVE).status_code == 405


def test_one_whose_filters_no_longer_hold_says_so(client, editor):
    document = DocumentFactory()
    kept = saved(editor, query=f"publisher__id__exact={document.publisher.pk + 1000}")
    answer = client.get(f"{LIST}?{kept.query}")
    assert list(answer.context["cl"].result_list) == []
    assert len(told(answer)) == 1


def test_all_of_them_are_listed_with_where_they_lead(client, editor):
    saved(editor)
    page = client.get(reverse("admin:sources_savedfilter_changelist")).content.decode()
    assert f"{LIST}?{QUERY}".replace("&", "&amp;") in page
