import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from claims.api.factchecktools.key import key_in_address
from tests.factories import ApiKeyFactory


def seen(address: str, **headers) -> str | None:
    """The authorization that a view sees."""
    found = []

    def view(request):
        found.append(request.headers.get("Authorization"))
        return HttpResponse()

    key_in_address(view)(RequestFactory().get(address, headers=headers))
    return found[0]


def test_our_key_in_an_address_of_googles_is_as_good_as_in_a_header():
    assert seen("/v1alpha1/claims:search?key=constat_a_b") == "Bearer constat_a_b"


@pytest.mark.parametrize(
    "address", ["/v1alpha1/claims:search?key=AIzaSy", "/api/v1/claims/?key=constat_a_b"]
)
def test_another_or_elsewhere_it_is_none(address):
    assert seen(address) is None


def test_it_counts_beside_what_is_for_a_proxy_in_front():
    address = "/v1alpha1/claims:search?key=constat_a_b"
    assert seen(address, Authorization="Basic aWRhOmlkYQ==") == "Bearer constat_a_b"


def test_a_header_counts_first():
    address = "/v1alpha1/claims:search?key=constat_a_b"
    assert seen(address, Authorization="Bearer constat_c_d") == "Bearer constat_c_d"


@pytest.mark.django_db
def test_on_the_way_through_the_site_it_is_looked_at(client):
    """Others ask for headers before."""
    written = ApiKeyFactory().written
    address = "/v1alpha1/claims:search?query=pont&key="
    assert "private" in client.get(f"{address}{written}")["Cache-Control"]
    assert client.get(f"{address}{written[:-1]}-").status_code == 401
