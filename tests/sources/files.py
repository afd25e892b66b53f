"""PDF and DOCX files for tests, made on the fly."""

import io
import zipfile
import zlib

import docx

LINE = 14  # points


def pdf(*pages: list[str], title="") -> bytes:
    """A PDF with these lines of text on its pages, in Helvetica."""
    return raw_pdf([zlib.compress(_content(lines)) for lines in pages], title)


def _content(lines: list[str]) -> bytes:
    shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
    return b"BT /F1 11 Tf %d TL 60 780 Td " % LINE + shown + b" ET"


def _escaped(line: str) -> bytes:
    line = line.encode("cp1252")
    return line.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def raw_pdf(streams: list[bytes], title="") -> bytes:
    """A PDF whose pages have these deflated content streams."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(streams), b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(streams)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % _escaped(title),
    ]
    for i, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * i)
        )
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
        )
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def word(*paragraphs: str, title="") -> bytes:
    """A DOCX with these paragraphs."""
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_member(original: bytes, name: str, content: bytes) -> bytes:
    """The ZIP ``original`` with a member added or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(original)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            if member.filename != name:
                target.writestr(member, source.read(member))
        target.writestr(name, content)
    return out.getvalue()


def member(original: bytes, name: str) -> bytes:
    """What the member ``name`` of a ZIP holds."""
    return zipfile.ZipFile(io.BytesIO(original)).read(name)
