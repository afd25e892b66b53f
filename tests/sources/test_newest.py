"""The latest that a search finds, however far back it has to go."""

import pytest

from claims.models import Claim
from sources.search import newest
from tests.factories import ClaimFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("most", [1, 4, 100])
@pytest.mark.parametrize("read", [0, 3, 1000])
@pytest.mark.parametrize(
    "words", ["retraites ", "retraites -hausse ", "Roux retraites ", "Roux ", "Roux -hausse "]
)
def test_step_by_step_the_same_are_found_as_if_all_were_read(monkeypatch, words, read, most):
    monkeypatch.setattr(newest, "NEWEST", 2)
    monkeypatch.setattr(newest, "READ", read)
    roux = SpeakerFactory(name="Jeanne Roux")
    for number in range(12):
        ClaimFactory(
            quote=["Les retraites baissent.", "La hausse des retraites.", "Il pleut."][number % 3],
            speaker=roux if number % 4 else None,
            quotation="indirect" if number % 4 else "none",
            accepted=number % 5 > 0,
        )
    claims = Claim.objects.published()
    every = list(claims.search(words).order_by("-pk").values_list("pk", flat=True))
    assert every
    assert claims.newest(claims.ways_to(words), most) == every[:most]


@pytest.mark.parametrize("most", [2, 3, 100])
def test_of_those_named_and_those_called_so_the_latest_are_found(monkeypatch, most):
    monkeypatch.setattr(newest, "READ", 0)
    roux = SpeakerFactory(name="Jeanne Roux")
    for number in range(10):
        if number % 3:
            ClaimFactory(quote="Il pleut.", speaker=roux, quotation="indirect", accepted=True)
        else:
            ClaimFactory(quote="Roux est venue.", accepted=True)
    claims = Claim.objects.published()
    every = list(claims.search("Roux ").order_by("-pk").values_list("pk", flat=True))
    assert len(every) == 10
    assert claims.newest(claims.ways_to("Roux "), most) == every[:most]


def test_rows_that_are_read_are_not_asked_of_the_index_of_words():
    (way,) = Claim.objects.ways_to("retraites ")
    sql = str(Claim.objects.filter(newest._unindexed(way | way)).query)
    assert sql.count("""coalesce("claims_claim"."search", '') @@""") == sql.count("@@") > 0
