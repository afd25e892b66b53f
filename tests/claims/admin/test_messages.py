"""What readers wrote, at the desk."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import roles
from claims.admin.dashboard import piles
from claims.merge import merge_claims
from claims.models import Message, Sender
from tests.claims.admin.forms import address, press
from tests.factories import ClaimFactory, MessageFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LIST = "admin:claims_message_changelist"


def page(client, message) -> str:
    return client.get(address(message)).content.decode()


def test_one_shows_what_was_written_and_by_whom(admin_client):
    message = MessageFactory(text="Le maire a promis <deux> écoles.", address="https://a.test/1")
    Sender.objects.create(message=message, name="Ida", email="ida@journal.test")
    shown = page(admin_client, message)
    texts = ("promis &lt;deux&gt; écoles", "https://a.test/1", "Ida · ida@journal.test")
    assert [text for text in texts if text not in shown] == []


def test_of_one_whose_sender_was_erased_that_is_said(admin_client):
    assert "not said, or erased since" in page(admin_client, MessageFactory())


@pytest.mark.parametrize(
    ("step", "status"),
    [("take_in_hand", "in_hand"), ("mark_answered", "answered"), ("mark_spam", "spam")],
)
def test_a_step_says_who_took_it_and_when(admin_client, admin_user, step, status):
    message = MessageFactory()
    press(admin_client, message, step, reason="Vu avec la maire.")
    message.refresh_from_db()
    assert (message.status, message.handled_by) == (status, admin_user)
    assert message.handled_at is not None
    history = admin_client.get(address(message, "history")).content.decode()
    assert "Vu avec la maire." in history


def test_one_is_put_back_among_the_new_ones(admin_client):
    message = MessageFactory()
    press(admin_client, message, "take_in_hand")
    press(admin_client, message, "put_back")
    message.refresh_from_db()
    assert (message.status, message.handled_by, message.handled_at) == ("new", None, None)


def test_a_step_that_changes_nothing_is_not_offered(admin_client):
    shown = page(admin_client, MessageFactory())
    offered = [step for step in ("take_in_hand", "mark_spam", "put_back") if f"_{step}" in shown]
    assert offered == ["take_in_hand", "mark_spam"]


def test_several_are_spam_at_once(admin_client):
    selected = [MessageFactory().pk, MessageFactory().pk]
    other = MessageFactory()
    action = {"action": "mark_selected_spam", "_selected_action": selected}
    admin_client.post(reverse(LIST), action)
    assert list(Message.objects.new()) == [other]


def test_the_list_is_filtered_by_status_and_kind(admin_client):
    new, reply = MessageFactory(), MessageFactory(kind="reply")
    answered = MessageFactory()
    press(admin_client, answered, "mark_answered")
    for query, expected in (
        ("status__exact=new", {new, reply}),
        ("status__exact=new&kind__exact=reply", {reply}),
        ("status__exact=answered", {answered}),
    ):
        assert (
            set(admin_client.get(f"{reverse(LIST)}?{query}").context["cl"].result_list) == expected
        )


class TestWhatWaits:
    def test_is_counted_in_the_menu_and_on_the_first_page(self, rf, admin_client, admin_user):
        MessageFactory()
        request = rf.get("/")
        request.user = admin_user
        waits = {pile.title: str(pile.waiting) for pile in piles(request)}
        assert waits["Messages from readers"] == "1"
        menu = admin_client.get(reverse(LIST)).context["sidebar_navigation"]
        badges = {item["title"]: item.get("badge_callback") for item in menu[0]["items"]}
        assert str(badges["Messages from readers"]) == "1"

    @pytest.mark.parametrize("number", [0, 1])
    def test_has_a_mark_in_the_menu_where_there_is_any(self, admin_client, number):
        MessageFactory.create_batch(number)
        page = admin_client.get(reverse(LIST)).content.decode()
        assert page.count("rounded-xs text-center text-[11px]") == number

    def test_is_not_counted_for_whoever_may_not_see_it(self, rf):
        request = rf.get("/")
        request.user = UserFactory(role=roles.CONTRIBUTOR)
        assert "Messages from readers" not in [pile.title for pile in piles(request)]


class TestWhatItLeadsTo:
    def test_is_the_thing_to_be_corrected(self, admin_client):
        claim = ClaimFactory(accepted=True)
        about = f"https://constat.example{claim.get_absolute_url()}?as_of=2026-01-01"
        shown = page(admin_client, MessageFactory(kind="correction", address=about))
        add = f"{reverse('admin:claims_correction_add')}?claim={claim.pk}&amp;kind=error"
        assert [link for link in (address(claim), add) if f'href="{link}"' not in shown] == []

    def test_is_the_one_it_was_merged_into(self, admin_client):
        first, last = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
        about = first.get_absolute_url()
        merge_claims(first, last, UserFactory(role="chief"), "C’est la même.")
        shown = page(admin_client, MessageFactory(kind="correction", address=about))
        assert f'href="{address(last)}"' in shown

    def test_is_a_right_of_reply(self, admin_client):
        verification = VerificationFactory(published=True)
        reply = MessageFactory(kind="reply", address=verification.get_absolute_url())
        add = reverse("admin:claims_correction_add")
        query = f"verification={verification.pk}&kind=right_of_reply"
        assert f"{add}?{query}".replace("&", "&amp;") in page(admin_client, reply)
        form = admin_client.get(f"{add}?{query}").context["adminform"].form
        assert form.initial["kind"] == "right_of_reply"

    @pytest.mark.parametrize(
        ("given", "field", "filled_in"),
        [
            ({"address": "https://a.test/1"}, "addresses", "https://a.test/1"),
            ({"text": "Le maire a promis deux écoles."}, "text", "Le maire a promis deux écoles."),
        ],
    )
    def test_is_the_article_of_a_claim(self, admin_client, given, field, filled_in):
        message = MessageFactory(kind="claim", **given)
        add = f"{reverse('admin:sources_submission_add')}?message={message.pk}"
        assert f'href="{add}"' in page(admin_client, message)
        assert admin_client.get(add).context["form"][field].value() == filled_in

    def test_is_nothing_where_its_address_is_of_no_row(self, admin_client):
        shown = page(
            admin_client, MessageFactory(kind="correction", address="https://a.test/claims/x")
        )
        assert reverse("admin:claims_correction_add") not in shown


@pytest.mark.parametrize(
    ("role", "seen"),
    [(roles.CONTRIBUTOR, 403), (roles.EDITOR, 200), (roles.CHIEF, 200)],
)
def test_only_editors_read_who_wrote(client, role, seen):
    message = MessageFactory()
    client.force_login(UserFactory(role=role))
    assert client.get(reverse(LIST)).status_code == seen
    assert client.get(address(message)).status_code == seen
    article = client.get(f"{reverse('admin:sources_submission_add')}?message={message.pk}")
    assert message.text not in article.content.decode() or seen == 200


def test_nobody_changes_what_was_written(admin_client):
    message = MessageFactory()
    admin_client.post(address(message), {"text": "Autre chose."})
    message.refresh_from_db()
    assert message.text != "Autre chose."


MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        ("reply", MONDAY, date(2026, 3, 5)),
        ("erasure", MONDAY, date(2026, 4, 2)),
        ("rectification", datetime(2027, 1, 31, 10, tzinfo=UTC), date(2027, 2, 28)),
        ("correction", MONDAY, None),
        ("other", MONDAY, None),
    ],
)
def test_the_law_says_by_when_one_is_answered(kind, received, due):
    assert Message(kind=kind, received_at=received).due_on == due


@pytest.mark.parametrize("status", ["answered", "spam"])
def test_one_that_is_done_with_is_due_no_more(status):
    assert Message(kind="erasure", received_at=MONDAY, status=status).due_on is None


@pytest.mark.parametrize(
    ("days", "said"), [(0, "3 days left"), (2, "1 day left"), (5, "2 days late")]
)
def test_the_list_tells_how_many_days_are_left(admin_client, days, said):
    MessageFactory(kind="reply", received_at=timezone.now() - timedelta(days=days))
    assert said in admin_client.get(reverse(LIST)).content.decode()


def test_one_on_personal_data_leads_to_redacting_the_document(admin_client):
    claim = ClaimFactory(accepted=True)
    message = MessageFactory(kind="erasure", address=claim.get_absolute_url())
    lead = f"{reverse('admin:sources_redaction_add')}?document={claim.document.pk}"
    assert lead in page(admin_client, message)
