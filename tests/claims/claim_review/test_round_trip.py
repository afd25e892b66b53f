"""What we write as ClaimReview is read back as it was."""

import io
import json
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.claim_review.items import items
from claims.claim_review.read import ENTITY, read, reviews_in
from claims.models import Claim, Rating, Scale, Speaker, Verification
from claims.structured_data.feed import _item
from claims.structured_data.review import claim_review
from claims.structured_data.site import Site
from sources.models import Document, Publisher, Sentence, Snapshot
from sources.partial_date import PartialDate

SITE = Site("https://constat.example")
# Words on one line; what looks like an entity is one, as others write them.
WORDS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not ENTITY.search(text))
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
DATES = st.builds(
    lambda day, length: PartialDate.parse(day.isoformat()[:length]),
    DAYS,
    st.sampled_from([4, 7, 10]),
)


def verification(words: str, speaker: str, said_on: PartialDate | None, summary: str, label: str):
    """Rows that no database has."""
    document = Document(
        pk=1, public_id="dcmnt22222", title="Un article", publisher=Publisher(name="A")
    )
    claim = Claim(
        pk=1,
        public_id="claim22222",
        wording=words,
        speaker=Speaker(pk=1, public_id="speaker222", kind=Speaker.Kind.PERSON, name=speaker),
        said_on=said_on,
        sentence=Sentence(snapshot=Snapshot(document=document)),
    )
    claim.shown_appearances = []
    claim._state.fields_cache["forecast"] = None
    claim.speaker._prefetched_objects_cache = {"positions": []}
    scale = Scale(pk=1, version=1)
    rating = Rating(pk=1, scale=scale, value="x", label_fr=label, label_en=label, position=1)
    scale._prefetched_objects_cache = {"ratings": [rating]}
    row = Verification(
        pk=1,
        public_id="vrfctn2222",
        rating=rating,
        summary=summary,
        published_at=datetime(2025, 12, 8, 12, tzinfo=UTC),
    )
    row._prefetched_objects_cache = {"corrections": [], "evidence": []}
    return row, claim


@settings(max_examples=50)
@given(WORDS, WORDS, st.none() | DATES, WORDS, WORDS)
def test_a_review_says_what_was_written(words, speaker, said_on, summary, label):
    row, claim = verification(words, speaker, said_on, summary, label)
    written = _item(claim_review(row, [claim], None, 1, SITE))
    feed = {"@type": "DataFeed", "dataFeedElement": [written]}
    (item,) = items(io.BytesIO(json.dumps(feed, ensure_ascii=False).encode()))
    (review,) = map(read, reviews_in(item.value))
    assert review.claim_reviewed == words[0].upper() + words[1:]
    assert review.author_name == speaker
    assert review.said_on == said_on
    assert (review.title, review.rating_text) == (summary, label)
    assert (review.url, review.publisher, review.site) == (
        "https://constat.example/verifications/vrfctn2222/", "Constat", "constat.example",
    )  # fmt: skip
    assert review.published_on == PartialDate.day(date(2025, 12, 8))
