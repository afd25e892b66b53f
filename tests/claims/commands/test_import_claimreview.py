import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import ClaimReview
from tests.claims.claim_review.feeds import REVIEW, feed, other

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def run(source) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import-claimreview", str(source), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_reads_a_feed_and_tells_what_was_refused(tmp_path):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed(REVIEW, other(2, claimReviewed=""))))
    said, refused = run(path)
    assert said == "1 new, 0 changed, 0 unchanged, 1 refused.\n"
    assert refused.startswith("Item 2: it does not say which claim")
    assert ClaimReview.objects.count() == 1


@pytest.mark.parametrize("content", [None, "name,rating"])
def test_what_cannot_be_read_is_told(tmp_path, content):
    path = tmp_path / "feed.json"
    if content:
        path.write_text(content)
    with pytest.raises(CommandError, match=r"feed.json: (there is no such|it is neither)"):
        run(path)
