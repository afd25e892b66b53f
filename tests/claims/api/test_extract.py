"""The claims of a text, and what the record has of them."""

import json
import logging

import pytest

from claims import engine
from claims.extraction import Extractor
from claims.extraction.apart import CameToNothing, TookTooLong
from claims.extraction.interchange import to_dict
from claims.models import Claim, KeyUsage
from sources.models import Document, Snapshot
from tests.claims.api.sent import Sender, faults
from tests.factories import ClaimFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/extract"
TEXT = (
    "😀 Lundi, la maire de Vernaz, Jeanne Roux, a promis deux écoles. « Le pont de Vernaz sera"
    " fermé en 2027 », a-t-elle ajouté.\r\n\r\nLe canton a refusé de payer."
)


@pytest.fixture
def sender():
    return Sender("extract")


def extracted(sender, address=ADDRESS, **body):
    answer = sender.send(address, {"text": TEXT} | body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_claims_are_those_of_the_extractor_word_for_word(sender):
    answer = extracted(sender, published_on="2025-12-09", matches=0)
    reading = Extractor().read(TEXT, "2025-12-09")
    assert reading.claims
    wanted = [to_dict(claim) | {"matches": []} for claim in reading.claims]
    assert answer["claims"] == json.loads(json.dumps(wanted))
    assert answer["sentences"] == [list(span) for span in reading.sentences]
    assert answer["extractor"] == engine.version()


def test_spans_count_code_points_of_the_text_as_it_was_sent(sender):
    words = [
        TEXT[start:end] for claim in extracted(sender)["claims"] for start, end in claim["content"]
    ]
    assert "deux écoles" in " ".join(words)
    assert any("pont de Vernaz sera fermé en 2027" in each for each in words)


def test_days_are_told_by_the_day_of_publication(sender):
    said = [claim["said_on"] for claim in extracted(sender, published_on="2025-12-09")["claims"]]
    assert "2025-12-08" in said


def test_each_claim_comes_with_what_the_record_has(sender):
    known = ClaimFactory(accepted=True, quote="le pont de Vernaz serait fermé en 2027")
    ClaimFactory(quote="le pont de Vernaz serait fermé en 2027")
    near = [claim["matches"] for claim in extracted(sender)["claims"]]
    (match,) = [match for matches in near for match in matches]
    assert match["claim"] == known.public_id
    assert match["standing"]["value"] == "unverified"


def test_a_match_says_that_its_speaker_is_the_one_of_the_text(sender):
    ClaimFactory(
        accepted=True,
        quote="le pont de Vernaz serait fermé en 2027",
        speaker=SpeakerFactory(name="Jeanne Roux"),
    )
    (match,) = [match for claim in extracted(sender)["claims"] for match in claim["matches"]]
    assert match["why"] == ["words", "speaker"]


def test_no_more_matches_are_given_than_are_asked_for(sender):
    for _each in range(4):
        ClaimFactory(accepted=True, quote="le pont de Vernaz serait fermé en 2027")

    def most(**body):
        return max(len(claim["matches"]) for claim in extracted(sender, **body)["claims"])

    assert (most(matches=0), most(matches=2), most()) == (0, 2, 3)


def test_the_matching_claims_may_be_included(sender):
    known = ClaimFactory(accepted=True, quote="le pont de Vernaz serait fermé en 2027")
    answer = extracted(sender, f"{ADDRESS}?include=claim")
    assert list(answer["included"]["claims"]) == [known.public_id]


def test_a_text_without_a_claim_has_none(sender):
    assert extracted(sender, text="Bonjour.")["claims"] == []


def test_a_word_of_100_000_letters_is_too_long_a_text(sender):
    answer = sender.send(ADDRESS, {"text": "a" * 100_000})
    assert answer.status_code == 413
    assert "50000" in answer.json()["detail"]


def test_the_longest_text_is_read_if_it_is_one_word(sender):
    assert extracted(sender, text="é" * 50_000)["claims"] == []


def test_the_longest_text_may_be_escaped_throughout(sender, settings):
    settings.MAX_EXTRACT = 500
    body = ('{"text": "' + "\\ud83d\\ude00" * 500 + '"}').encode()
    assert sender.send(ADDRESS, body).status_code == 200


def test_every_fault_is_told_at_once(sender):
    body = {"published_on": "2025-13", "language": "en", "matches": 11, "id": 1}
    found = faults(sender.send(ADDRESS, body))
    assert set(found) == {"#/text", "#/published_on", "#/language", "#/matches", "#/id"}


@pytest.mark.parametrize("text", ["", " \n", "a\0", "a\udfff", 1, None])
def test_what_is_no_text_is_refused(sender, text):
    assert list(faults(sender.send(ADDRESS, {"text": text}))) == ["#/text"]


def test_what_is_refused_spends_no_extraction(sender):
    sender.send(ADDRESS, {"text": ""})
    assert KeyUsage.objects.get().extractions == 0


def test_ten_thousand_code_points_begun_are_one_extraction(sender):
    answer = sender.send(ADDRESS, {"text": "Bonjour. " * 1200})
    assert answer.status_code == 200
    usage = KeyUsage.objects.get()
    assert (usage.extractions, usage.extract) == (2, 1)
    assert '"extractions-day";r=498' in answer["RateLimit"]


def test_beyond_the_quota_nothing_is_read():
    sender = Sender("extract", extractions_a_day=1)
    assert sender.send(ADDRESS, {"text": "Bonjour."}).status_code == 200
    answer = sender.send(ADDRESS, {"text": "Bonjour."})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_it_takes_the_scope():
    assert Sender("match", "propose").send(ADDRESS, {"text": TEXT}).status_code == 403


def test_nothing_of_the_text_is_kept(sender, caplog):
    with caplog.at_level(logging.DEBUG):
        extracted(sender)
    assert not Document.objects.exists()
    assert not Snapshot.objects.exists()
    assert not Claim.objects.exists()
    assert "deux écoles" not in caplog.text


def test_who_finds_two_texts_before_theirs_is_told_when_to_come_again(sender):
    with engine.turn(), engine.turn():
        answer = sender.send(ADDRESS, {"text": TEXT})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert KeyUsage.objects.get().extractions == 0
    extracted(sender)


@pytest.mark.parametrize("fault", [TookTooLong(), CameToNothing("OSError")])
def test_a_text_that_is_not_read_is_told_and_not_logged(sender, monkeypatch, caplog, fault):
    def fail(*_args):
        raise fault

    monkeypatch.setattr(engine, "read_apart", fail)
    answer = sender.send(ADDRESS, {"text": TEXT})
    assert answer.status_code == 503
    assert "Retry-After" not in answer
    assert "deux écoles" not in caplog.text


def test_many_claims_are_looked_for_in_few_queries(sender, counted_queries):
    ClaimFactory(accepted=True, quote="le pont de Vernaz serait fermé en 2027")
    text = "\n\n".join(
        f"Le pont de Vernaz sera fermé en {year}, a dit Anne Roux." for year in range(2000, 2015)
    )
    with counted_queries("api extract"):
        assert len(extracted(sender, text=text)["claims"]) == 15
