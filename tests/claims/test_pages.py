import pytest
from psycopg.types.range import Int4Range

from claims.correct import correct
from claims.protected import keep_source
from claims.publish import publish, submit, succeed
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


def shown(client, row_or_path):
    """The text of a public page."""
    path = row_or_path if isinstance(row_or_path, str) else row_or_path.get_absolute_url()
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def claim_with_everything():
    claim = ClaimFactory(accepted=True)
    correct(claim, "clarification", "Le jour est précisé.", UserFactory())
    correct(verify(claim), "update", "Une source de plus.", UserFactory())
    LinkFactory(accepted=True, earlier=claim)
    EffectFactory(claim=claim)
    EffectFactory(
        claim=claim,
        development__document=None,
        development__claim=ClaimFactory(accepted=True),
    )
    ForecastFactory(claim=claim)
    PositionFactory(speaker=claim.speaker)
    return claim


@pytest.mark.parametrize("path", ["/", "/claims/", "/developments/", "/corrections/"])
def test_an_empty_record_has_its_pages(client, path):
    assert "<h1" in shown(client, path)


def test_home_shows_the_latest_claims(client):
    claim = ClaimFactory(accepted=True, wording="La maire promet deux écoles.")
    page = shown(client, "/")
    assert "La maire promet deux écoles." in page
    assert claim.speaker.name in page


def test_home_shows_the_latest_developments(client):
    assert EffectFactory().development.title in shown(client, "/")


@pytest.mark.parametrize("path", ["/", "/claims/"])
def test_a_candidate_is_not_listed(client, path):
    claim = ClaimFactory(wording="La maire promet deux écoles.")
    assert claim.wording not in shown(client, path)


def test_a_proposed_development_is_not_listed(client):
    assert DevelopmentFactory().title not in shown(client, "/developments/")


@pytest.mark.parametrize("factory", [ClaimFactory, SpeakerFactory, DocumentFactory])
def test_what_is_not_published_has_no_page(client, factory):
    assert client.get(factory().get_absolute_url()).status_code == 404


class TestTheClaimPage:
    def test_shows_speaker_date_and_kind(self, client):
        claim = ClaimFactory(accepted=True)
        page = shown(client, claim)
        missing = [
            text
            for text in (claim.speaker.name, "3 décembre 2025", "engagement")
            if text not in page
        ]
        assert missing == []

    def test_shows_the_position_held_that_day(self, client):
        claim = ClaimFactory(accepted=True)
        PositionFactory(speaker=claim.speaker, title="élue", until=PartialDate.parse("2020"))
        PositionFactory(speaker=claim.speaker, title="maire", since=PartialDate.parse("2020"))
        page = shown(client, claim)
        assert "maire" in page
        assert "élue" not in page

    def test_shows_the_sentence_between_its_neighbours(self, client):
        snapshot = SnapshotFactory(text="Avant. Elle promet. Après.")
        spans = [(0, 6), (7, 19), (20, 26)]
        own = [SentenceFactory(snapshot=snapshot, start=a, end=b) for a, b in spans][1]
        claim = ClaimFactory(accepted=True, sentence=own, content=[(12, 18)])
        page = shown(client, claim)
        assert page.index("Avant.") < page.index("promet</mark>") < page.index("Après.")

    def test_shows_the_published_verification_with_its_evidence(self, client):
        claim = claim_with_everything()
        page = shown(client, claim)
        evidence = claim.verifications.get().evidence.get()
        texts = ("Imprécis", evidence.verification.summary, evidence.document.title, evidence.note)
        assert [text for text in texts if text not in page] == []

    def test_hides_a_draft(self, client):
        claim = ClaimFactory(accepted=True)
        draft = VerificationFactory(claims=[claim])
        assert draft.summary not in shown(client, claim)

    def test_shows_what_became_of_it(self, client):
        effect = EffectFactory()
        assert effect.development.title in shown(client, effect.claim)

    def test_hides_a_proposal(self, client):
        effect = EffectFactory(development=DevelopmentFactory())
        assert effect.development.title not in shown(client, effect.claim)

    def test_shows_the_criteria_of_its_forecast(self, client):
        forecast = ForecastFactory()
        assert forecast.criteria in shown(client, forecast.claim)

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        claim = claim_with_everything()
        current = claim.verifications.get()
        for _more in range(3):
            current = supersede(current)
            EffectFactory(
                claim=claim, development__document=None, development__claim=claim_with_everything()
            )
            LinkFactory(accepted=True, claim=claim)
        with counted_queries("claim page"):
            shown(client, claim)


class TestWhereAClaimStands:
    def test_is_its_verification(self, client):
        claim = ClaimFactory(accepted=True)
        verify(claim)
        assert "Imprécis" in standing(client, claim)

    def test_is_an_effect_that_came_later(self, client):
        claim = ClaimFactory(accepted=True)
        verify(claim)
        effect = EffectFactory(claim=claim, kind="contradicts")
        section = standing(client, claim)
        assert effect.development.title in section
        assert "Imprécis" not in section

    def test_is_not_a_verification_that_was_withdrawn(self, client):
        claim = ClaimFactory(accepted=True)
        withdrawn(verify(claim), "La source s’est rétractée.")
        assert "Imprécis" not in standing(client, claim)

    def test_is_the_verification_of_what_it_repeats_and_says_so(self, client):
        link = LinkFactory(accepted=True)
        verification = verify(link.earlier)
        section = standing(client, link.claim)
        assert verification.get_absolute_url() in section
        assert link.earlier.get_absolute_url() in section

    def test_is_said_in_lists_with_the_claim_whose_verification_it_is(self, client):
        link = LinkFactory(accepted=True)
        verify(link.earlier)
        page = shown(client, link.claim.speaker)
        assert "Imprécis" in page
        assert link.earlier.get_absolute_url() in page

    def test_is_not_that_of_a_repeat_nobody_confirmed(self, client):
        link = LinkFactory()
        verify(link.earlier)
        assert "Imprécis" not in shown(client, link.claim)


def standing(client, claim) -> str:
    """What the page of a claim says of where it stands."""
    return shown(client, claim).partition('id="standing"')[2].partition("</section>")[0]


class TestTheVerificationPage:
    def test_shows_finding_evidence_and_claims(self, client):
        claim = ClaimFactory(accepted=True)
        verification = verify(claim)
        page = shown(client, verification)
        evidence = verification.evidence.get()
        texts = (
            "Imprécis",
            verification.summary,
            verification.explanation,
            evidence.document.title,
            claim.get_absolute_url(),
        )
        assert [text for text in texts if text not in page] == []

    @pytest.mark.usefixtures("english")
    def test_shows_all_that_is_known_of_a_source(self, client):
        snapshot = SnapshotFactory(text="La rencontre a eu lieu mardi.")
        piece = {
            "document": snapshot.document,
            "snapshot": snapshot,
            "start": 3,
            "end": 12,
            "passage": "rencontre",
            "archived_url": "https://archive.example/1",
            "primary": True,
            "interest": "Elle se présente aux élections.",
        }
        page = shown(client, verify(ClaimFactory(accepted=True), evidence=[piece]))
        texts = (
            "<p>rencontre</p>",
            snapshot.sha256,
            "https://archive.example/1",
            "Primary source",
            "Elle se présente aux élections.",
        )
        assert [text for text in texts if text not in page] == []

    @pytest.mark.usefixtures("english")
    def test_shows_of_a_protected_source_only_the_note(self, client):
        piece = {"document": None, "protected": True, "note": "Une agente de la mairie confirme."}
        page = shown(client, verify(ClaimFactory(accepted=True), evidence=[piece]))
        shown_of_it = page.partition('<ol class="evidence">')[2].partition("</ol>")[0]
        assert "Une agente de la mairie confirme." in shown_of_it
        assert "refutes" not in shown_of_it.lower()
        assert "8 December" not in shown_of_it

    def test_never_shows_who_a_protected_source_is(self, client):
        piece = {"document": None, "protected": True}
        draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
        keep_source(EvidenceFactory(verification=draft, **piece).pk, "Ida Nom", "06 00 00 00 00")
        submit(draft, draft.author)
        publish(draft, UserFactory())
        pages = shown(client, draft) + shown(client, draft.claims.get())
        assert "Ida Nom" not in pages
        assert "06 00" not in pages

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_is_not_there_before_publication(self, client, status):
        draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
        if status == "in_review":
            submit(draft, draft.author)
        assert client.get(draft.get_absolute_url()).status_code == 404

    @pytest.mark.usefixtures("english")
    def test_of_a_superseded_one_says_by_what(self, client):
        old = verify(ClaimFactory(accepted=True))
        new = supersede(old, summary="Tout est exact.")
        head = heading(client, old)
        assert "Superseded" in head
        assert new.get_absolute_url() in head

    @pytest.mark.usefixtures("english")
    def test_of_the_current_one_does_not(self, client):
        new = supersede(verify(ClaimFactory(accepted=True)))
        assert "Superseded" not in heading(client, new)

    @pytest.mark.usefixtures("english")
    def test_does_not_tell_of_a_successor_that_is_a_draft(self, client):
        old = verify(ClaimFactory(accepted=True))
        draft = succeed(old, UserFactory())
        page = shown(client, old)
        assert "Superseded" not in page
        assert draft.public_id not in page

    def test_lists_every_version(self, client):
        first = verify(ClaimFactory(accepted=True))
        second = supersede(first)
        third = supersede(second)
        page = shown(client, second)
        versions = page.partition('<ol class="versions">')[2].partition("</ol>")[0]
        places = [versions.index(row.get_absolute_url()) for row in (third, second, first)]
        assert places == sorted(places)

    def test_of_a_withdrawn_one_says_why_at_its_top(self, client):
        verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        assert "La source est un faux." in heading(client, verification)

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        pieces = [{}, {}, {"document": SnapshotFactory().document}]
        current = verify(ClaimFactory(accepted=True), ClaimFactory(accepted=True), evidence=pieces)
        for _version in range(3):
            current = supersede(current)
        with counted_queries("verification page"):
            shown(client, current)


def heading(client, row) -> str:
    """The top of a page, up to its main heading."""
    return shown(client, row).partition("<main")[2].partition("<h1")[0]


def test_a_claim_page_shows_the_current_version_and_links_to_earlier_ones(client):
    claim = ClaimFactory(accepted=True)
    old = verify(claim, explanation="Ancienne explication.")
    new = supersede(old, explanation="Nouvelle explication.")
    page = shown(client, claim)
    assert "Nouvelle explication." in page
    assert "Ancienne explication." not in page
    assert page.index(new.get_absolute_url()) < page.index(old.get_absolute_url())


class TestCorrections:
    @pytest.fixture
    def corrected(self):
        return ClaimFactory(accepted=True, wording="Trois écoles.")

    @pytest.fixture
    def correction(self, corrected):
        note = "Nous avions écrit trois."
        return correct(corrected, "error", note, UserFactory(), wording="Deux écoles.")

    def test_are_listed_with_before_and_after(self, client, correction):
        page = shown(client, "/corrections/")
        texts = (correction.note, "Trois écoles.", "Deux écoles.")
        assert [text for text in texts if text not in page] == []
        assert correction.claim.get_absolute_url() in page

    def test_of_a_claim_are_at_the_top_of_its_page(self, client, corrected, correction):
        assert correction.note in heading(client, corrected)

    def test_of_a_verification_are_at_the_top_of_its_page(self, client):
        verification = verify(ClaimFactory(accepted=True))
        note = correct(verification, "right_of_reply", "La mairie répond.", UserFactory()).note
        assert note in heading(client, verification)

    def test_of_a_development_are_at_the_top_of_its_page(self, client):
        development = EffectFactory().development
        note = correct(development, "update", "Un chiffre nouveau.", UserFactory()).note
        assert note in heading(client, development)
        listed = shown(client, "/developments/")
        assert listed.index(note) < listed.index(development.title)

    def test_go_on_over_pages(self, client, corrected):
        for _row in range(21):
            correct(corrected, "update", "Un chiffre nouveau.", UserFactory())
        assert shown(client, "/corrections/?page=2").count("<article") == 1


@pytest.mark.usefixtures("english")
class TestLinksBetweenClaims:
    @pytest.mark.parametrize(
        ("kind", "told", "told_of_the_earlier"),
        [
            ("repeats", "Says again what another speaker said", "Said again by another speaker"),
            ("contradicts", "Contradicts", "Contradicted later by"),
            ("updates", "Updates", "Updated later by"),
        ],
    )
    def test_are_told_from_both_ends(self, client, kind, told, told_of_the_earlier):
        link = LinkFactory(accepted=True, kind=kind)
        later, earlier = elsewhere(client, link.claim), elsewhere(client, link.earlier)
        assert told in later
        assert link.earlier.get_absolute_url() in later
        assert told_of_the_earlier in earlier
        assert link.claim.get_absolute_url() in earlier

    def test_tell_the_same_speaker_from_another(self, client):
        earlier = ClaimFactory(accepted=True)
        again = ClaimFactory(accepted=True, speaker=earlier.speaker)
        LinkFactory(accepted=True, claim=again, earlier=earlier)
        assert "the same speaker" in elsewhere(client, again)

    def test_nobody_accepted_are_not_shown(self, client):
        link = LinkFactory()
        assert link.earlier.get_absolute_url() not in shown(client, link.claim)

    def test_to_a_claim_that_is_not_published_are_not_shown(self, client):
        link = LinkFactory(accepted=True, earlier=ClaimFactory())
        assert link.earlier.get_absolute_url() not in shown(client, link.claim)


def elsewhere(client, claim) -> str:
    return shown(client, claim).partition('id="elsewhere"')[2].partition("</section>")[0]


class TestTheDevelopmentPage:
    def test_shows_what_happened_and_to_which_claims(self, client):
        effect = EffectFactory()
        page = shown(client, effect.development)
        assert effect.development.account in page
        assert effect.claim.get_absolute_url() in page

    def test_links_to_the_later_claim_it_rests_on(self, client):
        later = ClaimFactory(accepted=True)
        effect = EffectFactory(development__document=None, development__claim=later)
        assert later.get_absolute_url() in shown(client, effect.development)
        assert later.get_absolute_url() in shown(client, effect.claim)

    def test_is_not_there_before_it_is_accepted(self, client):
        assert client.get(DevelopmentFactory().get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("address", ["/developments/", "own"])
    def test_hides_an_effect_nobody_accepted(self, client, address):
        effect = EffectFactory(proposed=True)
        page = shown(client, effect.development if address == "own" else address)
        assert effect.claim.get_absolute_url() not in page


class TestTheSpeakerPage:
    def test_shows_positions_and_claims(self, client):
        claim = claim_with_everything()
        page = shown(client, claim.speaker)
        assert claim.speaker.positions.get().title in page
        assert claim.get_absolute_url() in page

    def test_hides_candidates(self, client):
        claim = claim_with_everything()
        candidate = ClaimFactory(speaker=claim.speaker)
        assert candidate.get_absolute_url() not in shown(client, claim.speaker)

    def test_names_the_document_an_unnamed_source_is_known_from(self, client):
        sentence = SentenceFactory()
        document = sentence.snapshot.document
        unnamed = SpeakerFactory(kind="anonymous", name="élu", within=document)
        ClaimFactory(accepted=True, sentence=sentence, speaker=unnamed)
        assert document.get_absolute_url() in shown(client, unnamed)


class TestTheDocumentPage:
    def test_shows_its_text_with_the_claim_marked(self, client):
        sentence = SentenceFactory(snapshot=SnapshotFactory(text="Elle promet deux écoles."))
        claim = ClaimFactory(accepted=True, sentence=sentence, content=[Int4Range(12, 23)])
        page = shown(client, claim.document)
        marked = page[page.index("Elle promet") :]
        assert marked.index("<mark") < marked.index("deux écoles") < marked.index("</mark>")

    def test_marks_no_candidate(self, client):
        claim = ClaimFactory(accepted=True)
        hidden = ClaimFactory(sentence=claim.sentence, content=[Int4Range(0, 3)])
        assert hidden.get_absolute_url() not in shown(client, claim.document)

    def test_escapes_what_the_text_says(self, client):
        text = "Elle promet <script>alert(1)</script> deux écoles."
        sentence = SentenceFactory(snapshot=SnapshotFactory(text=text))
        claim = ClaimFactory(accepted=True, sentence=sentence)
        assert "<script>alert" not in shown(client, claim.document)

    def test_of_one_only_cited_has_its_page(self, client):
        evidence = verify(ClaimFactory(accepted=True)).evidence.get()
        assert evidence.document.title in shown(client, evidence.document)

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        claim = claim_with_everything()
        for end in range(1, 10):
            ClaimFactory(accepted=True, sentence=claim.sentence, content=[Int4Range(0, end)])
        with counted_queries("document page"):
            shown(client, claim.document)


@pytest.mark.parametrize("path", ["/", "/claims/", "/developments/", "/corrections/"])
def test_a_list_needs_as_many_queries_as_the_baseline(client, counted_queries, path):
    for _row in range(12):
        claim_with_everything()
    with counted_queries(f"page {path}"):
        shown(client, path)


def test_the_speaker_page_needs_as_many_queries_as_the_baseline(client, counted_queries):
    claim = claim_with_everything()
    for _row in range(5):
        ClaimFactory(accepted=True, speaker=claim.speaker)
    with counted_queries("speaker page"):
        shown(client, claim.speaker)


def test_lists_go_on_over_pages(client):
    for _row in range(21):
        ClaimFactory(accepted=True)
    assert shown(client, "/claims/?page=2").count("<article") == 1


def test_french_is_the_default_whatever_the_browser_asks(client):
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="fr"' in page


def test_english_is_a_choice(client):
    assert '<html lang="en"' in shown(client, "/en/")


def test_public_pages_run_no_script(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/claims/rien/",
        "/speakers/rien/",
        "/documents/rien/",
        "/verifications/rien/",
        "/developments/rien/",
        "/rien",
    ],
)
def test_an_address_that_leads_nowhere_says_so(client, path):
    assert client.get(path).status_code == 404
