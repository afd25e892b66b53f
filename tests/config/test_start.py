"""``make run``: one process started on new data, and what it leaves behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError

from config.management.commands.start import Command, listen
from tests.config.users import ROOT, gone


class Start:
    """``manage.py start`` in a process of its own, on the data in ``folder``."""

    def __init__(self, folder: Path):
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": "", "CONSTAT_DATA": str(folder), "PORT": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.output = ""
        for line in self.process.stdout:
            self.output += line
            if address := re.search(r"http://127\.0\.0\.1:\d+/", line):
                self.address = address[0]
                break
        else:
            pytest.fail(self.process.communicate()[1])

    def interrupt(self) -> str:
        """Ctrl-C, which reaches every process of the terminal; returns what was complained of."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.communicate(timeout=20)[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("start")


@pytest.fixture(scope="module")
def first(folder):
    start = Start(folder)
    yield start
    start.interrupt()
    assert gone(folder / "postgres")


@pytest.fixture(scope="module")
def second(first, folder):
    """Beside the first, on the same data; it has been stopped by Ctrl-C."""
    began = time.monotonic()
    start = Start(folder)
    start.seconds = time.monotonic() - began
    start.complaints = start.interrupt()
    return start


def test_the_address_it_prints_answers(first):
    with urllib.request.urlopen(first.address) as answer:
        assert answer.status == 200


def test_the_first_start_prints_the_password_of_the_demo_editor(first):
    assert re.search(r"demo.*[\w-]{16}", first.output)


def test_a_second_start_prints_no_password(second):
    assert "demo" not in second.output


def test_a_second_start_takes_seconds(second):
    assert second.seconds < 15


def test_ctrl_c_ends_it_without_a_word(second):
    assert second.complaints == ""
    assert second.process.returncode == 0


def test_answers_do_not_wait_for_the_client():
    with listen("127.0.0.1", "0") as listener, socket.create_connection(listener.getsockname()):
        accepted, _address = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_taken_port_is_named_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(CommandError, match=f"{port}.*PORT=8001"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("port", ["http", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match=port):
        listen("127.0.0.1", port)


def test_a_host_that_is_not_this_machine_is_refused():
    with pytest.raises(CommandError, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", "0")


@pytest.mark.django_db
def test_the_demo_editor_is_made_once():
    Command().make_demo_editor()
    Command().make_demo_editor()
    assert get_user_model().objects.get(username="demo").is_staff
