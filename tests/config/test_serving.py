"""gunicorn, as config/serving.py sets it up: figures of all its processes, logs, and its end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.config.users import ROOT

TOKEN = "un-jeton-de-test-qui-ne-protege-rien-01"


def ask(address: str, path: str, **headers: str) -> tuple[int, str]:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address + path, headers=named)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Served:
    """A public site in processes of its own, with a database that nobody reaches."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.figures = folder / "metrics"
        self.figures.mkdir()
        (self.figures / "counter_1.db").write_bytes(b"left by another")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/serving.py", "config.wsgi"],
            cwd=ROOT,
            env=os.environ
            | {
                "CONSTAT_PRODUCTION": "1",
                "CONSTAT_SECRET_KEY": "une-clef-de-test-qui-ne-protege-rien-" * 2,
                "CONSTAT_HOSTS": "constat.example",
                "CONSTAT_BIND": f"127.0.0.1:{port}",
                "CONSTAT_DATA": str(folder),
                "CONSTAT_METRICS_TOKEN": TOKEN,
                "DATABASE_URL": f"postgresql:///nowhere?host={folder}",
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                ask(self.address, "/healthz")
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail(self.end())

    def lose_a_process(self) -> None:
        """One of those that answer is killed; another takes its place."""
        victim = psutil.Process(self.process.pid).children()[0]
        victim.kill()
        deadline = time.monotonic() + 20
        while victim.is_running() or len(psutil.Process(self.process.pid).children()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def end(self) -> str:
        """SIGTERM; what was logged."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=40)[1]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a site answered to all that the tests below ask, its exit code and its log."""
    served = Served(tmp_path_factory.mktemp("served"))
    found = {
        "healthy": ask(served.address, "/healthz"),
        "ready": ask(served.address, "/readyz"),
        "moved": [
            ask(served.address, f"/?q=ma+maladie{n}", Host="constat.example")[0] for n in range(20)
        ],
        "figures": ask(served.address, "/metrics", Authorization=f"Bearer {TOKEN}"),
        "files": list(served.figures.glob("counter_*.db")),
        "pages": [
            ask(served.address, path, Host="constat.example", X_Forwarded_Proto="https")
            for path in ("/claims/", "/api/v1/claims/", "/v1alpha1/claims:search?query=x")
        ],
    }
    served.lose_a_process()
    found["without one"] = [ask(served.address, "/healthz") for _time in range(20)]
    log = served.end()
    return found | {"log": log, "code": served.process.returncode}


def test_it_is_healthy_but_not_ready_without_a_database(told):
    assert told["healthy"] == (200, "ok\n")
    assert told["ready"] == (503, "The database cannot be reached.\n")


def test_requests_are_counted_over_all_processes(told):
    assert told["moved"] == [301] * 20
    families = text_string_to_metric_families(told["figures"][1])
    found = {
        sample.name: sample.value
        for family in families
        for sample in family.samples
        if sample.labels.get("status") == "301" or sample.name == "constat_request_seconds_count"
    }
    assert found["constat_requests_total"] == 20
    assert found["constat_request_seconds_count"] == 20


def test_what_another_server_left_is_no_figure_of_this_one(told):
    assert all(path.name != "counter_1.db" for path in told["files"])


def test_each_request_is_an_object_in_the_log_without_what_was_looked_for(told):
    lines = [json.loads(line) for line in told["log"].splitlines() if line.startswith("{")]
    assert sum(line["message"] == "GET / 301" for line in lines) == 20
    assert "maladie" not in told["log"]


def test_without_a_database_readers_and_programs_are_told_so_each_in_their_way(told):
    page, problem, google = told["pages"]
    assert page[0] == problem[0] == google[0] == 503
    assert "La base de données ne répond pas" in page[1]
    assert json.loads(problem[1])["status"] == 503
    assert json.loads(google[1])["error"]["status"] == "UNAVAILABLE"


def test_what_it_says_of_that_in_the_log_is_a_line_a_request_without_its_trace(told):
    lines = [json.loads(line) for line in told["log"].splitlines() if line.startswith("{")]
    faults = [line for line in lines if line["level"] == "error" and "/claims/:" in line["message"]]
    assert len(faults) == 2
    assert not any("trace" in line for line in faults)


def test_a_process_that_is_killed_is_replaced_and_others_answer(told):
    assert told["without one"] == [(200, "ok\n")] * 20


def test_told_to_stop_it_ends_by_itself(told):
    assert told["code"] == 0
