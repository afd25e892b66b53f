"""What is logged, and how: JSON in production, with the id of the request; nothing about people.

What readers look for, who they are and where they ask from is nobody's business: of addresses the
network is left, queries, e-mail addresses and rows quoted by the database are left out.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

# Of an IPv4 address, and of an IPv6 one: what a provider gives to many.
NETWORK = {4: 24, 6: 48}
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]*=[^\s\"'<>]*")
ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F.]{0,15})(?![\w.:]*\w)"
)
# What PostgreSQL says of a row that it refused: "Key (name)=(…)", "Failing row contains (…)".
ROW = re.compile(r"^(DETAIL:\s+|\s*)((?:Key|Failing row)\b[^(\n]*).*$", re.MULTILINE)

# That of the request at hand.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def shortened(address: str) -> str:
    """Its network, as ``192.0.2.0/24``; this machine's own as it is; empty where it is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback or found.is_unspecified:  # It is nobody's.
        return address
    return str(ip_network((found, NETWORK[found.version]), strict=False))


def without_people(text: str) -> str:
    """The text without what may tell of somebody."""
    text = QUERY.sub("?…", text)
    text = MAIL.sub("…@…", text)
    text = ROW.sub(r"\1\2…", text)
    return ADDRESS.sub(lambda found: shortened(found[0]) or found[0], text)


class WithoutPeople(logging.Filter):
    """After the one that takes out secrets, and has written out the message and the trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_people(record.getMessage()), None
        if record.exc_text:
            record.exc_text = without_people(record.exc_text)
        return True


class OfRequest(logging.Filter):
    """Says to what request a line belongs, if to any."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class Json(logging.Formatter):
    """For machines: an object a line."""

    FIELDS = ("request_id", "route", "status", "milliseconds", "network")

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        for name in self.FIELDS:
            if (value := getattr(record, name, "")) != "":
                said[name] = value
        if record.exc_text:
            said["trace"] = record.exc_text
        return json.dumps(said, ensure_ascii=False)
