"""A document that changed: where its passages are now, and what differs."""

from datetime import timedelta

import pytest
from psycopg.types.range import Int4Range

from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    SentenceFactory,
    SnapshotFactory,
)
from tests.pages import shown
from tests.record import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
OLD = "Titre.\nLa maire promet deux écoles.\nUn.\nDeux.\nTrois.\nFin."
NEW = "Titre.\nLa maire promet trois écoles.\nUn.\nDeux.\nTrois.\nFin.\nAjout."
KEPT = "The document has changed since: this passage is still in it."
GONE = "The document has changed since: this passage is no longer in it."
AMBIGUOUS = "The document has changed since: this passage stands in it more than once."
HAS_CHANGED = "The document has changed since"


@pytest.fixture
def claim():
    """Of "deux écoles" in the second line of OLD."""
    with record_clock(NOON):
        sentence = SentenceFactory(snapshot=SnapshotFactory(text=OLD), start=7, end=35)
        return ClaimFactory(accepted=True, sentence=sentence, content=[Int4Range(23, 34)])


@pytest.fixture
def changed(claim):
    """Its document, whose text is NEW from the next day on."""
    later(claim.document)
    return claim.document


def later(document, text=NEW, days=1):
    return SnapshotFactory(document=document, text=text, fetched_at=NOON + timedelta(days=days))


def page_of(document):
    return f"/documents/{document.public_id}/changes/"


def in_english(client, row, query=""):
    return shown(client, f"/en/{type(row).__name__.lower()}s/{row.public_id}/{query}")


def hours_later(hours):
    """As the parameter of a page."""
    return (NOON + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("text", "told"),
    [(f"Ajout.\n{OLD}", KEPT), (NEW, GONE), (f"{OLD}\nBis.\n{OLD}\n{OLD}", AMBIGUOUS)],
)
class TestOfAPassageInAnOlderSnapshot:
    def test_the_claim_page_says_where_it_is(self, client, claim, text, told):
        later(claim.document, text)
        assert told in in_english(client, claim)

    def test_the_document_page_says_where_it_is(self, client, claim, text, told):
        later(claim.document, text)
        assert told in in_english(client, claim.document)


def test_nothing_is_said_of_a_claim_in_the_latest_snapshot(client, claim):
    assert HAS_CHANGED not in in_english(client, claim)


def test_nothing_is_said_on_the_page_of_a_time_before_it_changed(client, claim, changed):
    assert HAS_CHANGED not in in_english(client, claim, f"?as_of={hours_later(12)}")


@pytest.mark.parametrize(("text", "told"), [(OLD + "\nAjout.", KEPT), (NEW, GONE)])
def test_a_verification_says_where_its_evidence_is(client, text, told):
    document = DocumentFactory()
    snapshot = SnapshotFactory(document=document, text=OLD)
    piece = {"document": document, "snapshot": snapshot, "start": 7, "end": 35,
             "passage": OLD[7:35]}  # fmt: skip
    verification = verify(ClaimFactory(accepted=True), evidence=[piece])
    later(document, text)
    assert told in in_english(client, verification)


class TestTheDocumentPage:
    def test_leads_to_what_changed(self, client, changed):
        assert f'"/en{page_of(changed)}"' in in_english(client, changed)

    def test_of_one_with_a_single_snapshot_does_not(self, client, claim):
        assert page_of(claim.document) not in shown(client, claim.document)

    def test_still_shows_the_text_the_claims_point_into(self, client, changed):
        assert "deux écoles" in shown(client, changed)


class TestThePageOfChanges:
    def shown(self, client, document, **asked):
        answer = client.get("/en" + page_of(document), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_marks_words_that_went_and_came(self, client, changed):
        page = self.shown(client, changed)
        removed = page[page.index("La maire promet") :]
        assert removed.index("<del>") < removed.index("deux") < removed.index("</del>")
        assert removed.index("<ins>") < removed.index("trois") < removed.index("</ins>")

    def test_says_so_to_those_who_do_not_see_it(self, client, changed):
        page = self.shown(client, changed)
        assert "removed: </span>" in page
        assert "added: </span>" in page

    def test_marks_the_claim_in_what_went(self, client, claim, changed):
        page = self.shown(client, changed)
        assert f'<mark><a href="/en/claims/{claim.public_id}/">deux</a></mark></del>' in page

    def test_marks_the_claim_in_what_stayed(self, client, claim, changed):
        page = self.shown(client, changed)
        assert f'<mark><a href="/en/claims/{claim.public_id}/"> écoles</a></mark>' in page

    def test_marks_no_candidate(self, client, claim, changed):
        candidate = ClaimFactory(sentence=claim.sentence, content=[Int4Range(7, 15)])
        assert candidate.public_id not in self.shown(client, changed)

    def test_leaves_out_what_did_not_change(self, client, changed):
        page = self.shown(client, changed)
        assert "Deux." not in page
        assert "2 paragraphs that did not change" in page

    def test_compares_the_snapshots_that_are_asked_for(self, client, changed):
        oldest, latest = changed.snapshots.first(), later(changed, OLD + "\nSuite.", days=2)
        page = self.shown(client, changed, **{"from": oldest.sha256, "to": latest.sha256})
        assert "trois" not in page
        assert "Suite." in page

    def test_compares_the_latest_with_the_one_before(self, client, changed):
        later(changed, OLD + "\nSuite.", days=2)
        assert "trois" in self.shown(client, changed)

    def test_compares_what_there_was_at_a_past_time(self, client, claim, changed):
        later(changed, OLD + "\nSuite.", days=2)
        page = self.shown(client, changed, as_of=hours_later(36))
        assert "trois" in page
        assert "Suite." not in page

    def test_of_a_time_before_it_changed_is_not_there(self, client, changed):
        assert client.get(page_of(changed), {"as_of": hours_later(12)}).status_code == 404

    def test_keeps_what_is_compared_in_the_other_language(self, client, changed):
        asked = {"from": changed.snapshots.first().sha256}
        page = self.shown(client, changed, **asked)
        assert f'"{page_of(changed)}?from={asked["from"]}"' in page

    def test_escapes_what_the_texts_say(self, client, changed):
        later(changed, "<script>alert(1)</script>", days=2)
        assert "<script>" not in self.shown(client, changed)

    @pytest.mark.parametrize("name", ["from", "to"])
    def test_of_an_unknown_snapshot_is_not_there(self, client, changed, name):
        assert client.get(page_of(changed), {name: "0" * 64}).status_code == 404

    def test_of_a_single_snapshot_is_not_there(self, client, claim):
        assert client.get(page_of(claim.document)).status_code == 404

    def test_of_a_document_that_is_not_public_is_not_there(self, client):
        candidate = ClaimFactory()
        later(candidate.document)
        assert client.get(page_of(candidate.document)).status_code == 404

    def test_needs_as_many_queries_as_the_baseline(self, client, changed, counted_queries):
        for days in range(2, 6):
            later(changed, f"{NEW}\nJour {days}.", days=days)
        with counted_queries("page of changes"):
            self.shown(client, changed)
