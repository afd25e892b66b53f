"""The Atom feeds, as feed readers read them."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from claims.atom.entry import permanent_id
from claims.correct import correct
from claims.decide import reject
from claims.merge import merge_speakers
from claims.models import Claim
from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.pages import shown
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
ENTRIES = 3
NAMES = ["claims", "verifications", "developments", "corrections"]
ADDRESSES = [*(f"/feeds/{name}.atom" for name in NAMES), "/en/feeds/claims.atom"]


def hours(number):
    return NOON + timedelta(hours=number)


def read(client, address):
    """A feed that any reader can read."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert feed.bozo == 0, feed.get("bozo_exception")
    return feed


def address_of(speaker):
    return f"/speakers/{speaker.public_id}/feed.atom"


def one_of_each(speaker=None):
    """A claim with all that may be said of one, and so an entry in every feed."""
    with record_clock(NOON):
        claim = ClaimFactory(accepted=True, speaker=speaker or SpeakerFactory())
        PositionFactory(speaker=claim.speaker, title=f"maire, n° {claim.pk}")
        verification = verify(claim)
        correct(verification, "update", "Une source de plus.", UserFactory())
        supersede(verification)
        correct(claim, "clarification", "Le jour est précisé.", UserFactory())
        effect = EffectFactory(claim=claim)
        correct(effect.development, "update", "Un chiffre nouveau.", UserFactory())
        later = ClaimFactory(accepted=True)
        EffectFactory(claim=claim, development__document=None, development__claim=later)
        LinkFactory(accepted=True, claim=later, earlier=claim)
        ForecastFactory(claim=claim)
    return claim


@pytest.mark.parametrize("address", ADDRESSES)
class TestEveryFeed:
    def test_of_an_empty_record_is_one(self, client, address):
        assert read(client, address).entries == []

    def test_of_an_empty_record_stays_the_same(self, client, address):
        assert client.get(address).content == client.get(address).content

    def test_says_what_it_is(self, client, address):
        one_of_each()
        feed = read(client, address).feed
        assert feed.id == f"http://testserver{address}"
        assert feed.language == ("en" if address.startswith("/en") else "fr")
        assert feed.author_detail == {"name": "Constat", "href": feed.author_detail.href}
        assert feed.generator == "Constat"
        assert feed.icon == feed.logo == "http://testserver/static/constat.svg"
        assert "CC BY 4.0" in feed.rights
        assert {"self", "first", "alternate", "license"} == {link.rel for link in feed.links}

    def test_has_whole_entries(self, client, address):
        one_of_each()
        for entry in read(client, address).entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.published_parsed <= entry.updated_parsed
            assert entry.author == "Constat"
            assert entry.summary
            assert entry.content[0].type == "text/html"
            assert re.findall(r'href="(?!http://testserver/)[^"]*"', entry.content[0].value) == []
            assert all("#" in tag.scheme and tag.label for tag in entry.tags)
            assert client.get(urlsplit(entry.link).path).status_code == 200

    def test_needs_as_many_queries_as_the_baseline(self, client, address, counted_queries):
        for _row in range(2):
            one_of_each()
        with counted_queries(f"feed {address.removeprefix('/en').removeprefix('/feeds/')}"):
            read(client, address)

    def test_answers_no_form(self, client, address):
        assert client.post(address).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_has_one_id_in_both_languages(client, name):
    one_of_each()
    french = read(client, f"/feeds/{name}.atom").entries
    english = read(client, f"/en/feeds/{name}.atom").entries
    assert [entry.id for entry in french] == [entry.id for entry in english]
    assert len({entry.id for entry in french}) == len(french) > 0


def test_an_id_is_the_same_for_ever():
    assert permanent_id("claims/bcdfghjkmn") == "urn:uuid:d3df8d69-c047-5d41-8f85-f96368c3a97c"


class TestAClaim:
    def only(self, client):
        (entry,) = read(client, "/en/feeds/claims.atom").entries
        return entry

    def test_is_told_with_its_sentence_and_categories(self, client):
        claim = ClaimFactory(accepted=True, wording="Deux écoles.", speaker__name="la maire")
        entry = self.only(client)
        assert entry.title == "La maire: Deux écoles."
        assert claim.sentence.text in entry.content[0].value
        assert entry.link == f"http://testserver/en/claims/{claim.public_id}/"
        terms = {urlsplit(tag.scheme).fragment: tag.term for tag in entry.tags}
        assert terms == {
            "kinds": "commitment",
            "standings": "unverified",
            "speakers": claim.speaker.public_id,
        }

    def test_that_is_verified_has_the_category_of_its_rating(self, client):
        verify(ClaimFactory(accepted=True))
        assert ("imprecise", "Imprecise") in {(t.term, t.label) for t in self.only(client).tags}

    def test_leads_to_its_source(self, client):
        document = DocumentFactory(url="https://journal.test/ecoles")
        ClaimFactory(accepted=True, sentence__snapshot__document=document)
        via = [link.href for link in self.only(client).links if link.rel == "via"]
        assert via == ["https://journal.test/ecoles"]

    def test_never_leads_to_what_is_no_address_of_the_web(self, client):
        document = DocumentFactory(url="javascript:alert(1)")
        ClaimFactory(accepted=True, sentence__snapshot__document=document)
        assert b"javascript" not in client.get("/feeds/claims.atom").content

    def test_is_updated_when_what_it_says_changes(self, client):
        claim = ClaimFactory(accepted=True)
        moments = [self.only(client).updated]
        verification = verify(claim, at=hours(1))
        moments.append(self.only(client).updated)
        with record_clock(hours(2)):
            correct(claim, "update", "Un mot.", UserFactory())
        moments.append(self.only(client).updated)
        withdrawn(verification, "Retirée.", at=hours(3))
        moments.append(self.only(client).updated)
        EffectFactory(claim=claim, decided_at=hours(4))
        moments.append(self.only(client).updated)
        assert moments == [f"2025-12-08T{hour}:00:00+00:00" for hour in range(12, 17)]

    def test_is_updated_with_the_verification_of_one_it_repeats(self, client):
        earlier, claim = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
        LinkFactory(accepted=True, claim=claim, earlier=earlier)
        verify(earlier, at=hours(1))
        updated = {entry.updated for entry in read(client, "/feeds/claims.atom").entries}
        assert updated == {"2025-12-08T13:00:00+00:00"}

    def test_that_is_a_candidate_is_not_told(self, client):
        ClaimFactory()
        assert read(client, "/feeds/claims.atom").entries == []


class TestAVerification:
    def test_is_told_with_its_rating(self, client):
        verification = verify(ClaimFactory(accepted=True))
        (entry,) = read(client, "/en/feeds/verifications.atom").entries
        assert entry.summary == f"Imprecise: {verification.summary}"
        (tag,) = entry.tags
        assert (tag.scheme, tag.term) == ("http://testserver/feeds/#ratings-1", "imprecise")

    def test_that_supersedes_another_is_a_new_entry(self, client):
        old = verify(ClaimFactory(accepted=True))
        new = supersede(old, at=hours(1), summary="Tout est exact.")
        first, second = read(client, "/feeds/verifications.atom").entries
        assert [first.title, second.title] == [new.summary, old.summary]
        assert first.published == first.updated == second.updated == "2025-12-08T13:00:00+00:00"
        assert second.published == "2025-12-08T12:00:00+00:00"
        assert new.get_absolute_url() in second.content[0].value

    def test_of_which_nothing_is_published_is_not_told(self, client):
        old = verify(ClaimFactory(accepted=True))
        old.successors.create(author=UserFactory(), summary="Brouillon")
        assert len(read(client, "/feeds/verifications.atom").entries) == 1


def test_developments_are_told_in_the_order_they_were_let_in(client):
    old = DevelopmentFactory(accepted=True, decided_at=hours(2))
    new = DevelopmentFactory(accepted=True, decided_at=hours(1), occurred_on="2026-03")
    titles = [entry.title for entry in read(client, "/feeds/developments.atom").entries]
    assert titles == [old.title, new.title]


class TestACorrection:
    def test_is_told_with_before_and_after(self, client):
        claim = ClaimFactory(accepted=True, wording="Trois écoles.")
        correct(claim, "error", "Deux, non trois.", UserFactory(), wording="Deux écoles.")
        (entry,) = read(client, "/feeds/corrections.atom").entries
        assert entry.title == "Erreur : Deux écoles."
        assert "Trois écoles." in entry.content[0].value
        assert entry.link == f"http://testserver{claim.get_absolute_url()}"

    @pytest.mark.parametrize("resting", [False, True])
    def test_of_what_is_no_longer_public_does_not_say_it(self, client, resting):
        claim = ClaimFactory(accepted=True, wording="Trois écoles.")
        row = claim
        if resting:
            row = DevelopmentFactory(
                accepted=True, document=None, claim=claim, title="Trois écoles ouvrent."
            )
        correction = correct(row, "clarification", "Une précision.", UserFactory())
        reject(Claim.objects.filter(pk=claim.pk), UserFactory())
        for language in ("", "/en"):
            (entry,) = read(client, f"{language}/feeds/corrections.atom").entries
            assert "écoles" not in str(entry)
            assert entry.link == f"http://testserver{language}/corrections/{correction.pk}/"


class TestASpeaker:
    def test_has_claims_and_findings_in_one_feed(self, client):
        speaker = SpeakerFactory()
        claim = ClaimFactory(accepted=True, speaker=speaker)
        verification = verify(claim, ClaimFactory(accepted=True), at=hours(1))
        ClaimFactory(accepted=True)
        paths = [urlsplit(entry.link).path for entry in read(client, address_of(speaker)).entries]
        assert paths == [verification.get_absolute_url(), claim.get_absolute_url()]

    def test_has_a_finding_once(self, client):
        speaker = SpeakerFactory()
        verify(*(ClaimFactory(accepted=True, speaker=speaker) for _row in range(3)))
        assert len(read(client, address_of(speaker)).entries) == 4

    def test_is_told_by_the_same_ids_as_in_the_feeds_of_all(self, client):
        claim = one_of_each()
        own = {entry.id for entry in read(client, address_of(claim.speaker)).entries}
        everything = [*read(client, "/feeds/claims.atom").entries]
        everything += read(client, "/feeds/verifications.atom").entries
        assert own < {entry.id for entry in everything}

    def test_who_said_nothing_public_has_no_feed(self, client):
        assert client.get(address_of(ClaimFactory().speaker)).status_code == 404

    def test_who_was_merged_leads_to_the_one_kept(self, client):
        merged, kept = (ClaimFactory(accepted=True).speaker for _row in range(2))
        merge_speakers(merged, kept, UserFactory(role="chief"), "La même.")
        answer = client.get("/en" + address_of(merged))
        assert (answer.status_code, answer.url) == (301, "/en" + address_of(kept))

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        speaker = SpeakerFactory()
        for _row in range(3):
            one_of_each(speaker)
        with counted_queries("feed of a speaker"):
            read(client, address_of(speaker))


class TestPages:
    """Of a feed that is longer than one page: of three entries here."""

    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch):
        monkeypatch.setattr("claims.atom.stream.ENTRIES", ENTRIES)

    def walk(self, client, address):
        ids, pages = [], 0
        while address:
            feed = read(client, address)
            ids += [entry.id for entry in feed.entries]
            pages += 1
            following = [link.href for link in feed.feed.links if link.rel == "next"]
            address = following[0].removeprefix("http://testserver") if following else ""
        return ids, pages

    @pytest.mark.parametrize("number", [ENTRIES, ENTRIES + 1])
    def test_have_every_claim_once_even_of_one_moment(self, client, number):
        for _row in range(number):
            ClaimFactory(accepted=True)
        ids, pages = self.walk(client, "/feeds/claims.atom")
        assert len(set(ids)) == len(ids) == number
        assert pages == (1 if number == ENTRIES else 2)

    def test_have_every_correction_once(self, client):
        claim = ClaimFactory(accepted=True)
        with record_clock(NOON):
            for _row in range(ENTRIES + 1):
                correct(claim, "update", "Un mot.", UserFactory())
        ids, pages = self.walk(client, "/en/feeds/corrections.atom")
        assert len(set(ids)) == len(ids) == ENTRIES + 1
        assert pages == 2

    @pytest.mark.parametrize("findings", [1, 2, 4])
    def test_of_claims_and_findings_of_one_moment_have_each_once(self, client, findings):
        speaker = SpeakerFactory()
        claims = [ClaimFactory(accepted=True, speaker=speaker) for _row in range(findings)]
        for claim in claims:
            verify(claim)
        ids, _pages = self.walk(client, address_of(speaker))
        assert len(set(ids)) == len(ids) == 2 * findings

    @pytest.mark.parametrize("before", ["rien", "%00", "é", "9" * 30, "1"])
    @pytest.mark.parametrize("name", ["claims", "corrections"])
    def test_after_what_never_was_are_not_there(self, client, name, before):
        one_of_each()
        before = "999999" if before == "1" else before
        assert client.get(f"/feeds/{name}.atom?before={before}").status_code == 404

    def test_of_a_past_time_stay_in_it(self, client):
        with record_clock(NOON):
            for _row in range(ENTRIES + 1):
                ClaimFactory(accepted=True)
        ClaimFactory(accepted=True)
        at = hours(1).strftime("%Y-%m-%dT%H:%M:%SZ")
        ids, pages = self.walk(client, f"/feeds/claims.atom?as_of={at}")
        assert (len(ids), pages) == (ENTRIES + 1, 2)


HOSTILE = [
    "<script>alert(1)</script> & ]]> &amp; \"'",
    "\x01\x08\x0b\x0c\x1f\x7f\x85 vertical",
    "\ufffe\uffff\U0001fffe fin",
    "\u202egauche\u2066 et droite",
    "e\u0301\u0327 👩‍👩‍👧 \U0001f1eb\U0001f1f7",
    "<!-- --> <![CDATA[ ]]> <?xml?>",
]


class TestHostileWords:
    def test_leave_every_feed_whole(self, client):
        speaker = SpeakerFactory(name=HOSTILE[0])
        for text in HOSTILE:
            sentence = SentenceFactory(snapshot=SnapshotFactory(text=text))
            claim = ClaimFactory(accepted=True, speaker=speaker, sentence=sentence)
            verify(claim, summary=text, explanation=text)
            correct(claim, "error", text, UserFactory(), before=text, after=text)
            told = {"development__title": text, "development__account": text, "note": text}
            EffectFactory(claim=claim, **told)
        for address in [*ADDRESSES, address_of(speaker)]:
            etree.fromstring(client.get(address).content)
            entries = read(client, address).entries
            assert len(entries) >= len(HOSTILE)
            # feedparser cleans what it reads; lxml does not.
            for content in etree.fromstring(client.get(address).content).iter("{*}content"):
                assert "<script" not in content.text

    def test_turn_nothing_beside_a_title(self, client):
        ClaimFactory(accepted=True, wording="\u202eGauche\u2066 et droite")
        (entry,) = read(client, "/en/feeds/claims.atom").entries
        assert entry.title.endswith(": Gauche et droite")


class TestFeedReadersFind:
    @pytest.mark.parametrize(
        ("page", "feed"),
        [
            ("/", "/feeds/claims.atom"),
            ("/claims/", "/feeds/claims.atom"),
            ("/developments/", "/feeds/developments.atom"),
            ("/en/corrections/", "/en/feeds/corrections.atom"),
        ],
    )
    def test_the_feed_of_a_list(self, client, page, feed):
        found = re.findall(
            r'<link rel="alternate" type="application/atom\+xml"[^>]*>', shown(client, page)
        )
        assert [re.search('href="([^"]*)"', link)[1] for link in found] == [feed]

    def test_the_feed_of_a_speaker(self, client):
        speaker = ClaimFactory(accepted=True).speaker
        assert f'href="{address_of(speaker)}"' in shown(client, speaker)


class TestThePageOfFeeds:
    def test_leads_to_each(self, client):
        page = shown(client, "/en/feeds/")
        assert [name for name in NAMES if f'"/en/feeds/{name}.atom"' not in page] == []

    def test_explains_every_category(self, client):
        one_of_each()
        page = shown(client, "/feeds/")
        for address in ADDRESSES:
            for entry in read(client, address).entries:
                for tag in entry.tags:
                    assert f'id="{urlsplit(tag.scheme).fragment}"' in page

    def test_is_in_the_footer_of_every_page(self, client):
        assert 'href="/feeds/"' in shown(client, "/").partition("<footer")[2]
