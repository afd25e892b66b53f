"""Which requests are answered from a replica, and what becomes of one that it does not answer."""

import pytest
from django.core.signals import got_request_exception
from django.db import InterfaceError, connection, connections
from django.http import HttpResponse, StreamingHttpResponse

from config.replica import reading, servers
from config.replica.router import Router
from config.replica.servers import PRIMARY, Server


@pytest.fixture
def replica(monkeypatch):
    """A replica that answers; nobody asks it anything."""
    monkeypatch.setitem(connections.settings, "replica_1", {**connection.settings_dict})
    server = Server("replica_1")
    monkeypatch.setattr(server, "answers", lambda: True)
    monkeypatch.setattr(server, "ask", lambda: 0.0)
    monkeypatch.setattr(reading, "REPLICAS", [server])
    monkeypatch.setattr(servers, "REPLICAS", [server])
    # The transaction of the test is none of a request's.
    monkeypatch.setattr(reading, "chosen", lambda: server if server.is_near() else PRIMARY)
    assert connections["replica_1"].connection is None
    yield server
    del connections["replica_1"]


def alias() -> str:
    return connections["default"].alias


def asked(request, answer=None):
    """The answer to a request that tells where it was read."""
    return reading.Reading(answer or (lambda _request: HttpResponse(alias())))(request)


@pytest.mark.parametrize(
    ("method", "path", "read"),
    [
        ("get", "/claims/", "replica_1"),
        ("head", "/", "replica_1"),
        ("get", "/api/v1/claims/", "replica_1"),
        ("post", "/api/v1/extract/", "default"),
        ("get", "/admin/", "default"),
        ("get", "/en/admin/claims/claim/", "default"),
        ("get", "/api/v1/changes/?since=4", "default"),
        ("get", "/api/v1/proposals/abc/", "default"),
        ("get", "/contact/sent/abc/", "default"),
        ("get", "/en/contact/sent/abc/", "default"),
    ],
)
def test_what_only_reads_is_read_from_it(replica, rf, method, path, read):
    assert asked(getattr(rf, method)(path)).content.decode() == read


def test_who_has_a_session_reads_the_primary(replica, rf, settings):
    rf.cookies[settings.SESSION_COOKIE_NAME] = "some"
    assert asked(rf.get("/claims/")).content == b"default"


def test_afterwards_the_thread_has_its_usual_connection(replica, rf):
    asked(rf.get("/claims/"))
    assert alias() == "default"


def test_what_is_sent_piece_by_piece_is_read_from_it_to_the_end(replica, rf):
    def pieces():
        yield alias()
        yield alias()

    answer = asked(rf.get("/claims/"), lambda _request: StreamingHttpResponse(pieces()))
    assert [*answer.streaming_content] == [b"replica_1"] * 2
    assert alias() == "default"


def fault(request):
    """What is answered where something raised."""
    got_request_exception.send(sender=None, request=request)
    return HttpResponse(status=503)


def test_what_it_does_not_answer_is_asked_of_the_primary(replica, rf):
    def answer(request):
        return fault(request) if alias() == "replica_1" else HttpResponse(alias())

    assert asked(rf.get("/claims/"), answer).content == b"default"


def test_so_is_what_a_view_breaks_off_there_without_a_word(replica, rf):
    middleware = reading.Reading(lambda request: middleware.process_exception(
        request, InterfaceError()) or HttpResponse(alias()))  # fmt: skip
    assert middleware(rf.get("/claims/")).content == b"default"


def test_a_fault_of_the_site_stays_one(replica, rf):
    assert asked(rf.get("/claims/"), fault).status_code == 503


def test_what_is_refused_there_is_not_asked_again(replica, rf):
    answers = []

    def refuse(_request):
        answers.append(alias())
        return HttpResponse(status=503)

    assert asked(rf.get("/claims/"), refuse).status_code == 503
    assert answers == ["replica_1"]


@pytest.mark.django_db
def test_inside_a_transaction_it_is_the_primary(replica):
    assert connection.in_atomic_block
    assert servers.chosen() is PRIMARY


@pytest.mark.parametrize(("lag", "near"), [(0, True), (9.9, True), (10.1, False), (None, False)])
def test_one_too_far_behind_is_not_near(replica, monkeypatch, lag, near):
    monkeypatch.setattr(replica, "ask", lambda: lag)
    assert replica.is_near() is near


def test_what_was_seen_of_it_holds_for_a_while(replica, monkeypatch):
    assert replica.is_near()
    monkeypatch.setattr(replica, "ask", lambda: None)
    assert replica.is_near()
    replica.look_again()
    assert not replica.is_near()


def test_one_that_does_not_answer_is_not_waited_for_again_at_once(replica, monkeypatch):
    server, tried = Server(replica.alias), []

    def refuse():
        tried.append(1)
        raise InterfaceError

    monkeypatch.setattr(connections["replica_1"], "ensure_connection", refuse)
    monkeypatch.setattr(connections["replica_1"], "close_if_health_check_failed", lambda: None)
    assert [server.is_near(), server.is_near()] == [False, False]
    assert len(tried) == 1


@pytest.mark.django_db
def test_a_pooler_whose_server_is_gone_does_not_count_as_the_primary(monkeypatch):
    server = Server("default")
    assert server.is_there()

    def refuse():
        raise InterfaceError

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert server.answers()
    assert not server.is_there()
    assert not server.answers()


def test_nothing_is_migrated_on_it():
    assert Router().allow_migrate("default", "claims")
    assert not Router().allow_migrate("replica_1", "claims")
