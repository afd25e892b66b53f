"""What readers, and the desk, see of a redaction."""

import pytest
from django.urls import reverse
from psycopg.types.range import Int4Range

from claims.edit import edit
from claims.redaction.redact import Wish, redact
from sources.models import Redaction
from tests.claims.redaction.case import NAME, SURNAME
from tests.factories import ClaimFactory, SpeakerFactory, UserFactory
from tests.pages import shown

pytestmark = pytest.mark.django_db
WHY = "Demande d’une personne privée."


def done(case, chief):
    wish = Wish(case.document, [NAME, SURNAME], [case.speaker], "une personne privée")
    return redact(wish, "erasure", WHY, chief)


def test_the_address_of_the_text_from_before_leads_on(client, case, chief):
    old = case.snapshot.get_absolute_url()
    done(case, chief)
    case.snapshot.refresh_from_db()
    for end in ("", "text"):
        assert client.get(old + end).url == case.snapshot.get_absolute_url() + end


def test_readers_are_told_what_was_done_and_what_proves_it(client, case, chief):
    redaction = done(case, chief)
    case.snapshot.refresh_from_db()
    page = shown(client, case.snapshot.get_absolute_url())
    (text,) = redaction.texts.all()
    said = (text.before, text.after, text.original, redaction.digest, text.places, WHY)
    assert [each for each in said if each not in page] == []


def test_no_public_page_says_the_words(client, case, chief):
    done(case, chief)
    for row in (case.document, case.claim, case.speaker, case.later):
        assert SURNAME not in shown(client, row.get_absolute_url())


def address(case) -> str:
    return f"{reverse('admin:sources_redaction_add')}?document={case.document.pk}"


def filled(case, **more) -> dict:
    return {
        "phrases": f"{NAME}\n{SURNAME}\n", "speakers": [case.speaker.pk], "ground": "erasure",
        "pseudonym": "une personne privée", "reason": WHY, **more,
    }  # fmt: skip


def test_the_desk_shows_what_it_touches_before_anything_is_done(client, case, chief):
    client.force_login(chief)
    page = client.post(address(case), filled(case, preview="1")).content.decode()
    assert "<mark>HÉLÈNE QUÉVRIAUX</mark>" in page
    assert "Redact" not in page or 'name="redact"' in page
    assert not Redaction.objects.exists()


def test_whoever_may_have_said_it_or_was_said_to_is_offered(client, case, chief):
    once, maybe = SpeakerFactory(name="Anne Roux"), SpeakerFactory(name="Jean Roux")
    parts = [[Int4Range(case.said.start, case.said.start + length)] for length in (5, 9)]
    others = [ClaimFactory(sentence=case.said, content=part, speaker=None) for part in parts]
    others[0].possible_speakers.add(maybe)
    edit(others[1], chief, speaker=once)
    edit(others[1], chief, speaker=case.speaker)
    client.force_login(chief)
    page = client.get(address(case)).content.decode()
    assert [name for name in ("Anne Roux", "Jean Roux", NAME) if name not in page] == []


def test_the_desk_redacts(client, case, chief):
    client.force_login(chief)
    answer = client.post(address(case), filled(case, redact="1"))
    redaction = Redaction.objects.get()
    assert answer.url == reverse("admin:sources_redaction_change", args=[redaction.pk])
    assert WHY in client.get(answer.url).content.decode()


def test_what_is_refused_comes_back_with_the_reason(client, case, chief):
    client.force_login(chief)
    page = client.post(address(case), filled(case, phrases="absent du texte", redact="1"))
    assert "absent du texte" in page.content.decode()
    assert not Redaction.objects.exists()


def test_who_has_not_the_right_does_not_get_to_the_page(client, case):
    client.force_login(UserFactory())
    for act in ({"preview": "1"}, {"redact": "1"}):
        assert client.post(address(case), filled(case, **act)).status_code == 403
    assert not Redaction.objects.exists()
