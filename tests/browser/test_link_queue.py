"""The queue of proposed links, worked through by its keys."""

import pytest

from claims.models import Link
from tests.factories import LinkFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_pair_is_decided_by_one_key_and_the_next_comes_up(desk):
    for score, kind in ((0.95, "repeats"), (0.9, "contradicts"), (0.8, "repeats")):
        LinkFactory(score=score, kind=kind, ready=True)
    page = desk()
    page.goto("/admin/claims/link/queue/")
    for key, question in (("a", "contradicts"), ("m", "repeats"), ("x", None)):
        pair = page.locator("#pair").get_attribute("action")
        page.keyboard.press(key)
        page.wait_for_function(
            "pair => document.querySelector('#pair')?.getAttribute('action') !== pair", arg=pair
        )
        assert (page.locator("#pair").count() == 1) is (question is not None)
    decided = Link.objects.order_by("-score").values_list("kind", "status")
    assert [*decided] == [("repeats", "accepted"), ("updates", "accepted"), ("repeats", "refused")]
