"""Load the dossier: the files of ``seeds/dossier/`` become rows, found again by natural key.

Loading twice changes nothing. What the dossier says of claims are editors' decisions; they are
made by two accounts nobody can log in with, and recorded as of the times the files tell.
"""

import tomllib
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from claims import decide, engine, publish, roles
from claims.acts import act
from claims.compare import SAME, positions
from claims.extraction.evaluation.measure import overlap
from claims.models import (
    Alias,
    Claim,
    Development,
    Effect,
    Evidence,
    Forecast,
    Position,
    Rating,
    Scale,
    Speaker,
    Verification,
)
from claims.record import record
from sources.history import record_clock
from sources.ingest import ingest
from sources.models import Document, Publisher, Snapshot
from sources.origin import Origin
from sources.partial_date import PartialDate
from sources.read import decode

SEEDS = Path(__file__).parent
EDITOR = "redaction"  # made with the findings, in one transaction


class SeedError(Exception):
    """The dossier and what the extractor found do not fit together."""


def partial(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


class Dossier:
    """The seed document, its claims and what became of them.

    Call ``load_sources``, ``extract`` and ``load_findings`` in this order.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.documents: dict[str, Document] = {}
        self.claims: dict[str, Claim] = {}

    @cached_property
    def snapshot(self) -> Snapshot:
        """The seed document's text, once it is loaded."""
        text = decode((SEEDS / "article.txt").read_bytes())
        return Snapshot.objects.filter(sha256=Snapshot.digest(text)).earliest("id")

    @staticmethod
    def entries(name: str) -> list[dict]:
        """The tables of one file, e.g. ``speakers`` of speakers.toml."""
        return tomllib.loads((SEEDS / "dossier" / f"{name}.toml").read_text("utf-8"))[name]

    @staticmethod
    def recorded(name: str) -> AbstractContextManager:
        """What is loaded inside is recorded as of the time the file gives as ``recorded_at``."""
        text = (SEEDS / "dossier" / f"{name}.toml").read_text("utf-8")
        return record_clock(tomllib.loads(text)["recorded_at"])

    @cached_property
    def editor(self):
        return self._account(EDITOR)

    @cached_property
    def second_editor(self):
        return self._account("relecture")

    @staticmethod
    def _account(username: str):
        """An editor without a password and without access to the desk."""
        users = get_user_model().objects
        user, created = users.get_or_create(username=username)
        if created:
            user.set_unusable_password()
            user.save()
            user.groups.add(Group.objects.get(name=roles.EDITOR))
        return user

    def load_sources(self) -> None:
        """Publishers, documents and speakers, the seed document's text among them."""
        with self.recorded("documents"):
            for publisher in self.entries("publishers"):
                Publisher.objects.get_or_create(name=publisher.pop("name"), defaults=publisher)
            for document in self.entries("documents"):
                self.documents[document["key"]] = self._document(document)
            for speaker in self.entries("speakers"):
                self._speaker(speaker)

    def _document(self, entry: dict) -> Document:
        published_on = partial(entry["published_on"])
        if text := entry.get("text"):
            origin = Origin(title=entry["title"], published_on=published_on)
            ingested = ingest((SEEDS / text).read_bytes(), origin, today=self.today)
            return ingested.snapshot.document
        document, _created = Document.objects.get_or_create(
            url=entry["url"],
            defaults={
                "title": entry["title"],
                "published_on": published_on,
                "publisher": Publisher.objects.get(name=entry["publisher"]),
            },
        )
        return document

    def _speaker(self, entry: dict) -> None:
        aliases, positions = entry.pop("aliases", []), entry.pop("positions", [])
        speaker, _created = Speaker.objects.exclude(kind=Speaker.Kind.ANONYMOUS).get_or_create(
            name=entry.pop("name"), defaults=entry
        )
        for alias in aliases:
            Alias.objects.get_or_create(speaker=speaker, name=alias)
        for position in positions:
            Position.objects.get_or_create(
                speaker=speaker,
                title=position["title"],
                since=partial(position.get("since")),
                defaults={"until": partial(position.get("until"))},
            )

    @property
    def loaded(self) -> bool:
        """Whether the findings were loaded once: what editors changed since is theirs."""
        return get_user_model().objects.filter(username=EDITOR).exists()

    @property
    def extracted(self) -> bool:
        """Whether the seed document has been read by any extractor."""
        return self.snapshot.readings.exists()

    def extract(self) -> None:
        """Read the seed document and record its claims."""
        found = engine.read(self.snapshot)
        with self.recorded("documents"):
            record(self.snapshot, found, engine.version())

    @transaction.atomic
    def load_findings(self) -> None:
        """Decisions on claims, the scale, verifications, developments and forecasts."""
        with self.recorded("claims"):
            for entry in self.entries("claims"):
                self.claims[entry["key"]] = self._claim(entry)
            self._scale()
        for entry in self.entries("verifications"):
            with record_clock(entry.pop("published_at")):
                self._verification(entry)
        with self.recorded("developments"):
            for entry in self.entries("developments"):
                self._development(entry)
        with self.recorded("forecasts"):
            for entry in self.entries("forecasts"):
                self._forecast(entry)

    def _claim(self, entry: dict) -> Claim:
        """The claim with these words; accepted, if no editor has decided on it yet."""
        start = self.snapshot.text.index(entry["quote"])
        words = set(range(start, start + len(entry["quote"])))
        for claim in Claim.objects.filter(sentence__snapshot=self.snapshot):
            if overlap(positions((s.lower, s.upper) for s in claim.content), words) >= SAME:
                break
        else:
            raise SeedError(f"the extractor did not find the claim “{entry['quote'][:60]}…”")
        if claim.status == Claim.Status.CANDIDATE:
            with act(self.editor, "claims.change_claim"):
                Claim.objects.filter(pk=claim.pk).update(wording=entry.get("wording", ""))
            decide.accept(Claim.objects.filter(pk=claim.pk), self.editor)
        return claim

    def _scale(self) -> None:
        entry = tomllib.loads((SEEDS / "dossier" / "scale.toml").read_text("utf-8"))
        scale, created = Scale.objects.get_or_create(
            version=entry["version"],
            defaults={
                "methodology": entry["methodology"].strip(),
                "valid_from": entry["valid_from"],
            },
        )
        if created:
            for position, rating in enumerate(entry["ratings"], start=1):
                Rating.objects.create(scale=scale, position=position, **rating)

    def _verification(self, entry: dict) -> None:
        if Verification.objects.filter(summary=entry["summary"]).exists():
            return
        with act(self.editor, "claims.add_verification"):
            verification = Verification.objects.create(
                rating=Rating.objects.get(scale__version=1, value=entry["rating"]),
                summary=entry["summary"],
                explanation=entry["explanation"].strip(),
                author=self.editor,
            )
            verification.claims.set(self.claims[key] for key in entry["claims"])
            for piece in entry["evidence"]:
                document = self.documents[piece.pop("document")]
                Evidence.objects.create(verification=verification, document=document, **piece)
        publish.submit(verification, self.editor)
        publish.publish(verification, self.second_editor)

    def _development(self, entry: dict) -> None:
        effects = entry.pop("effects")
        with act(self.editor, "claims.add_development"):
            development, created = Development.objects.get_or_create(
                title=entry["title"],
                occurred_on=partial(entry["occurred_on"]),
                defaults={
                    "account": entry["account"].strip(),
                    "document": self.documents[entry["document"]],
                },
            )
            if not created:
                return
            for effect in effects:
                claim = self.claims[effect.pop("claim")]
                Effect.objects.create(development=development, claim=claim, **effect)
        decide.accept_proposals(Development.objects.filter(pk=development.pk), self.editor)
        decide.accept_proposals(development.effects.all(), self.editor)

    def _forecast(self, entry: dict) -> None:
        with act(self.editor, "claims.add_forecast"):
            Forecast.objects.get_or_create(
                claim=self.claims[entry["claim"]],
                defaults={
                    "due_on": partial(entry["due_on"]),
                    "criteria": entry["criteria"].strip(),
                },
            )
