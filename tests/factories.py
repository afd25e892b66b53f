"""Rows for tests: each factory makes the smallest valid row, and what it stands on."""

from contextlib import contextmanager
from datetime import UTC, datetime

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from factory.django import DjangoModelFactory
from psycopg.types.range import Int4Range

from claims import roles
from claims.api.keys.written import Written
from claims.models import (
    ApiKey,
    ApiSecret,
    Claim,
    Development,
    Effect,
    Evidence,
    Forecast,
    Link,
    Message,
    Position,
    Proposal,
    Rating,
    Scale,
    Speaker,
    Verification,
)
from claims.publish import publish, submit
from sources.history import record_clock
from sources.models import (
    Document,
    Entry,
    Feed,
    Fetch,
    Polling,
    Publisher,
    Sentence,
    Snapshot,
    Submission,
    SubmittedItem,
)
from sources.partial_date import PartialDate

RATINGS = [
    ("true", "Vrai", "True"),
    ("imprecise", "Imprécis", "Imprecise"),
    ("false", "Faux", "False"),
]
NOON = datetime(2025, 12, 8, 12, tzinfo=UTC)


@contextmanager
def at_noon():
    """By the record's clock it is noon inside, unless a test has set it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('constat.clock', true), '')")
        (clock,) = cursor.fetchone()
    with record_clock(datetime.fromisoformat(clock) if clock else NOON):
        yield


class UserFactory(DjangoModelFactory):
    """An editor, unless ``role`` names another group."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("editor-{}".format)
    is_staff = True

    @factory.post_generation
    def role(self, create, role, **kwargs):
        self.groups.add(Group.objects.get(name=role or roles.EDITOR))


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = Publisher

    name = factory.Sequence("Journal {}".format)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    publisher = factory.SubFactory(PublisherFactory)
    title = factory.Sequence("Article {}".format)
    published_on = PartialDate.parse("2025-12")


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    document = factory.SubFactory(DocumentFactory)
    text = factory.Sequence("Avant. La maire promet deux écoles ({}). Après.".format)
    sha256 = factory.LazyAttribute(lambda snapshot: Snapshot.digest(snapshot.text))
    original = factory.LazyAttribute(lambda snapshot: snapshot.text.encode())
    fetched_at = NOON


class FetchFactory(DjangoModelFactory):
    """One that came to nothing."""

    class Meta:
        model = Fetch

    url = factory.Sequence("https://journal.test/{}".format)
    at = NOON
    outcome = Fetch.Outcome.FAILED
    reason = "le site ne répond pas"


class FeedFactory(DjangoModelFactory):
    """One that was never polled."""

    class Meta:
        model = Feed

    url = factory.Sequence("https://journal.test/{}/rss".format)


class PollingFactory(DjangoModelFactory):
    """One that went well."""

    class Meta:
        model = Polling

    feed = factory.SubFactory(FeedFactory)
    due_at = NOON
    polled_at = NOON
    succeeded_at = NOON


class EntryFactory(DjangoModelFactory):
    """One that waits."""

    class Meta:
        model = Entry

    feed = factory.SubFactory(FeedFactory)
    url = factory.Sequence("https://journal.test/{}".format)
    key = factory.SelfAttribute("url")
    title = factory.Sequence("Article {}".format)
    seen_at = NOON


class SubmissionFactory(DjangoModelFactory):
    class Meta:
        model = Submission

    by = factory.SubFactory(UserFactory)


class SubmittedItemFactory(DjangoModelFactory):
    """An address that waits."""

    class Meta:
        model = SubmittedItem

    submission = factory.SubFactory(SubmissionFactory)
    url = factory.Sequence("https://journal.test/{}".format)
    name = factory.SelfAttribute("url")
    fetched = True


class SentenceFactory(DjangoModelFactory):
    """By default the whole text of its snapshot."""

    class Meta:
        model = Sentence

    snapshot = factory.SubFactory(SnapshotFactory)
    position = factory.LazyAttribute(lambda sentence: sentence.snapshot.sentences.count())
    start = 0
    end = factory.LazyAttribute(lambda sentence: len(sentence.snapshot.text))
    text = factory.LazyAttribute(lambda s: s.snapshot.text[s.start : s.end])


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    kind = Speaker.Kind.PERSON
    name = factory.Sequence("Jeanne Roux {}".format)


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    speaker = factory.SubFactory(SpeakerFactory)
    title = "maire de Vernaz"


class ClaimFactory(DjangoModelFactory):
    """A candidate; ``accepted=True`` for a claim the public may see."""

    class Meta:
        model = Claim

    class Params:
        accepted = factory.Trait(
            status=Claim.Status.ACCEPTED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=NOON,
        )

    sentence = factory.SubFactory(SentenceFactory)
    content = factory.LazyAttribute(lambda c: [Int4Range(c.sentence.start, c.sentence.end)])
    quote = factory.LazyAttribute(lambda claim: claim.sentence.text)
    speaker = factory.SubFactory(SpeakerFactory)
    said_on = PartialDate.parse("2025-12-03")
    quotation = Claim.Quotation.INDIRECT
    kind = Claim.Kind.COMMITMENT
    check_worthiness = 0.5


class ScaleFactory(DjangoModelFactory):
    """A scale with all its values: none can be added once it is in use."""

    class Meta:
        model = Scale
        django_get_or_create = ("version",)
        skip_postgeneration_save = True

    version = 1
    methodology = "Comment nous notons."
    valid_from = NOON.date()

    @factory.post_generation
    def ratings(self, create, ratings, **kwargs):
        if self.ratings.exists():
            return
        for position, (value, label_fr, label_en) in enumerate(RATINGS, start=1):
            self.ratings.create(
                value=value,
                label_fr=label_fr,
                label_en=label_en,
                definition_fr="Un élément ne correspond pas.",
                definition_en="An element does not match.",
                position=position,
            )


class RatingFactory(DjangoModelFactory):
    """A value of the scale: imprecise, unless told otherwise."""

    class Meta:
        model = Rating
        django_get_or_create = ("scale", "value")

    scale = factory.SubFactory(ScaleFactory)
    value = "imprecise"


class VerificationFactory(DjangoModelFactory):
    """A draft about ``claims``; ``published=True`` for one the public may see, at noon.

    A published one is about an accepted claim and has a piece of evidence, if none are given.
    """

    class Meta:
        model = Verification
        skip_postgeneration_save = True

    rating = factory.SubFactory(RatingFactory)
    summary = factory.Sequence("La date est fausse d’un jour ({}).".format)
    explanation = "La rencontre a eu lieu la veille."
    author = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Written at noon, so that it can be published then; or by the clock that is set."""
        with at_noon():
            return super()._create(model_class, *args, **kwargs)

    @factory.post_generation
    def claims(self, create, claims, **kwargs):
        with at_noon():
            self.claims.set(claims or [])

    @factory.post_generation
    def published(self, create, published, at=NOON, by=None, **kwargs):
        if not published:
            return
        if not self.claims.exists():
            self.claims.add(ClaimFactory(accepted=True))
        with record_clock(at):
            if not self.evidence.exists():
                EvidenceFactory(verification=self)
            submit(self, self.author)
            publish(self, by or UserFactory())


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    verification = factory.SubFactory(VerificationFactory)
    document = factory.SubFactory(DocumentFactory)
    retrieved_at = NOON
    stance = Evidence.Stance.REFUTES
    note = "Le journal donne la veille."


class DevelopmentFactory(DjangoModelFactory):
    """A proposal; ``accepted=True`` for one the public may see."""

    class Meta:
        model = Development

    class Params:
        accepted = factory.Trait(
            status=Proposal.Status.ACCEPTED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=NOON,
        )

    occurred_on = PartialDate.parse("2026-01-22")
    title = factory.Sequence("La première école ouvre ({})".format)
    account = "Elle accueille cent élèves."
    document = factory.SubFactory(DocumentFactory)


class EffectFactory(DjangoModelFactory):
    """An accepted one, of an accepted development; ``proposed=True`` for a proposal."""

    class Meta:
        model = Effect

    class Params:
        proposed = factory.Trait(status=Proposal.Status.PROPOSED, decided_by=None, decided_at=None)

    development = factory.SubFactory(DevelopmentFactory, accepted=True)
    claim = factory.SubFactory(ClaimFactory, accepted=True)
    kind = Effect.Kind.PARTLY_FULFILS
    status = Proposal.Status.ACCEPTED
    decided_by = factory.SubFactory(UserFactory)
    decided_at = NOON


class LinkFactory(DjangoModelFactory):
    """A proposal that ``claim`` repeats ``earlier``; ``accepted=True`` for one that is public."""

    class Meta:
        model = Link

    class Params:
        accepted = factory.Trait(
            status=Proposal.Status.ACCEPTED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=NOON,
        )

    claim = factory.SubFactory(ClaimFactory, accepted=True)
    earlier = factory.SubFactory(ClaimFactory, accepted=True)
    kind = Link.Kind.REPEATS


class ForecastFactory(DjangoModelFactory):
    class Meta:
        model = Forecast

    claim = factory.SubFactory(ClaimFactory, accepted=True)
    due_on = PartialDate.parse("2026")
    criteria = "Deux écoles ouvertes, selon le rectorat."


class MessageFactory(DjangoModelFactory):
    """One that is new and says nothing of its sender."""

    class Meta:
        model = Message

    kind = Message.Kind.OTHER
    text = factory.Sequence("Un mot de lecteur, le numéro {}.".format)


class ApiKeyFactory(DjangoModelFactory):
    """One in force, that only reads unless given ``scopes``.

    ``key.written`` is the key as it is given out, ``key.header`` what a client sends:
    ``client.get(address, **key.header)``.
    """

    class Meta:
        model = ApiKey
        skip_postgeneration_save = True

    name = factory.Sequence("Rédaction {}".format)
    contact = "api@journal.test"
    made_by = factory.SubFactory(UserFactory, role=roles.CHIEF)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        written = Written.new()
        key = super()._create(model_class, *args, prefix=written.prefix, **kwargs)
        ApiSecret.objects.create(key=key, sha256=written.sha256)
        key.written = written.text
        key.header = {"headers": {"Authorization": f"Bearer {written.text}"}}
        return key
