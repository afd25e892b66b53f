"""The life of the record, driven at random: what must hold holds after every step."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from claims import decide, roles
from claims.gates import Closed
from claims.merge import NotMergeable, merge_claims, undo
from claims.models import Claim, Development, Effect, Link, Standing, Verification, Withdrawal
from claims.publish import missing, publish, send_back, submit, succeed, withdraw
from claims.resolve import resolve
from sources.partial_date import PartialDate
from sources.past import as_of
from tests.claims.standing_by_hand import latest, standing
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    RatingFactory,
    UserFactory,
    VerificationFactory,
)
from tests.raw_sql import sql
from tests.record import unrecorded

pytestmark = pytest.mark.django_db

KINDS = st.sampled_from(["fact", "prediction", "commitment"])
RATINGS = st.sampled_from(["true", "false"])
EFFECTS = st.sampled_from(["fulfils", "breaks", "clarifies"])
DAYS = st.sampled_from(["2025-12", "2026-01-15", "2026-03", "2099-01-01"])
DECISIONS = st.sampled_from([None, decide.accept_proposals, decide.refuse_proposals])
TAMPERINGS = st.sampled_from(
    [
        "UPDATE claims_verification SET summary = summary || '!' WHERE id = %s",
        "UPDATE claims_verification SET published_at = now() WHERE id = %s",
        "UPDATE claims_verification SET status = 'draft', published_at = NULL,"
        " approved_by_id = NULL WHERE id = %s",
        "DELETE FROM claims_verification WHERE id = %s",
        "UPDATE claims_evidence SET note = 'Autre' WHERE verification_id = %s",
        "DELETE FROM claims_evidence WHERE verification_id = %s",
        "DELETE FROM claims_verification_claims WHERE verification_id = %s",
    ]
)


def kept(verification):
    """Everything a published verification says, to the last value."""
    return (
        Verification.objects.filter(pk=verification.pk).values().get(),
        list(verification.evidence.order_by("pk").values()),
        list(verification.coverage.order_by("pk").values()),
    )


class Life(RuleBasedStateMachine):
    claims = Bundle("claims")
    drafts = Bundle("drafts")
    published = Bundle("published")
    effects = Bundle("effects")
    links = Bundle("links")
    forecasts = Bundle("forecasts")
    merges = Bundle("merges")

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = datetime(2026, 1, 1, tzinfo=UTC)  # ten days pass with every step
        self.set_clock()
        self.said = {}  # by published verification, all it said when it was published
        self.was = []  # (time, standing of every claim then)

    def teardown(self):
        self.nothing_published_was_lost()
        self.the_past_says_what_was_said_then()
        self.history_is_complete()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def set_clock(self):
        sql("SELECT set_config('constat.clock', %s, true)", self.now.isoformat())

    @initialize(target=claims, kind=KINDS)
    def begin(self, kind):
        self.author = UserFactory(role=roles.CONTRIBUTOR)
        self.editor, self.chief = UserFactory(), UserFactory(role=roles.CHIEF)
        return multiple(*(ClaimFactory(accepted=True, kind=kind) for _ in range(3)))

    @rule(target=claims, kind=KINDS)
    def find(self, kind):
        return ClaimFactory(kind=kind)

    @rule(claim=claims, yes=st.booleans())
    def decide_claim(self, claim, yes):
        decision = decide.accept if yes else decide.reject
        decision(Claim.objects.filter(pk=claim.pk), self.editor)

    @rule(target=drafts, about=st.lists(claims, max_size=2), rating=RATINGS)
    def draft(self, about, rating):
        verification = VerificationFactory(
            claims=set(about), rating=RatingFactory(value=rating), author=self.author
        )
        EvidenceFactory(verification=verification)
        return verification

    @rule(target=drafts, verification=published, rating=RATINGS)
    def write_successor(self, verification, rating):
        successor = succeed(verification, self.author)
        Verification.objects.filter(pk=successor.pk).update(rating=RatingFactory(value=rating))
        return successor

    @rule(verification=drafts, claim=claims)
    def cover(self, verification, claim):
        verification.claims.add(claim)

    @rule(verification=drafts)
    def send_back(self, verification):
        submit(verification, self.author)
        send_back(verification, self.editor, "À reprendre.")

    @rule(target=published, verification=consumes(drafts))
    def publish(self, verification):
        submit(verification, self.author)
        lacks = missing(verification)
        try:
            publish(verification, self.editor)
        except Closed:
            assert lacks
            return multiple()
        assert not lacks
        self.said[verification] = kept(verification)
        return verification

    @rule(target=published, claim=claims, rating=RATINGS)
    def verify(self, claim, rating):
        return self.publish(self.draft([claim], rating))

    @rule(target=published, verification=published, rating=RATINGS)
    def supersede(self, verification, rating):
        return self.publish(self.write_successor(verification, rating))

    @rule(verification=published)
    def withdraw(self, verification):
        if not Withdrawal.objects.filter(verification=verification).exists():
            withdraw(verification, self.chief, "Erreur.")

    @rule(verification=published, tampering=TAMPERINGS)
    def tamper(self, verification, tampering):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(tampering, verification.pk)

    @rule(target=effects, claim=claims, kind=EFFECTS, day=DAYS, decision=DECISIONS)
    def happen(self, claim, kind, day, decision):
        development = DevelopmentFactory(occurred_on=PartialDate.parse(day), accepted=True)
        effect = EffectFactory(development=development, claim=claim, kind=kind, proposed=True)
        self.decide_effect(effect, decision)
        return effect

    @rule(effect=effects, decision=DECISIONS)
    def decide_effect(self, effect, decision):
        if decision:
            decision(Effect.objects.filter(pk=effect.pk), self.editor)

    @rule(effect=effects, yes=st.booleans())
    def decide_development(self, effect, yes):
        decision = decide.accept_proposals if yes else decide.refuse_proposals
        decision(Development.objects.filter(pk=effect.development_id), self.editor)

    @rule(
        target=links, claim=claims, earlier=claims, decision=DECISIONS,
        kind=st.sampled_from(["repeats", "updates"]),
    )  # fmt: skip
    def link(self, claim, earlier, kind, decision):
        ends = [claim, earlier]
        linked = Link.objects.filter(kind=kind, claim__in=ends, earlier__in=ends)
        if claim == earlier or linked.exists():
            return multiple()
        link = LinkFactory(claim=claim, earlier=earlier, kind=kind)
        self.decide_link(link, decision)
        return link

    @rule(link=links, decision=DECISIONS)
    def decide_link(self, link, decision):
        if decision:
            decision(Link.objects.filter(pk=link.pk), self.editor)

    @rule(target=forecasts, claim=claims)
    def foresee(self, claim):
        claim = Claim.objects.get(pk=claim.pk)
        if claim.kind == "fact" or hasattr(claim, "forecast"):
            return multiple()
        forecast = ForecastFactory(claim=claim, due_on=PartialDate.parse("2099"))
        forecast.refresh_from_db()
        return forecast

    @rule(forecast=consumes(forecasts))
    def resolve(self, forecast):
        if forecast.written_at > datetime(2026, 1, 14, tzinfo=UTC):
            return  # What settles it has to come after.
        development = DevelopmentFactory(accepted=True, occurred_on=PartialDate.parse("2026-01-15"))
        resolve(forecast, "overtaken", development.occurred_on, development, self.editor)

    @rule(target=merges, merged=claims, kept=claims)
    def merge(self, merged, kept):
        if merged == kept:
            return multiple()
        merged, kept = (Claim.objects.get(pk=claim.pk) for claim in (merged, kept))
        try:
            return merge_claims(merged, kept, self.chief, "La même phrase.")
        except (Closed, NotMergeable):
            return multiple()

    @rule(merge=consumes(merges))
    def unmerge(self, merge):
        if not merge.kept.merges.standing().exists():
            undo(merge, self.chief, "Deux phrases.")

    @invariant()
    def nothing_published_was_lost(self):
        for verification, said in self.said.items():
            assert kept(verification) == said

    @invariant()
    def a_claim_has_one_current_verification_at_most(self):
        for claim in Claim.objects.all():
            assert len(latest(claim)) <= 1

    @invariant()
    def the_standing_is_what_it_is_by_hand(self):
        found = {s.claim_id: (s.basis, s.value) for s in Standing.objects.all()}
        assert found == {claim.pk: standing(claim) for claim in Claim.objects.all()}
        self.was.append((self.now, found))
        self.now += timedelta(days=10)
        self.set_clock()

    @invariant()
    def only_what_somebody_accepted_is_public(self):
        assert not Claim.objects.published().filter(decided_by=None).exists()

    def the_past_says_what_was_said_then(self):
        for then, found in self.was[:: max(1, len(self.was) // 4)]:
            with as_of(then):
                past = {s.claim_id: (s.basis, s.value) for s in Standing.objects.all()}
            assert past == found

    def history_is_complete(self):
        """The last version of every row is the row."""
        assert unrecorded() == []


def test_the_record_holds_whatever_is_done_to_it():
    # Without shrinking, which takes minutes against a database: the steps that fail are printed.
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, phases=[Phase.generate]
        ),
    )
