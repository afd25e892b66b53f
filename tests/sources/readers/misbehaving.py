"""A reader that does what it is told, as a hostile file would make one do."""

import os
import resource
import signal
import sys
import tempfile
import time

from sources.readers.page import Page


def read(original: bytes) -> Page:
    match original:
        case b"crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"leave":
            os._exit(0)
        case b"raise":
            raise ZeroDivisionError
        case b"recurse":
            return read(b"recurse")
        case b"fill memory":
            return bytes(2_000_000_000)
        case b"fill the answer":
            return Page("a" * 60_000_000, "text/plain")
        case b"loop":
            while True:
                pass
        case b"sleep":
            time.sleep(600)
        case b"write":
            with tempfile.TemporaryFile() as file:
                file.write(b"a")
        case b"look around":
            loaded = {name.partition(".")[0] for name in sys.modules}
            return Page(" ".join(loaded), "text/plain")
        case b"dump":
            return Page(str(resource.getrlimit(resource.RLIMIT_CORE)), "text/plain")
    return Page(original.decode(), "text/plain")
