"""Links found by comparing: proposed, taken back where they hold no more, never asked twice."""

import pytest

from claims import decide, roles
from claims.correct import correct
from claims.edit import edit
from claims.linking.suggest import OPEN, note_all, suggest_next
from claims.merge import merge_claims, merge_speakers, undo
from claims.models import Claim, Link, LinkSearch
from claims.repeat import repeat
from claims.separate import separate
from claims.split import split
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, LinkFactory, SentenceFactory, SpeakerFactory, UserFactory
from tests.worker import jobs, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plainly")]

SAID = "Le chômage a baissé de 3 % en Bretagne depuis janvier 2024."
AGAIN = "Depuis janvier 2024, le chômage a baissé de 3 % en Bretagne."
OTHERWISE = "Le chômage n’a pas baissé de 3 % en Bretagne depuis janvier 2024."
ELSEWHERE = "La maire de Vernaz ouvrira deux écoles au printemps."
WHY = "La même phrase."


def said(text, **fields):
    """An accepted claim with just these words."""
    return ClaimFactory(sentence=sentence(text), accepted=True, **fields)


def sentence(text):
    return SentenceFactory(snapshot__text=text)


def look():
    while suggest_next():
        pass


def proposed():
    return {(link.kind, frozenset((link.claim, link.earlier))) for link in Link.objects.proposed()}


def pair(kind, one, other):
    return {(kind, frozenset((one, other)))}


@pytest.fixture
def chief():
    return UserFactory(role=roles.CHIEF)


@pytest.fixture
def speaker():
    return SpeakerFactory()


@pytest.fixture
def repeats():
    """Two claims that say the same, which was found."""
    one, other = said(SAID), said(AGAIN)
    look()
    return one, other


def refuse(*links):
    decide.refuse_proposals(Link.objects.filter(pk__in=[link.pk for link in links]), UserFactory())


def test_what_says_the_same_is_proposed_as_a_repeat_whoever_says_it(repeats):
    assert proposed() == pair("repeats", *repeats)


def test_nothing_is_accepted_by_itself(repeats):
    assert not Link.objects.exclude(status=Link.Status.PROPOSED).exists()


def test_a_link_says_how_probable_it_is(repeats):
    assert 0.7 <= Link.objects.get().score <= 1


def test_the_later_one_repeats_the_earlier():
    later = said(SAID, said_on=PartialDate.parse("2025-06-02"))
    said(AGAIN, said_on=PartialDate.parse("2025-06-01"))
    look()
    assert Link.objects.get().claim == later


def test_what_has_nothing_to_do_with_it_is_not_proposed():
    said(SAID), said(ELSEWHERE)
    look()
    assert proposed() == set()


def test_a_contradiction_of_the_same_speaker_is_proposed(speaker):
    one, other = said(SAID, speaker=speaker), said(OTHERWISE, speaker=speaker)
    look()
    assert proposed() == pair("contradicts", one, other)


def test_what_another_speaker_says_is_no_contradiction():
    said(SAID), said(OTHERWISE)
    look()
    assert proposed() == set()


def test_a_contradiction_of_what_the_speaker_repeated_is_proposed(speaker):
    one, again, against = (
        said(SAID),
        said(ELSEWHERE, speaker=speaker),
        said(OTHERWISE, speaker=speaker),
    )
    LinkFactory(claim=again, earlier=one, accepted=True)
    look()
    assert proposed() == pair("contradicts", one, against)


def test_candidates_are_compared_too():
    one, other = said(SAID), ClaimFactory(sentence=sentence(AGAIN))
    look()
    assert proposed() == pair("repeats", one, other)


def test_a_link_is_ready_once_both_its_claims_are_let_in():
    said(SAID)
    candidate = ClaimFactory(sentence=sentence(AGAIN))
    look()
    assert not Link.objects.queue().exists()
    decide.accept(Claim.objects.filter(pk=candidate.pk), UserFactory())
    look()
    assert Link.objects.queue().exists()


def test_looking_again_changes_nothing(repeats):
    before = list(Link.objects.values())
    note_all(again=True)
    look()
    assert list(Link.objects.values()) == before


def test_what_was_looked_at_is_not_noted_again(repeats):
    assert note_all(again=False) == 0


def test_what_changed_while_it_was_looked_at_is_looked_at_again(repeats, monkeypatch):
    def changed_meanwhile(claims):
        Claim.objects.filter(pk=repeats[0].pk).update(wording=ELSEWHERE)

    Claim.objects.filter(pk=repeats[0].pk).update(wording="Autre chose.")
    monkeypatch.setattr("claims.linking.suggest.suggest", changed_meanwhile)
    suggest_next()
    assert LinkSearch.objects.filter(pending=True, claim=repeats[0]).exists()


# What holds no more


def test_a_claim_reworded_is_compared_anew(repeats, chief):
    one = repeats[0]
    correct(one, "error", "Reformulée.", chief, wording=ELSEWHERE)
    third = said(ELSEWHERE.replace("printemps", "printemps prochain"))
    look()
    assert proposed() == pair("repeats", one, third)


def test_a_candidate_cut_otherwise_is_compared_anew():
    one = said(SAID)
    candidate = ClaimFactory(sentence=sentence(f"{ELSEWHERE} {SAID}"))
    edit(candidate, UserFactory(), [(len(ELSEWHERE) + 1, len(ELSEWHERE) + 1 + len(SAID))])
    look()
    assert proposed() == pair("repeats", one, candidate)


def test_another_speaker_contradicts_no_more(speaker, chief):
    one = said(SAID, speaker=speaker)
    said(OTHERWISE, speaker=speaker)
    look()
    correct(one, "error", "C’était une autre.", chief, speaker=SpeakerFactory())
    look()
    assert proposed() == set()


def test_of_merged_speakers_contradictions_are_found(chief):
    one, other = said(SAID), said(OTHERWISE)
    look()
    merge_speakers(one.speaker, other.speaker, chief, WHY)
    look()
    assert proposed() == pair("contradicts", one, other)


def test_another_date_puts_the_later_one_first(repeats, chief):
    later = Link.objects.get().claim
    day = PartialDate.parse("2020-01-01")
    correct(later, "error", "Plus tôt.", chief, said_on=day)
    look()
    assert Link.objects.get().earlier == later


def test_what_is_proposed_of_a_rejected_claim_goes(repeats):
    decide.reject(Claim.objects.filter(pk=repeats[0].pk), UserFactory())
    look()
    assert not Link.objects.exists()


def test_what_a_person_proposed_stays(repeats):
    mine = LinkFactory(kind="updates")
    decide.reject(Claim.objects.filter(pk=mine.claim_id), UserFactory())
    look()
    assert Link.objects.filter(pk=mine.pk).exists()


# Not asked twice


def test_what_is_one_already_is_not_proposed(repeats):
    one, other = repeats
    repeat(other, one, UserFactory())
    said(SAID.replace("depuis", "dès"))
    look()
    # One of the two, not both.
    assert Link.objects.proposed().count() == 1


def test_a_refused_pair_is_not_proposed_again(repeats):
    refuse(Link.objects.get())
    note_all(again=True)
    look()
    assert proposed() == set()


def test_a_refusal_holds_for_what_one_of_them_is_merged_into(repeats, chief):
    other = repeats[1]
    refuse(Link.objects.get())
    kept = said(AGAIN)
    merge_claims(other, kept, chief, WHY)
    look()
    assert proposed() == set()


def test_a_refusal_takes_back_what_was_proposed_of_the_claim_kept(chief):
    one, other, kept = said(SAID), said(AGAIN), said(AGAIN)
    look()
    refuse(Link.objects.get(claim__in=[one, other], earlier__in=[one, other]))
    merge_claims(other, kept, chief, WHY)
    look()
    assert (
        not Link.objects.proposed().filter(claim__in=[one, kept], earlier__in=[one, kept]).exists()
    )


def test_once_the_merge_is_undone_the_claim_kept_is_asked_about_again(chief):
    one, other, kept = said(SAID), said(AGAIN), said(AGAIN)
    look()
    refuse(*Link.objects.filter(claim__in=[one, other], earlier__in=[one, other]))
    merge = merge_claims(other, kept, chief, WHY)
    look()
    undo(merge, chief, WHY)
    look()
    assert pair("repeats", one, kept) <= proposed()
    assert not pair("repeats", one, other) & proposed()


def test_a_refusal_holds_for_what_repeats_one_of_them(repeats):
    other = repeats[1]
    refuse(Link.objects.get())
    third = said(AGAIN)
    repeat(third, other, UserFactory())
    look()
    assert proposed() == set()


def test_a_refusal_holds_for_the_parts_of_a_split_claim():
    said(SAID)
    whole = ClaimFactory(sentence=sentence(f"{SAID} {ELSEWHERE}"), wording=SAID)
    look()
    refuse(Link.objects.get())
    cut = len(SAID)
    split(whole, [[(0, cut)], [(cut + 1, cut + 1 + len(ELSEWHERE))]], UserFactory())
    look()
    assert proposed() == set()


def test_a_refusal_holds_for_what_is_read_at_the_same_place_anew(repeats):
    other = repeats[1]
    refuse(Link.objects.get())
    span = other.content[0]
    ClaimFactory(
        sentence=other.sentence, content=[type(span)(span.lower, span.upper - 1)], quote=AGAIN[:-1],
        speaker=other.speaker,
    )  # fmt: skip
    look()
    assert proposed() == set()


def test_who_refused_a_contradiction_is_not_asked_for_an_update(speaker):
    said(SAID, speaker=speaker)
    said(OTHERWISE, speaker=speaker)
    look()
    Link.objects.update(kind="updates")
    refuse(Link.objects.get())
    note_all(again=True)
    look()
    assert proposed() == set()


# Bounded


def test_a_slogan_is_not_proposed_with_all_that_say_it():
    claims = [said(SAID) for _each in range(OPEN + 8)]
    look()
    ends = [pk for pair in Link.objects.values_list("claim", "earlier") for pk in pair]
    assert max(ends.count(claim.pk) for claim in claims) <= OPEN


def test_the_queries_do_not_grow_with_the_claims(django_assert_max_num_queries):
    for _each in range(8):
        said(SAID)
    with django_assert_max_num_queries(24):
        suggest_next()


# In the background


@pytest.mark.django_db(transaction=True)
def test_a_worker_looks_for_links(queue):
    one, other = said(SAID), said(AGAIN)
    work()
    assert proposed() == pair("repeats", one, other)
    assert {*jobs("suggest_links")} == {("succeeded", 1)}


def test_what_is_no_appearance_after_all_is_compared(repeats):
    from claims.models import Appearance

    appearance = Appearance.objects.create(claim=repeats[0], sentence=sentence(SAID))
    claim = separate(appearance, UserFactory())
    look()
    assert any(claim in ends for _kind, ends in proposed())
