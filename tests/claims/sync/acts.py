"""Everything that changes what readers see, at random: by editors and in raw SQL."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from claims import decide
from claims.correct import correct
from claims.gates import Closed
from claims.merge import NotMergeable, merge_claims, merge_speakers, undo
from claims.models import (
    Claim,
    ClaimMerge,
    Development,
    Effect,
    Forecast,
    Link,
    Rating,
    Speaker,
    SpeakerMerge,
    Verification,
)
from claims.publish import withdraw
from claims.resolve import resolve
from sources.models import Document, Publisher, Sentence
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    ScaleFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)
from tests.raw_sql import recheck, sql
from tests.record import supersede, verify

# What a gate, a constraint or another writer refuses is not done.
REFUSED = (Closed, NotMergeable, IntegrityError, OperationalError, ObjectDoesNotExist)


class Nothing(Exception):
    """There is no row to do it with."""


class Writer:
    """One who does such things, one after the other."""

    def __init__(self, seed: int, done: Counter):
        self.random = random.Random(seed)
        self.editor, self.chief = UserFactory(), UserFactory(role="chief")
        self.done = done

    def act(self) -> None:
        """One of them, or several in one transaction, which may be taken back."""
        together = self.random.choice([1, 1, 1, 2, 3])
        with suppress(Nothing, *REFUSED), transaction.atomic():
            for act in self.random.choices(self.acts, k=together):
                act(self)
                self.done[act.__name__] += 1
            transaction.set_rollback(self.random.random() < 0.05)

    def one(self, rows):
        """One of the latest rows."""
        found = list(rows.order_by("-pk")[:12])
        if not found:
            raise Nothing
        return self.random.choice(found)

    def claim(self, **fields) -> Claim:
        return self.one(Claim.objects.filter(**fields))

    def published(self) -> Verification:
        return self.one(Verification.objects.published())

    def words(self, word: str) -> str:
        return f"{word} {self.random.randrange(10**9)}"

    def day(self) -> PartialDate:
        days = self.random.choice([-400, -30, -1, 0, 1, 400])
        return PartialDate.day(timezone.localdate() + timedelta(days=days))

    # The acts

    def find(self):
        kind = self.random.choice(["fact", "prediction", "commitment"])
        ClaimFactory(accepted=self.random.random() < 0.7, kind=kind)

    def find_another_of_the_speaker(self):
        claim = self.claim()
        snapshot = claim.sentence.snapshot
        ClaimFactory(accepted=True, speaker=claim.speaker, sentence__snapshot=snapshot)

    def accept(self):
        decide.accept(Claim.objects.filter(pk=self.claim().pk), self.editor)

    def reject(self):
        decide.reject(Claim.objects.filter(pk=self.claim().pk), self.editor)

    def make_a_candidate_of_it(self):
        sql(
            "UPDATE claims_claim SET status = 'candidate', decided_by_id = NULL,"
            " decided_at = NULL, rejected_because = '' WHERE id = %s",
            self.claim().pk,
        )

    def take_it_out_with_what_it_has(self):
        claim = self.claim(status="accepted")
        sql("DELETE FROM claims_forecast WHERE claim_id = %s", claim.pk)
        sql("UPDATE claims_claim SET status = 'rejected' WHERE id = %s", claim.pk)
        sql("DELETE FROM claims_appearance WHERE claim_id = %s", claim.pk)

    def reword(self):
        Claim.objects.filter(pk=self.claim().pk).update(wording=self.words("Autrement"))

    def say_on(self):
        Claim.objects.filter(pk=self.claim().pk).update(said_on=self.day())

    def attribute(self):
        speaker = self.one(Speaker.objects.all())
        Claim.objects.filter(pk=self.claim().pk).update(speaker=speaker)

    def verify(self):
        verify(self.claim(status="accepted"), rating=self.rating())

    def rating(self):
        return RatingFactory(value=self.random.choice(["true", "false", "imprecise"]))

    def supersede(self):
        supersede(self.published(), rating=self.rating())

    def withdraw(self):
        withdraw(self.published(), self.chief, "Erreur.")

    def look_again(self):
        recheck(self.published())

    def draft(self):
        VerificationFactory(claims=[self.claim(), self.claim()])

    def correct(self):
        claim = self.claim(status="accepted")
        correct(claim, "error", "Mal cité.", self.editor, wording=self.words("Mieux"))

    def correct_verification(self):
        correct(self.published(), "update", "Une source de plus.", self.editor)

    def happen(self):
        development = DevelopmentFactory(occurred_on=self.day(), accepted=True)
        kind = self.random.choice(["fulfils", "breaks", "context"])
        EffectFactory(development=development, claim=self.claim(), kind=kind)

    def propose(self):
        EffectFactory(claim=self.claim(), proposed=True, development__occurred_on=self.day())

    def say_later(self):
        later = self.claim()
        development = DevelopmentFactory(
            claim=later, document=None, occurred_on=self.day(), accepted=True
        )
        EffectFactory(development=development, claim=self.claim(), kind="contradicts")

    def decide_proposal(self):
        model = self.random.choice([Development, Effect, Link])
        decision = self.random.choice([decide.accept_proposals, decide.refuse_proposals])
        decision(model.objects.filter(pk=self.one(model.objects).pk), self.editor)

    def tell_otherwise(self):
        development = self.one(Development.objects)
        Development.objects.filter(pk=development.pk).update(occurred_on=self.day())

    def link(self):
        kind = self.random.choice(["repeats", "repeats", "updates"])
        LinkFactory(
            accepted=self.random.random() < 0.7,
            claim=self.claim(), earlier=self.claim(), kind=kind,
        )  # fmt: skip

    def unlink(self):
        sql("DELETE FROM claims_link WHERE id = %s", self.one(Link.objects).pk)

    def foresee(self):
        ForecastFactory(claim=self.claim(), due_on=self.day())

    def resolve(self):
        forecast = self.one(Forecast.objects.filter(outcome=""))
        today = PartialDate.day(timezone.localdate())
        development = DevelopmentFactory(accepted=True, occurred_on=today)
        resolve(forecast, "overtaken", today, development, self.editor)

    def forget_forecast(self):
        sql("DELETE FROM claims_forecast WHERE id = %s", self.one(Forecast.objects).pk)

    def move_forecast(self):
        sql("UPDATE claims_forecast SET claim_id = %s WHERE id = %s",
            self.claim().pk, self.one(Forecast.objects).pk)  # fmt: skip

    def appear(self):
        self.claim().appearances.create(sentence=SentenceFactory())

    def disappear(self):
        self.claim().appearances.all().delete()

    def move_claim(self):
        sentence = self.one(Sentence.objects)
        sql("UPDATE claims_claim SET sentence_id = %s WHERE id = %s", sentence.pk, self.claim().pk)

    def merge(self):
        merge_claims(self.claim(), self.claim(), self.chief, "La même phrase.")

    def part(self):
        undo(self.one(ClaimMerge.objects.standing()), self.chief, "Deux phrases.")

    def merge_speakers(self):
        two = self.random.sample(list(Speaker.objects.order_by("-pk")[:12]), 2)
        merge_speakers(*two, self.chief, "La même personne.")

    def part_speakers(self):
        undo(self.one(SpeakerMerge.objects.standing()), self.chief, "Deux personnes.")

    def rename(self):
        rows = self.random.choice([Speaker.objects, Publisher.objects])
        rows.filter(pk=self.one(rows).pk).update(name=self.words("Autre"))

    def name_otherwise(self):
        self.claim().speaker.aliases.create(name=self.words("Alias"))

    def forget_names(self):
        self.claim().speaker.aliases.all().delete()

    def hold_office(self):
        organisation = self.one(Speaker.objects)
        PositionFactory(speaker=self.claim().speaker, organisation=organisation)

    def leave_office(self):
        self.claim().speaker.positions.all().delete()

    def entitle(self):
        document = self.one(Document.objects)
        Document.objects.filter(pk=document.pk).update(title=self.words("Titre"))

    def publish_elsewhere(self):
        document, publisher = self.one(Document.objects), self.one(Publisher.objects)
        Document.objects.filter(pk=document.pk).update(publisher=publisher)

    def fetch(self):
        SnapshotFactory(document=self.one(Document.objects))

    def change_scale(self):
        ScaleFactory(version=self.random.randrange(2, 5))

    def define(self):
        rating = self.one(Rating.objects.filter(verifications=None))
        Rating.objects.filter(pk=rating.pk).update(label_en=self.words("Label"))

    def rename_everything(self):
        sql("UPDATE claims_speaker SET name = name || '.' WHERE length(name) < 100")

    acts: "list[Callable[[Writer], None]]"


Writer.acts = [
    each
    for name, each in vars(Writer).items()
    if callable(each)
    and name not in ("__init__", "act", "one", "claim", "published", "words", "day", "rating")
]
