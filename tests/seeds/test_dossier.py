from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims import decide
from claims.models import (
    Alias,
    Claim,
    Development,
    Effect,
    Evidence,
    Forecast,
    Position,
    Rating,
    Speaker,
    Verification,
)
from seeds.dossier import SEEDS, Dossier
from sources.models import Document, Publisher, Sentence, Snapshot
from sources.partial_date import PartialDate
from tests.factories import SnapshotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed():
    """The dossier loaded; what the command printed."""
    out = StringIO()
    call_command("load_seeds", stdout=out)
    return out.getvalue()


def everything():
    """Every row of the record, to the last value."""
    models = (
        Publisher, Document, Snapshot, Sentence, Speaker, Alias, Position, Claim, Rating,
        Verification, Evidence, Development, Effect, Forecast,
    )  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_all_thirteen_claims_are_public(printed):
    assert Claim.objects.published().count() == 13


def test_the_table_shows_each_claim(printed):
    assert [text for text in ("Vladimir Poutine", "2025-12-03", "—") if text not in printed] == []


def test_loading_twice_changes_nothing(printed):
    before = everything()
    call_command("load_seeds", stdout=StringIO())
    assert everything() == before


def test_the_second_time_nothing_is_read_again(printed, monkeypatch):
    def fail():
        raise AssertionError

    monkeypatch.setattr("claims.engine.extractor", fail)
    call_command("load_seeds", stdout=StringIO())


def test_there_are_four_verifications_with_evidence(printed):
    published = Verification.objects.published()
    assert [v.evidence.exists() for v in published] == [True] * 4


def test_there_are_five_developments_that_bear_on_claims(printed):
    assert [d.effects.exists() for d in Development.objects.accepted()] == [True] * 5


def test_the_day_follows_from_the_month_of_publication(printed):
    article = Document.objects.get(snapshots__isnull=False)
    poutine = Claim.objects.filter(speaker__name="Vladimir Poutine")
    assert article.published_on == PartialDate.parse("2025-12")
    assert {claim.said_on.isoformat() for claim in poutine} == {"2025-12-03"}


def test_no_evidence_is_the_article_itself(printed):
    article = Document.objects.get(snapshots__isnull=False)
    assert not Evidence.objects.filter(document=article).exists()


def test_every_cited_document_has_publisher_address_and_date(printed):
    cited = Document.objects.filter(snapshots__isnull=True)
    assert [d for d in cited if not (d.publisher and d.url and d.published_on)] == []


def test_every_cited_document_is_cited(printed):
    cited = {document["key"] for document in Dossier.entries("documents")} - {"article"}
    used = {piece["document"] for v in Dossier.entries("verifications") for piece in v["evidence"]}
    used |= {development["document"] for development in Dossier.entries("developments")}
    assert cited == used


def test_the_accounts_of_the_dossier_cannot_log_in(printed, django_user_model):
    accounts = django_user_model.objects.all()
    assert [(user.is_staff, user.has_usable_password()) for user in accounts] == [
        (False, False)
    ] * 2


def test_what_an_editor_decided_since_is_left_alone(printed, admin_user):
    decide.reject(Claim.objects.filter(kind="prediction"), admin_user)
    call_command("load_seeds", stdout=StringIO())
    assert set(Claim.objects.filter(kind="prediction").values_list("status", flat=True)) == {
        "rejected"
    }


def test_a_claim_the_extractor_misses_is_named():
    dossier = Dossier(timezone.localdate())
    dossier.load_sources()
    dossier.extract()
    Claim.objects.filter(quote__startswith="Il y a toujours un risque").delete()
    with pytest.raises(CommandError, match="Il y a toujours un risque"):
        call_command("load_seeds", stdout=StringIO())


def test_what_an_editor_renamed_or_added_since_is_left_alone(printed):
    Speaker.objects.filter(name="Donald Trump").update(name="Donald J. Trump")
    Speaker.objects.create(kind="person", name="Vladimir Poutine")
    Development.objects.update(title="Autre titre")
    same_text = Snapshot.objects.get()
    SnapshotFactory(text=same_text.text)
    before = everything()
    call_command("load_seeds", stdout=StringIO())
    assert everything() == before


def test_the_words_of_every_claim_are_in_the_article():
    text = (SEEDS / "article.txt").read_text("utf-8")
    quotes = [claim["quote"] for claim in Dossier.entries("claims")]
    assert [quote for quote in quotes if quote not in text] == []
