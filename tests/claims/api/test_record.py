"""What the API tells of the record: standing, links, versions, corrections."""

import pytest

from claims.correct import correct
from claims.publish import succeed
from tests.api import detail, listed, sentence_id
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


class TestAClaim:
    def test_gives_speaker_date_and_source_sentence_by_their_ids(self, client):
        claim = ClaimFactory(accepted=True)
        answer = detail(client, "claims", claim)
        assert (answer["speaker"], answer["said_on"], answer["sentence"]) == (
            claim.speaker.public_id,
            "2025-12-03",
            sentence_id(claim.sentence),
        )

    def test_is_worded_as_an_editor_worded_it(self, client):
        claim = ClaimFactory(accepted=True, wording="Deux écoles ouvriront.")
        answer = detail(client, "claims", claim)
        assert (answer["text"], answer["quote"]) == ("Deux écoles ouvriront.", claim.quote)

    def test_that_nobody_worded_is_its_words(self, client):
        claim = ClaimFactory(accepted=True)
        assert detail(client, "claims", claim)["text"] == claim.quote

    def test_has_spans_that_are_pairs_of_offsets(self, client):
        claim = ClaimFactory(accepted=True)
        answer = detail(client, "claims", claim)
        assert (answer["content"], answer["cue"], answer["parts"]) == (
            [[0, claim.sentence.end]],
            None,
            [],
        )

    def test_gives_its_published_verifications(self, client):
        claim = ClaimFactory(accepted=True)
        old = verify(claim)
        new = supersede(old)
        succeed(new, UserFactory())
        answer = detail(client, "claims", claim)
        assert answer["verifications"] == [new.public_id, old.public_id]

    def test_gives_its_accepted_developments(self, client):
        effect = EffectFactory()
        EffectFactory(claim=effect.claim, development=DevelopmentFactory())
        EffectFactory(claim=effect.claim, proposed=True)
        answer = detail(client, "claims", effect.claim)
        assert answer["developments"] == [effect.development.public_id]

    def test_names_its_forecast(self, client):
        forecast = ForecastFactory()
        assert detail(client, "claims", forecast.claim)["forecast"] == forecast.claim.public_id
        assert detail(client, "forecasts", forecast.claim)["due_on"] == "2026"

    def test_names_its_page(self, client):
        claim = ClaimFactory(accepted=True)
        page = f"http://testserver/claims/{claim.public_id}/"
        assert detail(client, "claims", claim)["page"] == page

    def test_gives_its_links_to_earlier_ones(self, client):
        link = LinkFactory(accepted=True, kind="contradicts")
        LinkFactory(claim=link.claim)
        assert detail(client, "claims", link.claim)["links"] == [
            {"kind": "contradicts", "claim": link.earlier.public_id}
        ]

    def test_is_found_by_the_earlier_one_it_is_linked_to(self, client):
        link = LinkFactory(accepted=True)
        LinkFactory(earlier=link.earlier)
        found = listed(client, "claims", links_to=link.earlier.public_id)
        assert found == [link.claim.public_id]


class TestTheStandingOfAClaim:
    def test_follows_its_verification(self, client):
        claim = ClaimFactory(accepted=True)
        verification = verify(claim)
        assert detail(client, "claims", claim)["standing"] == {
            "basis": "verification",
            "value": "imprecise",
            "verification": verification.public_id,
            "development": None,
            "through": None,
        }

    def test_follows_what_happened_later(self, client):
        effect = EffectFactory(kind="breaks")
        standing = detail(client, "claims", effect.claim)["standing"]
        found = (standing["basis"], standing["value"], standing["development"])
        assert found == ("development", "broken", effect.development.public_id)

    def test_names_the_claim_whose_verification_stands_for_it(self, client):
        link = LinkFactory(accepted=True)
        verify(link.earlier)
        standing = detail(client, "claims", link.claim)["standing"]
        assert (standing["value"], standing["through"]) == ("imprecise", link.earlier.public_id)


class TestAVerification:
    def test_names_the_versions_before_and_after(self, client):
        old = verify(ClaimFactory(accepted=True))
        new = supersede(old)
        assert detail(client, "verifications", old)["superseded_by"] == new.public_id
        assert detail(client, "verifications", new)["supersedes"] == old.public_id

    def test_does_not_name_a_successor_that_is_a_draft(self, client):
        old = verify(ClaimFactory(accepted=True))
        succeed(old, UserFactory())
        assert detail(client, "verifications", old)["superseded_by"] is None

    def test_that_is_withdrawn_says_why(self, client):
        verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        assert detail(client, "verifications", verification)["withdrawal"] == {
            "reason": "La source est un faux.",
            "withdrawn_at": "2025-12-08T12:00:00+00:00",
        }

    def test_names_its_evidence_in_order(self, client):
        verification = verify(ClaimFactory(accepted=True), evidence=[{"note": "a"}, {"note": "b"}])
        names = detail(client, "verifications", verification)["evidence"]
        assert names == [f"{verification.public_id}-1", f"{verification.public_id}-2"]
        assert [detail(client, "evidence", name)["note"] for name in names] == ["a", "b"]

    def test_names_its_rating_by_scale_and_value(self, client):
        verification = verify(ClaimFactory(accepted=True))
        assert detail(client, "verifications", verification)["rating"] == "1-imprecise"
        assert detail(client, "ratings", "1-imprecise")["label_en"] == "Imprecise"


def test_a_development_gives_its_effects(client):
    effect = EffectFactory()
    assert detail(client, "developments", effect.development)["effects"] == [
        {"claim": effect.claim.public_id, "kind": "partly_fulfils", "note": ""}
    ]


def test_a_development_gives_the_later_claim_it_rests_on(client):
    later = ClaimFactory(accepted=True)
    effect = EffectFactory(development__document=None, development__claim=later)
    answer = detail(client, "developments", effect.development)
    assert (answer["claim"], answer["document"]) == (later.public_id, None)


def test_a_sentence_comes_with_the_digest_of_the_text_it_stands_in(client):
    sentence = ClaimFactory(accepted=True).sentence
    answer = detail(client, "sentences", sentence_id(sentence))
    assert (answer["text"], answer["snapshot"], answer["start"]) == (
        sentence.text,
        sentence.snapshot.sha256,
        0,
    )


def test_a_sentence_that_reports_a_claim_is_given_too(client):
    appearance = ClaimFactory(accepted=True).appearances.create(
        sentence=ClaimFactory().sentence, content=[]
    )
    detail(client, "sentences", sentence_id(appearance.sentence))


def test_a_document_does_not_give_away_its_text(client):
    claim = ClaimFactory(accepted=True)
    assert claim.sentence.text not in str(detail(client, "documents", claim.document))


class TestACorrection:
    def test_is_given_with_before_and_after(self, client):
        claim = ClaimFactory(accepted=True, wording="Trois écoles.")
        correct(claim, "error", "Nous avions écrit trois.", UserFactory(), wording="Deux écoles.")
        (number,) = listed(client, "corrections")
        given = detail(client, "corrections", number)
        assert (given["claim"], given["before"], given["after"], given["page"]) == (
            claim.public_id,
            "Trois écoles.",
            "Deux écoles.",
            f"http://testserver/corrections/{number}/",
        )

    @pytest.mark.parametrize("name", ["claims", "verifications", "developments"])
    def test_is_named_by_what_it_concerns(self, client, name):
        row = {
            "claims": lambda: ClaimFactory(accepted=True),
            "verifications": lambda: verify(ClaimFactory(accepted=True)),
            "developments": lambda: EffectFactory().development,
        }[name]()
        correction = correct(row, "update", "Un chiffre nouveau.", UserFactory())
        assert detail(client, name, row)["corrections"] == [str(correction.pk)]


def test_a_draft_verification_is_not_among_those_of_a_claim(client):
    claim = ClaimFactory(accepted=True)
    VerificationFactory(claims=[claim])
    assert detail(client, "claims", claim)["verifications"] == []
