"""A web server on this machine that sends exactly the bytes it is told to."""

import socketserver
import threading
from contextlib import suppress
from email import message_from_bytes


def answer(body=b"", status="200 OK", **headers):
    """The bytes of an answer of plain text; a header that is None is left out."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"Content-Type": "text/plain", "Content-Length": len(body)} | named
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def redirect(to, status="302 Found"):
    return answer(b"", status, Location=to)


class Web(socketserver.ThreadingTCPServer):
    """Each of its pages is the bytes it sends, or a function that is given ``send``."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    host = "journal.test"
    context = None  # for TLS

    def __init__(self, ip="127.0.0.1", port=0):
        super().__init__((ip, port), _Asked)
        self.pages = {}
        self.asked = []  # (path, headers) of every request but those for robots.txt
        self.posted = []  # (path, headers, body) of what was sent here
        self.connections = 0
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    @property
    def origin(self):
        return f"{'https' if self.context else 'http'}://{self.host}:{self.port}"

    def paths(self):
        return [path for path, _headers in self.asked]

    def close(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """The tests break connections off."""


class _Asked(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.connections += 1
        if self.server.context:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        with suppress(OSError):
            page = self._page(self.request.recv(65536))
            page(self.request.sendall) if callable(page) else self.request.sendall(page)
        self.request.close()

    def _page(self, request):
        line, _, headers = request.partition(b"\r\n")
        path = line.split()[1].decode()
        if line.startswith(b"POST "):
            head, _, body = headers.partition(b"\r\n\r\n")
            named = message_from_bytes(head)
            while len(body) < int(named["Content-Length"]):
                body += self.request.recv(65536)
            self.server.posted.append((path, dict(named), body))
            return self.server.pages.get(path, answer(status="404 Not Found"))
        if not line.startswith(b"GET "):
            return answer(status="400 Bad Request")
        if path != "/robots.txt":
            self.server.asked.append((path, message_from_bytes(headers)))
        return self.server.pages.get(path, answer(status="404 Not Found"))
