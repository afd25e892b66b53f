"""The page of a document."""

from datetime import timedelta

import pytest
from psycopg.types.range import Int4Range

from claims.pages import document as document_page
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    EffectFactory,
    SentenceFactory,
    SnapshotFactory,
)
from tests.pages import shown
from tests.record import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TEXT = "Elle promet deux écoles à Vernaz."


@pytest.fixture
def sentence():
    document = DocumentFactory(byline="Claire Dumas")
    return SentenceFactory(snapshot=SnapshotFactory(document=document, text=TEXT))


def claimed(sentence, *span, **fields):
    content = [Int4Range(*span)]
    return ClaimFactory(
        accepted=True, sentence=sentence, content=content, quote=TEXT[slice(*span)], **fields
    )


def page(client, sentence):
    return shown(client, sentence.snapshot.document)


def test_tells_who_signed_it_and_when_it_was_fetched(client, sentence):
    claimed(sentence, 12, 23)
    head = page(client, sentence).partition('class="columns"')[0]
    assert "Claire Dumas" in head
    assert "Fetched by Constat on" in head
    assert "8 December 2025" in head


def test_leads_to_what_changed_only_if_it_did(client, sentence):
    claimed(sentence, 12, 23)
    assert "What changed" not in page(client, sentence)
    later = NOON + timedelta(days=1)
    SnapshotFactory(document=sentence.snapshot.document, text="Rien.", fetched_at=later)
    assert "What changed" in page(client, sentence)


def test_of_marks_within_marks_each_leads_to_its_claim(client, sentence):
    outer, inner = claimed(sentence, 12, 32), claimed(sentence, 12, 23)
    text = page(client, sentence).partition('class="text"')[2].partition("</div>")[0]
    assert f'<mark class="deeper"><a href="{inner.get_absolute_url()}">deux écoles' in text
    assert f'<mark><a href="{outer.get_absolute_url()}"> à Vernaz' in text
    assert text.index(f'id="mark-{inner.public_id}"') < text.index(f'id="mark-{outer.public_id}"')


def test_claims_are_numbered_beside_as_in_the_text(client, sentence):
    second, first = claimed(sentence, 24, 32), claimed(sentence, 0, 11)
    text = page(client, sentence)
    for number, claim in ((1, first), (2, second)):
        note = text.partition(f'<li id="claim-{number}">')[2].partition("</li>")[0]
        assert f'href="#mark-{claim.public_id}"' in note


def test_a_note_says_where_its_claim_stands(client, sentence):
    verify(claimed(sentence, 12, 23))
    note = page(client, sentence).partition('<li id="claim-1">')[2]
    assert "Imprecise" in note.partition("</li>")[0]


def test_of_a_great_many_the_first_are_marked(client, sentence, monkeypatch):
    monkeypatch.setattr(document_page, "MARKED", 2)
    for start in (24, 12, 0):
        claimed(sentence, start, start + 8)
    text = page(client, sentence)
    assert "The first 2 claims in this text" in text
    marked = text.partition('class="text"')[2].partition("</div>")[0]
    assert marked.count("<mark>") == 2
    assert "Elle pro</a>" in marked


def test_of_a_development_with_many_effects_some_are_told(client):
    effect = EffectFactory()
    for _effect in range(7):
        EffectFactory(development=effect.development)
    text = shown(client, effect.development.document)
    assert text.partition('class="effects"')[2].partition("</ul>")[0].count("<li>") == 5
