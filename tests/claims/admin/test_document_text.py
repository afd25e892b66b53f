"""The text of a document at the desk, and claims made in it."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from claims import roles
from claims.admin.documents import marked
from claims.models import Appearance, Claim
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TEXT = "Avant.\r\n\r\nLa maire <b>promet</b> deux écoles 😀. Après."


@pytest.fixture
def editor(client):
    client.force_login(UserFactory())
    return client


@pytest.fixture
def sentence():
    return SentenceFactory(snapshot=SnapshotFactory(text=TEXT))


def page(document, view="text"):
    return reverse(f"admin:sources_document_{view}", args=[document.pk])


def shown(client, document, **query) -> str:
    return client.get(page(document), query).content.decode()


def words(html: str) -> str:
    """The textContent a browser would have."""
    return unescape(re.sub(r"<[^>]*>", "", html.replace("&#13;", "\r")))


def selected(words: str, start=None) -> dict:
    start = TEXT.index(words) if start is None else start
    return {"start": start, "end": start + len(words), "words": words}


def make(client, snapshot, *content, source=None, cue=None, **values):
    spans = {"content": list(content), "source": source, "cue": cue}
    values = {"kind": "fact", "quotation": "indirect", "snapshot": snapshot.pk} | values
    return client.post(page(snapshot.document, "claim"), values | {"spans": json.dumps(spans)})


def test_the_text_is_shown_to_the_letter(editor, sentence):
    ClaimFactory(sentence=sentence, content=[(10, 18)])
    html = shown(editor, sentence.snapshot.document)
    (text,) = re.findall(r'<div id="text"[^>]*>(.*?)</div>', html, re.DOTALL)
    assert words(text) == TEXT


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_marks_add_no_word(text):
    claim = Claim(pk=1, quote="a", status="accepted")
    placed = [(claim, [(0, len(text) // 2)]), (claim, [(0, len(text))])] if len(text) > 1 else []
    assert words(marked(text, placed)) == text


@pytest.mark.parametrize("status", ["candidate", "accepted", "rejected"])
def test_each_claim_is_marked_by_its_status_and_led_to(editor, sentence, status):
    fields = {} if status == "candidate" else {"decided_by": UserFactory(), "decided_at": NOON}
    claim = ClaimFactory(sentence=sentence, content=[(10, 18)], status=status, **fields)
    html = shown(editor, sentence.snapshot.document)
    assert f'<mark class="{status}">La maire</mark>' in html
    assert f'href="{reverse("admin:claims_claim_change", args=[claim.pk])}"' in html


def test_a_claim_from_elsewhere_is_marked_where_it_is_reported(editor, sentence):
    claim = ClaimFactory()
    Appearance.objects.create(claim=claim, sentence=sentence, content=[(10, 18)])
    html = shown(editor, sentence.snapshot.document)
    assert '<mark class="candidate">La maire</mark>' in html


def test_the_latest_snapshot_is_shown_and_others_can_be(editor, sentence):
    old = sentence.snapshot
    later = NOON + timedelta(days=1)
    SnapshotFactory(document=old.document, text="Un pont.", fetched_at=later)
    assert "Un pont." in shown(editor, old.document)
    assert "not the latest" in shown(editor, old.document, snapshot=old.pk)


@pytest.mark.parametrize("asked", ["x", "0", "-1"])
def test_a_snapshot_that_is_none_is_not_found(editor, sentence, asked):
    answer = editor.get(page(sentence.snapshot.document), {"snapshot": asked})
    assert answer.status_code == 404


def test_a_document_without_a_text_says_so(editor):
    assert "only cited" in shown(editor, DocumentFactory())


def test_selected_words_become_a_claim(editor, sentence):
    values = {"speaker": "Jeanne Roux", "said_on": "2025-12", "wording": "Deux écoles ouvriront."}
    answer = make(editor, sentence.snapshot, selected("deux écoles"), **values)
    claim = Claim.objects.get()
    assert (claim.quote, str(claim.speaker), claim.text) == (
        "deux écoles",
        "Jeanne Roux",
        "Deux écoles ouvriront.",
    )
    assert 'class="accepted">deux écoles<' in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "values", "fault"),
    [
        ([], {}, "Select the words"),
        ([selected("deux écoles", 3)], {}, "is not what the text says"),
        ([{"start": "x"}], {}, "Select the words"),
        ([selected("deux écoles")], {"said_on": "mardi"}, "is not a date"),
        ([selected("deux écoles")], {"kind": "x"}, "Kind"),
        ([selected("deux écoles")], {"quotation": "none", "speaker": "Roux"}, "no speaker"),
    ],
)
def test_what_cannot_be_is_told(editor, sentence, content, values, fault):
    answer = make(editor, sentence.snapshot, *content, **values)
    assert (answer.status_code, Claim.objects.count()) == (422, 0)
    assert fault in unescape(answer.content.decode())


def test_what_is_a_claim_already_leads_to_it(editor, sentence):
    known = ClaimFactory(sentence=sentence, content=[(10, 18)], quote="La maire")
    answer = make(editor, sentence.snapshot, selected("La maire"))
    assert reverse("admin:claims_claim_change", args=[known.pk]) in answer.content.decode()


def test_several_of_a_name_are_asked_for(editor, sentence):
    one, _other = (SpeakerFactory(name="Jeanne Roux") for _ in range(2))
    answer = make(editor, sentence.snapshot, selected("La maire"), speaker="Jeanne Roux")
    assert f'name="who" value="{one.pk}"' in answer.content.decode()
    make(editor, sentence.snapshot, selected("La maire"), speaker="Jeanne Roux", who=one.pk)
    assert Claim.objects.get().speaker == one


def test_the_snapshot_of_another_document_is_not_found(editor, sentence):
    other = SnapshotFactory()
    answer = editor.post(page(other.document, "claim"), {"snapshot": sentence.snapshot.pk})
    assert answer.status_code == 404


def test_speakers_are_suggested_by_all_their_names(editor, sentence):
    speaker = SpeakerFactory(name="Jeanne Roux")
    speaker.aliases.create(name="Mme le maire")
    SpeakerFactory(name="Paul Vidal")
    address = page(sentence.snapshot.document, "speakers")
    html = editor.get(address, {"speaker": "MAIRE"}).content.decode()
    assert ("Jeanne Roux" in html, "Paul Vidal" in html) == (True, False)


def test_a_contributor_proposes(client, sentence):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    assert "Propose it" in shown(client, sentence.snapshot.document)
    make(client, sentence.snapshot, selected("La maire"))
    assert Claim.objects.get().status == "candidate"


def test_who_sees_no_documents_sees_no_text(client, sentence):
    client.force_login(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    assert client.get(page(sentence.snapshot.document)).status_code == 403
    assert make(client, sentence.snapshot, selected("La maire")).status_code == 403


def test_the_text_takes_as_many_queries_for_many_claims_as_for_one(
    editor, sentence, counted_queries
):
    for end in range(11, 18):
        ClaimFactory(sentence=sentence, content=[(10, end)])
    with counted_queries("admin document text"):
        shown(editor, sentence.snapshot.document)
