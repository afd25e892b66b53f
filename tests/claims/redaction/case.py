"""A document that names a private person, and all that was made of it, in every kind of row."""

from types import SimpleNamespace

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone
from psycopg.types.range import Int4Range

from claims import decide
from claims.correct import correct
from claims.edit import edit
from claims.models import Alias, Claim, Event, Sender
from sources.models import Sentence
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EntryFactory,
    EvidenceFactory,
    FetchFactory,
    MessageFactory,
    PositionFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify

NAME = "Hélène Quévriaux"
SURNAME = "Quévriaux"
TEXT = (
    "Le procès s’est ouvert lundi.\n\n"
    "HÉLÈNE QUÉVRIAUX, 43 ans, a dit que l’école fermera en juin. "
    "Mme Quévriaux habite au 12, rue des Tisserandes à Vernaz. "
    "Le maire promet deux écoles."
)
ADDRESS = "12, rue des Tisserandes"


def made() -> SimpleNamespace:
    """All of it; ``other`` is a claim of the same text that nobody asked to redact."""
    editor = UserFactory()
    document = DocumentFactory(
        title="Procès Quévriaux : l’école fermera",
        byline="Paul Quévriaux",
        url="https://journal.test/2025/proces-quevriaux.html",
    )
    snapshot = SnapshotFactory(document=document, text=TEXT)
    sentences = []
    for position, words in enumerate(TEXT.replace("\n\n", " ").split(". ")):
        start = TEXT.index(words[:12])
        sentences.append(
            Sentence.objects.create(
                snapshot=snapshot,
                position=position,
                start=start,
                end=start + len(words),
                text=TEXT[start : start + len(words)],
            )
        )
    speaker = SpeakerFactory(name=NAME, wikidata_id="Q4242")
    Alias.objects.create(speaker=speaker, name="Mme Quévriaux")
    PositionFactory(speaker=speaker, title="boulangère à Vernaz")
    said = sentences[1]
    begins = TEXT.index("l’école fermera")
    claim = ClaimFactory(
        sentence=said,
        content=[Int4Range(said.start, said.end)],
        quote=said.text,
        source=Int4Range(said.start, said.start + len(NAME)),
        speaker=speaker,
    )
    edit(claim, editor, wording="Hélène Quévriaux affirme que l’école fermera.")
    edit(claim, editor, wording="Mme Quévriaux dit que l’école fermera.")
    decide.accept(Claim.objects.filter(pk=claim.pk), editor)
    claim.refresh_from_db()
    other = ClaimFactory(
        accepted=True,
        sentence=sentences[3],
        content=[Int4Range(sentences[3].start, sentences[3].end)],
        quote=sentences[3].text,
        speaker=SpeakerFactory(name="Le maire de Vernaz"),
    )
    verification = verify(
        claim,
        summary="Quévriaux se trompe.",
        explanation="Mme Quévriaux, qui habite 12 rue des Tisserandes, se trompe.",
        evidence=[{"passage": "L’école reste ouverte, dit-on à Mme Quévriaux."}],
    )
    later = supersede(verification, summary="H. Quévriaux se trompe encore.")
    correct(claim, "clarification", "Mme Quévriaux n’est pas la mère.", editor)
    correct(claim, "update", "On lit mieux.", editor, wording="Selon Mme Quévriaux, l’école ferme.")
    DevelopmentFactory(document=document, title="Quévriaux relaxée", accepted=True)
    draft = VerificationFactory(claims=[other], summary="Mme Quévriaux n’est pas le maire.")
    EvidenceFactory(verification=draft, note="D’après Mme Quévriaux.").delete()
    draft.delete()
    message = MessageFactory(text="Je suis Hélène Quévriaux : effacez mon nom.")
    Sender.objects.create(message=message, name=NAME, email="helene.quevriaux@courriel.test")
    Event.objects.create(
        type="test", at=timezone.now(), body='{"name":"H\\u00e9l\\u00e8ne Qu\\u00e9vriaux"}'
    )
    LogEntry.objects.create(
        user=editor, action_flag=CHANGE, object_repr=NAME, change_message=f'["{NAME}"]'
    )
    FetchFactory(url="https://journal.test/helene-quevriaux", reason="non")
    EntryFactory(title="Le procès Quévriaux", url="https://journal.test/2025/autre-quevriaux")
    return SimpleNamespace(
        document=document, snapshot=snapshot, speaker=speaker, claim=claim, other=other,
        verification=verification, later=later, message=message, said=said, begins=begins,
    )  # fmt: skip
