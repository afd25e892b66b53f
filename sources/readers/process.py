"""One file read in a child process under limits; whatever becomes of the child, the parent goes on.

The child is forked from a server that has the readers loaded and nothing else (no Django, no
connection, no secret), which takes some milliseconds. It answers in JSON, so that even a child
that a file has taken over hands on nothing but words.
"""

import json
import logging
import resource
import signal
import threading
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection

from sources.readers.kind import Kind
from sources.readers.page import Page
from sources.readers.unreadable import Reason, Unreadable

READERS = {
    Kind.HTML: "sources.readers.html",
    Kind.PDF: "sources.readers.pdf",
    Kind.DOCX: "sources.readers.docx",
}
FEEDS = "sources.readers.feed"
ANSWER = 50_000_000  # bytes
ENDED_BY = {signal.SIGXCPU: Reason.TIME, signal.SIGALRM: Reason.TIME, signal.SIGKILL: Reason.MEMORY}

# Starting one looks after all: two threads that do so at once would lose how a child ended.
looking_after = threading.Lock()
server = get_context("forkserver")
server.set_forkserver_preload([__name__, *READERS.values(), FEEDS])


@dataclass(frozen=True)
class Limits:
    """What reading one file may take."""

    memory: int = 1_000_000_000  # bytes of address space
    cpu_seconds: int = 20
    seconds: int = 60


def read(reader: str, original: bytes, limits: Limits, **hints: str) -> Page:
    """The page that ``reader`` makes of ``original``; raises Unreadable, within ``limits``."""
    answer = run(reader, original, limits, **hints)
    day = answer.pop("published_on")
    return Page(**answer, published_on=day and date.fromisoformat(day))


def run(reader: str, original: bytes, limits: Limits, **hints: str) -> dict:
    """The fields of what the module ``reader`` makes of it, as JSON has them."""
    receiver, sender = server.Pipe(duplex=False)
    child = server.Process(target=_run, args=(sender, reader, original, hints, limits), daemon=True)
    with receiver:
        with looking_after:
            child.start()
        sender.close()
        try:
            answered = receiver.poll(limits.seconds)
            answer = json.loads(receiver.recv_bytes(ANSWER)) if answered else None
        except (EOFError, OSError, ValueError):
            answer = {}
        finally:
            with looking_after:
                child.kill()
                child.join()
    if answer is None:
        raise Unreadable(Reason.TIME)
    if not answer:
        raise Unreadable(ENDED_BY.get(-child.exitcode, Reason.CRASH))
    if "reason" in answer:
        raise Unreadable(Reason(answer["reason"]), **answer["details"])
    return answer


def _run(sender: Connection, reader: str, original: bytes, hints: dict, limits: Limits) -> None:
    _limit(limits)
    try:
        answer = asdict(import_module(reader).read(original, **hints))
    except Unreadable as unreadable:
        answer = {"reason": unreadable.reason, "details": unreadable.details}
    except MemoryError:
        answer = {"reason": Reason.MEMORY, "details": {}}
    except Exception:  # noqa: BLE001  the libraries raise anything at what is damaged
        # lxml calls it a fault of the file when memory ends.
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        reason = Reason.MEMORY if used > limits.memory / 2 else Reason.DAMAGED
        answer = {"reason": reason, "details": {}}
    sender.send_bytes(json.dumps(answer, default=str).encode())


def _limit(limits: Limits) -> None:
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))
    signal.alarm(limits.seconds + 5)  # should the parent be gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    logging.disable()
