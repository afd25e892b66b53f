import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import Link, LinkSearch
from tests.factories import ClaimFactory, SentenceFactory
from tests.worker import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "plainly")]
SAID = "Le chômage a baissé de 3 % en Bretagne depuis janvier 2024."


def suggest_links(*arguments):
    out = StringIO()
    call_command("suggest-links", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def repeats():
    return [ClaimFactory(sentence=SentenceFactory(snapshot__text=SAID)) for _each in range(2)]


def test_a_record_from_before_is_looked_through(repeats):
    LinkSearch.objects.all().delete()
    told = ["2 claims looked at.", "1 links found wait for an editor; before, 0 did."]
    assert suggest_links() == told
    assert {Link.objects.get().claim, Link.objects.get().earlier} == {*repeats}


def test_what_was_looked_at_is_passed_over_unless_it_is_wanted_again(repeats):
    suggest_links()
    assert suggest_links()[0] == "0 claims looked at."
    assert suggest_links("--again")[0] == "2 claims looked at."


def test_what_was_interrupted_goes_on(repeats, monkeypatch):
    from claims.linking import suggest

    monkeypatch.setattr(suggest, "BATCH", 1)
    looked = suggest.suggest

    def interrupted(claims):
        looked(claims)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(suggest, "suggest", interrupted)
    with pytest.raises(CommandError, match="goes on where it was"):
        suggest_links()
    assert LinkSearch.objects.filter(pending=True).count() == 1
    monkeypatch.setattr(suggest, "suggest", looked)
    assert suggest_links()[0] == "1 claim looked at."


def test_it_is_left_to_the_workers(repeats):
    assert suggest_links("--background") == ["2 claims to look at."]
    assert ("todo", 0) in jobs("suggest_links")
    assert not Link.objects.exists()
