"""A CDN is told what to forget, whoever changes the record and however."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import Phase
from hypothesis import settings as drawing
from hypothesis.stateful import invariant, run_state_machine_as_test

from claims import purge
from claims.merge import merge_claims, undo
from claims.models import Change, Claim, Follower, Verification
from claims.public_changes import note_new_pages
from claims.sync.settle import settle
from config import caching
from sources.models import Document
from tests.cdn import Cdn, fetched
from tests.claims.test_life import Life
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    ScaleFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.raw_sql import committed, correction, sql, withdrawal
from tests.record import supersede, verify
from tests.worker import jobs, work


@pytest.fixture
def told(db, settings):
    """A CDN is told of changes, and there are none yet."""
    settings.CDN_PURGE_URL = "http://cdn.test/"
    note_new_pages()
    concerned()


def concerned() -> set[str]:
    """The tags of what changed since it was last asked."""
    committed()
    follower = Follower.objects.get(name="cdn")
    before, follower.number = follower.number, settle()
    follower.save()
    changes = Change.objects.filter(number__gt=before or 0)
    return set(purge.concerned(changes)) if changes else set()


class TestAChange:
    pytestmark = pytest.mark.usefixtures("told")

    def test_of_a_claim_concerns_its_speaker_document_and_lists(self):
        claim = ClaimFactory(accepted=True)
        ids = {claim.public_id, claim.speaker.public_id, claim.document.public_id}
        assert concerned() == {*ids, "record"}

    def test_that_nobody_sees_concerns_nothing(self):
        claim = ClaimFactory()
        sql("UPDATE claims_claim SET check_worthiness = 0.5 WHERE id = %s", claim.pk)
        PositionFactory(speaker=claim.speaker)
        SnapshotFactory(document=claim.document, text="Autre.")
        sql("UPDATE sources_document SET title = 'Autre' WHERE id = %s", claim.document.pk)
        DevelopmentFactory()
        assert concerned() == set()

    def test_of_nothing_concerns_nothing(self):
        claim = ClaimFactory(accepted=True)
        concerned()
        sql("UPDATE claims_claim SET wording = wording WHERE id = %s", claim.pk)
        assert concerned() == set()

    def test_below_django_concerns_the_same(self):
        claim = ClaimFactory(accepted=True)
        concerned()
        sql("UPDATE claims_speaker SET name = 'Une autre' WHERE id = %s", claim.speaker.pk)
        assert concerned() == {claim.speaker.public_id, "record"}

    def test_of_the_speaker_concerns_both(self):
        claim, other = ClaimFactory.create_batch(2, accepted=True)
        concerned()
        former = claim.speaker
        Claim.objects.filter(pk=claim.pk).update(speaker=other.speaker)
        assert {former.public_id, other.speaker.public_id} <= concerned()

    def test_of_a_verification_concerns_what_repeats_its_claim(self):
        claim, repeat, again, other = ClaimFactory.create_batch(4, accepted=True)
        verify(other)  # Then there is a scale.
        LinkFactory(accepted=True, kind="repeats", claim=repeat, earlier=claim)
        LinkFactory(accepted=True, kind="repeats", claim=again, earlier=repeat)
        concerned()
        verification = verify(claim)
        found = concerned()
        assert {each.public_id for each in (verification, claim, repeat, again)} <= found
        assert again.speaker.public_id in found
        assert verification.evidence.get().document.public_id in found

    def test_of_a_rating_concerns_every_page(self):
        rating = RatingFactory()
        concerned()
        sql("UPDATE claims_rating SET position = position + 100 WHERE id = %s", rating.pk)
        assert concerned() == {"constat"}

    def test_of_very_much_concerns_every_page(self, monkeypatch):
        monkeypatch.setattr(purge, "MOST", 2)
        ClaimFactory.create_batch(3, accepted=True)
        assert concerned() == {"constat"}

    def test_that_is_taken_back_concerns_nothing(self):
        claim = ClaimFactory(accepted=True)
        concerned()
        sql("SAVEPOINT here")
        sql("UPDATE claims_claim SET wording = 'Autre' WHERE id = %s", claim.pk)
        sql("ROLLBACK TO here")
        assert concerned() == set()


@pytest.mark.django_db
def test_nobody_is_told_without_a_cdn():
    ClaimFactory(accepted=True)
    committed()
    settle()
    assert Change.objects.exists()
    assert jobs("purge") == []


@pytest.mark.django_db
def test_without_a_cdn_there_is_none_to_tell():
    with pytest.raises(CommandError, match="CONSTAT_CDN_PURGE_URL"):
        call_command("purge")


@pytest.fixture
def cdn(queue, live_server, settings):
    """A CDN in front of the site, which is told of changes."""
    cdn = Cdn(live_server.url)
    settings.CDN_PURGE_URL = f"{cdn.address}/purge"
    settings.CDN_PURGE_HEADER = "Fastly-Key: geheim"
    note_new_pages()
    work()
    yield cdn
    cdn.shutdown()
    cdn.server_close()


def told_of_all() -> bool:
    return Follower.objects.get(name="cdn").number == settle()


class TestTheWorker:
    def test_has_the_cdn_forget_what_changed(self, cdn):
        assert cdn.purged() == {"constat"}
        claim = ClaimFactory(accepted=True)
        work()
        assert {claim.public_id, "record"} <= cdn.purged()
        assert {headers["Fastly-Key"] for headers, _body in cdn.purges} == {"geheim"}
        assert told_of_all()

    def test_asks_for_at_most_a_hundred_at_once(self, cdn, monkeypatch):
        monkeypatch.setattr(purge, "AT_ONCE", 2)
        cdn.purges.clear()
        ClaimFactory(accepted=True)
        work()
        assert [len(headers["Surrogate-Key"].split()) for headers, _body in cdn.purges] == [2, 2]

    def test_tries_again_later_and_at_once_when_something_else_changes(self, cdn):
        cdn.status = 503
        claim = ClaimFactory(accepted=True)
        work()
        assert jobs("purge")[-1] == ("todo", 1)
        cdn.status = 200
        other = ClaimFactory(accepted=True)
        work()
        assert {claim.public_id, other.public_id} <= cdn.purged()
        assert told_of_all()

    def test_speaks_to_cloudflare_as_that_wants_it(self, cdn, monkeypatch):
        monkeypatch.setattr(purge, "CLOUDFLARE", "127.0.0.1")
        cdn.purges.clear()
        claim = ClaimFactory(accepted=True)
        work()
        [(_headers, body)] = cdn.purges
        assert claim.public_id in json.loads(body)["tags"]

    def test_has_it_forget_every_page_when_told_to(self, cdn, capsys):
        cdn.purges.clear()
        call_command("purge")
        work()
        assert cdn.purged() == {"constat"}


def acts(claim, repeat):
    """Everything that readers see, one after the other, by editors and in raw SQL."""
    chief = UserFactory(role="chief")

    def verification():
        return claim.verifications.latest_versions().get()

    def pair(*claims):
        return [Claim.objects.get(pk=each.pk) for each in claims]

    yield "a new claim", lambda: ClaimFactory(accepted=True, speaker=claim.speaker)
    yield "its wording", lambda: Claim.objects.filter(pk=claim.pk).update(wording="Autrement.")
    yield "verified", lambda: verify(claim)
    yield "superseded", lambda: supersede(verification(), rating=RatingFactory(value="true"))
    yield "corrected", lambda: correction("claim_id", claim)
    yield "a development", lambda: EffectFactory(claim=repeat, kind="breaks")
    yield "a link", lambda: LinkFactory(accepted=True, claim=claim)
    yield "an appearance", lambda: claim.appearances.create(sentence=SentenceFactory())
    yield "a position", lambda: PositionFactory(speaker=claim.speaker)
    yield "a snapshot", lambda: SnapshotFactory(document=claim.document, text="Autre.")
    yield "a title", lambda: Document.objects.filter(pk=claim.document.pk).update(title="Autre")
    yield "a name", lambda: sql("UPDATE sources_publisher SET name = name || ' (2)'")
    yield "a scale", lambda: ScaleFactory(version=2)
    yield "withdrawn", lambda: withdrawal(verification())
    yield "merged", lambda: merge_claims(*pair(repeat, claim), chief, "La même phrase.")
    yield "undone", lambda: undo(repeat.merges.standing().get(), chief, "Deux phrases.")
    out = "UPDATE claims_claim SET status = 'rejected' WHERE id = %s"
    yield "rejected", lambda: sql(out, repeat.pk)


def test_a_cdn_never_shows_an_old_page_once_the_worker_ran(cdn):
    claim, repeat = ClaimFactory.create_batch(2, accepted=True)
    LinkFactory(accepted=True, kind="repeats", claim=repeat, earlier=claim)
    evidence = verify(ClaimFactory(accepted=True)).evidence.get().document
    rows = [claim, claim.speaker, claim.document, repeat, evidence]
    addresses = ["/", *(row.get_absolute_url() for row in rows)]
    purge.purge()
    before = {address: cdn.get(address) for address in addresses}
    old, changed = [], 0
    for name, act in acts(claim, repeat):
        act()
        purge.purge()
        for address in addresses:
            status, body, _headers = fetched(cdn.origin, address)
            changed += (status, body) != before[address]
            before[address] = status, body
            if cdn.get(address) != (status, body):
                old.append((name, address))
    assert old == []
    assert changed > 30
    assert cdn.hits > 10


class Kept(Life):
    """The same life, with caches: after each act, each page is what it was or known to be another.

    The clock stands still, so that only the acts change pages.
    """

    def __init__(self):
        super().__init__()
        self.now = datetime(2026, 6, 1, tzinfo=UTC)
        self.set_clock()
        self.client, self.pages = Client(), {}

    # What Life looks at is looked at there.
    nothing_published_was_lost = a_claim_has_one_current_verification_at_most = lambda self: None
    only_what_somebody_accepted_is_public = history_is_complete = lambda self: None

    def addresses(self):
        rows = [*Claim.objects.order_by("pk")[:4], *Verification.objects.order_by("pk")[:3]]
        rows += [row for claim in rows[:2] for row in (claim.speaker, claim.document)]
        return ["/", "/corrections/", *(row.get_absolute_url() for row in rows)]

    @invariant()
    def the_standing_is_what_it_is_by_hand(self):
        """Every page is either what it was, or not, and then nobody takes it for that."""
        purged = concerned()
        for address in self.addresses():
            page, before = self.client.get(address), self.pages.get(address)
            self.pages[address] = page if page.status_code == 200 else None
            if before is None:
                continue
            by_tag = self.client.get(address, headers={"If-None-Match": before["ETag"]})
            if page.content == before.content:
                assert by_tag.status_code == 304
                continue
            since = {"If-Modified-Since": before["Last-Modified"]}
            by_time = self.client.get(address, headers=since)
            assert by_tag.status_code == by_time.status_code == page.status_code
            assert purged & set(before["Surrogate-Key"].split()), address


@pytest.mark.usefixtures("told")
def test_no_cache_takes_a_page_that_changed_for_the_old_one(monkeypatch):
    monkeypatch.setattr(caching, "STARTED", 0)
    # Changes of one second follow each other by seconds of their own: here they have come.
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        run_state_machine_as_test(
            Kept,
            settings=drawing(
                max_examples=2, stateful_step_count=8, deadline=None, phases=[Phase.generate]
            ),
        )
