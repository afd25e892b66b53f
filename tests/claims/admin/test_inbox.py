"""The inbox: one candidate at a time, decided by one key."""

import json

import pytest
from django.db import connection
from django.test import Client

from claims import roles
from claims.hold import free, take
from claims.models import Claim, ClaimMerge, Hold, Link, Speaker
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    PositionFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

INBOX = "/en/admin/claims/claim/inbox/"
TEXT = "Un titre\n\n🙂 La maire promet « deux\xa0écoles » et un pont.\n\nUne suite.\n\nUne fin."


def place(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def desk(editor):
    return signed_in(editor)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def claim():
    start, end = place("🙂 La maire promet « deux\xa0écoles » et un pont.")
    sentence = SentenceFactory(snapshot__text=TEXT, start=start, end=end)
    words = "deux\xa0écoles » et un pont"
    made = ClaimFactory(
        sentence=sentence, content=[place(words)], quote=words, cue=place("promet"),
        source=place("La maire"), rule="np", confidence=0.9, check_worthiness=0.7,
    )  # fmt: skip
    return Claim.objects.get(pk=made.pk)


def at(claim, query=""):
    return f"{INBOX}{claim.pk}/{query}"


def form_of(desk, claim) -> dict:
    """What the page of a candidate would send, unchanged."""
    context = desk.get(at(claim)).context
    form = context["form"]
    values = {field.name: "" if field.value() is None else field.value() for field in form}
    return values | {"_mark": context["mark"], "new_kind": "person"}


def press(desk, claim, button, value="1", /, **typed):
    return desk.post(at(claim), form_of(desk, claim) | typed | {button: value}, follow=True)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def now(claim):
    return Claim.objects.get(pk=claim.pk)


# What is shown


def test_the_best_candidate_is_shown_first(desk, claim):
    ClaimFactory(check_worthiness=0.2)
    answer = desk.get(INBOX, follow=True)
    assert answer.redirect_chain == [(at(claim), 302)]


def test_the_menu_leads_to_it_first(desk):
    page = desk.get("/en/admin/").content.decode()
    assert page.index(f'href="{INBOX}"') < page.index("/admin/claims/verification/")


def test_the_claim_is_marked_in_the_paragraphs_around_it(desk, claim):
    page = desk.get(at(claim)).content.decode()
    for marked in (
        '<mark class="content">deux\xa0écoles » et un pont</mark>',
        '<mark class="cue">promet</mark>',
        '<mark class="source">La maire</mark>',
        '<p data-start="0" class="beside">Un titre</p>',
        "Une suite.",
    ):
        assert marked in page
    assert "Une fin." not in page


def test_why_it_is_a_candidate_is_said_in_words(desk, claim):
    page = desk.get(at(claim)).content.decode()
    assert "as a noun" in page
    assert "The extractor is sure of it." in page
    assert "Well worth checking" in page


def test_who_may_have_said_it_is_offered_with_the_position_of_that_day(desk, claim):
    position = PositionFactory(title="maire de Vernaz")
    Claim.objects.filter(pk=claim.pk).update(speaker=None)
    claim.possible_speakers.set([position.speaker, SpeakerFactory()])
    page = desk.get(at(claim))
    assert [shown for _speaker, shown in page.context["speakers"]] == [position, None]


def test_what_the_record_has_already_is_beside_it(desk, claim):
    other = ClaimFactory(quote="Deux écoles et un pont", accepted=True)
    assert list(desk.get(at(claim)).context["similar"]) == [other]


@pytest.mark.parametrize("narrower", ["document", "publisher", "speaker", "kind"])
def test_it_is_narrowed(desk, claim, narrower):
    ClaimFactory(check_worthiness=0.9, kind="fact")
    value = {
        "document": claim.document.pk, "publisher": claim.document.publisher.pk,
        "speaker": claim.speaker.pk, "kind": claim.kind,
    }[narrower]  # fmt: skip
    answer = desk.get(f"{INBOX}?{narrower}={value}", follow=True)
    assert (answer.context["claim"], answer.context["left"]) == (claim, 1)


def test_what_a_speaker_may_have_said_is_theirs_too(desk, claim):
    speaker = SpeakerFactory()
    claim.possible_speakers.add(speaker)
    ClaimFactory(check_worthiness=0.9)
    assert desk.get(f"{INBOX}?speaker={speaker.pk}", follow=True).context["claim"] == claim


@pytest.mark.parametrize("query", ["?document=x", "?kind=x", "?after=x", "?document=" + "9" * 30])
def test_what_is_no_filter_is_passed_over(desk, claim, query):
    assert desk.get(INBOX + query, follow=True).context["claim"] == claim


def test_nothing_left_is_said(desk):
    assert "Nothing is left to decide." in desk.get(INBOX).content.decode()


def test_what_is_left_while_colleagues_have_it_is_said(desk, claim):
    take(claim, UserFactory())
    assert "Colleagues are at all that is left." in desk.get(INBOX).content.decode()


def test_next_and_previous_go_through_the_order(desk):
    first, second, third = (ClaimFactory(check_worthiness=w) for w in (0.9, 0.5, 0.1))
    page = desk.get(f"{INBOX}?after={first.pk}", follow=True)
    assert page.context["claim"] == second
    assert desk.get(f"{INBOX}?after={second.pk}", follow=True).context["claim"] == third
    assert desk.get(f"{INBOX}?before={second.pk}", follow=True).context["claim"] == first


def test_after_the_last_comes_the_best_again(desk):
    best, last = ClaimFactory(check_worthiness=0.9), ClaimFactory(check_worthiness=0.1)
    answer = desk.get(f"{INBOX}?after={last.pk}", follow=True)
    assert (answer.context["claim"], told(answer)) == (
        best, ["That was the last one: from the best again."],
    )  # fmt: skip


def test_there_is_none_before_the_first(desk, claim):
    answer = desk.get(f"{INBOX}?before={claim.pk}", follow=True)
    assert (answer.context["claim"], told(answer)) == (claim, ["That is the first one."])


def test_the_fragment_alone_answers_htmx(desk, claim):
    answer = desk.get(f"{INBOX}?kind={claim.kind}", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == at(claim, f"?kind={claim.kind}")
    assert "<html" not in answer.content.decode()


# Holds


def test_two_editors_are_given_two_candidates(desk, claim):
    other = ClaimFactory()
    shown = [
        client.get(INBOX, follow=True).context["claim"]
        for client in (desk, signed_in(UserFactory()))
    ]
    assert shown == [claim, other]


def test_what_a_colleague_is_at_is_only_read(desk, claim):
    take(claim, UserFactory(username="jeanne"))
    page = desk.get(at(claim)).content.decode()
    assert "jeanne is at this one until" in page
    assert 'name="accept"' not in page


def test_what_a_colleague_is_at_is_not_decided(desk, claim):
    typed = form_of(desk, claim)
    Hold.objects.all().delete()
    take(claim, UserFactory())
    desk.post(at(claim), typed | {"accept": "1"})
    assert now(claim).status == "candidate"


def test_a_chief_takes_it_over(claim):
    chief = UserFactory(role=roles.CHIEF)
    take(claim, UserFactory())
    signed_in(chief).post(at(claim) + "hold/", {"over": "1"})
    assert Hold.objects.get().editor == chief


def test_an_editor_does_not_take_over(desk, claim):
    colleague = UserFactory()
    take(claim, colleague)
    assert desk.post(at(claim) + "hold/", {"over": "1"}).status_code == 403
    assert Hold.objects.get().editor == colleague


def test_it_is_renewed_while_somebody_is_at_it(desk, claim):
    desk.get(at(claim))
    before = Hold.objects.get().until
    answer = desk.post(at(claim) + "hold/", {"renew": "1"}).json()
    assert answer["until"] == Hold.objects.get().until.isoformat() > before.isoformat()


def test_that_it_was_lost_is_said(desk, claim):
    take(claim, UserFactory(username="jeanne"))
    assert "jeanne is at it" in desk.post(at(claim) + "hold/", {"renew": "1"}).json()["lost"]


def test_leaving_the_page_or_going_on_frees_it(desk, claim):
    until = desk.get(at(claim)).context["hold"].until
    desk.post(at(claim) + "hold/", {"leave": until.isoformat()})
    assert not Hold.objects.exists()
    other = ClaimFactory()
    desk.get(at(claim))
    desk.get(f"{INBOX}?after={claim.pk}", follow=True)
    assert Hold.objects.get().claim == other


def test_a_date_that_is_none_frees_nothing(desk, claim):
    desk.get(at(claim))
    assert desk.post(at(claim) + "hold/", {"leave": "x"}).status_code == 400
    assert Hold.objects.exists()


# Decisions


def test_accepting_leads_to_the_next(desk, editor, claim):
    other = ClaimFactory()
    answer = press(desk, claim, "accept")
    assert (now(claim).status, now(claim).decided_by) == ("accepted", editor)
    assert (answer.context["claim"], answer.context["today"]) == (other, 1)
    assert Hold.objects.get().claim == other


def test_what_was_typed_is_saved_as_it_is_accepted(desk, claim):
    press(desk, claim, "accept", wording="Deux écoles.", said_on="2025-11", kind="fact")
    row = now(claim)
    assert (row.status, row.wording, str(row.said_on.isoformat()), row.kind) == (
        "accepted", "Deux écoles.", "2025-11", "fact",
    )  # fmt: skip


def test_saving_decides_nothing_and_stays(desk, claim):
    answer = press(desk, claim, "save", wording="Deux écoles.")
    assert (answer.context["claim"], now(claim).status) == (claim, "candidate")
    assert now(claim).wording == "Deux écoles."


def test_other_bounds_are_kept_to_the_code_point(desk, claim):
    press(desk, claim, "save", content=json.dumps([place("deux\xa0écoles")]))
    assert now(claim).quote == "deux\xa0écoles"


def test_bounds_outside_the_text_are_refused_in_words(desk, claim):
    page = press(desk, claim, "save", content="[[0, 9999]]", wording="Deux.").content.decode()
    assert "That is no passage of the text." in page
    assert "Deux." in page


def test_another_speaker_is_chosen(desk, claim):
    other = SpeakerFactory()
    press(desk, claim, "accept", speaker=str(other.pk))
    assert now(claim).speaker == other


def test_a_new_speaker_is_made(desk, claim):
    press(desk, claim, "accept", speaker="new", new_speaker="Anna Lind", new_kind="person")
    assert now(claim).speaker == Speaker.objects.get(name="Anna Lind")


def test_a_new_unnamed_source_is_one_of_the_document(desk, claim):
    press(desk, claim, "accept", speaker="new", new_speaker="conseiller", new_kind="anonymous")
    assert now(claim).speaker.within == claim.document


@pytest.mark.parametrize(
    "typed",
    [
        {"speaker": "new", "new_speaker": ""},
        {"speaker": "new", "new_speaker": "jeanne roux"},
        {"speaker": "99999999"},
        {"speaker": "x"},
        {"quotation": "none"},
        {"said_on": "hier"},
        {"kind": "x"},
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_comes_back(desk, claim, typed):
    SpeakerFactory(name="Jeanne Roux")
    answer = press(desk, claim, "accept", wording="Deux écoles.", **typed)
    assert (now(claim).status, bool(answer.context["form"].errors)) == ("candidate", True)
    assert "Deux écoles." in answer.content.decode()


def test_it_is_asked_who_said_it_before_it_is_public(desk, claim):
    Claim.objects.filter(pk=claim.pk).update(speaker=None)
    claim.possible_speakers.set([SpeakerFactory(), SpeakerFactory()])
    answer = press(desk, claim, "accept")
    assert "Several may have said it: who did?" in answer.content.decode()
    assert now(claim).status == "candidate"
    press(desk, claim, "accept", "anyway")
    assert now(claim).status == "accepted"


def test_rejecting_keeps_the_reason(desk, claim):
    press(desk, claim, "reject", "cut_wrong")
    assert (now(claim).status, now(claim).rejected_because) == ("rejected", "cut_wrong")


def test_another_reason_is_said_in_words(desk, claim):
    answer = press(desk, claim, "reject", "other")
    assert "say the other reason in words" in answer.content.decode()
    press(desk, claim, "reject", "other", words="Satire.")
    assert now(claim).rejected_because == "other"


@pytest.mark.parametrize("because", ["", "split", "undone", "x"])
def test_what_is_no_reason_rejects_nothing(desk, claim, because):
    press(desk, claim, "reject", because)
    assert now(claim).status == "candidate"


def test_a_split_leads_to_its_first_part(desk, claim):
    parts = json.dumps([place("deux\xa0écoles"), place("un pont")])
    answer = press(desk, claim, "split", "candidates", parts=parts)
    assert (answer.context["claim"].quote, now(claim).status) == ("deux\xa0écoles", "rejected")


def test_the_parts_are_accepted_at_once(desk, claim):
    parts = json.dumps([place("deux\xa0écoles"), place("un pont")])
    press(desk, claim, "split", "accept", parts=parts)
    assert Claim.objects.published().count() == 2


def test_a_split_that_asks_who_said_it_keeps_the_parts_as_they_were_cut(desk, claim):
    Claim.objects.filter(pk=claim.pk).update(speaker=None)
    parts = json.dumps([place("deux\xa0écoles"), place("un pont")])
    answer = press(desk, claim, "split", "accept", parts=parts, speaker="none")
    assert "nobody is named" in answer.content.decode()
    assert answer.context["parts"] == parts
    button = answer.context["question"]
    press(desk, claim, button.act, button.value, parts=parts)
    assert Claim.objects.published().count() == 2


@pytest.mark.parametrize("parts", ["", "x", "[[1]]", "[[1, 2], [1, 2]]", "[]"])
def test_what_does_not_split_it_is_refused(desk, claim, parts):
    press(desk, claim, "split", "candidates", parts=parts)
    assert (now(claim).status, Claim.objects.count()) == ("candidate", 1)


def test_it_is_merged_into_a_similar_one(desk, claim):
    kept = ClaimFactory(accepted=True)
    press(desk, claim, "merge", str(kept.pk))
    assert (now(claim).status, ClaimMerge.objects.get().kept) == ("merged", kept)


def test_it_is_accepted_as_a_repeat(desk, claim):
    earlier = ClaimFactory(accepted=True)
    press(desk, claim, "repeat", str(earlier.pk))
    assert (now(claim).status, Link.objects.published().get().earlier) == ("accepted", earlier)


def test_what_was_refused_is_shown_as_it_is_and_as_it_was_typed(desk, claim):
    typed = {"parts": "[[1, 2], [1, 2]]", "wording": "Deux écoles."}
    answer = press(desk, claim, "split", "candidates", **typed)
    assert (answer.context["claim"].wording, now(claim).wording) == ("", "")
    assert answer.context["form"]["wording"].value() == "Deux écoles."


def test_a_button_pressed_twice_decides_once(desk, claim):
    ClaimFactory()
    typed = form_of(desk, claim) | {"accept": "1"}
    first, second = (desk.post(at(claim), typed) for _ in range(2))
    assert (first.status_code, now(claim).status) == (302, "accepted")
    assert "It was decided already" in second.content.decode()


def test_what_somebody_changed_meanwhile_is_not_overwritten(desk, claim):
    typed = form_of(desk, claim) | {"wording": "Deux.", "accept": "1"}
    Claim.objects.filter(pk=claim.pk).update(wording="Trois.")
    page = desk.post(at(claim), typed).content.decode()
    assert "it was changed meanwhile" in page
    assert ("Deux." in page, now(claim).wording, now(claim).status) == (True, "Trois.", "candidate")


def test_undo_shows_again_what_was_decided(desk, claim):
    ClaimFactory()
    press(desk, claim, "reject", "cut_wrong")
    answer = desk.post(f"{INBOX}undo/", follow=True)
    assert (answer.context["claim"], now(claim).status) == (claim, "candidate")
    assert told(answer)[0].startswith("Undone: “deux")


def test_with_nothing_to_undo_that_is_said(desk, claim):
    answer = desk.post(f"{INBOX}undo/", follow=True)
    assert told(answer) == ["You decided nothing today that could be undone."]


@pytest.mark.parametrize("act", ["undo/", "1/hold/"])
def test_nothing_changes_by_asking(desk, act):
    assert desk.get(INBOX + act).status_code == 405


# Who may


def test_a_contributor_looks_and_holds_nothing(claim):
    page = signed_in(UserFactory(role=roles.CONTRIBUTOR)).get(INBOX, follow=True)
    assert (page.context["claim"], Hold.objects.exists()) == (claim, False)
    assert 'name="accept"' not in page.content.decode()


@pytest.mark.parametrize("act", ["", "hold/"])
def test_a_contributor_decides_nothing(claim, act):
    client = signed_in(UserFactory(role=roles.CONTRIBUTOR))
    assert client.post(at(claim) + act, {"accept": "1", "over": "1"}).status_code == 403
    assert client.post(f"{INBOX}undo/").status_code == 403
    assert client.post(f"{INBOX}all/", {"claim": claim.pk, "accept": "1"}).status_code == 403
    assert now(claim).status == "candidate"


def test_whoever_does_not_see_claims_does_not_see_the_inbox(claim):
    client = signed_in(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    pages = [INBOX, at(claim), f"{INBOX}all/", f"{INBOX}speakers/"]
    assert {client.get(page).status_code for page in pages} == {403}


# Speakers


def test_speakers_are_found_by_part_of_their_name(desk):
    speaker = SpeakerFactory(name="Gwenaëlle Tanguy")
    SpeakerFactory(name="Anna Lind")
    page = desk.get(f"{INBOX}speakers/?new_speaker=tanguy").content.decode()
    assert f'value="{speaker.pk}"' in page
    assert "Anna Lind" not in page


# Many at once


def test_all_of_a_document_are_listed_in_the_order_of_its_text(desk):
    snapshot = SnapshotFactory(text="Un. Deux. Trois.")
    spans = [(0, 3), (4, 9), (10, 16)]
    sentences = [SentenceFactory(snapshot=snapshot, start=a, end=b) for a, b in spans]
    claims = [ClaimFactory(sentence=s) for s in sentences]
    ClaimFactory()
    page = desk.get(f"{INBOX}all/?document={snapshot.document.pk}")
    assert [claim for claim, _held in page.context["rows"]] == claims


def test_what_is_ticked_is_decided_and_each_is_told(desk, claim):
    other, held = ClaimFactory(quote="Trois ponts"), ClaimFactory(quote="Une gare")
    take(held, UserFactory(username="jeanne"))
    ticked = {"claim": [claim.pk, other.pk, held.pk], "reject": "not_worth_checking"}
    answer = desk.post(f"{INBOX}all/", ticked, follow=True)
    assert {now(claim).rejected_because, now(other).rejected_because} == {"not_worth_checking"}
    assert now(held).status == "candidate"
    assert told(answer) == [
        "2 claims rejected. “deux\xa0écoles » et un pont” “Trois ponts”",
        "Left alone: “Une gare”. jeanne is at it.",
    ]


def test_what_was_decided_together_is_undone_together(desk, claim):
    other = ClaimFactory()
    desk.post(f"{INBOX}all/", {"claim": [claim.pk, other.pk], "accept": "1"})
    desk.post(f"{INBOX}undo/")
    assert {now(claim).status, now(other).status} == {"candidate"}


@pytest.mark.parametrize(
    "typed", [{}, {"claim": "x", "accept": "1"}, {"claim": "1", "reject": "x"}, {"reject": "other"}]
)
def test_what_says_nothing_decides_nothing(desk, claim, typed):
    desk.post(f"{INBOX}all/", typed)
    assert now(claim).status == "candidate"


# What it costs


@pytest.mark.parametrize("many", [1, 12])
def test_a_candidate_is_shown_in_as_many_queries_whatever_is_beside_it(
    desk, claim, many, counted_queries
):
    for _number in range(many):
        ClaimFactory(quote="Deux écoles et un pont", accepted=True)
        claim.possible_speakers.add(PositionFactory().speaker)
    desk.get(at(claim))
    with counted_queries("inbox candidate"):
        desk.get(at(claim))


@pytest.mark.parametrize("many", [1, 12])
def test_all_are_listed_in_as_many_queries_as_one(desk, many, counted_queries):
    document = DocumentFactory()
    snapshot = SnapshotFactory(document=document)
    for _number in range(many):
        claim = ClaimFactory(sentence=SentenceFactory(snapshot=snapshot))
        claim.possible_speakers.add(SpeakerFactory())
    with counted_queries("inbox all"):
        desk.get(f"{INBOX}all/?document={document.pk}")


def test_accepting_and_showing_the_next_takes_as_many_queries_as_the_baseline(
    desk, claim, counted_queries
):
    ClaimFactory()
    typed = form_of(desk, claim) | {"accept": "1"}
    with counted_queries("inbox accept"):
        desk.post(at(claim), typed, headers={"HX-Request": "true"})


# With many


@pytest.fixture
def many(db):
    """100,000 candidates, and the planner knows it."""
    sentence = SentenceFactory()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_claim DISABLE TRIGGER USER")
        cursor.execute(
            """
            INSERT INTO claims_claim (public_id, sentence_id, content, parts, quote, wording,
              quotation, kind, status, rejected_because, check_worthiness, rule, found_at)
            SELECT n::text, %s, ARRAY[int4range(0, n)], '{}', 'le pont', '', 'indirect',
              'fact', 'candidate', '', (n %% 100) / 100.0, '', now()
            FROM generate_series(1, 100000) AS n
            """,
            [sentence.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_claim ENABLE TRIGGER USER")
        cursor.execute("ANALYZE claims_claim")


def test_of_a_hundred_thousand_candidates_only_an_index_is_read(many, editor):
    candidates = free(Claim.objects.candidates(), editor)
    middle = Claim.objects.candidates().filter(check_worthiness=0.5).first()
    for rows in (candidates, candidates.after(middle), candidates.before(middle)):
        plan = rows.values("pk")[:1].explain()
        assert "claim_inbox" in plan
        assert "Sort" not in plan
