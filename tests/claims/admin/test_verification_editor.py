"""The verification editor: begun from claims, saved while one writes."""

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims import roles
from claims.cite import cite_address
from claims.gates import GATES
from claims.models import Verification
from claims.publish import publish, submit
from sources.history import record_clock
from sources.versions import coalesced, history, latest
from tests.claims.admin.editor import buttons, change, missing, save, screen, step
from tests.claims.admin.forms import address, told
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)
from tests.raw_sql import settle
from tests.web import answer as web_answer
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def author():
    return UserFactory(username="anne")


@pytest.fixture
def editor(author):
    """The author's browser."""
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def claim():
    return ClaimFactory(accepted=True)


@pytest.fixture
def draft(author, claim):
    return VerificationFactory(
        author=author, claims=[claim], rating=None, summary="", explanation=""
    )


def start(client, *claims, follow=False):
    chosen = {"claim": [claim.pk for claim in claims]}
    return client.post(reverse("admin:claims_verification_start"), chosen, follow=follow)


def test_a_draft_is_begun_from_a_claim_at_once(editor, author, claim):
    answer = start(editor, claim)
    begun = Verification.objects.get()
    assert answer.url == address(begun)
    assert (begun.status, begun.author, begun.claims.get()) == ("draft", author, claim)


def test_pressed_twice_it_is_begun_once(editor, claim):
    assert start(editor, claim).url == start(editor, claim).url
    assert Verification.objects.count() == 1


def test_a_claim_is_verified_from_its_page_by_a_key(editor, claim):
    page = editor.get(address(claim)).content.decode()
    assert reverse("admin:claims_verification_start") in page
    assert 'data-key="v"' in page


def test_several_claims_are_verified_from_the_list(editor, claim):
    chosen = {"action": "verify_selected", "_selected_action": [claim.pk, ClaimFactory().pk]}
    answer = editor.post(reverse("admin:claims_claim_changelist"), chosen)
    assert answer.url == address(Verification.objects.get())
    assert Verification.objects.get().claims.count() == 2


@pytest.mark.parametrize("words", ["écoles vernaz", "public id"])
def test_a_claim_is_found_to_be_verified(editor, words):
    claim = ClaimFactory(quote="deux écoles à Vernaz")
    ClaimFactory(quote="deux écoles ailleurs")
    ClaimFactory(quote="deux écoles à Vernaz", status="rejected", **decided())
    query = {"q": claim.public_id if words == "public id" else words}
    page = editor.get(reverse("admin:claims_verification_add"), query)
    assert page.context["claims"] == [claim]


def decided():
    return {"decided_by": UserFactory(), "decided_at": NOON}


def test_without_a_claim_none_is_begun(editor):
    assert "Choose a claim" in told(start(editor, follow=True))[0]


def test_the_page_shows_each_claim_with_its_source(editor, draft, claim):
    PositionFactory(speaker=claim.speaker, title="maire de Vernaz")
    page = editor.get(address(draft)).content.decode()
    sentence = f"<mark>{claim.sentence.text}</mark>"
    shown = (claim.speaker.name, "maire de Vernaz", sentence, claim.document.title)
    assert [text for text in shown if text not in page] == []


def test_the_page_says_who_else_writes_about_a_claim(editor, draft, claim):
    other = VerificationFactory(claims=[claim], author=UserFactory(username="jeanne"))
    page = editor.get(address(draft)).content.decode()
    assert "jeanne writes about it too" in page
    assert address(other) in page


def test_the_page_needs_as_many_queries_for_5_of_each_as_the_baseline(
    editor, author, draft, counted_queries
):
    for number in range(5):
        draft.claims.add(ClaimFactory(accepted=True))
        EvidenceFactory(verification=draft)
        cite_address(draft, f"https://journal.test/{number}", author)
        draft.review_notes.create(author=UserFactory(), text="Sûr ?")
    with counted_queries("admin verification editor"):
        editor.get(address(draft))


# Saved while one types


def test_what_is_typed_is_saved(editor, draft):
    rating, explanation = RatingFactory(value="false"), "La veille.\n\nSi."
    answer = save(
        editor, draft, rating=rating.pk, summary="Faux.", explanation=explanation,
        review_by="2027-01-31",
    )  # fmt: skip
    draft.refresh_from_db()
    assert answer.status_code == 200
    assert (draft.rating, draft.summary, draft.explanation) == (
        rating,
        "Faux.",
        "La veille.\n\nSi.",
    )
    assert draft.review_by.isoformat() == "2027-01-31"


def test_what_is_typed_about_evidence_is_saved(editor, draft):
    piece = EvidenceFactory(verification=draft, stance="", note="")
    of_piece = {"stance": "refutes", "primary": "true", "note": "Daté.", "interest": "Aucun."}
    save(editor, draft, **{f"evidence.{piece.pk}.{name}": of_piece[name] for name in of_piece})
    piece.refresh_from_db()
    assert (piece.stance, piece.primary, piece.note) == ("refutes", True, "Daté.")


def test_the_answer_says_when_it_was_saved_and_what_is_missing_now(editor, draft):
    answer = save(editor, draft, summary="Faux.").json()
    assert "summary" not in answer["parts"]["missing"]
    assert "It has no explanation yet." in answer["parts"]["missing"]
    assert ":" in answer["at"]


def test_saving_again_and_again_costs_as_much_as_the_baseline(editor, draft, counted_queries):
    mark = None
    for number in range(5):
        answer = save(editor, draft, mark=mark, summary=f"Faux ({number}).")
        mark = answer.json()["mark"]
    with counted_queries("admin verification autosave"):
        save(editor, draft, mark=mark, summary="Faux.")


def test_autosaves_are_one_change_in_the_history(editor, draft):
    for summary in ("Fa", "Faux", "Faux."):
        save(editor, draft, summary=summary)
    changes = [change for change in coalesced(history(draft)) if change.label == "update"]
    assert [change.differences[0].after for change in changes] == ["Faux."]


def test_what_a_field_does_not_take_is_told_and_nothing_is_saved(editor, draft):
    answer = save(editor, draft, review_by="demain", summary="Faux.")
    draft.refresh_from_db()
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["review_by"])
    assert draft.summary == ""


def test_a_field_that_is_not_of_the_page_is_not_saved(editor, draft, author):
    save(editor, draft, status="published", author=UserFactory().pk)
    draft.refresh_from_db()
    assert (draft.status, draft.author) == ("draft", author)


def test_evidence_of_another_verification_is_not_changed_here(editor, draft):
    other = EvidenceFactory(note="Autre.")
    answer = save(editor, draft, **{f"evidence.{other.pk}.note": "Changé."})
    other.refresh_from_db()
    assert (answer.status_code, other.note) == (422, "Autre.")


# Two people at once


@pytest.fixture
def colleague(client):
    client.force_login(UserFactory(username="jeanne"))
    return client


def test_two_write_into_two_fields(editor, colleague, draft):
    mark = latest(draft)
    save(colleague, draft, mark=mark, summary="Faux.")
    answer = save(editor, draft, mark=mark, explanation="La veille.").json()
    draft.refresh_from_db()
    assert (draft.summary, draft.explanation) == ("Faux.", "La veille.")
    assert [(each["name"], each["theirs"]) for each in answer["values"]] == [("summary", "Faux.")]
    assert answer["told"] == "Changed meanwhile by jeanne: summary."


def test_of_two_in_one_field_the_second_is_shown_both(editor, colleague, draft):
    mark = latest(draft)
    save(colleague, draft, mark=mark, summary="Faux.")
    answer = save(editor, draft, mark=mark, summary="Vrai.")
    draft.refresh_from_db()
    assert (answer.status_code, draft.summary) == (409, "Faux.")
    (clash,) = answer.json()["clashes"]
    assert (clash["name"], clash["who"], clash["theirs"]) == ("summary", "jeanne", "Faux.")


def test_who_keeps_theirs_after_that_overwrites_knowingly(editor, colleague, draft):
    mark = latest(draft)
    save(colleague, draft, mark=mark, summary="Faux.")
    answer = save(editor, draft, mark=mark, summary="Vrai.").json()
    save(editor, draft, mark=answer["mark"], summary="Vrai.")
    draft.refresh_from_db()
    assert draft.summary == "Vrai."


def test_without_a_mark_nothing_is_overwritten(editor, colleague, draft):
    save(colleague, draft, summary="Faux.")
    answer = save(editor, draft, mark="", summary="Vrai.")
    draft.refresh_from_db()
    assert (answer.status_code, draft.summary) == (409, "Faux.")


def test_what_a_colleague_added_comes_with_the_news(editor, colleague, draft):
    mark, added = latest(draft), ClaimFactory(quote="trois écoles")
    change(colleague, draft, "claims", claim=added.pk)
    change(colleague, draft, "evidence", document=DocumentFactory(title="Journal").pk)
    change(colleague, draft, "notes", text="Sûr ?")
    news = editor.get(screen(draft, "news"), {"mark": mark}).json()
    piece = draft.evidence.get()
    assert "Trois écoles" in news["parts"]["covered"]
    assert "Sûr ?" in news["parts"]["notes-list"]
    assert "Journal" in news["added"][str(piece.pk)]


def test_who_writes_where_a_colleague_removed_is_told(editor, colleague, draft):
    piece, mark = EvidenceFactory(verification=draft), latest(draft)
    change(colleague, draft, "piece", piece.pk, act="remove")
    answer = save(editor, draft, mark=mark, **{f"evidence.{piece.pk}.note": "Autre."}).json()
    assert list(answer["errors"].values()) == ["This piece of evidence was removed."]
    assert answer["pieces"] == []


# Claims


def test_a_claim_is_added_and_taken_out(editor, draft, claim):
    added = ClaimFactory(quote="trois écoles")
    answer = change(editor, draft, "claims", claim=added.pk).json()
    assert "Trois écoles" in answer["parts"]["covered"]
    change(editor, draft, "claims", remove=claim.pk)
    assert list(draft.claims.all()) == [added]


def test_repeats_and_what_the_speaker_said_alike_are_suggested(editor, draft, claim):
    repeat = LinkFactory(claim=claim).earlier
    alike = ClaimFactory(speaker=claim.speaker, quote="La maire promet trois écoles")
    ClaimFactory(speaker=claim.speaker, quote="Il fait beau")
    answer = editor.get(screen(draft, "find_claims"))
    assert answer.context["claims"] == [repeat, alike]


def test_a_claim_that_is_there_is_not_found_again(editor, draft, claim):
    answer = editor.get(screen(draft, "find_claims"), {"q": claim.public_id})
    assert answer.context["claims"] == []


# Evidence


def test_an_address_is_being_fetched_at_once(editor, draft):
    answer = change(editor, draft, "evidence", address="https://journal.test/1").json()
    (html,) = answer["added"].values()
    assert "It is being fetched." in html
    assert answer["awaits"]


def test_an_address_that_may_not_be_fetched_is_refused_in_words(editor, draft):
    answer = change(editor, draft, "evidence", address="http://journal.test:22/")
    assert "port 22" in answer.json()["refusal"]
    assert not draft.evidence.exists()


@pytest.mark.usefixtures("queue")
def test_why_it_was_refused_is_shown_with_what_can_be_done(web):
    editor, draft = Client(), VerificationFactory()
    editor.force_login(UserFactory())
    change(editor, draft, "evidence", address=f"{web.origin}/rien")
    work()
    answer = editor.get(screen(draft, "news"), {"mark": latest(draft)}).json()
    html = answer["parts"][f"source-{draft.evidence.get().pk}"]
    shown = ("There is no page at this address", "Try again", "cite it without a copy")
    assert [text for text in shown if text not in html] == []
    assert not answer["awaits"]


@pytest.mark.usefixtures("queue")
def test_what_was_fetched_is_shown_without_a_reload(web):
    web.pages["/1"] = web_answer(b"La veille.", Content_Type="text/plain; charset=utf-8")
    editor, draft = Client(), VerificationFactory()
    editor.force_login(UserFactory())
    mark = change(editor, draft, "evidence", address=f"{web.origin}/1").json()["mark"]
    work()
    answer = editor.get(screen(draft, "news"), {"mark": mark}).json()
    assert "Pick the passage" in answer["parts"][f"source-{draft.evidence.get().pk}"]


def test_what_was_not_fetched_is_cited_without_a_copy(editor, draft):
    change(editor, draft, "evidence", address="https://journal.test/1")
    piece = draft.evidence.get()
    change(editor, draft, "piece", piece.pk, act="unfetched", title="Compte rendu")
    piece.refresh_from_db()
    assert (piece.document.title, piece.snapshot) == ("Compte rendu", None)


def test_a_document_of_the_record_is_found_and_cited(editor, draft):
    document = SnapshotFactory(document__title="Compte rendu du conseil").document
    found = editor.get(screen(draft, "find_documents"), {"q": "conseil compte"})
    assert list(found.context["documents"]) == [document]
    change(editor, draft, "evidence", document=document.pk)
    assert draft.evidence.get().snapshot == document.snapshot


def test_a_file_is_brought(editor, draft):
    file = SimpleUploadedFile("compte-rendu.txt", "La veille, à midi.".encode(), "text/plain")
    change(editor, draft, "evidence", file=file)
    assert draft.evidence.get().snapshot.text == "La veille, à midi."


def test_a_file_that_is_none_is_refused_in_words(editor, draft):
    file = SimpleUploadedFile("compte-rendu.pdf", b"%PDF-1.4 rien", "application/pdf")
    answer = change(editor, draft, "evidence", file=file)
    assert answer.status_code == 409
    assert answer.json()["refusal"]
    assert not draft.evidence.exists()


def test_a_text_is_brought(editor, draft):
    change(editor, draft, "evidence", text="La veille,\r\nà midi.", title="Compte rendu")
    piece = draft.evidence.get()
    assert (piece.document.title, piece.snapshot.text) == ("Compte rendu", "La veille,\nà midi.")


@pytest.fixture
def fetched(draft):
    snapshot = SnapshotFactory(text="Écoles 🎒 :\r\ndeux ouvrent.")
    return EvidenceFactory(
        verification=draft, document=snapshot.document, snapshot=snapshot, note=""
    )


def test_the_text_is_sent_letter_by_letter(editor, draft, fetched):
    """A browser drops a carriage return unless it is written as a reference."""
    page = editor.get(screen(draft, "text", fetched.pk)).content.decode()
    assert ">Écoles 🎒 :&#13;\ndeux ouvrent.</div>" in page


def test_a_passage_is_quoted_by_its_place(editor, draft, fetched):
    place = {"snapshot": fetched.snapshot_id, "start": 12, "end": 16}
    answer = change(editor, draft, "piece", fetched.pk, act="quote", **place).json()
    fetched.refresh_from_db()
    assert (fetched.passage, fetched.start, fetched.end) == ("deux", 12, 16)
    assert "deux" in answer["parts"][f"source-{fetched.pk}"]


@pytest.mark.parametrize("end", [99, "x", ""])
def test_a_place_outside_of_the_text_is_refused(editor, draft, fetched, end):
    place = {"snapshot": fetched.snapshot_id, "start": 12, "end": end}
    answer = change(editor, draft, "piece", fetched.pk, act="quote", **place)
    assert answer.json()["refusal"] == "Nothing was saved: that place is not in the text."


def test_a_passage_is_not_quoted_from_another_document(editor, draft, fetched):
    place = {"snapshot": SnapshotFactory().pk, "start": 0, "end": 3}
    answer = change(editor, draft, "piece", fetched.pk, act="quote", **place)
    assert answer.status_code == 404


def test_of_a_source_without_a_copy_the_passage_is_typed(editor, draft):
    piece = EvidenceFactory(verification=draft, note="")
    save(editor, draft, **{f"evidence.{piece.pk}.passage": "deux écoles"})
    piece.refresh_from_db()
    assert piece.passage == "deux écoles"


def test_typed_into_one_with_a_copy_it_is_refused_by_its_gate(editor, draft, fetched):
    place = {"snapshot": fetched.snapshot_id, "start": 12, "end": 16}
    change(editor, draft, "piece", fetched.pk, act="quote", **place)
    answer = save(editor, draft, **{f"evidence.{fetched.pk}.passage": "trois"})
    assert answer.json()["refusal"] == str(GATES["evidence_passage_is_in_the_snapshot"])


# What is missing


def test_each_thing_missing_leads_to_where_it_is_seen_to(editor, draft):
    piece = EvidenceFactory(verification=draft, stance="", note="")
    lacks = editor.get(address(draft)).context["lacks"]
    assert [lack.place for lack in lacks] == [
        "rating", "summary", "explanation", f"piece-{piece.pk}", f"piece-{piece.pk}",
    ]  # fmt: skip


def test_without_rating_it_is_not_reviewed(editor, draft):
    save(editor, draft, summary="Faux.", explanation="La veille.")
    answer = step(editor, draft, "submit")
    draft.refresh_from_db()
    assert (draft.status, answer.json()["refusal"]) == ("draft", "It has no rating yet.")


def test_an_open_note_is_told_but_does_not_stand_in_the_way(editor, draft):
    draft.review_notes.create(author=UserFactory(), text="Sûr ?")
    context = editor.get(address(draft)).context
    assert [lack.sentence for lack in context["told"]] == ["1 review note is open."]
    assert "note" not in " ".join(missing(editor, draft))


# Review


@pytest.fixture
def in_review(draft):
    draft.rating, draft.summary, draft.explanation = RatingFactory(), "Faux.", "La veille."
    draft.save()
    EvidenceFactory(verification=draft)
    submit(draft, draft.author)
    return draft


def test_who_reads_it_has_no_field_to_change(colleague, in_review):
    page = colleague.get(address(in_review)).content.decode()
    assert "data-field" not in page
    assert in_review.summary in page


def test_its_author_goes_on_writing(editor, in_review):
    save(editor, in_review, summary="Faux, la veille.")
    in_review.refresh_from_db()
    assert in_review.summary == "Faux, la veille."


def changed(client, verification) -> list[str]:
    changes = client.get(address(verification)).context["changes"]
    return [difference.after for change in changes for difference in change.differences]


def test_who_reads_it_first_is_shown_what_changed_since_it_was_sent(editor, colleague, in_review):
    save(editor, in_review, summary="Faux, la veille.")
    assert changed(colleague, in_review) == ["Faux, la veille."]


def test_who_reads_it_again_is_shown_what_changed_since(editor, colleague, in_review):
    with time_machine.travel(NOON, tick=False) as clock:
        save(editor, in_review, summary="Une.")
        colleague.get(address(in_review))
        clock.shift(3600)
        save(editor, in_review, explanation="Deux.")
        assert changed(colleague, in_review) == ["Deux."]
        # Who reloads the page is still at the same reading.
        assert changed(colleague, in_review) == ["Deux."]


def test_a_note_is_left_and_answered(editor, colleague, in_review):
    change(colleague, in_review, "notes", text="Une seconde source ?", blocks="on")
    note = in_review.review_notes.get()
    assert note.blocks
    answer = change(editor, in_review, "notes", settle=note.pk)
    assert "lifts it" in answer.json()["refusal"]
    change(colleague, in_review, "notes", settle=note.pk)
    note.refresh_from_db()
    assert note.settled_by.username == "jeanne"


def test_an_empty_note_is_none(colleague, in_review):
    change(colleague, in_review, "notes", text="  ")
    assert not in_review.review_notes.exists()


def test_notes_are_not_public(client, in_review):
    in_review.review_notes.create(author=UserFactory(), text="Entre nous.")
    publish(in_review, UserFactory())
    pages = (
        in_review.get_absolute_url(),
        reverse("api-verifications-detail", args=[in_review.public_id]),
    )
    assert [page for page in pages if "Entre nous." in client.get(page).content.decode()] == []


# Preview


def test_the_preview_is_the_public_page(editor, in_review):
    EvidenceFactory(verification=in_review, note="Le journal le dit.")
    preview = editor.get(screen(in_review, "preview"))
    assert preview.templates[0].name == "claims/verification.html"
    page = preview.content.decode()
    shown = (in_review.summary, "Le journal le dit.", 'content="noindex"', "Preview")
    assert [text for text in shown if text not in page] == []


def test_what_lacks_everything_has_a_preview_too(editor, draft):
    draft.evidence.create(address="https://journal.test/1")
    assert editor.get(screen(draft, "preview")).status_code == 200


def test_the_claim_is_shown_as_it_will_stand(editor, in_review, claim):
    page = editor.get(screen(in_review, "preview_claim", claim.public_id)).content.decode()
    now = page.partition('id="standing"')[2].partition("</section>")[0]
    assert str(in_review.rating) in now
    assert in_review.summary in now


def test_an_outcome_still_stands_above_the_finding(editor, draft):
    with record_clock(NOON):
        forecast = ForecastFactory()
    development = DevelopmentFactory(accepted=True)
    settle(forecast, development)
    draft.claims.add(forecast.claim)
    preview = screen(draft, "preview_claim", forecast.claim.public_id)
    assert "By the criteria of its forecast" in editor.get(preview).content.decode()


def test_a_preview_is_for_editors_only(client, in_review, claim):
    for address_ in (
        screen(in_review, "preview"), screen(in_review, "preview_claim", claim.public_id),
    ):  # fmt: skip
        assert client.get(address_).status_code == 302


def test_a_preview_changes_nothing(editor, in_review, client):
    editor.get(screen(in_review, "preview"))
    in_review.refresh_from_db()
    assert in_review.status == "in_review"
    assert client.get(in_review.get_absolute_url()).status_code == 404


# Who may


def test_who_only_reads_sees_no_field(client, draft):
    reader = UserFactory()
    reader.groups.clear()
    reader.user_permissions.add(Permission.objects.get(codename="view_verification"))
    client.force_login(reader)
    assert "data-field" not in client.get(address(draft)).content.decode()
    assert save(client, draft, summary="Faux.").status_code == 409


@pytest.mark.parametrize("name", ["news", "find_claims", "find_documents", "preview"])
def test_who_may_not_see_it_sees_no_part_of_it(client, draft, name):
    client.force_login(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    assert client.get(screen(draft, name)).status_code == 403


@pytest.mark.parametrize("name", ["save", "claims", "evidence", "notes", "step"])
def test_nothing_is_changed_by_following_a_link(editor, draft, name):
    assert editor.get(screen(draft, name)).status_code == 405


def test_what_is_published_has_its_acts(editor):
    published = VerificationFactory(published=True)
    page = editor.get(address(published)).content.decode()
    assert buttons(editor, published) == ["succeed"]
    assert f"{reverse('admin:claims_correction_add')}?verification={published.pk}" in page
