"""What is asked of the claims, as the parameters of an address."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import translation

from claims import query
from claims.merge import merge_speakers
from claims.models import Claim
from claims.query import ClaimQuery, Refused
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    PublisherFactory,
    RatingFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.record import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def parsed(asked: str) -> ClaimQuery:
    return ClaimQuery.parse(QueryDict(asked), beside=["page"])


def found(asked: str) -> list[Claim]:
    return list(parsed(asked).found())


def said(*dates: str) -> list[Claim]:
    return [ClaimFactory(accepted=True, said_on=PartialDate.parse(date)) for date in dates]


class TestAnAddress:
    @pytest.mark.parametrize(
        "name",
        ["utm_source", "at_medium", "fbclid", "gclid", "gad_source", "wbraid", "igsh", "_gl"],
    )
    def test_of_what_networks_add_is_the_same_without_it(self, name):
        assert parsed(f"kind=fact&{name}=x").asked == {"kind": "fact"}

    @pytest.mark.parametrize("name", ["utm", "clid", "UTM_source", "xgclid", "fbclid2"])
    def test_of_what_only_looks_like_it_is_refused(self, name):
        with pytest.raises(Refused):
            parsed(f"{name}=x")

    @pytest.mark.parametrize(
        "asked",
        [
            "kinds=fact",
            "kind=rumour",
            "kind=fact&kind=opinion",
            "standing=perhaps",
            "speaker=rien",
            "speaker=%00",
            "speaker=' OR 1=1",
            "publisher=rien",
            "publisher=%00",
            "from=hier",
            "from=2025-13",
            "to=2025-02-30",
            "to=9999",
            "to=9999-12-31",
            "to=9999-12-30",
            "from=0000",
            "sort=random",
            "sort=relevance",
        ],
    )
    def test_that_asks_for_what_there_is_not_is_refused_by_name(self, asked):
        name = asked.partition("=")[0]
        with pytest.raises(Refused, match=f"“{name}”|“relevance”") as refused:
            parsed(asked)
        assert refused.value.name == name

    def test_of_a_period_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(Refused, match="before"):
            parsed("from=2025&to=2024")

    def test_with_too_many_speakers_is_refused(self):
        with pytest.raises(Refused, match="10 values at most"):
            parsed("&".join(f"speaker=a{number}" for number in range(11)))

    def test_of_a_speaker_nobody_may_see_is_refused(self):
        with pytest.raises(Refused):
            parsed(f"speaker={ClaimFactory().speaker.public_id}")

    @pytest.mark.parametrize("empty", ["", "q=", "q=++&kind=&from=&to=&speaker=&sort="])
    def test_with_nothing_in_it_asks_for_all(self, empty):
        assert parsed(empty) == ClaimQuery()

    def test_is_one_whatever_is_left_empty_or_usual(self):
        assert parsed("q=%20budget&kind=&sort=relevance&from=2025").asked == {
            "q": "budget",
            "from": "2025",
        }

    def test_of_a_merged_speaker_means_the_one_kept(self):
        merged, kept = (ClaimFactory(accepted=True).speaker for _claim in range(2))
        merge_speakers(merged, kept, UserFactory(role="chief"), "Le même.")
        assert parsed(f"speaker={merged.public_id}").speakers == (kept,)

    @pytest.mark.parametrize("sign", ["\0", "\n", "\x1b", "\u202e"])
    def test_says_words_without_signs_nobody_types(self, sign):
        assert parsed(f"q=a{sign}b").q == "a b"


class TestWhatIsFound:
    def test_is_published(self):
        ClaimFactory()
        claim = ClaimFactory(accepted=True)
        assert found("") == [claim]

    def test_comes_the_latest_published_first(self):
        earlier, later = (
            ClaimFactory(accepted=True, decided_at=NOON + timedelta(hours=hour)) for hour in (1, 2)
        )
        assert found("") == [later, earlier]

    def test_is_said_by_any_of_the_speakers(self):
        claims = [ClaimFactory(accepted=True) for _claim in range(3)]
        asked = "&".join(f"speaker={claim.speaker.public_id}" for claim in claims[:2])
        assert set(found(asked)) == set(claims[:2])

    def test_is_of_the_kind(self):
        ClaimFactory(accepted=True, kind="fact")
        claim = ClaimFactory(accepted=True, kind="opinion")
        assert found("kind=opinion") == [claim]

    def test_stands_there(self):
        ClaimFactory(accepted=True)
        claim = ClaimFactory(accepted=True)
        verify(claim, rating=RatingFactory(value="false"))
        assert found("standing=false") == [claim]

    def test_is_in_the_publisher(self):
        ClaimFactory(accepted=True)
        claim = ClaimFactory(accepted=True)
        assert found(f"publisher={claim.document.publisher.public_id}") == [claim]

    def test_is_nothing_in_a_publisher_of_nothing(self):
        ClaimFactory(accepted=True)
        assert found(f"publisher={PublisherFactory().public_id}") == []

    def test_has_the_words_in_any_form(self):
        ClaimFactory(accepted=True, quote="Le canal ouvre.")
        claim = ClaimFactory(accepted=True, quote="Les écoles municipales fermeront.")
        assert found("q=ecole+fermer") == [claim]

    def test_has_the_words_or_its_speaker_does(self):
        claim = ClaimFactory(
            accepted=True, quote="Deux écoles.", speaker=SpeakerFactory(name="Paul Durand")
        )
        assert found("q=durand+ecoles") == [claim]

    def test_has_the_words_or_its_speaker_does_whatever_small_words_are_beside(self):
        strategy = SpeakerFactory(name="Stratégie de sécurité nationale")
        claim = ClaimFactory(accepted=True, speaker=strategy, quote="L’Europe décline.")
        ClaimFactory(accepted=True, speaker=strategy, quote="Rien.")
        for asked in ("la stratégie europe", "la stratégie de l’europe"):
            assert found(f"q={asked}") == [claim]
        assert len(found("q=la stratégie")) == 2
        assert found("q=la de") == []

    def test_comes_by_how_well_it_matches(self):
        best = ClaimFactory(accepted=True, quote="Le budget du budget est un budget.")
        ClaimFactory(accepted=True, quote="Le maire parle longuement de son grand budget.")
        assert found("q=budget")[0] == best

    def test_comes_the_latest_first_if_that_is_asked_for(self):
        ClaimFactory(accepted=True, quote="Le budget du budget est un budget.")
        later = ClaimFactory(
            accepted=True, quote="Le budget.", decided_at=NOON + timedelta(hours=1)
        )
        assert found("q=budget&sort=latest")[0] == later

    def test_answers_every_filter_at_once(self):
        claim = ClaimFactory(
            accepted=True, kind="fact", quote="Le budget.", said_on=PartialDate.parse("2025-12")
        )
        verify(claim, rating=RatingFactory(value="false"))
        asked = (
            f"q=budget&kind=fact&standing=false&from=2025&to=2026&speaker={claim.speaker.public_id}"
            f"&publisher={claim.document.publisher.public_id}"
        )
        assert found(asked) == [claim]
        assert found(asked.replace("fact", "opinion")) == []

    def test_is_the_claim_whose_address_was_pasted(self):
        ClaimFactory(accepted=True)
        claim = ClaimFactory(accepted=True)
        assert found(f"q=https://constat.example{claim.get_absolute_url()}") == [claim]

    def test_ends_at_a_bound_the_latest_kept(self, monkeypatch):
        monkeypatch.setattr(query, "BOUND", 2)
        claims = [ClaimFactory(accepted=True, quote=f"Budget {number}.") for number in range(5)]
        assert set(found("q=budget&sort=latest")) == set(claims[2:])


class TestAPeriod:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("from=2025-06-15&to=2025-06-15", {"2025", "2025-06", "2025-06-15"}),
            ("from=2025-06&to=2025-06", {"2025", "2025-06", "2025-06-01", "2025-06-15"}),
            ("from=2025-07", {"2025", "2025-07-01", "2026-01-01"}),
            ("to=2024", {"2024", "2024-12-31"}),
            ("from=2026", {"2026-01-01"}),
            ("from=2025-01-01&to=2025-01-01", {"2025"}),
        ],
    )
    def test_holds_what_may_have_been_said_in_it(self, asked, expected):
        said(
            "2024",
            "2024-12-31",
            "2025",
            "2025-06",
            "2025-06-01",
            "2025-06-15",
            "2025-07-01",
            "2026-01-01",
        )
        assert {claim.said_on.isoformat() for claim in found(asked)} == expected

    def test_of_the_first_years_is_one(self):
        assert found("from=0001&to=0999") == []

    def test_is_in_the_order_in_which_it_was_said(self):
        claims = said("2025-06-02", "2025-06-03", "2025-06-01")
        assert found("from=2025") == [claims[1], claims[0], claims[2]]


class TestInWords:
    def test_all_is_claims(self):
        assert str(parsed("")) == "Claims"

    def test_filters_are_told(self):
        claim = ClaimFactory(accepted=True, speaker=SpeakerFactory(name="Jeanne Roux"))
        verify(claim, rating=RatingFactory(value="false", label_en="False"))
        asked = f"standing=false&speaker={claim.speaker.public_id}"
        assert str(parsed(asked)) == "Claims of Jeanne Roux, rated False"

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ("q=budget", "Claims with “budget”"),
            ("kind=fact", "Claims of the kind “fact”"),
            ("standing=kept", "Claims with the standing “kept”"),
            ("from=2025&to=2025", "Claims in 2025"),
            ("from=2025-12-03&to=2025-12-03", "Claims on 3 December 2025"),
            ("from=2025", "Claims since 2025"),
            ("to=2025-12", "Claims until December 2025"),
            ("from=2024&to=2025", "Claims since 2024 until 2025"),
        ],
    )
    def test_each_is_told(self, asked, told):
        assert str(parsed(asked)) == told

    def test_in_french_too(self):
        with translation.override("fr"):
            assert str(parsed("from=2025&to=2025")) == "Affirmations en 2025"
