"""What was public and is no longer, and until when; of nothing else is anything told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.correct import correct
from claims.decide import accept, accept_proposals, refuse_proposals, reject
from claims.gone import gone
from claims.models import Appearance, Claim, Development, Speaker, Verification
from sources.fields import new_public_id
from sources.history import record_clock
from sources.models import Document
from sources.past import as_of
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    SentenceFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.plans import plan, whole_tables

pytestmark = pytest.mark.django_db


def day(number: int) -> datetime:
    return datetime(2025, 12, number, 12, tzinfo=UTC)


def letting_in(row, at=1):
    """Let it in on that day."""
    with record_clock(day(at)):
        rows = type(row).objects.filter(pk=row.pk)
        (accept if isinstance(row, Claim) else accept_proposals)(rows, UserFactory())
    return row


def taking_out(row, at=3):
    """Keep it out from that day on."""
    with record_clock(day(at)):
        rows = type(row).objects.filter(pk=row.pk)
        (reject if isinstance(row, Claim) else refuse_proposals)(rows, UserFactory())
    return row


def candidate(**fields) -> Claim:
    """One that was found before all that happens to it."""
    with record_clock(day(1) - timedelta(hours=6)):
        return ClaimFactory(**fields)


@pytest.fixture
def new():
    return candidate()


def since(row):
    was = gone(type(row), row.public_id)
    return was and was.since


def test_a_claim_is_until_it_was_rejected(new):
    assert since(taking_out(letting_in(new))) == day(3)


def test_a_claim_let_in_again_is_not(new):
    assert since(letting_in(taking_out(letting_in(new)), at=5)) is None


def test_a_claim_is_until_the_last_time_it_was_rejected(new):
    taking_out(letting_in(taking_out(letting_in(new)), at=5), at=7)
    assert since(new) == day(7)


def test_what_is_changed_afterwards_does_not_move_the_day(new):
    taking_out(letting_in(new))
    Claim.objects.filter(pk=new.pk).update(wording="Autrement.")
    assert since(new) == day(3)


@pytest.mark.parametrize("rejected", [True, False])
def test_a_claim_that_was_never_let_in_is_not(new, rejected):
    assert since(taking_out(new) if rejected else new) is None


def test_a_public_claim_is_not(new):
    assert since(letting_in(new)) is None


@pytest.mark.parametrize("model", [Claim, Development, Document, Speaker, Verification])
def test_what_is_not_there_is_not(model):
    assert gone(model, new_public_id()) is None


def test_a_speaker_is_when_the_last_of_their_claims_is(new):
    other = letting_in(candidate(speaker=new.speaker))
    taking_out(letting_in(new))
    assert since(new.speaker) is None
    taking_out(other, at=5)
    assert since(new.speaker) == day(5)


def test_a_speaker_is_when_their_claim_turns_out_to_be_another_s(new):
    wrong = letting_in(new).speaker
    with record_clock(day(4)):
        correct(new, "clarification", "Un autre.", UserFactory(), speaker=SpeakerFactory())
    assert since(wrong) == day(4)


def test_a_speaker_of_candidates_only_is_not(new):
    assert since(new.speaker) is None


def test_a_development_is_once_it_is_refused():
    with record_clock(day(1)):
        development = DevelopmentFactory()
    assert since(development) is None
    assert since(taking_out(letting_in(development))) == day(3)


def test_a_development_is_once_the_claim_it_rests_on_is_rejected(new):
    with record_clock(day(1)):
        development = DevelopmentFactory(document=None, claim=new)
    letting_in(new)
    letting_in(development, at=2)
    assert since(development) is None
    taking_out(new, at=4)
    assert since(development) == day(4)


def test_a_development_refused_before_its_claim_was_let_in_is_not(new):
    with record_clock(day(1)):
        development = DevelopmentFactory(document=None, claim=new)
    taking_out(letting_in(development))
    letting_in(new, at=4)
    assert since(development) is None


def test_a_document_is_once_nothing_public_is_in_it(new):
    assert since(taking_out(letting_in(new)).document) == day(3)


def test_a_document_that_another_claim_is_in_is_not(new):
    letting_in(candidate(sentence=SentenceFactory(snapshot=new.sentence.snapshot)))
    assert since(taking_out(letting_in(new)).document) is None


def test_a_document_is_once_what_appeared_in_it_is_rejected(new):
    with record_clock(day(2)):
        copy = Appearance.objects.create(claim=new, sentence=SentenceFactory())
    taking_out(letting_in(new))
    assert since(copy.sentence.snapshot.document) == day(3)


def test_a_document_in_which_nothing_appeared_while_it_was_public_is_not(new):
    with record_clock(day(1)):
        copy = Appearance.objects.create(claim=new, sentence=SentenceFactory())
    with record_clock(day(2)):
        copy.delete()
    taking_out(letting_in(new, at=3), at=4)
    assert since(copy.sentence.snapshot.document) is None


def test_a_document_is_once_the_development_it_tells_of_is_refused():
    with record_clock(day(1)):
        development = DevelopmentFactory()
    taking_out(letting_in(development))
    assert since(development.document) == day(3)


def test_a_document_cited_by_a_draft_only_is_not():
    draft = VerificationFactory()
    draft.evidence.create(document=DocumentFactory(), retrieved_at=day(1))
    assert since(draft.evidence.get().document) is None


def test_a_draft_is_not():
    assert since(VerificationFactory()) is None


class TestAsOf:
    def test_before_it_was_let_in_it_is_not(self, new):
        taking_out(letting_in(new, at=2))
        with as_of(day(2) - timedelta(hours=1)):
            assert since(new) is None

    def test_once_it_was_rejected_it_is_even_if_it_came_back_since(self, new):
        letting_in(taking_out(letting_in(new)), at=5)
        with as_of(day(4)):
            assert since(new) == day(3)


def test_no_history_is_read_from_end_to_end(new):
    taking_out(letting_in(new))
    with CaptureQueriesContext(connection) as captured:
        for row in (new, new.speaker, new.document):
            since(row)
    events = [query["sql"] for query in captured.captured_queries if "pgh_id" in query["sql"]]
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert len(events) == 5
    assert [sql for sql in events if whole_tables(plan(sql))] == []
