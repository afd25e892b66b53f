"""The queue of proposed links: both claims side by side, decided by one key, and the next."""

import pytest
from django.test import Client

from claims import roles
from claims.linking.marked import marked
from claims.models import Link
from tests.factories import ClaimFactory, LinkFactory, SpeakerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
QUEUE = "/en/admin/claims/link/queue/"


@pytest.fixture
def desk():
    return signed_in(UserFactory())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def found(**fields):
    """A link that was found, between two published claims."""
    return LinkFactory(**{"score": 0.9, "ready": True} | fields)


def shown(answer):
    return answer.context.get("link")


def press(desk, link, query="", **button):
    return desk.post(f"{QUEUE}{link.pk}/{query}", button, follow=True)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def now(link):
    link.refresh_from_db()
    return link.kind, link.status


def test_what_a_colleague_proposed_comes_first_then_the_most_probable(desk):
    less, more, mine = found(score=0.8), found(score=0.95), found(score=None)
    assert [shown(desk.get(QUEUE, follow=True))] == [mine]
    assert [*Link.objects.queue()] == [mine, more, less]


def test_what_waits_for_one_of_its_claims_is_not_in_it(desk):
    found(ready=False)
    assert shown(desk.get(QUEUE, follow=True)) is None


@pytest.mark.parametrize(("button", "status"), [("accept", "accepted"), ("refuse", "refused")])
def test_a_pair_is_decided_and_the_next_comes_up(desk, button, status):
    first, second = found(score=0.95), found()
    answer = press(desk, first, **{button: "1"})
    assert (now(first)[1], shown(answer)) == (status, second)


def test_it_is_an_update_not_a_contradiction(desk):
    link = found(kind="contradicts")
    press(desk, link, kind="updates")
    assert now(link) == ("updates", "accepted")


def test_what_was_passed_over_comes_back_at_the_end(desk):
    first, second = found(score=0.95), found()
    assert shown(desk.get(QUEUE, {"after": first.pk}, follow=True)) == second
    answer = desk.get(QUEUE, {"after": second.pk}, follow=True)
    assert (shown(answer), told(answer)) == (first, ["That was the last one: from the best again."])


def test_the_last_decision_is_undone_and_shown(desk):
    link = found()
    press(desk, link, accept="1")
    answer = desk.post(f"{QUEUE}undo/", follow=True)
    assert (now(link)[1], shown(answer)) == ("proposed", link)


def test_what_somebody_decided_meanwhile_stands(desk):
    link = found()
    press(signed_in(UserFactory(username="colleague")), link, refuse="1")
    answer = press(desk, link, accept="1")
    assert told(answer) == ["It was decided already by colleague: refused."]
    assert now(link)[1] == "refused"


def test_a_contributor_sees_it_and_decides_nothing():
    link, desk = found(), signed_in(UserFactory(role=roles.CONTRIBUTOR))
    assert not desk.get(QUEUE, follow=True).context["decides"]
    assert press(desk, link, accept="1").status_code == 403


def test_it_is_narrowed_to_a_kind(desk):
    found(score=0.95)
    update = found(kind="updates")
    assert shown(desk.get(QUEUE, {"kind": "updates"}, follow=True)) == update


@pytest.mark.parametrize("end", ["claim", "earlier"])
def test_it_is_narrowed_to_what_a_speaker_said(desk, end):
    found(score=0.95)
    speaker = SpeakerFactory()
    link = found(**{end: ClaimFactory(accepted=True, speaker=speaker)})
    answer = desk.get(QUEUE, {"speaker": speaker.pk}, follow=True)
    assert shown(answer) == link
    assert shown(press(desk, link, f"?speaker={speaker.pk}", accept="1")) is None


@pytest.mark.parametrize("query", ["kind=nothing", "speaker=x", "speaker=9" + "9" * 30, "after=x"])
def test_what_an_address_asks_wrongly_is_left_out(desk, query):
    link = found()
    assert shown(desk.get(f"{QUEUE}?{query}", follow=True)) == link


def test_a_repeat_that_would_contradict_itself_is_warned_of(desk):
    link = found()
    against = LinkFactory(claim=link.claim, earlier=link.earlier, kind="contradicts", accepted=True)
    assert desk.get(f"{QUEUE}{link.pk}/").context["opposed"] == against


def test_what_differs_and_agrees_is_marked_in_the_words():
    link = found(
        claim=ClaimFactory(accepted=True, wording="Paris compte 35 piscines."),
        earlier=ClaimFactory(accepted=True, wording="Paris compte 33 piscines."),
        reasons=[
            {"code": "other number", "first": "33", "second": "35"},
            {"code": "same name", "first": "Paris", "second": "Paris"},
            {"code": "a code of another version", "first": "compte", "second": "compte"},
        ],
    )
    marks = [
        [(segment.text, segment.marks) for segment in side if segment.marks]
        for side in (marked(link).earlier, marked(link).later)
    ]
    assert marks == [
        [("Paris", ("agrees",)), ("33", ("differs",))],
        [("Paris", ("agrees",)), ("35", ("differs",))],
    ]


def test_why_it_was_found_is_said_in_words():
    link = found(reasons=[{"code": "other number", "first": "33", "second": "35"}])
    assert marked(link).reasons == [("differs", "not the same number: 33, 35")]


def test_the_queries_of_a_pair(desk, counted_queries):
    link = found()
    desk.get(f"{QUEUE}{link.pk}/")
    with counted_queries("a pair of the link queue"):
        desk.get(f"{QUEUE}{link.pk}/")
