"""A little CDN: keeps pages as their headers say, and forgets them by their tags."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Cdn(ThreadingHTTPServer):
    """In front of ``origin``, which may be none; POST purges what has a tag of Surrogate-Key."""

    daemon_threads = True

    def __init__(self, origin: str | None = None):
        super().__init__(("127.0.0.1", 0), _Asked)
        self.origin = origin and urlsplit(origin).netloc
        self.kept = {}  # address: (status, body, tags, end)
        self.hits = 0
        self.purges = []  # the headers and body of each
        self.status = 200  # answered to purges
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def purged(self) -> set[str]:
        return {tag for headers, _body in self.purges for tag in headers["Surrogate-Key"].split()}

    def get(self, path: str) -> tuple[int, bytes]:
        """As a reader would: from here if it is here, else from the origin."""
        kept = self.kept.get(path)
        if kept and time.monotonic() < kept[3]:
            self.hits += 1
            return kept[:2]
        status, body, headers = fetched(self.origin, path)
        seconds = [
            int(word.partition("=")[2])
            for word in headers["Cache-Control"].split(", ")
            if word.startswith("s-maxage=")
        ]
        if seconds:
            tags = set(headers["Surrogate-Key"].split())
            self.kept[path] = status, body, tags, time.monotonic() + seconds[0]
        return status, body


def fetched(host: str, path: str) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(host)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, answer.headers


class _Asked(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.purges.append((self.headers, body))
        tags = set(self.headers.get("Surrogate-Key", "").split())
        if self.server.status == 200:
            for path in [path for path, kept in self.server.kept.items() if kept[2] & tags]:
                del self.server.kept[path]
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        """Nothing is printed."""
