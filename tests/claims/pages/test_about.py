"""The pages that say what Constat is, how it works and what it holds itself to."""

import re
from datetime import date

import pytest

from claims.models import Rating, Scale
from claims.pages.privacy import kept
from tests.factories import ScaleFactory
from tests.pages import shown

pytestmark = pytest.mark.django_db

PUBLISHER = {
    "name": "Association Exemple",
    "status": "association loi de 1901",
    "address": "1 rue de l’Exemple, 75000 Paris",
    "phone": "01 99 00 00 00",
    "email": "redaction@constat.example",
    "director": "Ida Nom",
    "host": "Hébergeur Exemple, 2 rue du Serveur",
}


@pytest.mark.parametrize("page", ["about", "policies", "privacy", "methodology", "contact"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_opens_in_both_languages_and_is_linked_from_every_page(client, prefix, page):
    path = f"{prefix}/{page}/"
    assert f'href="{path}"' in shown(client, f"{prefix}/claims/").partition("<footer")[2]
    shown(client, path)


class TestAbout:
    def test_says_who_publishes_the_site(self, client, settings):
        settings.PUBLISHER = PUBLISHER
        page = shown(client, "/about/")
        assert [text for text in PUBLISHER.values() if text not in page] == []

    def test_leaves_out_what_nobody_said(self, client, settings):
        settings.PUBLISHER = dict.fromkeys(PUBLISHER, "") | {"name": "Association Exemple"}
        page = shown(client, "/about/")
        assert "Association Exemple" in page
        assert page.count("<dt>") == 1

    def test_says_nothing_of_a_publisher_where_none_is_named(self, client, settings):
        settings.PUBLISHER = dict.fromkeys(PUBLISHER, "")
        assert 'id="legal"' not in shown(client, "/about/")


def test_the_policies_say_how_long_a_sender_is_kept(client, settings):
    settings.CONTACT_DAYS = 77
    assert "77 jours" in shown(client, "/policies/")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_on_privacy_says_how_long_everything_is_kept_as_the_settings_say(
    client, settings, language
):
    settings.CONTACT_DAYS, settings.SESSION_IDLE_SECONDS = 77, 33 * 60
    settings.PUBLISHER = PUBLISHER
    page = shown(client, f"{language}/privacy/")
    for days in kept().values():
        assert re.search(rf"(?<!\d){days}(?:\u202f|\u00a0|&nbsp;| )", page), days
    assert PUBLISHER["email"] in page
    assert "kind=erasure" in page


@pytest.fixture
def scales():
    """Two versions, and one that is not valid yet."""
    for version, text, valid_from in (
        (1, "Nous notons ce qui a été dit.", date(2025, 1, 1)),
        (2, "Nous notons ce qui a été dit, et rien d’autre.", date(2025, 6, 1)),
        (3, "Plus tard.", date(2999, 1, 1)),
    ):
        ScaleFactory(version=version, methodology=text, valid_from=valid_from)
    second = Scale.objects.get(version=2)
    second.ratings.filter(value="true").update(definition_en="Nothing is missing from it.")
    second.ratings.filter(value="imprecise").delete()
    Rating.objects.create(
        scale=second,
        value="unproven",
        label_fr="Non prouvé",
        label_en="Unproven",
        definition_fr="Rien ne le montre.",
        definition_en="Nothing shows it.",
        position=9,
    )


@pytest.mark.usefixtures("english", "scales")
class TestMethodology:
    def test_shows_the_scale_in_force_in_its_order(self, client):
        scale = (
            shown(client, "/en/methodology/").partition('id="scale"')[2].partition("<section")[0]
        )
        labels = [scale.index(f"<span>{label}</span>") for label in ("True", "False", "Unproven")]
        assert labels == sorted(labels)
        assert "Nothing shows it." in scale
        assert "et rien d’autre" in scale

    def test_shows_an_earlier_version_and_until_when_it_was_in_force(self, client):
        page = shown(client, "/en/methodology/1/")
        assert "Version 1 of the scale was in force until 1 June 2025." in page
        assert "<span>Imprecise</span>" in page

    def test_says_what_changed(self, client):
        changes = shown(client, "/en/methodology/").partition('id="versions"')[2]
        said = ("<ins>Unproven</ins>", "<del>Imprecise</del>", "Nothing is missing from it.")
        assert [text for text in said if text not in changes] == []
        assert "<ins>, et rien d’autre</ins>" in changes

    def test_knows_no_version_that_is_not_valid_yet(self, client):
        assert client.get("/en/methodology/3/").status_code == 404
        assert "Plus tard." not in shown(client, "/en/methodology/")

    def test_is_that_of_an_earlier_day(self, client):
        assert client.get("/en/methodology/2/?as_of=2025-03-01").status_code == 404


def test_the_methodology_stands_without_a_scale(client):
    assert 'id="standing"' in shown(client, "/methodology/")


def test_the_methodology_needs_no_more_queries_for_more_versions(client, counted_queries):
    for version in range(1, 6):
        ScaleFactory(version=version)
    with counted_queries("methodology page"):
        shown(client, "/methodology/")
