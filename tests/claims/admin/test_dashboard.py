"""The desk's first page."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from background.models import Failure, Job
from background.queue import defer
from claims import roles
from claims.admin.dashboard import piles
from claims.decide import accept
from claims.jobs import read
from claims.models import Claim, Figure
from claims.publish import send_back, submit
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PollingFactory,
    SentenceFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/en/admin/"
MANY = Path(__file__).parents[2] / "many.sql"


@pytest.fixture
def editor(client):
    user = UserFactory()
    client.force_login(user)
    return user


def shown(client, name, **query):
    return client.get(PAGE, query).context.get(name)


def waits(rf, user) -> dict[str, str]:
    request = rf.get(PAGE)
    request.user = user
    return {pile.title: str(pile.waiting) for pile in piles(request) if pile.waiting}


def in_review():
    verification = VerificationFactory()
    submit(verification, verification.author)
    return verification


def test_my_drafts_are_there_and_not_those_of_others(client, editor):
    mine = VerificationFactory(author=editor)
    VerificationFactory()
    assert shown(client, "drafts") == [mine]


def test_what_was_sent_back_comes_first_and_says_why(client, editor):
    back = VerificationFactory(author=editor)
    VerificationFactory(author=editor)
    submit(back, editor)
    send_back(back, UserFactory(), "Il manque une source.")
    assert shown(client, "drafts")[0] == back
    assert "Il manque une source." in client.get(PAGE).content.decode()


def test_reviews_of_others_wait_for_me_and_not_my_own(client, editor):
    other, mine = in_review(), VerificationFactory(author=editor)
    submit(mine, editor)
    assert list(shown(client, "reviews")) == [other]


def test_what_i_decided_today_and_this_week_is_counted(client, editor):
    ClaimFactory.create_batch(2)
    accept(Claim.objects.filter(status="candidate"), editor)
    ClaimFactory(accepted=True)
    ClaimFactory(accepted=True, decided_by=editor, decided_at=timezone.now() - timedelta(days=8))
    assert [str(count) for count in shown(client, "decided")] == ["2", "2"]


def failed_job():
    pk = defer(read, key="read 1", snapshot_id=1)
    Job.objects.filter(pk=pk).update(status="failed")
    Failure.objects.create(job_id=pk, reason="le site ne répond pas")


WAITING = {
    "Candidates": ClaimFactory,
    "Verifications in review": in_review,
    "Proposed developments": DevelopmentFactory,
    "Proposed effects": lambda: EffectFactory(proposed=True),
    "Proposed links": lambda: LinkFactory(ready=True),
    "Predictions and commitments without criteria": lambda: ClaimFactory(accepted=True),
    "Findings to look at again": lambda: VerificationFactory(
        published=True, review_by=timezone.localdate()
    ),
    "Feeds that fail": lambda: PollingFactory(failures=1, reason="le site ne répond pas"),
    "Failed background work": failed_job,
}


@pytest.mark.parametrize("title", WAITING)
def test_what_waits_for_the_team_is_counted(rf, admin_user, title):
    before = waits(rf, admin_user).get(title)
    WAITING[title]()
    assert (before, waits(rf, admin_user)[title]) == (None, "1")


def test_a_forecast_past_its_date_waits_for_the_team(rf, admin_user):
    with record_clock(NOON):
        ForecastFactory(due_on=PartialDate.parse("2025"))
    assert waits(rf, admin_user) == {"Forecasts past their date": "1"}


def test_every_pile_leads_to_a_page_and_the_first_ten_have_a_key(admin_client):
    piles = shown(admin_client, "piles")
    assert [admin_client.get(pile.link).status_code for pile in piles] == [200] * 12
    assert "".join(pile.key for pile in piles) == "1234567890"


def test_the_latest_documents_say_how_many_candidates_they_have(admin_client):
    claim = ClaimFactory()
    ClaimFactory(sentence=SentenceFactory(snapshot=claim.sentence.snapshot))
    ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=claim.sentence.snapshot))
    empty = DocumentFactory()
    documents = shown(admin_client, "documents")
    assert [(row, row.candidates) for row in documents] == [(empty, 0), (claim.document, 2)]


def test_what_is_due_next_is_listed(admin_client):
    with record_clock(NOON):
        soon = ForecastFactory(due_on=PartialDate.day(timezone.localdate() + timedelta(days=3)))
        ForecastFactory(due_on=PartialDate.parse("2999"))
    assert list(shown(admin_client, "due")) == [soon]


def test_plots_are_drawn_with_their_numbers(admin_client):
    VerificationFactory(published=True, claims=[ClaimFactory(accepted=True)])
    ClaimFactory(accepted=True, decided_at=timezone.now())
    page = admin_client.get(PAGE, {"period": "all"}).content.decode()
    assert page.count('role="img"') == 6
    assert page.count("<details") == 6


@pytest.mark.parametrize(("asked", "period"), [("year", "year"), ("", "quarter"), ("x", "quarter")])
def test_the_period_is_chosen(admin_client, asked, period):
    assert shown(admin_client, "period", period=asked) == period


@pytest.mark.parametrize(
    "name", ["weeks", "delays", "ratings", "speakers", "organisations", "arrivals"]
)
def test_the_numbers_of_a_plot_are_a_file(admin_client, name):
    VerificationFactory(published=True)
    answer = admin_client.get(reverse("admin:claims_figure_csv", args=[name]), {"period": "all"})
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    assert len(answer.content.decode().splitlines()) > 1


def test_there_is_no_file_of_another_name(admin_client):
    assert admin_client.get(reverse("admin:claims_figure_csv", args=["x"])).status_code == 404


def test_a_contributor_sees_what_waits_and_decides_nothing(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    context = client.get(PAGE).context
    assert len(context["piles"]) == 11
    assert (context.get("reviews"), context.get("decided")) == (None, None)


def test_who_may_see_nothing_sees_nothing(client):
    client.force_login(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    ClaimFactory()
    context = client.get(PAGE).context
    assert (context["piles"], context.get("figures"), context.get("documents")) == ([], None, None)
    csv = client.get(reverse("admin:claims_figure_csv", args=["ratings"]))
    assert csv.status_code == 403


def test_its_queries_do_not_grow_with_the_record(client, editor, counted_queries):
    for _ in range(3):
        VerificationFactory(author=editor)
        in_review()
        EffectFactory(claim__kind="prediction")
        ClaimFactory()
        with record_clock(NOON):
            ForecastFactory(due_on=PartialDate.parse("2025"))
    client.get(PAGE)  # The figures are counted once.
    with counted_queries("admin dashboard"):
        client.get(PAGE)


# On a large record

# As the planner does once reading all of something is dearer than looking up some of it.
LOOKS_UP = "".join(
    f"SET LOCAL enable_{way} = off;" for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin")
)


@pytest.fixture(scope="module")
def large(django_db_setup, django_db_blocker):
    """Thirty thousand claims, and the most rows one step of a query reads on a page."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.test import Client

    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(MANY.read_text(), {"claims": 30_000})
            # What is checked at the end of a transaction is checked once, not after every test.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("ANALYZE")
        client = Client()
        client.force_login(get_user_model().objects.create_superuser("grande-redaction"))
        client.get(PAGE)
        yield client
        transaction.set_rollback(True)


def most_rows_read(client, address: str) -> tuple[int, str]:
    """The rows that the busiest step of any query of a page reads, and that query."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    read = []
    for query in captured.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(LOOKS_UP)
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
                ((plan,),) = cursor.fetchall()
            plan = json.loads(plan) if isinstance(plan, str) else plan
            read.append((max(_rows(plan[0]["Plan"])), query["sql"]))
    return max(read)


def _rows(plan: dict):
    removed = sum(rows for name, rows in plan.items() if name.startswith("Rows Removed"))
    yield (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    for part in plan.get("Plans", []):
        yield from _rows(part)


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "/en/admin/claims/forecast/due/",
        "/en/admin/claims/forecast/due/?only=unwritten",
        "/en/admin/claims/forecast/due/?only=review",
        "/en/admin/claims/development/happened/?claim=7",
    ],
)
def test_no_page_reads_a_table_that_grows(large, address):
    rows, sql = most_rows_read(large, address)
    assert rows <= 2500, sql


def test_the_figures_of_a_large_record_are_counted(large):
    figures = {figure.name: figure.table for figure in Figure.objects.filter(period="quarter")}
    assert len(figures["speakers"]["rows"]) == 15
    assert len(figures["organisations"]["rows"]) == 15
