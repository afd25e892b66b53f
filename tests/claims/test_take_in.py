from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from background.models import Job
from claims import arrivals, engine, take_in
from claims.extraction import Candidate, Reading, Span
from claims.models import Claim, Speaker
from claims.models import Reading as StoredReading
from claims.outcome import State
from claims.redaction.redact import Wish, redact
from claims.stop import Stop
from claims.take_in import Intake
from sources.batches.items import Given, LeftOut, Refusal
from sources.fields import new_public_id
from sources.known import Text
from sources.models import Document, Sentence, Snapshot
from sources.origin import Origin
from sources.partial_date import PartialDate
from sources.readers.page import Page
from tests.factories import NOON, DocumentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


class Extractor:
    """Finds in each text that Jeanne Roux says the whole of it, on the day it was published."""

    def read_many(self, texts, n_process=1):
        return (self.read(*text) for text in texts)

    def read(self, text, published_on=None):
        whole = Span(0, len(text))
        said = Candidate(
            content=(whole,),
            cue=None,
            source=None,
            speaker="Jeanne Roux",
            speaker_kind="person",
            speaker_candidates=(),
            quotation="direct",
            kind="fact",
            said_on=published_on,
            parts=(),
            sentence=whole,
            confidence=0.9,
            check_worthiness=0.4,
            rule="verb",
        )
        return Reading((whole,), (said,))


class Observer:
    def __init__(self):
        self.seen_items, self.outcomes, self.times_away = [], [], 0

    def seen(self, item):
        self.seen_items.append(item.name)

    def tell(self, outcome):
        self.outcomes.append(outcome)

    def away(self):
        self.times_away += 1

    @property
    def states(self):
        return {outcome.item.name: str(outcome.state) for outcome in self.outcomes}


@pytest.fixture(autouse=True)
def _fast(monkeypatch):
    monkeypatch.setattr(engine, "extractor", Extractor)
    monkeypatch.setattr(take_in, "BATCH", 4)


def given(*texts, **origin):
    return [Given(text, text.encode(), Origin(**origin)) for text in texts]


def intake(origin=None, stop=None):
    return Intake(origin or Origin(), NOON.date(), Observer(), stop or Stop())


def record(items, **options):
    """Take in with claims; what became of each."""
    taking = intake(**options)
    taking.record(items)
    return taking.observer


def defer(items):
    taking = intake()
    taking.defer(items)
    return taking.observer


def arrived(text):
    """A text that was read, with what is found in it."""
    (item,) = given(text)
    read = Text(Page(text, "text/plain"), item.original, Origin())
    return arrivals.Arrival(item, read, None), Extractor().read(text)


def counts():
    return [m.objects.count() for m in (Document, Snapshot, Sentence, StoredReading, Claim)]


TEXTS = [f"Texte {n}." for n in range(10)]


def test_each_text_is_kept_with_its_claims():
    observer = record(given(*TEXTS))
    assert counts() == [10] * 5
    assert observer.states == dict.fromkeys(TEXTS, "new")
    assert Speaker.objects.get().name == "Jeanne Roux"


def test_each_is_seen_once():
    items = [*given("a", "b", "a"), Refusal("r", reason="x"), LeftOut("l", ending=".png")]
    observer = record(items)
    assert sorted(observer.seen_items) == ["a", "a", "b", "l", "r"]
    assert len(observer.outcomes) == 5


def test_what_is_refused_is_told_with_its_reason_and_keeps_nothing_else_out():
    observer = record([*given("a", "un\0deux"), Refusal("r", reason="parce que")])
    reasons = [(o.item.name, o.reason) for o in observer.outcomes if o.state is State.REFUSED]
    assert reasons == [
        ("r", "parce que"),
        ("un\0deux", "it contains a NUL byte: it is not plain text"),
    ]
    assert counts() == [1] * 5


def test_the_same_text_twice_is_one_document_in_one_batch_or_two():
    assert [o.state for o in record(given("a", "a")).outcomes] == ["new", "known"]
    assert [o.state for o in record(given("a", "b", "a")).outcomes].count("known") == 2
    assert counts() == [2] * 5


def test_the_claims_of_one_that_comes_twice_are_counted_once():
    created = [o.recorded.created for o in record(given("a", "a")).outcomes]
    assert created == [1, 0]


def test_it_goes_on_where_it_broke_off():
    class Broken(Exception):
        pass

    def breaking():
        yield from given(*TEXTS[:9])
        raise Broken

    with pytest.raises(Broken):
        record(breaking())
    done = Document.objects.count()
    assert 0 < done < 10
    states = list(record(given(*TEXTS)).states.values())
    assert (states.count("known"), states.count("new")) == (done, 10 - done)
    assert counts() == [10] * 5


def test_a_fault_in_what_is_given_ends_it_though_texts_are_read_ahead(monkeypatch):
    class Broken(Exception):
        pass

    def breaking():
        yield from given(*TEXTS[:9])
        raise Broken

    read_many = Extractor.read_many
    monkeypatch.setattr(
        Extractor, "read_many", lambda self, texts, n_process=1: read_many(self, list(texts))
    )
    with pytest.raises(Broken):
        record(breaking())


def test_what_is_known_is_neither_parsed_nor_read_again(monkeypatch):
    record(given(*TEXTS))
    monkeypatch.setattr(arrivals, "take_apart", None)
    monkeypatch.setattr(engine, "extractor", lambda: type("E", (), {"read_many": _reads_nothing})())
    assert set(record(given(*TEXTS)).states.values()) == {"known"}


def _reads_nothing(self, texts, n_process=1):
    assert list(texts) == []
    return iter(())


def test_many_that_are_known_take_one_look_each_batch(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(take_in, "BATCH", 100)
    texts = [str(n) for n in range(100)]
    record(given(*texts))
    with django_assert_num_queries(2):
        record(given(*texts))


def test_the_same_text_in_other_bytes_is_known():
    record(given("été"))
    observer = record([Given("b", "été".encode("cp1252"))])
    assert (observer.states, counts()) == ({"b": "known"}, [1] * 5)


def test_what_is_known_is_completed():
    record(given("a", title="Titre"))
    record(given("a", publisher="Le Journal", url="https://a.example/"))
    document = Document.objects.get()
    assert (document.publisher.name, document.url) == ("Le Journal", "https://a.example/")
    assert document.title == "Titre"


def test_what_is_said_of_all_counts_where_one_says_nothing():
    items = [*given("a", publisher="Autre"), *given("b")]
    record(items, origin=Origin(publisher="Le Journal"))
    publishers = Document.objects.order_by("id").values_list("publisher__name", flat=True)
    assert list(publishers) == ["Autre", "Le Journal"]


def test_an_impossible_origin_refuses_its_document_only():
    future = Given("f", b"f", Origin(PartialDate.parse("2030")))
    assert record([future, *given("a")]).states == {"f": "refused", "a": "new"}


def test_dates_are_resolved_against_the_day_that_is_known_of_the_document():
    day = PartialDate.parse("2025-11-02")
    DocumentFactory(url="https://a.example/", published_on=day)
    record(given("a", url="https://a.example/", published_on=PartialDate.parse("2025-12-03")))
    assert Claim.objects.get().said_on == day


def test_and_against_that_which_another_of_the_same_batch_brings():
    day = PartialDate.parse("2025-11-02")
    url = "https://a.example/"
    record([*given("a", url=url), *given("b", url=url, published_on=day)])
    assert {claim.said_on for claim in Claim.objects.all()} == {day}


def test_another_text_at_a_known_address_is_a_further_snapshot():
    url = "https://a.example/"
    record(given("a", url=url))
    record(given("b", "c", url=url))
    assert counts() == [1, 3, 3, 3, 3]


def test_another_version_of_the_extractor_reads_again_and_doubles_nothing(monkeypatch):
    record(given("a"))
    monkeypatch.setattr(engine, "version", lambda: "another")
    assert record(given("a")).states == {"a": "known"}
    assert counts() == [1, 1, 1, 2, 1]


def test_reading_many_again_takes_no_query_for_each(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(take_in, "BATCH", 100)
    texts = [str(n) for n in range(50)]
    record(given(*texts))
    monkeypatch.setattr(engine, "version", lambda: "another")
    with django_assert_max_num_queries(35):
        record(given(*texts))
    assert StoredReading.objects.count() == 100


def test_an_impossible_date_is_no_more_kept_of_what_is_known():
    record(given("a"))
    assert record(given("a", published_on=PartialDate.parse("2030"))).states == {"a": "refused"}
    assert Document.objects.get().published_on is None


@pytest.mark.parametrize("at", [0, 5, 9])
def test_a_text_that_the_extractor_fails_at_keeps_no_other_out(monkeypatch, caplog, at):
    read = Extractor.read

    def fail(self, text, published_on=None):
        if text == TEXTS[at]:
            raise ValueError
        return read(self, text, published_on)

    monkeypatch.setattr(Extractor, "read", fail)
    observer = record(given(*TEXTS))
    assert observer.states == dict.fromkeys(TEXTS, "new") | {TEXTS[at]: "refused"}
    assert counts() == [9] * 5
    assert "The extractor fails at" in caplog.text


def test_what_is_begun_when_it_is_told_to_stop_is_finished_and_no_more():
    stop = Stop()

    def items():
        for number, item in enumerate(given(*(str(n) for n in range(100)))):
            stop.wanted = number == 30
            yield item

    observer = record(items(), stop=stop)
    assert 0 < len(observer.outcomes) <= 30
    assert counts() == [len(observer.outcomes)] * 5


def test_a_database_that_goes_away_loses_nothing(monkeypatch):
    monkeypatch.setattr("sources.patience.PAUSE", 0)
    monkeypatch.setattr("sources.patience.connection.close", lambda: None)
    away = chain([False, True, True], iter(lambda: False, None))
    recorded = take_in.record_arrivals

    def sometimes(batch):
        if next(away):
            raise OperationalError
        return recorded(batch)

    monkeypatch.setattr(take_in, "record_arrivals", sometimes)
    observer = record(given(*TEXTS))
    assert (observer.times_away, len(observer.outcomes), counts()) == (1, 10, [10] * 5)


def test_a_claim_that_draws_the_public_id_of_another_draws_again(monkeypatch):
    record(given("Un texte."))
    others = [new_public_id() for _ in range(9)]
    signs = chain(others[0], Claim.objects.get().public_id, *others[1:])  # Of the document first.
    choice = SimpleNamespace(choice=lambda alphabet: next(signs))
    monkeypatch.setattr("sources.fields.secrets", choice)
    assert record(given("Un autre.")).states == {"Un autre.": "new"}
    assert counts() == [2] * 5


def test_what_was_redacted_meanwhile_is_passed_over():
    record(given("Jeanne Roux promet."))
    wish = Wish(Document.objects.get(), ["Jeanne Roux"])
    redact(wish, "erasure", "Une demande.", UserFactory(role="chief"))
    outcomes = arrivals.record_arrivals([arrived("Jeanne Roux promet."), arrived("b")])
    assert {each.item.name: str(each.state) for each in outcomes} == {
        "Jeanne Roux promet.": "known",
        "b": "new",
    }


class TestDeferred:
    def test_a_text_is_kept_and_its_reading_queued(self):
        assert set(defer(given("a", "b", "a")).states.values()) == {"new", "known"}
        assert counts() == [2, 2, 0, 0, 0]
        assert Job.objects.filter(task_name="read", status="todo").count() == 2

    def test_again_it_is_not_queued_twice(self):
        defer(given("a"))
        assert defer(given("a")).states == {"a": "known"}
        assert Job.objects.filter(task_name="read").count() == 1

    def test_what_is_read_is_not_queued(self):
        record(given("a"))
        assert defer(given("a")).states == {"a": "known"}
        assert not Job.objects.filter(task_name="read").exists()

    def test_nothing_is_kept_if_it_cannot_be_queued(self, monkeypatch):
        def fail(*args):
            raise RuntimeError

        monkeypatch.setattr(arrivals, "have_read", fail)
        with pytest.raises(RuntimeError):
            defer(given("a"))
        assert counts() == [0] * 5

    def test_it_is_recorded_later_without_being_parsed_again(self, monkeypatch):
        defer(given("a"))
        monkeypatch.setattr(arrivals, "take_apart", None)
        assert record(given("a")).states == {"a": "known"}
        assert counts() == [1] * 5


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_each_document_is_taken_in_once():
    barrier = Barrier(2)

    def run(texts):
        try:
            barrier.wait()
            return record(given(*texts, publisher="Le Journal")).states
        finally:
            connection.close()

    texts = [f"Texte {n}." for n in range(60)]
    with ThreadPoolExecutor(2) as pool:
        states = list(pool.map(run, [texts, texts[::-1]]))
    assert counts() == [60] * 5
    assert Speaker.objects.count() == 1
    assert sum(list(each.values()).count("new") for each in states) == 60
