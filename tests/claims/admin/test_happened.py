""" "Something happened": the form that is at hand on every page of the desk."""

import pytest
from django.urls import reverse

from claims import roles
from claims.models import Development
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    ForecastFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/en/admin/claims/development/happened/"


@pytest.fixture
def claim():
    return ClaimFactory(accepted=True)


def tell(client, claim, *, at=PAGE, step="accept", **changes):
    values = {
        "title": "Une école ouvre",
        "occurred_on": "2026-01-22",
        "url": "https://journal.test/ecole",
        "public_id": "bcdfghjkmn",
        f"effect-{claim.pk}": "fulfils",
        step: "1",
    }
    return client.post(at, values | changes)


def errors(answer) -> str:
    return str(answer.context["form"].errors)


def listed(answer) -> list:
    return answer.context["claims"]


@pytest.mark.parametrize(
    "page", ["/en/admin/", "/en/admin/claims/claim/", "/en/admin/claims/speaker/add/"]
)
def test_it_is_at_hand_on_every_page(admin_client, page):
    assert f'href="{PAGE}"' in admin_client.get(page).content.decode()


def test_from_the_page_of_a_claim_it_is_about_that_claim(admin_client, claim):
    page = admin_client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
    assert f'happened/?claim={claim.pk}"' in page.content.decode()
    assert listed(admin_client.get(f"{PAGE}?claim={claim.pk}")) == [claim]


def test_it_is_saved_and_accepted(admin_client, claim):
    tell(admin_client, claim)
    assert Development.objects.accepted().get().effects.get().claim == claim


def test_it_is_saved_as_a_proposal(admin_client, claim):
    tell(admin_client, claim, step="propose")
    assert Development.objects.get().status == "proposed"


def test_a_contributor_is_not_offered_to_accept_it(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    page = client.get(PAGE)
    assert (page.status_code, page.context["may_accept"]) == (200, False)


def test_a_contributor_who_accepts_it_all_the_same_is_told(client, claim):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    assert "it takes another role" in errors(tell(client, claim))
    assert not Development.objects.exists()


def test_who_may_not_propose_is_refused(client):
    client.force_login(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    assert client.get(PAGE).status_code == 403


def test_a_document_of_the_record_is_its_source(admin_client, claim):
    document = DocumentFactory()
    tell(admin_client, claim, url="", source=f"document:{document.pk}")
    assert Development.objects.get().document == document


@pytest.mark.parametrize("source", ["", "document:", "document:1234567", "snapshot:1", "x"])
def test_without_a_source_it_is_refused_in_words(admin_client, claim, source):
    assert "Name its one source" in errors(tell(admin_client, claim, url="", source=source))


@pytest.mark.parametrize("field", ["source", "q", "source_q", "title", "effect-7"])
@pytest.mark.parametrize("value", ["claim:x", "claim:" + "9" * 30, "\x00", "fulfils"])
def test_nonsense_is_searched_for_in_vain(admin_client, field, value):
    assert search(admin_client, f"{PAGE}?claim={'9' * 30}", **{field: value}).status_code == 200


def test_a_claim_that_is_not_there_is_not_borne_upon(admin_client, claim):
    changes = {f"effect-{claim.pk}": "", "effect-987654321": "fulfils"}
    assert "one claim at least" in errors(tell(admin_client, claim, **changes))


def test_with_two_sources_it_is_refused_in_words(admin_client, claim):
    source = f"document:{DocumentFactory().pk}"
    assert "Name its one source" in errors(tell(admin_client, claim, source=source))


def test_an_address_that_may_not_be_fetched_is_refused_in_words(admin_client, claim):
    answer = tell(admin_client, claim, url="ftp://journal.test/")
    assert answer.context["form"].errors["url"]
    assert not Development.objects.exists()


def test_what_is_still_to_come_has_not_happened(admin_client, claim):
    assert "not come yet" in errors(tell(admin_client, claim, occurred_on="2999"))


def test_it_bears_on_something(admin_client, claim):
    answer = tell(admin_client, claim, **{f"effect-{claim.pk}": ""})
    assert "one claim at least" in errors(answer)


def test_what_was_chosen_comes_back_with_an_error(admin_client, claim):
    answer = tell(admin_client, claim, title="")
    assert [claim.effect for claim in listed(answer)] == ["fulfils"]


def test_what_settles_a_forecast_leads_to_its_outcome(admin_client, claim):
    with record_clock(NOON):
        forecast = ForecastFactory(claim=claim)
    answer = tell(admin_client, claim)
    at = reverse("admin:claims_forecast_resolve", args=[forecast.pk])
    assert answer.url == f"{at}?development={Development.objects.get().pk}"


def test_what_only_clarifies_leads_back_to_its_claim(admin_client, claim):
    with record_clock(NOON):
        ForecastFactory(claim=claim)
    at = f"{PAGE}?claim={claim.pk}"
    answer = tell(admin_client, claim, at=at, **{f"effect-{claim.pk}": "clarifies"})
    assert answer.url == reverse("admin:claims_claim_change", args=[claim.pk])


def search(client, at=PAGE, **values):
    return client.post(at, {"search": "1", **values})


def test_open_predictions_of_the_same_speaker_are_suggested_first(admin_client, claim):
    similar = ClaimFactory(accepted=True, quote="une école ouvre à Vernaz", kind="fact")
    open_one = ClaimFactory(accepted=True, speaker=claim.speaker)
    with record_clock(NOON):
        ForecastFactory(claim=open_one, due_on=PartialDate.parse("2027"))
    unwritten = ClaimFactory(accepted=True, speaker=claim.speaker)
    found = listed(search(admin_client, f"{PAGE}?claim={claim.pk}", title="Une école ouvre"))
    assert found[:3] == [claim, open_one, unwritten]
    assert similar in found[3:]


def test_claims_are_searched_and_what_was_chosen_stays(admin_client, claim):
    speaker = SpeakerFactory(name="Awa Diallo")
    wanted, other = ClaimFactory(accepted=True, speaker=speaker), ClaimFactory(accepted=True)
    found = listed(search(admin_client, q="Diallo", **{f"effect-{claim.pk}": "breaks"}))
    assert found == [claim, wanted]
    assert other not in found


def test_candidates_are_not_found(admin_client):
    ClaimFactory(quote="une gare ouvre")
    assert listed(search(admin_client, q="gare")) == []


def test_documents_and_claims_are_found_as_sources(admin_client):
    document = DocumentFactory(title="La gare de Vernaz")
    claim = ClaimFactory(accepted=True, quote="La gare ouvre")
    answer = search(admin_client, source_q="gare")
    assert [row for _value, row, _chosen in answer.context["sources"]] == [document, claim]


def test_its_queries_stay_few(admin_client, claim, counted_queries):
    for _ in range(3):
        other = ClaimFactory(accepted=True, speaker=claim.speaker)
        with record_clock(NOON):
            ForecastFactory(claim=other)
    with counted_queries("admin something happened"):
        search(admin_client, f"{PAGE}?claim={claim.pk}", title="Une école ouvre")
