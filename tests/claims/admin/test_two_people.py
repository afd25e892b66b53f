"""Two people at one row: the second is told what changed, and nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from claims.models import Position
from tests.claims.admin.forms import address, form_of, part, send, told
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def colleague(client):
    """Somebody else at the desk."""
    client.force_login(UserFactory(username="jeanne"))
    return client


CHANGES = [
    (ClaimFactory, {"wording": "Deux écoles."}, {"kind": "fact"}),
    (SpeakerFactory, {"name": "J. Roux"}, {"name": "Jeanne R."}),
    (DevelopmentFactory, {"title": "Elle ouvre."}, {"account": "Autrement."}),
    (ForecastFactory, {"criteria": "Deux."}, {"criteria": "Trois."}),
    (LinkFactory, {"reason": "Mêmes mots."}, {"reason": "Même jour."}),
    (lambda: RatingFactory().scale, {"methodology": "Ainsi."}, {"methodology": "Autrement."}),
    (lambda: EvidenceFactory().document, {"title": "Un titre"}, {"title": "Un autre"}),
    (lambda: EvidenceFactory().document.publisher, {"name": "Le Jour"}, {"name": "La Nuit"}),
]


@pytest.mark.parametrize(("make", "first", "second"), CHANGES)
def test_the_first_to_save_wins_and_the_second_overwrites_nothing(
    admin_client, make, first, second
):
    row = make()
    stale = form_of(admin_client, row)
    send(admin_client, row, **first)
    answer = admin_client.post(address(row), stale | second)
    row.refresh_from_db()
    saved = {name: getattr(row, name) for name in first | second}
    assert {name: saved[name] for name in first} == first
    assert saved.items() & second.items() == set()
    assert len(told(answer)) == 1


def test_the_second_is_told_who_changed_what(admin_client, colleague):
    development = DevelopmentFactory()
    stale = form_of(admin_client, development)
    send(colleague, development, title="La veille, à midi.")
    answer = admin_client.post(address(development), stale | {"account": "Autrement."})
    assert told(answer) == [
        "Nothing was saved: it was changed meanwhile by jeanne (title).",
    ]
    assert "La veille, à midi." in answer.content.decode()


def test_what_the_second_typed_is_not_lost(admin_client, colleague):
    development = DevelopmentFactory()
    stale = form_of(admin_client, development)
    send(colleague, development, title="La veille.")
    answer = admin_client.post(address(development), stale | {"account": "Autrement."})
    assert answer.context["adminform"].form["account"].value() == "Autrement."


def test_the_form_that_came_back_is_refused_again(admin_client, colleague):
    """It still shows the version it was made from: saving it would undo the other's change."""
    development = DevelopmentFactory()
    stale = form_of(admin_client, development) | {"account": "Autrement."}
    send(colleague, development, title="La veille.")
    answer = admin_client.post(address(development), stale)
    admin_client.post(address(development), stale | {"_mark": answer.context["mark"]})
    development.refresh_from_db()
    assert development.title == "La veille."


def test_a_part_that_came_meanwhile_counts(admin_client, colleague):
    speaker = SpeakerFactory()
    stale = form_of(admin_client, speaker)
    send(colleague, speaker, **part("positions", title="maire"))
    answer = admin_client.post(address(speaker), stale | {"name": "Autre"})
    assert told(answer) == [
        "Nothing was saved: it was changed meanwhile by jeanne (position).",
    ]


def test_a_part_that_went_meanwhile_counts(admin_client, colleague):
    speaker = PositionFactory().speaker
    stale = form_of(admin_client, speaker)
    send(colleague, speaker, **{"positions-0-DELETE": "on"})
    assert not Position.objects.exists()
    answer = admin_client.post(address(speaker), stale | {"positions-0-title": "préfète"})
    assert (answer.status_code, len(told(answer))) == (200, 1)


def test_what_was_typed_in_the_other_parts_is_not_lost(admin_client, colleague):
    """Nor in the one that is gone, whose form comes back too."""
    speaker = SpeakerFactory()
    for title in ("maire", "préfète"):
        PositionFactory(speaker=speaker, title=title)
    stale = form_of(admin_client, speaker)
    send(colleague, speaker, **{"positions-0-DELETE": "on"})
    typed = {"positions-0-title": "maire de Vernaz", "positions-1-title": "préfète du Rhône"}
    page = admin_client.post(address(speaker), stale | typed).content.decode()
    assert [title for title in typed.values() if f'value="{title}"' not in page] == []


def test_a_change_behind_our_back_counts(admin_client):
    development = DevelopmentFactory()
    stale = form_of(admin_client, development)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_development SET title = 'La veille.'")
    answer = admin_client.post(address(development), stale)
    assert told(answer) == [
        "Nothing was saved: it was changed meanwhile by constat (title).",
    ]


def test_a_form_without_a_mark_is_refused(admin_client):
    development = DevelopmentFactory()
    values = form_of(admin_client, development) | {"title": "Autre."}
    del values["_mark"]
    admin_client.post(address(development), values)
    development.refresh_from_db()
    assert development.title != "Autre."


def test_saving_twice_in_turn_is_no_conflict(admin_client):
    development = DevelopmentFactory()
    for summary in ("Une.", "Deux."):
        send(admin_client, development, title=summary)
    development.refresh_from_db()
    assert development.title == "Deux."


def test_of_two_who_save_at_once_one_is_refused(transactional_db):
    """On two connections, in two threads that send at the same moment."""
    development = DevelopmentFactory()
    page, forms = address(development), {}
    for name in ("jeanne", "louis"):
        client = Client()
        client.force_login(UserFactory(username=name))
        forms[name] = client, form_of(client, development) | {"title": f"De {name}."}
    together = Barrier(2)

    def save(name):
        client, values = forms[name]
        together.wait()
        try:
            return client.post(page, values)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = dict(zip(forms, threads.map(save, forms), strict=True))
    development.refresh_from_db()
    saved = [name for name, answer in answers.items() if answer.status_code == 302]
    refused = [name for name, answer in answers.items() if answer.status_code == 200]
    assert (len(saved), len(refused)) == (1, 1)
    assert development.title == f"De {saved[0]}."
    assert told(answers[refused[0]]) == [
        f"Nothing was saved: it was changed meanwhile by {saved[0]} (title).",
    ]
