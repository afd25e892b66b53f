import pytest

from sources.ingest import take_apart
from sources.keep import keep, told
from sources.known import read_before
from sources.models import Document, Publisher, Snapshot
from sources.origin import Origin
from sources.partial_date import PartialDate
from tests.factories import NOON, DocumentFactory

pytestmark = pytest.mark.django_db


def text(words, **origin):
    return take_apart(words.encode(), Origin(**origin), today=NOON.date())


def kept(*texts):
    return [ingested.created for ingested in keep(texts)]


def test_many_texts_are_kept_in_a_few_queries(django_assert_max_num_queries):
    texts = [
        text(f"La maire promet {n} écoles.", publisher="Le Journal", url=f"https://a.example/{n}")
        for n in range(100)
    ]
    with django_assert_max_num_queries(16):
        keep(texts)
    assert Snapshot.objects.count() == Document.objects.count() == 100
    assert Publisher.objects.count() == 1


def test_each_text_gets_the_snapshot_of_its_own():
    texts = [text(f"La maire promet {n} écoles.") for n in range(3)]
    assert [ingested.snapshot.text for ingested in keep(texts)] == [t.page.text for t in texts]


def test_the_same_text_among_many_is_one_snapshot():
    assert kept(text("a"), text("b"), text("a")) == [True, True, False]
    assert Snapshot.objects.count() == 2


def test_what_a_later_one_of_the_same_tells_is_filled_in():
    keep([text("a"), text("a", title="Titre", url="https://a.example/", byline="C. F.")])
    document = Document.objects.get()
    assert (document.url, document.byline, document.title) == ("https://a.example/", "C. F.", "a")


def test_two_texts_at_an_address_are_of_one_document():
    url = "https://a.example/"
    first, second = keep([text("a", url=url), text("b", url=url)])
    assert first.snapshot.document == second.snapshot.document
    assert Snapshot.objects.count() == 2


def test_the_same_text_at_two_addresses_among_many_is_two_documents():
    keep([text("a", url="https://a.example/1"), text("a", url="https://a.example/2")])
    assert Document.objects.count() == Snapshot.objects.count() == 2


def test_what_is_known_already_is_not_written_again():
    document = keep([text("a", publisher="Le Journal")])[0].snapshot.document
    assert told(document, Origin(publisher="Autre")) == {}
    assert set(told(document, Origin(byline="C. F.", url="https://a.example/"))) == {
        "byline",
        "url",
    }


def test_a_document_only_cited_is_no_new_one():
    cited = DocumentFactory(url="https://a.example/")
    (ingested,) = keep([text("a", url="https://a.example/")])
    assert ingested.snapshot.document == cited


class TestReadBefore:
    def test_a_file_is_known_by_its_bytes(self):
        (ingested,) = keep([text("été")])
        assert read_before([("été".encode(), None), ("été".encode("cp1252"), None)]) == [
            ingested.snapshot,
            None,
        ]

    def test_at_another_address_it_is_another_document_s(self):
        (ingested,) = keep([text("a", url="https://a.example/")])
        assert read_before([(b"a", "https://a.example/"), (b"a", "https://b.example/")]) == [
            ingested.snapshot,
            None,
        ]

    def test_of_many_files_in_one_query(self, django_assert_num_queries):
        keep([text(str(n)) for n in range(50)])
        with django_assert_num_queries(1):
            found = read_before([(str(n).encode(), None) for n in range(60)])
            assert [bool(snapshot and snapshot.document.title) for snapshot in found] == [
                n < 50 for n in range(60)
            ]


def test_a_date_already_known_is_kept_among_many():
    day, month = PartialDate.parse("2025-12-03"), PartialDate.parse("2025-11")
    keep([text("a", published_on=day), text("a", published_on=month)])
    assert Document.objects.get().published_on == day
