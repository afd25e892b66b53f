"""A feed is read in a child process, whatever it is, or refused in one sentence."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sources.feeds.read import read
from sources.readers.feed import MOST
from sources.readers.listing import Item
from sources.refused import Refused
from tests.factories import NOON
from tests.sources.feeds.samples import (
    LAUGHS,
    WHOLE,
    entry,
    news_sitemap,
    rss,
    sitemap_index,
)

pytestmark = pytest.mark.usefixtures("english")

URL = "https://journal.test/rss"
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://journal.test/"><title>Le Jour</title></channel>
  <item rdf:about="https://journal.test/a"><title>Deux écoles</title>
    <link>https://journal.test/a</link><dc:date>2025-12-08T13:00:00+01:00</dc:date></item>
</rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://journal.test/b/">
  <title>Le Jour</title><entry><id>tag:journal.test,2025:1</id>
  <title type="html">Deux &lt;em&gt;écoles&lt;/em&gt; &amp;amp; un car</title>
  <link rel="enclosure" href="a.mp3"/><link href="a"/>
  <published>2025-12-08T12:00:00Z</published><updated>2025-12-09T12:00:00Z</updated></entry></feed>
"""


def refusal(original, **options) -> str:
    with pytest.raises(Refused) as error:
        read(original if isinstance(original, bytes) else original.encode(), **options)
    return str(error.value)


def only(original, **options) -> Item:
    (item,) = read(original, url=URL, **options).items
    return item


def test_rss_2():
    listing = read(rss(entry("https://journal.test/a", guid="12")))
    assert listing.title == "Le Jour"
    assert listing.items == [Item("12", "https://journal.test/a", "Deux écoles", NOON)]


def test_rss_1():
    listing = read(RDF.encode())
    url = "https://journal.test/a"
    assert (listing.title, listing.items) == ("Le Jour", [Item(url, url, "Deux écoles", NOON)])


def test_atom():
    assert only(ATOM.encode()) == Item(
        "tag:journal.test,2025:1", "https://journal.test/b/a", "Deux écoles & un car", NOON
    )


def test_a_news_sitemap():
    at = datetime(2025, 12, 8, 13, tzinfo=timezone(timedelta(hours=1)))
    listing = read(
        news_sitemap(
            ("https://journal.test/b", "2025-12-07", "Hier"),
            ("https://journal.test/a?x=1&y=2", at.isoformat(), "Deux écoles & un car"),
            ("https://journal.test/about", "", ""),
        )
    )
    a, b = "https://journal.test/a?x=1&y=2", "https://journal.test/b"
    assert listing.items == [
        Item(a, a, "Deux écoles & un car", NOON),
        Item(b, b, "Hier", datetime(2025, 12, 7, tzinfo=UTC)),
    ]


def test_an_index_names_sitemaps_of_news_first_and_the_latest_first():
    index = sitemap_index(("/1", ""), ("/2", "2025-12-07"), ("/3", "2025-12-08"), ("/news", ""))
    listing = read(index)
    assert (listing.is_index, listing.maps) == (True, ["/news", "/3", "/2", "/1"])


@pytest.mark.parametrize(
    ("said", "charset"),
    [("iso-8859-1", ""), ("iso-8859-1", "utf-8"), ("utf-8", ""), ("utf-8", "iso-8859-1")],
)
@pytest.mark.parametrize("written", ["utf-8", "cp1252", "utf-16"])
def test_a_wrong_charset_does_no_harm(said, charset, written):
    feed = rss(entry("/a", "L’école « à côté »")).decode().replace('"utf-8"', f'"{said}"')
    assert only(feed.encode(written), charset=charset).title == "L’école « à côté »"


def test_a_charset_of_another_alphabet_is_believed_as_declared():
    feed = rss(entry("/a", "Київ обіцяє дві школи")).decode().replace("utf-8", "windows-1251")
    assert only(feed.encode("cp1251")).title == "Київ обіцяє дві школи"


class TestEntries:
    def test_relative_addresses_are_those_of_the_feed(self):
        assert only(rss(entry("../a"))).url == "https://journal.test/a"

    def test_the_id_is_the_address_if_there_is_none(self):
        assert only(rss(entry("https://journal.test/a"))).key == "https://journal.test/a"

    def test_a_guid_may_be_the_address(self):
        assert only(rss("<item><guid>https://journal.test/a</guid></item>")).url.endswith("/a")

    def test_one_without_an_address_has_its_id_or_title(self):
        listing = read(rss(entry(link=False, guid="12"), entry(link=False)))
        assert [item.key for item in listing.items] == ["12", "Deux écoles"]

    def test_one_that_says_nothing_is_left_out(self):
        assert read(rss("<item></item>")).items == []

    @pytest.mark.parametrize("date", ["", "hier", "Mon, 99 Foo 2025", "0000-00-00T00:00:00Z"])
    def test_what_is_no_date_is_none(self, date):
        item = f"<item><link>https://journal.test/a</link><pubDate>{date}</pubDate></item>"
        assert only(rss(item)).published_at is None

    def test_a_whole_text_comes_with_it(self):
        assert "Jeanne Roux" in only(rss(entry(text=WHOLE))).text

    def test_a_teaser_does_not(self):
        padded = f"<p>Deux écoles.</p><img alt='{'a' * 3000}'>"
        assert only(rss(entry(text=padded))).text == ""

    def test_there_is_an_end_to_them(self):
        many = rss(*(entry(f"https://journal.test/{n}") for n in range(MOST + 1)))
        assert len(read(many).items) == MOST

    def test_no_character_is_left_that_cannot_be_kept(self):
        wrong = b"<title>a&#0;&#xD800;&#99999999999;&#8;&#233;"
        assert only(rss(entry("/a", "x")).replace(b"<title>x", wrong)).title == "aé"


class TestRhythm:
    @pytest.mark.parametrize(
        ("said", "seconds"),
        [
            ("<ttl>60</ttl>", 3600),
            ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
            (
                "<sy:updatePeriod> daily\n</sy:updatePeriod>"
                "<sy:updateFrequency>4</sy:updateFrequency>",
                6 * 3600,
            ),
            (
                "<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>"
                "<sy:updateFrequency>0</sy:updateFrequency>",
                3600,
            ),
            ("<ttl>souvent</ttl><sy:updatePeriod>parfois</sy:updatePeriod>", 0),
            ("", 0),
        ],
    )
    def test_a_feed_says_when_to_come_back(self, said, seconds):
        assert read(rss(said=said)).wait == seconds


class TestBroken:
    def test_signs_that_are_not_escaped_do_no_harm(self):
        feed = rss(entry("https://journal.test/a?x=1&y=2", "Recherche")).replace(b"Rech", b"R & D")
        assert only(feed).url == "https://journal.test/a?x=1&y=2"

    def test_of_one_that_breaks_off_what_is_there_is_read(self):
        feed = rss(entry("https://journal.test/a"), entry("https://journal.test/b"))
        cut = feed[: feed.rindex(b"</link>")]
        assert [item.url for item in read(cut).items] == ["https://journal.test/a"]

    def test_warnings_of_the_server_before_it_do_no_harm(self):
        assert only(b"<br />\n<b>Warning</b>: no timezone\n" + rss(entry())).title

    def test_names_that_nobody_declared_do_no_harm(self):
        assert only(rss(entry(title="x")).replace(b">x<", b">&eacute;cole&nbsp;!<")).title

    def test_one_of_which_nothing_can_be_read_is_refused(self):
        assert "damaged" in refusal(rss()[:-20])

    def test_an_empty_feed_is_no_fault(self):
        assert read(rss()).items == []

    def test_a_broken_sitemap_is_read_as_far_as_it_goes(self):
        pages = [(f"https://journal.test/{n}", "2025-12-08", "Deux") for n in "ab"]
        cut = news_sitemap(*pages)[:-60]
        assert read(cut).items

    @pytest.mark.parametrize(
        ("original", "reason"),
        [
            (b"  ", "empty"),
            (b"La maire promet.", "neither an RSS"),
            (b'{"version": "https://jsonfeed.org/version/1"}', "neither an RSS"),
            (b'<?xml version="1.0"?><svg/>', "neither an RSS"),
            (b"<!doctype html><p>Bonjour", "a web page, not a feed, and it names none"),
            (news_sitemap(("https://journal.test/", "", "")), "without publication dates"),
        ],
    )
    def test_what_is_no_feed_is_refused(self, original, reason):
        assert reason in refusal(original)

    def test_a_page_that_names_its_feed_is_told(self):
        page = (
            "<!-- accueil --><html><head><link rel=stylesheet href=/a.css><link rel='alternate' "
            "type='application/rss+xml' href='/rss.xml'></head><body>Bonjour"
        )
        assert "https://journal.test/rss.xml" in refusal(page, url="https://journal.test/une")


class TestHostile:
    @pytest.mark.parametrize("root", ["rss", "feed", "urlset", "lolz"])
    def test_entities_are_refused(self, root):
        bomb = f'<?xml version="1.0"?><!DOCTYPE {root} [{LAUGHS}]><{root}>&l9;</{root}>'
        assert "entities" in refusal(bomb)

    def test_entities_behind_a_comment_define_nothing(self):
        feed = rss(entry(title="x")).replace(b">x<", b">&l9;<")
        bomb = f"<!-- <rss --><!DOCTYPE rss [{LAUGHS}]>".encode() + feed
        assert only(bomb).title == "&l9;"

    def test_no_entity_reads_a_file(self):
        bomb = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss().decode()
        assert "entities" in refusal(bomb)

    @pytest.mark.parametrize("root", ["rss", "feed", "urlset"])
    def test_a_deep_one_is_refused(self, root):
        # What descends by calling itself is at the end of its stack by then.
        assert refusal(f"<{root}>{'<a>' * 100_000}")

    def test_one_of_endless_entries_is_read_in_bounded_time(self):
        assert len(read(rss(*["<item><guid>a</guid></item>"] * 20_000)).items) <= MOST
