import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from claims import roles
from claims.models import Alias, Claim, PublicChange
from claims.protected import keep_source
from claims.redaction import redact as module
from claims.redaction.chain import faults, is_redacted_of
from claims.redaction.redact import Wish, preview, redact
from claims.redaction.words import BLOCK
from sources.ingest import ingest
from sources.models import Redaction, Snapshot
from sources.origin import Origin
from sources.past import as_of
from sources.refused import Refused
from tests.claims.redaction.case import ADDRESS, NAME, SURNAME, TEXT
from tests.claims.redaction.everywhere import places_with
from tests.factories import (
    NOON,
    ClaimFactory,
    EvidenceFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
WHY = "Demande d’une personne privée."


def wish(case, phrases=(NAME, SURNAME, ADDRESS), **more):
    more.setdefault("speakers", [case.speaker])
    return Wish(case.document, phrases, pseudonym="une personne privée", **more)


def test_nothing_of_the_words_is_left_in_any_column_of_any_table(case, chief):
    assert len(places_with(SURNAME, "Tisserandes", "boulangère", "Q4242")) > 25
    redact(wish(case), "erasure", WHY, chief)
    assert places_with(SURNAME, "Tisserandes", "boulangère", "Q4242") == []


def test_the_preview_shows_every_place_that_is_touched(case, chief):
    shown = {f"{place.table}.{place.column}" for place in preview(wish(case))}
    searched = {"search", "sketch", "original_sha256"}
    there = {at for at in places_with(SURNAME, "Tisserandes") if at.split(".")[1] not in searched}
    assert there - shown == set()


def test_that_somebody_is_a_protected_source_no_preview_tells(case, chief):
    draft = VerificationFactory(claims=[case.claim])
    piece = EvidenceFactory(verification=draft, protected=True, document=None, note="Vu.")
    keep_source(piece.pk, NAME, "")
    tables = {place.table for place in preview(wish(case))}
    assert {table for table in tables if "protected" in table} == set()
    redact(wish(case), "erasure", WHY, chief)
    assert places_with(SURNAME) == []


def test_no_offset_moves(case, chief):
    redact(wish(case), "erasure", WHY, chief)
    case.snapshot.refresh_from_db()
    assert len(case.snapshot.text) == len(TEXT)
    case.other.refresh_from_db()
    span = case.other.content[0]
    assert case.snapshot.text[span.lower : span.upper] == case.other.quote
    assert case.other.quote == "Le maire promet deux écoles."
    for sentence in case.snapshot.sentences.all():
        assert case.snapshot.text[sentence.start : sentence.end] == sentence.text
    case.claim.refresh_from_db()
    assert case.claim.quote.startswith(BLOCK * len("HÉLÈNE"))


def test_the_speaker_is_a_private_person_and_was_never_called_otherwise(case, chief):
    redact(wish(case), "erasure", WHY, chief)
    case.speaker.refresh_from_db()
    assert (case.speaker.name, case.speaker.wikidata_id) == ("une personne privée", None)
    assert not case.speaker.aliases.exists()
    names = case.speaker.pgh_event_model.objects.filter(id=case.speaker.pk)
    assert {each.name for each in names} == {"une personne privée"}


def test_who_holds_the_original_can_tell_that_nothing_else_was_changed(case, chief):
    before = case.snapshot.sha256
    made = redact(wish(case), "erasure", WHY, chief)
    case.snapshot.refresh_from_db()
    (text,) = made.texts.all()
    assert (text.before, text.after) == (before, case.snapshot.sha256)
    assert case.snapshot.sha256 == Snapshot.digest(case.snapshot.text)
    assert is_redacted_of(case.snapshot, TEXT)
    assert not is_redacted_of(case.snapshot, TEXT.replace("promet", "refuse"))


def test_what_is_redacted_twice_is_proven_twice(case, chief):
    redact(wish(case, [ADDRESS], speakers=[]), "erasure", WHY, chief)
    redact(wish(case, [NAME, SURNAME]), "court", WHY, chief)
    case.snapshot.refresh_from_db()
    assert is_redacted_of(case.snapshot, TEXT)
    assert list(faults()) == []


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE sources_redaction SET reason = 'autre'",
        "UPDATE sources_redactedtext SET spans = '{}'",
        "UPDATE sources_snapshot SET text = replace(text, 'promet', 'refuse')",
    ],
)
def test_what_is_changed_afterwards_shows(case, chief, forged):
    redact(wish(case), "erasure", WHY, chief)
    assert list(faults()) == []
    table = forged.split()[1]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER; {forged}")
    assert len(list(faults())) == 1


def test_it_cannot_be_changed_nor_taken_back(case, chief):
    made = redact(wish(case), "erasure", WHY, chief)
    for act in (made.delete, lambda: Redaction.objects.update(reason="autre")):
        with pytest.raises(Exception, match=r"Cannot (update|delete)"), transaction.atomic():
            act()


def test_the_tables_are_guarded_again_afterwards(case, chief):
    redact(wish(case), "erasure", WHY, chief)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_it_is_an_act_in_the_history_without_the_words(case, chief):
    made = redact(wish(case), "erasure", WHY, chief)
    event = Redaction.pgh_event_model.objects.get(id=made.pk)
    assert event.pgh_context.metadata == {"user": chief.pk, "reason": WHY}


@pytest.mark.parametrize("role", [roles.EDITOR, roles.CONTRIBUTOR])
def test_who_has_not_the_right_redacts_nothing(case, role):
    with pytest.raises(PermissionDenied):
        redact(wish(case), "erasure", WHY, UserFactory(role=role))
    case.snapshot.refresh_from_db()
    assert case.snapshot.text == TEXT


def test_it_is_done_wholly_or_not_at_all(case, chief, monkeypatch):
    def fail(*args):
        raise IntegrityError

    before = places_with(SURNAME)
    monkeypatch.setattr(module, "_tell", fail)
    with pytest.raises(IntegrityError), transaction.atomic():
        redact(wish(case), "erasure", WHY, chief)
    assert places_with(SURNAME) == before
    assert not Redaction.objects.exists()


def test_who_waited_for_who_waited_for_it_is_asked_to_try_again(case, chief, monkeypatch):
    def deadlock(*args):
        raise OperationalError from DeadlockDetected()

    monkeypatch.setattr(module, "_take_out", deadlock)
    with pytest.raises(Refused, match=str(module.BUSY)):
        redact(wish(case), "erasure", WHY, chief)


@pytest.mark.parametrize(
    ("phrases", "reason"),
    [
        (["ab"], WHY),
        (["un mot qui n’y est pas"], WHY),
        ([NAME], ""),
        ([NAME], f"À la demande de {NAME}."),
    ],
)
def test_what_cannot_be_redacted_is_refused(case, chief, phrases, reason):
    with pytest.raises(Refused):
        redact(wish(case, phrases, speakers=[]), "erasure", reason, chief)
    assert not Redaction.objects.exists()


def test_the_same_asked_twice_at_once_is_done_once(case, chief):
    asked, again = wish(case, [NAME], speakers=[]), wish(case, [NAME], speakers=[])
    redact(asked, "erasure", WHY, chief)
    with pytest.raises(Refused):
        redact(again, "erasure", WHY, chief)
    assert Redaction.objects.count() == 1


def test_initials_are_not_looked_for(case, chief):
    Alias.objects.create(speaker=case.speaker, name="L.")
    redact(wish(case), "erasure", WHY, chief)
    case.other.document.snapshots.get().text.index("l’école fermera")


def test_what_somebody_is_called_since_is_no_word_to_redact(case, chief):
    redact(wish(case, [ADDRESS]), "erasure", WHY, chief)
    case.speaker.refresh_from_db()
    redact(wish(case, ["Le maire"]), "erasure", WHY, chief)
    assert case.speaker.name == "une personne privée"


def test_a_passage_of_a_redacted_sentence_is_cut_anew(case, chief):
    start = TEXT.index("Tisserandes")
    EvidenceFactory(
        verification=VerificationFactory(claims=[case.other]), document=case.document,
        snapshot=case.snapshot, start=start, end=start + 13, passage="Tisserandes à",
    )  # fmt: skip
    redact(wish(case, [TEXT[TEXT.index("Mme") : TEXT.index(" Le maire")]]), "erasure", WHY, chief)
    assert [place for place in places_with("Tisserandes") if place.endswith(".passage")] == []


def test_a_title_made_of_the_first_words_is_made_anew(case, chief):
    text = "Mme Quévriaux a dit, " + "et redit, " * 20 + "que non."
    document = ingest(text.encode(), Origin(), today=NOON.date()).snapshot.document
    redact(Wish(document, [text]), "erasure", WHY, chief)
    document.refresh_from_db()
    assert set(document.title) <= {BLOCK, "…", "."}
    events = document.pgh_event_model.objects.filter(id=document.pk)
    assert {each.title for each in events} == {document.title}


def test_the_same_name_in_another_document_stays(case, chief):
    elsewhere = made_elsewhere()
    redact(wish(case), "erasure", WHY, chief)
    elsewhere.refresh_from_db()
    assert elsewhere.quote == "Quévriaux, l’autre, l’a dit."


def made_elsewhere() -> Claim:
    snapshot = SnapshotFactory(text="Quévriaux, l’autre, l’a dit.")
    return ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=snapshot))


def test_its_text_is_not_taken_in_again(case, chief):
    url = case.document.url
    redact(wish(case), "erasure", WHY, chief)
    for text, origin in (
        (TEXT, Origin()),
        (TEXT + " Et encore.", Origin(url=url)),
    ):
        with pytest.raises(Refused):
            ingest(text.encode(), origin, today=NOON.date(), media_type="text/plain")
    assert places_with(SURNAME) == []


def test_the_past_does_not_say_it_either(case, chief):
    redact(wish(case), "erasure", WHY, chief)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    with as_of(now):
        assert not Claim.objects.filter(wording__contains=SURNAME).exists()


def test_the_change_log_and_a_cdn_are_told(case, chief, settings):
    settings.CDN_PURGE_URL = "https://cdn.test/"
    PublicChange.objects.all().delete()
    redact(wish(case), "erasure", WHY, chief)
    told = set(PublicChange.objects.values_list("kind", "row"))
    assert ("claim", case.claim.pk) in told
    assert ("document", case.document.pk) in told
    assert ("verification", case.verification.pk) in told
