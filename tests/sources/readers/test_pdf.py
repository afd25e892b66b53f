import io

import pytest
from pypdf import PdfReader, PdfWriter

from sources.readers import pdf
from sources.readers.unreadable import Reason, Unreadable
from tests.sources import files

FIRST = [
    "La maire de Vernaz, Jeanne Roux, a promis mardi que deux écoles ouvri-",
    "raient dans la commune avant la rentrée 2027, selon son porte-",
    "parole. « Aucun enfant ne fera plus de quinze minutes de car », a-t-",
    "elle déclaré.",
    "Le préfet a indiqué que l’État financerait 40 % des travaux, soit plus",
    "de 4,8 millions d’euros pour la seule première tranche. Le vote du bud-",
]
SECOND = ["get est attendu le 18 décembre, en présence des élus de la vallée."]


def paragraphs(*pages: list[str], **kwargs) -> list[str]:
    return pdf.read(files.pdf(*pages, **kwargs)).text.split("\n\n")


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(files.pdf(["La maire promet."]))))
    writer.encrypt(password, owner_password="autre", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_are_joined_to_paragraphs_across_hyphens_and_pages():
    assert paragraphs(FIRST, SECOND) == [
        "La maire de Vernaz, Jeanne Roux, a promis mardi que deux écoles ouvriraient dans la "
        "commune avant la rentrée 2027, selon son porte-parole. « Aucun enfant ne fera plus de "
        "quinze minutes de car », a-t-elle déclaré.",
        "Le préfet a indiqué que l’État financerait 40 % des travaux, soit plus de 4,8 millions "
        "d’euros pour la seule première tranche. Le vote du budget est attendu le 18 décembre, "
        "en présence des élus de la vallée.",
    ]


def test_headers_footers_and_page_numbers_are_dropped():
    pages = [
        ["Rapport annuel 2025", f"Le chapitre {word} parle des écoles.", f"Page {i} sur 4", "DGCL"]
        for i, word in enumerate(["premier", "deuxième", "troisième", "quatrième"], start=1)
    ]
    text = pdf.read(files.pdf(*pages)).text
    assert "deuxième parle" in text
    assert not [dropped for dropped in ("Rapport", "Page", "DGCL") if dropped in text]


def test_a_line_that_only_some_pages_begin_with_is_kept():
    pages = [["Annexe", "Un."], ["Annexe", "Deux."], ["Trois."], ["Quatre."], ["Cinq."]]
    assert pdf.read(files.pdf(*pages)).text.count("Annexe") == 2


def test_a_heading_is_a_paragraph_of_its_own():
    assert paragraphs(["Écoles", *FIRST[:4]])[0] == "Écoles"


def test_items_of_a_list_are_paragraphs():
    assert paragraphs([FIRST[0], "– trois cantines dans la vallée", "– deux cars de plus"])[1:] == [
        "– trois cantines dans la vallée",
        "– deux cars de plus",
    ]


def test_the_title_is_that_of_its_properties():
    assert (
        pdf.read(files.pdf(["La maire."], title="Rapport de la vallée")).title
        == "Rapport de la vallée"
    )


@pytest.mark.parametrize("title", ["Microsoft Word - rapport", "rapport_v3.docx", "Sans titre"])
def test_a_title_that_a_program_made_up_is_none(title):
    assert pdf.read(files.pdf(["La maire."], title=title)).title == ""


def test_a_pdf_with_a_password_is_refused():
    with pytest.raises(Unreadable) as refusal:
        pdf.read(encrypted("secret"))
    assert refusal.value.reason is Reason.ENCRYPTED


def test_a_pdf_that_may_be_read_but_not_changed_is_read():
    assert pdf.read(encrypted("")).text == "La maire promet."


def test_a_pdf_of_scanned_pages_is_refused():
    with pytest.raises(Unreadable) as refusal:
        pdf.read(files.pdf([], []))
    assert refusal.value.reason is Reason.NO_TEXT


def test_a_pdf_of_scanned_pages_with_a_printed_header_is_refused():
    with pytest.raises(Unreadable) as refusal:
        pdf.read(files.pdf(*[["Bibliothèque numérique", f"Page {i}"] for i in range(5)]))
    assert refusal.value.reason is Reason.NO_TEXT
