import pytest

from claims import roles
from claims.exchange.run import carry_out
from claims.models import Evidence, Import, Verification
from sources.models import Document
from tests.claims.exchange.files import checked, csv_file, fates, json_file, problems
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    ScaleFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

VERIFICATIONS = Import.Kind.VERIFICATIONS
URL = "https://journal.test/ecoles"
ROW = {
    "rating": "Faux",
    "summary": "Une seule école est prévue.",
    "explanation": "Le budget n’en finance qu’une.\n\nVoir page 12.",
    "review_by": "31/03/2027",
    "evidence": f"contredit | {URL} | Une école au budget.",
}


@pytest.fixture(autouse=True)
def scale():
    return ScaleFactory()


@pytest.fixture
def claim():
    return ClaimFactory(accepted=True)


def imported(*rows: dict, by=None) -> Import:
    import_ = checked(json_file(*rows), VERIFICATIONS, by)
    carry_out(import_)
    assert import_.state == Import.State.DONE, problems(import_)
    return import_


def test_a_verification_from_a_file_is_a_draft_of_who_brought_it(claim):
    contributor = UserFactory(role=roles.CONTRIBUTOR)
    imported(ROW | {"claims": claim.public_id}, by=contributor)
    draft = Verification.objects.get()
    assert (draft.status, draft.author) == (Verification.Status.DRAFT, contributor)
    assert (draft.rating.value, draft.review_by.isoformat()) == ("false", "2027-03-31")
    assert draft.explanation == ROW["explanation"]
    assert [*draft.claims.all()] == [claim]


def test_its_evidence_is_at_the_addresses_given(claim):
    imported(ROW | {"claims": [claim.public_id]})
    (piece,) = Evidence.objects.all()
    assert (piece.stance, piece.document.url, piece.note) == (
        Evidence.Stance.REFUTES, URL, "Une école au budget.",
    )  # fmt: skip
    assert piece.document == Document.objects.get(url=URL)


def test_the_same_again_is_the_same_verification(claim):
    row = ROW | {"claims": claim.public_id}
    imported(row)
    assert fates(checked(json_file(row), VERIFICATIONS)) == ["unchanged"]


def test_a_further_piece_of_evidence_is_added_and_none_taken_away():
    draft = VerificationFactory()
    EvidenceFactory(verification=draft, document__url="https://journal.test/autre")
    imported({"id": draft.public_id, "evidence": f"contexte | {URL} | Le budget | p. 12"})
    assert sorted(piece.document.url for piece in draft.evidence.all()) == [
        "https://journal.test/autre", URL,
    ]  # fmt: skip


def test_what_is_published_stands(english):
    published = VerificationFactory(published=True)
    row = {"id": published.public_id, "summary": "Autre chose."}
    assert problems(checked(json_file(row), VERIFICATIONS)) == [
        (1, "Summary", "this verification is published: write its successor at the desk")
    ]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("changes", "column", "told"),
    [
        ({"rating": "Farfelu"}, "Rating", "“Farfelu” is none of: True, Imprecise, False"),
        ({"claims": "bcdfghjkmn"}, "Claims", "no claim has the id “bcdfghjkmn”"),
        ({"review_by": "2027-03"}, "Review by", "give the day, as 2026-03-31"),
        ({"evidence": "contredit"}, "Evidence", "a piece of it lacks its address"),
        ({"evidence": "peut-être | x"}, "Evidence",
         "stance: “peut-être” is none of: supports the claim, refutes the claim, context"),
        ({"summary": ""}, "Summary", "it is missing"),
        ({"summary": "x" * 301}, "Summary", "it is longer than 300 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_of_its_column(changes, column, told):
    row = ROW | changes
    import_ = checked(csv_file([*row], [*row.values()]), VERIFICATIONS)
    assert problems(import_) == [(2, column, told)]
