"""WARC files, as crawlers make them."""

import gzip


def warc(path, *records):
    """A file with records of (type, address, status, content type, content); packed by its name."""
    pack = gzip.compress if path.suffix == ".gz" else bytes
    wrapped = [_record("warcinfo", "", "application/warc-fields", b"software: essai\r\n")]
    for kind, url, status, content_type, content in records:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode()
        wrapped.append(_record(kind, url, f"application/http; msgtype={kind}", head + content))
    path.write_bytes(b"".join(map(pack, wrapped)))
    return path


def _record(kind, url, content_type, block):
    named = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{named}WARC-Date: 2025-12-03T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{len(block):012}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(text, title="Titre"):
    """A page with an article in it."""
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    ).encode()


def response(number, content, content_type="text/html; charset=utf-8", status="200 OK"):
    return ("response", f"https://journal.example/{number}", status, content_type, content)
