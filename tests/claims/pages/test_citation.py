"""How a page is cited."""

import pytest
from django.test import RequestFactory

from claims.pages.citation import citation
from tests.factories import ClaimFactory
from tests.record import verify

pytestmark = pytest.mark.django_db


def cited(row):
    return citation(RequestFactory().get("/"), row)


def test_nests_quotation_marks_and_leaves_out_the_full_stop():
    claim = ClaimFactory(accepted=True, wording="elle dit « oui »\n à tout.")
    assert cited(claim).title == "Elle dit “oui” à tout"


def test_nests_them_as_the_language_does(english):
    assert cited(ClaimFactory(accepted=True, wording="Il dit « oui ».")).title == "Il dit ‘oui’"


@pytest.mark.parametrize(
    ("wording", "tex"),
    [("50 % & plus", r"50 \% \& plus"), (r"{a}_\b", r"\{a\}\_\textbackslash{}b")],
)
def test_means_to_tex_what_it_says(wording, tex):
    bibtex = cited(ClaimFactory(accepted=True, wording=wording)).bibtex
    assert f"title = {{{tex}" in bibtex


def test_of_a_claim_nobody_is_known_to_have_made_names_the_publisher():
    claim = ClaimFactory(accepted=True, speaker=None, quotation="none", said_on=None)
    assert cited(claim).about == f"{claim.document.publisher.name}, décembre 2025"


def test_of_a_verification_is_of_the_year_it_was_published():
    verification = verify(ClaimFactory(accepted=True))
    bibtex = cited(verification).bibtex
    assert f"@misc{{constat-{verification.public_id}," in bibtex
    assert "year = {2025}" in bibtex
    assert "Imprécis, 8 décembre 2025" in bibtex
