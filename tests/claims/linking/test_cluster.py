"""Clusters: what is connected by accepted repeats, whatever is merged, undone, rejected."""

from collections import Counter
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import decide, roles
from claims.linking.cluster import against_the_same, cluster_of, opposed, said_again
from claims.merge import merge_claims, undo
from claims.models import Claim, Link
from claims.repeat import repeat
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, LinkFactory, SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = "La même phrase."
CLAIMS = 6


def chain(*claims):
    for one, other in pairwise(claims):
        LinkFactory(claim=other, earlier=one, accepted=True)


def claims(number, **fields):
    return [ClaimFactory(accepted=True, **fields) for _each in range(number)]


def test_a_repeat_of_a_repeat_is_one_of_them():
    one, other, third = claims(3)
    chain(one, other, third)
    assert {*cluster_of(one.pk)} == {one.pk, other.pk, third.pk}


def test_a_proposed_repeat_connects_nothing():
    link = LinkFactory()
    assert cluster_of(link.claim_id) == [link.claim_id]


def test_a_rejected_claim_is_no_bridge():
    one, other, third = claims(3)
    chain(one, other, third)
    decide.reject(Claim.objects.filter(pk=other.pk), UserFactory())
    assert cluster_of(one.pk) == [one.pk]


def test_the_first_who_said_it_is_told():
    late, early = claims(2)
    Claim.objects.filter(pk=early.pk).update(said_on=PartialDate.parse("2019-05-01"))
    chain(late, early)
    assert said_again(cluster_of(late.pk)).first == early


def test_it_is_told_who_said_it_how_often():
    speaker = SpeakerFactory()
    said = claims(1) + claims(2, speaker=speaker) + claims(1, speaker=None)
    chain(*said)
    told = said_again(cluster_of(said[0].pk))
    assert (told.times.number, told.speakers[0], told.unnamed) == (4, (speaker, 2), 1)


def test_what_was_said_once_was_not_said_again():
    assert said_again(cluster_of(claims(1)[0].pk)) is None


def test_what_contradicts_a_repeat_is_told_of_what_it_repeats():
    one, other, against = claims(3)
    chain(one, other)
    link = LinkFactory(claim=against, earlier=other, kind="contradicts", accepted=True)
    assert against_the_same(one.pk, cluster_of(one.pk)) == [link]
    assert against_the_same(other.pk, cluster_of(other.pk)) == []


def test_a_repeat_that_contradicts_what_it_repeats_is_seen():
    one, other, third = claims(3)
    chain(one, other)
    against = LinkFactory(claim=third, earlier=one, kind="contradicts", accepted=True)
    assert opposed(LinkFactory(claim=third, earlier=other)) == against


def test_of_merged_claims_an_accepted_repeat_stays_public():
    merged, kept, other = claims(3)
    refused = LinkFactory(claim=kept, earlier=other)
    decide.refuse_proposals(Link.objects.filter(pk=refused.pk), UserFactory())
    chain(other, merged)
    merge_claims(merged, kept, UserFactory(role=roles.CHIEF), WHY)
    assert {*cluster_of(kept.pk)} == {kept.pk, other.pk}


class Model:
    """What clusters are said to be: sets of claims, computed from the acts alone.

    An edge joins the claims it was accepted between; a merge makes one claim stand for another.
    """

    def __init__(self):
        self.kept: dict[int, int] = {}  # of merged ones
        self.public = set(range(CLAIMS))
        self.edges: set[frozenset[int]] = set()

    def stands_for(self, claim):
        while claim in self.kept:
            claim = self.kept[claim]
        return claim

    def cluster(self, claim):
        ends = [{self.stands_for(end) for end in edge} for edge in self.edges]
        found, grown = {claim}, True
        while grown:
            bigger = found.union(*(e for e in ends if e <= self.public and e & found))
            grown, found = bigger != found, bigger
        return found


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["repeat", "repeat", "refuse", "merge", "undo", "reject", "accept"]),
        st.integers(0, CLAIMS - 1),
        st.integers(0, CLAIMS - 1),
    ),
    max_size=14,
)


@given(ACTS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_cluster_is_what_accepted_repeats_connect_whatever_is_done(acts):
    with transaction.atomic():
        chief, said, model, merges = UserFactory(role=roles.CHIEF), claims(CLAIMS), Model(), []
        place = {claim.pk: number for number, claim in enumerate(said)}
        for act, one, other in acts:
            _do(act, one, other, said, model, merges, chief)
            for number, claim in enumerate(said):
                found = {place[pk] for pk in cluster_of(claim.pk)}
                assert found == (model.cluster(number) if number in model.public else set())
        _holds()
        while merges:
            _do("undo", 0, 0, said, model, merges, chief)
        for number, claim in enumerate(said):
            if number in model.public:
                assert {place[pk] for pk in cluster_of(claim.pk)} == model.cluster(number)
        transaction.set_rollback(True)


def _do(act, one, other, said, model, merges, chief):
    first, second = said[one], said[other]
    both = one != other and {one, other} <= model.public
    ends = [first.pk, second.pk]
    if act == "repeat" and both:
        repeat(Claim.objects.get(pk=first.pk), Claim.objects.get(pk=second.pk), chief)
        # What is so already, as one of them stands for a merged one, is not decided anew: undoing
        # the merge gives it back.
        if not any({model.stands_for(end) for end in edge} == {one, other} for edge in model.edges):
            model.edges.add(frozenset((one, other)))
    elif act == "refuse" and both:
        links = Link.objects.filter(claim__in=ends, earlier__in=ends)
        if decide.refuse_proposals(links, chief):
            model.edges = {
                edge
                for edge in model.edges
                if {model.stands_for(end) for end in edge} != {one, other}
            }
    elif act == "merge" and both:
        merges.append((one, {*model.edges}, merge_claims(first, second, chief, WHY)))
        model.kept[one] = other
        model.public.discard(one)
    elif act == "undo" and merges:
        merged, _edges, merge = merges.pop()
        undo(merge, chief, WHY)
        del model.kept[merged]
        model.public.add(merged)
    elif act == "reject" and one in model.public:
        decide.reject(Claim.objects.filter(pk=first.pk), chief)
        model.public.discard(one)
    elif act == "accept" and one not in model.kept:
        decide.accept(Claim.objects.filter(pk=first.pk), chief)
        model.public.add(one)


def _holds():
    """No pair is linked twice, and nothing that is merged is in a cluster."""
    links = Link.objects.filter(status="accepted").values_list("claim", "earlier")
    assert max(Counter(frozenset(pair) for pair in links).values(), default=1) == 1
    merged = set(Claim.objects.filter(status="merged").values_list("pk", flat=True))
    for claim in Claim.objects.filter(status="accepted"):
        assert not merged & {*cluster_of(claim.pk)}
