"""The queue of what is due, and the outcomes recorded from it."""

import pytest
from django.urls import reverse

from claims.models import Forecast
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.claims.admin.forms import address, part, send, told
from tests.factories import NOON, ClaimFactory, DevelopmentFactory, ForecastFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PAST, FUTURE = PartialDate.parse("2025"), PartialDate.parse("2999")


def written(**fields):
    """A forecast whose criteria were written at noon, before anything happened."""
    with record_clock(NOON):
        return ForecastFactory(**fields)


@pytest.fixture
def due():
    return written(due_on=PAST)


@pytest.fixture
def development():
    return DevelopmentFactory(accepted=True)


def resolve(client, forecast, rests_on, outcome="kept", **changes):
    changes = {"resolved_on": "2026-01-22", "development": rests_on.pk} | changes
    return send(client, forecast, outcome=outcome, **changes)


def test_the_queue_is_what_is_due(admin_client, due):
    written(due_on=FUTURE)
    page = admin_client.get(reverse("admin:claims_forecast_changelist"), {"due": "yes"})
    assert list(page.context["cl"].queryset) == [due]


def test_an_outcome_is_recorded(admin_client, due, development):
    resolve(admin_client, due, development)
    due.refresh_from_db()
    assert (due.outcome, due.development) == ("kept", development)
    assert due.recorded_at > due.written_at


@pytest.mark.parametrize("lacking", ["resolved_on", "development"])
def test_an_incomplete_outcome_is_refused_in_words(admin_client, due, development, lacking):
    answer = resolve(admin_client, due, development, **{lacking: ""})
    due.refresh_from_db()
    assert due.outcome == ""
    assert "An outcome comes with its day and a development." in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [("prediction", "happened", "kept"), ("commitment", "kept", "happened")],
)
def test_the_outcomes_that_fit_are_offered(admin_client, kind, fits, does_not):
    forecast = written(claim=ClaimFactory(accepted=True, kind=kind))
    form = admin_client.get(address(forecast)).context["adminform"].form
    offered = [value for value, _label in form.fields["outcome"].choices]
    assert (fits in offered, does_not in offered) == (True, False)
    assert "unresolvable" in offered


def test_the_database_takes_every_outcome_that_is_offered(admin_client, development):
    for kind in ("prediction", "commitment"):
        for outcome in Forecast.Outcome.fitting(kind):
            forecast = written(claim=ClaimFactory(accepted=True, kind=kind))
            resolve(admin_client, forecast, development, outcome.value)
            forecast.refresh_from_db()
            assert forecast.outcome == outcome


def test_criteria_are_written_anew_until_the_day_comes(admin_client):
    forecast = written(due_on=FUTURE)
    send(admin_client, forecast, criteria="Trois écoles.")
    forecast.refresh_from_db()
    assert forecast.criteria == "Trois écoles."


def test_criteria_are_read_only_once_it_is_due(admin_client, due):
    send(admin_client, due, criteria="Trois écoles.")
    due.refresh_from_db()
    assert due.criteria != "Trois écoles."


def test_criteria_are_read_only_once_the_outcome_is_known(admin_client, development):
    forecast = written(due_on=FUTURE)
    resolve(admin_client, forecast, development)
    send(admin_client, forecast, criteria="Trois écoles.")
    forecast.refresh_from_db()
    assert forecast.criteria != "Trois écoles."


def test_one_of_a_fact_is_refused_in_words(admin_client):
    claim = ClaimFactory(kind="fact")
    data = {"claim": claim.pk, "due_on": "2999", "criteria": "Deux écoles."}
    answer = admin_client.post(reverse("admin:claims_forecast_add"), data)
    assert told(answer) == ["Only predictions and commitments have a due date and criteria."]


def test_one_is_written_in_the_form_of_its_claim(admin_client):
    claim = ClaimFactory(kind="commitment")
    send(admin_client, claim, **part("forecast", due_on="2999", criteria="Deux écoles."))
    assert claim.forecast.criteria == "Deux écoles."


def test_it_is_not_deleted(admin_client, due):
    assert admin_client.post(address(due, "delete"), {"post": "yes"}).status_code == 403
