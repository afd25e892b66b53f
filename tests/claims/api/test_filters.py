"""What lists are narrowed by."""

import pytest

from claims.correct import correct
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.api import detail, listed, refused, sentence_id
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    RatingFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


class TestClaims:
    @pytest.mark.parametrize(
        "parameters",
        [
            {"kind": "commitment"}, {"quotation": "indirect"}, {"from": "2025-12-03"},
            {"to": "2025-12-03"}, {"rating": "imprecise"}, {"basis": "verification"},
            {"standing": "imprecise"}, {"q": "réformettes"}, {"proceedings": "tried"},
        ],
    )  # fmt: skip
    def test_are_filtered_by(self, client, parameters):
        wanted = ClaimFactory(accepted=True, wording="Des réformettes.", proceedings="tried")
        VerificationFactory(published=True, claims=[wanted])
        ClaimFactory(
            accepted=True,
            kind="fact",
            quotation="direct",
            said_on=PartialDate.parse("2025-12-02" if "from" in parameters else "2025-12-04"),
        )
        assert listed(client, "claims", **parameters) == [wanted.public_id]

    def test_are_filtered_by_who_said_them(self, client):
        wanted, also, _other = (ClaimFactory(accepted=True) for _claim in range(3))
        speakers = [wanted.speaker.public_id, also.speaker.public_id]
        assert listed(client, "claims", speaker=speakers) == [also.public_id, wanted.public_id]

    def test_are_filtered_by_document_and_publisher(self, client):
        wanted, _other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
        document = wanted.document
        for given in ({"document": document}, {"publisher": document.publisher}):
            asked = {name: row.public_id for name, row in given.items()}
            assert listed(client, "claims", **asked) == [wanted.public_id]

    @pytest.mark.parametrize("basis", ["outcome", "development", "withdrawal", "forecast", "none"])
    def test_are_filtered_by_what_they_stand_on(self, client, basis):
        rows = {
            "development": EffectFactory().claim,
            "withdrawal": ClaimFactory(accepted=True),
            "forecast": ForecastFactory().claim,
            "none": ClaimFactory(accepted=True),
        }
        withdrawn(verify(rows["withdrawal"]), "La source est un faux.")
        wanted = [rows[basis].public_id] if basis in rows else []
        assert listed(client, "claims", basis=basis) == wanted

    def test_are_not_filtered_in_by_a_draft_rating(self, client):
        VerificationFactory(claims=[ClaimFactory(accepted=True)])
        assert listed(client, "claims", rating="imprecise") == []

    def test_are_not_filtered_in_by_a_withdrawn_rating_whatever_happened_since(self, client):
        claim = ClaimFactory(accepted=True)
        withdrawn(verify(claim), "La source est un faux.")
        EffectFactory(claim=claim)
        assert detail(client, "claims", claim)["standing"]["basis"] == "development"
        assert listed(client, "claims", rating="imprecise") == []

    def test_are_filtered_in_by_a_rating_that_stands_for_them(self, client):
        link = LinkFactory(accepted=True)
        verify(link.earlier)
        found = listed(client, "claims", rating="imprecise")
        assert set(found) == {link.claim.public_id, link.earlier.public_id}


def test_speakers_are_found_by_part_of_a_name_and_by_kind(client):
    wanted = ClaimFactory(accepted=True, speaker__name="Ève Marchetti").speaker
    party = SpeakerFactory(kind="organisation", wikidata_id="Q42")
    ClaimFactory(accepted=True, speaker=party)
    assert listed(client, "speakers", q="marche") == [wanted.public_id]
    assert listed(client, "speakers", kind="organisation") == [party.public_id]
    assert listed(client, "speakers", wikidata_id="Q42") == [party.public_id]


class TestDocuments:
    @staticmethod
    def holding(iso, **fields):
        document = DocumentFactory(published_on=PartialDate.parse(iso), **fields)
        sentence = SentenceFactory(snapshot=SnapshotFactory(document=document))
        return ClaimFactory(accepted=True, sentence=sentence).document

    @pytest.mark.parametrize(
        "parameters",
        [
            {"published_from": "2025-12-31"}, {"published_from": "2025-12"},
            {"published_to": "2025-12", "published_from": "2025-12"}, {"kind": "speech"},
            {"language": "en"}, {"q": "discours"}, {"url": "https://journal.test/discours"},
        ],
    )  # fmt: skip
    def test_are_filtered_by(self, client, parameters):
        wanted = self.holding(
            "2025-12", kind="speech", language="en", title="Discours",
            url="https://journal.test/discours",
        )  # fmt: skip
        self.holding("2025-11-30")
        assert listed(client, "documents", **parameters) == [wanted.public_id]

    def test_are_filtered_by_publisher(self, client):
        wanted = self.holding("2025")
        self.holding("2025")
        publisher = wanted.publisher.public_id
        assert listed(client, "documents", publisher=publisher) == [wanted.public_id]


def test_sentences_are_filtered_by_claim_and_document(client):
    claim, _other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    reporting = claim.appearances.create(sentence=SentenceFactory(), content=[]).sentence
    own = sentence_id(claim.sentence)
    found = listed(client, "sentences", claim=claim.public_id)
    assert found == [sentence_id(reporting), own]
    assert listed(client, "sentences", document=claim.document.public_id) == [own]


class TestVerifications:
    def test_are_filtered_by_claim(self, client):
        claim, other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
        wanted = verify(claim, other)
        verify(ClaimFactory(accepted=True))
        assert listed(client, "verifications", claim=claim.public_id) == [wanted.public_id]

    def test_are_filtered_by_rating(self, client):
        wanted = VerificationFactory(published=True)
        VerificationFactory(published=True, rating=RatingFactory(value="true"))
        assert listed(client, "verifications", rating="imprecise") == [wanted.public_id]

    def test_in_force_are_neither_superseded_nor_withdrawn(self, client):
        old = verify(ClaimFactory(accepted=True))
        current = supersede(old)
        over = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        assert listed(client, "verifications", current="true") == [current.public_id]
        found = listed(client, "verifications", current="false")
        assert set(found) == {old.public_id, over.public_id}

    def test_are_filtered_by_when_they_were_published(self, client):
        verify(ClaimFactory(accepted=True), at=NOON.replace(day=10))
        wanted = verify(ClaimFactory(accepted=True), at=NOON.replace(day=12))
        found = listed(client, "verifications", published_from="2025-12-11T00:00:00Z")
        assert found == [wanted.public_id]
        assert len(listed(client, "verifications", published_to="2025-12-11T00:00:00Z")) == 1

    def test_are_found_by_words_of_theirs_or_of_their_claim(self, client):
        wanted = verify(ClaimFactory(accepted=True, wording="Des réformettes."))
        also = verify(ClaimFactory(accepted=True), summary="Une réformette.")
        verify(ClaimFactory(accepted=True))
        found = listed(client, "verifications", q="réformettes")
        assert set(found) == {wanted.public_id, also.public_id}


def test_evidence_is_filtered_by_what_it_is_of_and_shows(client):
    wanted = verify(ClaimFactory(accepted=True), evidence=[{"stance": "supports", "primary": True}])
    verify(ClaimFactory(accepted=True))
    document = wanted.evidence.get().document
    for given in (
        {"stance": "supports"}, {"primary": "true"}, {"verification": wanted.public_id},
        {"document": document.public_id},
    ):  # fmt: skip
        assert listed(client, "evidence", **given) == [f"{wanted.public_id}-1"]


class TestDevelopments:
    def test_are_filtered_by_what_they_do_and_to_what(self, client):
        wanted = EffectFactory(development__title="Une réformette")
        EffectFactory(kind="breaks")
        EffectFactory(proposed=True, claim=wanted.claim, kind="overtakes")
        document = wanted.development.document
        for given in (
            {"effect": "partly_fulfils"}, {"claim": wanted.claim.public_id},
            {"document": document.public_id}, {"q": "réformettes"},
        ):  # fmt: skip
            assert listed(client, "developments", **given) == [wanted.development.public_id]
        assert listed(client, "developments", effect="overtakes") == []

    def test_are_filtered_by_when_they_happened(self, client):
        wanted = EffectFactory(development__occurred_on=PartialDate.parse("2026-02"))
        EffectFactory()
        found = listed(client, "developments", occurred_from="2026-02-28")
        assert found == [wanted.development.public_id]
        assert len(listed(client, "developments", occurred_to="2026-01")) == 1


def test_forecasts_are_filtered_by_speaker_day_and_words(client):
    wanted = ForecastFactory(due_on=PartialDate.parse("2027-03"), criteria="Une réformette.")
    other = ForecastFactory().claim.public_id
    for given in (
        {"speaker": wanted.claim.speaker.public_id}, {"due_from": "2027"}, {"q": "réformettes"},
    ):  # fmt: skip
        assert listed(client, "forecasts", **given) == [wanted.claim.public_id]
    assert listed(client, "forecasts", due_to="2026") == [other]
    assert listed(client, "forecasts", resolved="true") == []
    assert len(listed(client, "forecasts", resolved="false")) == 2


class TestCorrections:
    def test_are_filtered_by_what_they_concern(self, client):
        wanted, other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
        for claim in (wanted, other):
            last = correct(claim, "update", f"Chiffre de {claim.public_id}.", UserFactory())
        assert listed(client, "corrections", claim=other.public_id) == [str(last.pk)]

    def test_are_filtered_by_year_kind_and_words(self, client):
        claim, editor = ClaimFactory(accepted=True), UserFactory()
        with record_clock(NOON.replace(year=2024, month=12, day=31, hour=23, minute=30)):
            correct(claim, "update", "Au Nouvel An, à Paris.", editor)
        with record_clock(NOON):
            last = correct(claim, "clarification", "Une réformette.", editor)
        for given in ({"kind": "clarification"}, {"q": "réformettes"}):
            assert listed(client, "corrections", **given) == [str(last.pk)]
        assert len(listed(client, "corrections", year="2025")) == 2
        assert listed(client, "corrections", year="2024") == []


def test_ratings_and_publishers_are_filtered_by_their_words(client):
    VerificationFactory(published=True)
    wanted = ClaimFactory(
        accepted=True, sentence__snapshot__document__publisher__name="Le Petit Vernazais"
    ).document.publisher
    assert listed(client, "ratings", value="true", scale="1") == ["1-true"]
    for given in ({"q": "vernazais"}, {"name": "Le Petit Vernazais"}):
        assert listed(client, "publishers", **given) == [wanted.public_id]


@pytest.mark.parametrize("name", ["claims", "documents", "verifications"])
def test_a_filter_without_a_value_is_refused(client, name):
    assert refused(client, name, q="") == ["q"]
