from datetime import timedelta

import pytest
from django.urls import reverse

from background.models import Job
from claims import roles
from claims.jobs import have_entry_taken_in, have_polled
from sources.models import Entry, Feed
from tests.claims.admin.forms import address, send, told
from tests.factories import (
    NOON,
    EntryFactory,
    FeedFactory,
    PollingFactory,
    SnapshotFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FEEDS = "/en/admin/sources/feed/"
ENTRIES = "/en/admin/sources/entry/"
ADD = "/en/admin/sources/feed/add/"
URL = "https://journal.test/rss"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory())
    return client


@pytest.fixture
def contributor(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    return client


def failing(**fields):
    return PollingFactory(failures=3, reason="the site is out of order", **fields).feed


def act(client, page, action, *rows):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(page, chosen, follow=True)


def polled() -> list[int]:
    """The feeds that are queued to be polled."""
    jobs = Job.objects.filter(task_name="poll", status="todo")
    return [job.args["feed_id"] for job in jobs]


def taken_in() -> list[int]:
    jobs = Job.objects.filter(task_name="take_in_entry", status="todo")
    return [job.args["entry_id"] for job in jobs]


class TestAdding:
    def test_one_is_polled_at_once(self, editor):
        editor.post(ADD, {"url": "HTTPS://Journal.test/rss#haut", "active": "on"})
        feed = Feed.objects.get()
        assert (feed.url, polled()) == (URL, [feed.pk])

    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            ("http://localhost/rss", "public web"),
            ("http://10.0.0.1:8080/rss", "port 8080"),
            ("https://a:b@journal.test/rss", "password"),
            ("file:///etc/passwd", "valid URL"),
        ],
    )
    def test_what_may_not_be_fetched_is_told(self, editor, url, reason):
        errors = editor.post(ADD, {"url": url, "active": "on"}).context["adminform"].form.errors
        assert reason in str(errors["url"])

    def test_one_that_is_there_is_told(self, editor):
        FeedFactory(url=URL)
        answer = editor.post(ADD, {"url": "https://JOURNAL.test/rss", "active": "on"})
        assert "already exists" in str(answer.context["adminform"].form.errors)

    def test_one_that_is_paused_is_not_polled(self, editor):
        editor.post(ADD, {"url": URL})
        assert (Feed.objects.get().active, polled()) == (False, [])


class TestList:
    def test_it_tells_how_polling_goes(self, editor):
        failing(due_at=NOON + timedelta(hours=4))
        page = editor.get(FEEDS).content.decode()
        assert "the site is out of order" in page
        assert "failing" in page
        assert "Dec. 8, 2025, 5 p.m." in page

    @pytest.mark.parametrize("state", ["polled", "failing", "new", "paused"])
    def test_it_can_be_narrowed_to_a_state(self, editor, state):
        PollingFactory(feed__title="Feed polled")
        failing(feed__title="Feed failing")
        FeedFactory(title="Feed new")
        FeedFactory(title="Feed paused", active=False)
        page = editor.get(FEEDS, {"state": state}).content.decode()
        shown = {name for name in ("polled", "failing", "new", "paused") if f"Feed {name}" in page}
        assert shown == {state}

    def test_one_that_its_site_gave_up_fails(self, editor):
        failing(feed__title="Le Jour", feed__active=False)
        assert "Le Jour" in editor.get(FEEDS, {"state": "failing"}).content.decode()
        assert "Le Jour" not in editor.get(FEEDS, {"state": "paused"}).content.decode()

    def test_it_leads_to_the_entries(self, editor):
        feed = EntryFactory().feed
        EntryFactory()
        assert f"{ENTRIES}?feed__id__exact={feed.pk}" in editor.get(FEEDS).content.decode()
        page = editor.get(ENTRIES, {"feed__id__exact": feed.pk})
        assert [entry.feed for entry in page.context["cl"].result_list] == [feed]

    def test_needs_as_many_queries_as_the_baseline(self, editor, counted_queries):
        for _feed in range(10):
            EntryFactory(feed=failing())
        with counted_queries("admin feed list"):
            editor.get(FEEDS)


class TestActions:
    def test_polls_now(self, editor):
        feed, paused = FeedFactory(), FeedFactory(active=False)
        answer = act(editor, FEEDS, "poll_now", feed, paused)
        assert (polled(), told(answer)) == ([feed.pk], ["1 feed is polled in the background."])

    def test_pauses(self, editor):
        feed = failing()
        act(editor, FEEDS, "pause", feed)
        assert not Feed.objects.get().active

    def test_what_is_paused_fails_no_longer(self, editor):
        act(editor, FEEDS, "pause", failing(feed__active=False))
        assert Feed.objects.get().polling.failures == 0

    def test_polls_again_what_is_paused(self, editor):
        feed, other = FeedFactory(active=False), FeedFactory()
        act(editor, FEEDS, "resume", feed, other)
        assert (Feed.objects.filter(active=True).count(), polled()) == (2, [feed.pk])

    @pytest.mark.parametrize("action", ["poll_now", "pause", "resume"])
    def test_a_contributor_does_none(self, contributor, action):
        feeds = [FeedFactory(active=True), FeedFactory(active=False)]
        assert contributor.get(FEEDS).status_code == 200
        act(contributor, FEEDS, action, *feeds)
        assert (Feed.objects.filter(active=True).count(), polled()) == (1, [])


class TestPage:
    def test_it_tells_how_polling_goes(self, editor):
        page = editor.get(address(failing(due_at=NOON))).content.decode()
        assert "the site is out of order" in page
        assert "Dec. 8, 2025, 1 p.m." in page
        assert "every 30 minutes" in page

    def test_a_new_address_is_polled_at_once(self, editor):
        feed = FeedFactory()
        send(editor, feed, url=URL)
        assert polled() == [feed.pk]

    def test_one_that_is_switched_off_is_paused(self, editor):
        feed = failing()
        send(editor, feed, active="")
        feed.refresh_from_db()
        assert (feed.active, feed.polling.failures, polled()) == (False, 0, [])

    def test_another_title_is_no_reason_to_poll(self, editor):
        feed = FeedFactory()
        send(editor, feed, title="Le Jour")
        assert (Feed.objects.get().title, polled()) == ("Le Jour", [])

    def test_a_poll_meanwhile_is_no_change_by_somebody_else(self, editor):
        feed = failing()
        sent = send(editor, feed, title="Le Jour")
        PollingFactory._meta.model.objects.update(failures=4)
        assert sent.status_code == 200
        assert Feed.objects.get().title == "Le Jour"

    def test_its_history_is_kept(self, editor):
        feed = FeedFactory(title="Le Jour")
        send(editor, feed, title="Le Soir")
        assert "Le Soir" in editor.get(address(feed, "history")).content.decode()

    def test_it_is_not_deleted(self, editor):
        assert editor.post(address(FeedFactory(), "delete"), {"post": "yes"}).status_code == 403


class TestEntries:
    def test_they_say_what_came_of_them(self, editor):
        EntryFactory(outcome="paywalled", reason="the rest is for subscribers")
        document = SnapshotFactory(document__title="Deux écoles").document
        EntryFactory(outcome="taken_in", snapshot=document.snapshot)
        page = editor.get(ENTRIES).content.decode()
        assert "the rest is for subscribers" in page
        assert "for subscribers" in page
        assert address(document) in page

    def test_they_can_be_narrowed_to_an_outcome(self, editor):
        EntryFactory(title="Waits")
        EntryFactory(title="Fails", outcome="failed", reason="no answer")
        page = editor.get(ENTRIES, {"outcome__exact": "failed"}).content.decode()
        assert ("Fails" in page, "Waits" in page) == (True, False)

    def test_one_is_read_but_not_changed(self, editor):
        entry = EntryFactory(outcome="refused", reason="robots.txt forbids it")
        page = editor.get(address(entry)).content.decode()
        assert entry.reason in page
        assert entry.url in page
        assert editor.post(address(entry), {"title": "autre"}).status_code == 403

    @pytest.mark.parametrize("outcome", ["failed", "refused", "paywalled", "old", "waiting"])
    def test_what_was_not_taken_in_is_once_more(self, editor, outcome):
        entry = EntryFactory(outcome=outcome, reason="x")
        act(editor, ENTRIES, "take_in_again", entry)
        entry.refresh_from_db()
        assert (entry.outcome, entry.reason, taken_in()) == ("waiting", "", [entry.pk])

    def test_what_was_taken_in_is_not(self, editor):
        act(
            editor,
            ENTRIES,
            "take_in_again",
            EntryFactory(outcome="taken_in", snapshot=SnapshotFactory()),
        )
        assert taken_in() == []

    def test_what_leads_nowhere_is_not(self, editor):
        entry = EntryFactory(url=None, key="1", outcome="empty", reason="no address")
        act(editor, ENTRIES, "take_in_again", entry)
        assert Entry.objects.get().outcome == "empty"

    def test_a_contributor_sees_them_only(self, contributor):
        entry = EntryFactory(title="Fails", outcome="failed", reason="no answer")
        assert "Fails" in contributor.get(ENTRIES).content.decode()
        act(contributor, ENTRIES, "take_in_again", entry)
        assert taken_in() == []

    def test_need_as_many_queries_as_the_baseline(self, editor, counted_queries):
        for _entry in range(10):
            EntryFactory(outcome="taken_in", snapshot=SnapshotFactory())
        with counted_queries("admin entry list"):
            editor.get(ENTRIES)

    def test_no_text_is_loaded_for_the_list(self, editor, django_assert_max_num_queries):
        EntryFactory(text="<p>Tout l’article.</p>")
        with django_assert_max_num_queries(50) as captured:
            editor.get(ENTRIES)
        texts = ('."text"', '."original"')
        assert not [
            q["sql"] for q in captured.captured_queries if any(t in q["sql"] for t in texts)
        ]


def test_jobs_say_what_they_are_about(editor):
    feed = FeedFactory(title="Le Jour")
    have_polled(feed.pk)
    have_polled(FeedFactory().pk)
    have_entry_taken_in(EntryFactory(feed=feed, title="Deux écoles").pk)
    page = editor.get(reverse("admin:background_job_changelist")).content.decode()
    assert "Poll “Le Jour”" in page
    assert "Poll “https://journal.test/" in page
    assert "Take in “Deux écoles”" in page
