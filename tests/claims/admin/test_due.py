"""The due queue, and working through it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import roles
from claims.models import Effect, Forecast
from claims.resolve import resolve
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/en/admin/claims/forecast/due/"


def in_days(days: int) -> PartialDate:
    return PartialDate.day(timezone.localdate() + timedelta(days=days))


def forecast(due_on=None, **fields):
    """One whose criteria were written at noon, before anything happened."""
    with record_clock(NOON):
        return ForecastFactory(due_on=due_on or in_days(-12), **fields)


def happened(forecast, **fields):
    return EffectFactory(claim=forecast.claim, **fields).development


def queue(client, name, **query) -> list:
    queues = client.get(PAGE, query).context["queues"]
    return next(queue.rows for queue in queues if queue.name == name)


def at(page, row) -> str:
    return reverse(f"admin:claims_{page}", args=[row.pk])


def send(client, forecast, development, **changes):
    address = at("forecast_resolve", forecast)
    values = {
        "_mark": client.get(address).context["mark"],
        "outcome": "kept",
        "resolved_on": "2026-01-22",
        "development": development.pk,
    }
    return client.post(address, values | changes)


# The queue


def test_what_is_past_its_date_is_due_the_longest_first(admin_client):
    one, other = forecast(in_days(-3)), forecast(in_days(-9))
    forecast(in_days(3))
    assert queue(admin_client, "due") == [other, one]


def test_what_is_due_within_a_month_is_apart(admin_client):
    soon = forecast(in_days(29))
    forecast(in_days(60))
    assert queue(admin_client, "soon") == [soon]
    assert queue(admin_client, "due") == []


def test_what_has_an_outcome_is_due_no_more(admin_client):
    row = forecast()
    development = happened(row)
    resolve(row, "kept", development.occurred_on, development, UserFactory())
    assert queue(admin_client, "due") == []


def test_what_is_no_longer_in_the_record_is_not_due(admin_client):
    forecast(claim=ClaimFactory(accepted=True, status="rejected"))
    assert queue(admin_client, "due") == []


def test_predictions_and_commitments_without_criteria_wait_for_them(admin_client):
    claim = ClaimFactory(accepted=True, kind="prediction")
    forecast()
    ClaimFactory(accepted=True, kind="fact")
    ClaimFactory(kind="prediction")
    assert queue(admin_client, "unwritten") == [claim]


def test_findings_past_their_day_wait_to_be_looked_at(admin_client):
    due = VerificationFactory(published=True, review_by=timezone.localdate())
    VerificationFactory(published=True, review_by=timezone.localdate() + timedelta(days=1))
    assert queue(admin_client, "review") == [due]


def test_it_says_how_late_each_is_and_its_criteria_in_full(admin_client):
    forecast(in_days(-12), criteria="Deux écoles ouvertes. " * 30)
    page = admin_client.get(PAGE).content.decode()
    assert "due for 1\xa0week" in page
    assert "Deux écoles ouvertes. " * 30 in page


def test_it_says_what_happened_and_what_of_it_is_proposed(admin_client):
    row = forecast()
    happened(row, development__title="Une école ouvre")
    happened(row, development__title="Une autre ouvre", proposed=True)
    happened(row, development__title="Rien de tel", status="refused")
    page = admin_client.get(PAGE).content.decode()
    assert "Une école ouvre" in page
    assert "Une autre ouvre" in page
    assert "Rien de tel" not in page


def test_one_kind_alone_is_paged(admin_client, monkeypatch):
    monkeypatch.setattr("claims.admin.due.PAGE", 1)
    rows = [forecast(in_days(-day)) for day in (9, 3)]
    assert queue(admin_client, "due", only="due") == rows[:1]
    assert queue(admin_client, "due", only="due", page="2") == rows[1:]


@pytest.mark.parametrize("query", [{"page": "9" * 30}, {"page": "-1"}, {"only": "x"}])
def test_a_page_that_is_not_there_is_empty_or_the_first(admin_client, query):
    assert admin_client.get(PAGE, {"only": "due"} | query).status_code == 200


def test_who_may_not_see_forecasts_does_not_see_it(client):
    client.force_login(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    assert client.get(PAGE).status_code == 403


def test_its_queries_do_not_grow_with_it(admin_client, counted_queries):
    for day in range(3):
        happened(forecast(in_days(-day - 1)))
        forecast(in_days(day))
        ClaimFactory(accepted=True)
        VerificationFactory(published=True, review_by=timezone.localdate())
    with counted_queries("admin due queue"):
        admin_client.get(PAGE)


# Outcomes


def test_an_outcome_is_recorded_and_the_next_follows(admin_client):
    row, following = forecast(in_days(-9)), forecast(in_days(-3))
    answer = send(admin_client, row, happened(row))
    row.refresh_from_db()
    assert row.outcome == "kept"
    assert answer.url == at("forecast_resolve", following)


def test_after_the_last_one_is_back_at_the_queue(admin_client):
    row = forecast()
    assert send(admin_client, row, happened(row)).url == PAGE


def test_what_else_the_same_event_settles_comes_next(admin_client):
    row, other = forecast(in_days(-3)), forecast(in_days(90))
    forecast(in_days(-1))
    development = happened(row)
    EffectFactory(development=development, claim=other.claim)
    answer = send(admin_client, row, development)
    assert answer.url == f"{at('forecast_resolve', other)}?development={development.pk}"


def test_sent_twice_it_is_recorded_once(admin_client):
    row = forecast()
    development = happened(row)
    send(admin_client, row, development, _mark=(mark := ""))
    address = at("forecast_resolve", row)
    mark = admin_client.get(address).context["mark"]
    for _ in range(2):
        answer = send(admin_client, row, development, _mark=mark)
    assert answer.status_code == 302


def test_what_somebody_else_recorded_meanwhile_is_not_overwritten(admin_client):
    row = forecast()
    development = happened(row)
    mark = admin_client.get(at("forecast_resolve", row)).context["mark"]
    resolve(row, "broken", development.occurred_on, development, UserFactory())
    answer = send(admin_client, row, development, _mark=mark)
    row.refresh_from_db()
    assert row.outcome == "broken"
    assert "changed meanwhile" in str(answer.context["form"].errors)


def test_an_outcome_of_the_other_kind_is_not_offered(admin_client):
    row = forecast(claim=ClaimFactory(accepted=True, kind="prediction"))
    page = admin_client.get(at("forecast_resolve", row))
    assert [value for _key, value, _label in page.context["outcomes"]] == [
        "happened",
        "partly",
        "did_not_happen",
        "overtaken",
        "unresolvable",
    ]


def test_what_a_gate_refuses_is_told(admin_client):
    row = forecast()
    answer = send(admin_client, row, happened(row), resolved_on="2024")
    assert "What settles it happened before" in str(answer.context["form"].errors)


def test_the_latest_thing_that_settles_it_is_chosen_already(admin_client):
    row = forecast()
    development = happened(row)
    page = admin_client.get(at("forecast_resolve", row))
    assert page.context["developments"] == [(development, True)]
    assert page.context["form"]["resolved_on"].value() == development.occurred_on.isoformat()


def test_another_development_is_searched(admin_client):
    row = forecast()
    development = DevelopmentFactory(accepted=True, title="La gare ouvre")
    DevelopmentFactory(title="La gare ouvre, dit-on")
    page = admin_client.get(at("forecast_resolve", row), {"q": "gare"})
    assert page.context["developments"] == [(development, False)]


def test_a_proposed_effect_is_accepted_there(admin_client):
    row = forecast()
    effect = EffectFactory(claim=row.claim, proposed=True, development=DevelopmentFactory())
    answer = admin_client.post(at("forecast_resolve", row), {"accept": effect.pk})
    assert Effect.objects.accepted().get() == effect
    page = admin_client.get(answer.url)
    assert page.context["developments"] == [(effect.development, True)]


def test_an_effect_on_another_claim_is_not_accepted_there(admin_client):
    effect = EffectFactory(proposed=True)
    answer = admin_client.post(at("forecast_resolve", forecast()), {"accept": effect.pk})
    assert answer.status_code == 404


def test_a_contributor_reads_but_does_not_resolve(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    row = forecast()
    development = happened(row)
    assert client.get(at("forecast_resolve", row)).context["may_resolve"] is False
    send(client, row, development)
    row.refresh_from_db()
    assert row.outcome == ""


def test_the_page_of_an_outcome_needs_few_queries(admin_client, counted_queries):
    row = forecast()
    for _ in range(3):
        happened(row)
    with counted_queries("admin forecast outcome"):
        admin_client.get(at("forecast_resolve", row))


# Criteria


def write(client, claim, **changes):
    values = {"due_on": "2999", "criteria": "Deux écoles ouvertes."}
    return client.post(at("forecast_write", claim), values | changes)


def test_criteria_are_written_and_the_next_follows(admin_client):
    following, claim = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    answer = write(admin_client, claim)
    assert claim.forecast.criteria == "Deux écoles ouvertes."
    assert answer.url == at("forecast_write", following)


def test_criteria_for_a_day_that_is_past_are_refused_in_words(admin_client):
    answer = write(admin_client, ClaimFactory(accepted=True), due_on="2025")
    assert "Criteria are written before" in str(answer.context["form"].errors)


def test_criteria_are_written_once(admin_client):
    row = forecast()
    write(admin_client, row.claim)
    assert Forecast.objects.get().criteria == row.criteria


def test_a_contributor_writes_none(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    assert write(client, ClaimFactory(accepted=True)).status_code == 403
