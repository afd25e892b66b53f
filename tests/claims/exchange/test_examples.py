"""The examples of the guide are files that can be imported."""

from pathlib import Path

import pytest

from claims.claim_review.run import read_file
from claims.models import ClaimReview, Import
from tests.claims.exchange.files import checked, fates, problems
from tests.factories import ScaleFactory

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parents[3] / "docs/examples"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("affirmations.csv", Import.Kind.CLAIMS),
        ("locuteurs.csv", Import.Kind.SPEAKERS),
        ("verifications.csv", Import.Kind.VERIFICATIONS),
    ],
)
def test_every_row_of_an_example_is_taken(name, kind):
    ScaleFactory()
    import_ = checked((EXAMPLES / name).read_bytes(), kind)
    assert problems(import_) == []
    assert set(fates(import_)) == {"new"}
    assert import_.unread == []


def test_the_example_of_a_feed_is_read():
    import_ = Import.objects.create(kind=Import.Kind.CLAIM_REVIEWS, name="claimreview.json")
    with (EXAMPLES / "claimreview.json").open("rb") as file:
        read_file(import_, file)
    assert ClaimReview.objects.get().rating_text == "C’est plus compliqué"
