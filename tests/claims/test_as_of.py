"""Pages and API as of five days of a record whose every step was recorded on another."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from claims.correct import correct
from claims.decide import accept_proposals
from claims.merge import merge_claims
from claims.models import Development, Effect
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    EffectFactory,
    LinkFactory,
    RatingFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
LISTS = ["/", "/claims/", "/developments/", "/corrections/"]


def noon(day: int) -> datetime:
    return datetime(2025, 12, day, 12, tzinfo=UTC)


@pytest.fixture
def record():
    """Accepted on the 4th, verified on the 6th, verified anew on the 8th, corrected on the 10th,
    moved on the 12th by what happened that day."""
    with record_clock(noon(4)):
        editor = UserFactory()
        claim = ClaimFactory(accepted=True, wording="Trois écoles.")
        imprecise = RatingFactory()
        true = RatingFactory(value="true")
        document = DocumentFactory()
    evidence = [{"document": document, "retrieved_at": noon(5)}]
    old = verify(claim, at=noon(6), rating=imprecise, evidence=evidence)
    new = supersede(old, at=noon(8), rating=true, summary="Tout est exact.")
    with record_clock(noon(10)):
        correction = correct(claim, "error", "Deux, non trois.", editor, wording="Deux écoles.")
    with record_clock(noon(11)):
        effect = EffectFactory(
            development__status="proposed",
            development__decided_by=None,
            development__decided_at=None,
            development__occurred_on=PartialDate.parse("2025-12-10"),
            development__document=document,
            proposed=True,
            claim=claim,
            kind="contradicts",
        )
    with record_clock(noon(12)):
        accept_proposals(Development.objects.all(), editor)
        accept_proposals(Effect.objects.all(), editor)
    return SimpleNamespace(
        claim=claim, old=old, new=new, correction=correction, development=effect.development
    )


def page(client, row, day: int) -> str:
    """The page of a row as of a day of December 2025, empty if there was none."""
    answer = client.get(row.get_absolute_url(), {"as_of": f"2025-12-{day:02}"})
    return answer.content.decode() if answer.status_code == 200 else ""


def api(client, name, row, day: int) -> dict | None:
    address = reverse(f"api-{name}s-detail", args=[row.public_id])
    answer = client.get(address, {"as_of": f"2025-12-{day:02}"})
    return answer.json() if answer.status_code == 200 else None


STANDING = {
    3: None,
    4: ("none", "unverified"),
    5: ("none", "unverified"),
    6: ("verification", "imprecise"),
    8: ("verification", "true"),
    10: ("verification", "true"),
    11: ("verification", "true"),
    12: ("development", "contradicted"),
}


@pytest.mark.parametrize(("day", "expected"), STANDING.items())
def test_the_api_says_where_the_claim_stood(client, record, day, expected):
    claim = api(client, "claim", record.claim, day)
    assert (claim and (claim["standing"]["basis"], claim["standing"]["value"])) == expected


@pytest.mark.parametrize(
    ("day", "label"),
    [(4, "Not verified yet"), (6, "Imprecise"), (8, "True"), (12, "Contradicted")],
)
@pytest.mark.usefixtures("english")
def test_the_page_says_where_the_claim_stood(client, record, day, label):
    section = page(client, record.claim, day).partition('id="standing"')[2]
    assert label in section.partition("</section>")[0]


def test_a_claim_was_not_there_before_it_was_accepted(client, record):
    assert page(client, record.claim, 3) == ""
    assert page(client, record.claim, 4)


def test_a_list_does_not_name_what_was_not_there(client, record):
    path = record.claim.get_absolute_url()
    listed = {day: client.get(f"/claims/?as_of=2025-12-0{day}").content.decode() for day in (3, 4)}
    assert [path in listed[day] for day in (3, 4)] == [False, True]


@pytest.mark.parametrize("read", [page, lambda *args: api(args[0], "verification", *args[1:])])
def test_a_verification_was_not_there_before_it_was_published(client, record, read):
    assert [bool(read(client, record.new, day)) for day in (7, 8)] == [False, True]


def test_a_verification_was_current_before_it_was_superseded(client, record):
    path = record.new.get_absolute_url()
    assert [path in page(client, record.old, day) for day in (7, 8)] == [False, True]
    answers = [api(client, "verification", record.old, day)["superseded_by"] for day in (7, 8)]
    assert answers == [None, record.new.public_id]


def test_a_verification_stood_before_it_was_withdrawn(client, record):
    withdrawn(record.new, "La source est un faux.", at=noon(9))
    path = record.new.get_absolute_url()
    answers = [client.get(path, {"as_of": f"2025-12-{day:02}"}) for day in (8, 9)]
    assert [answer.status_code for answer in answers] == [200, 410]
    assert ["un faux" in answer.content.decode() for answer in answers] == [False, True]
    answers = [api(client, "verification", record.new, day)["withdrawal"] for day in (8, 9)]
    assert [bool(answer) for answer in answers] == [False, True]


def test_a_wording_was_another_before_it_was_corrected(client, record):
    assert [api(client, "claim", record.claim, day)["text"] for day in (9, 10)] == [
        "Trois écoles.",
        "Deux écoles.",
    ]
    before = page(client, record.claim, 9)
    assert "Trois écoles." in before
    assert "Deux écoles." not in before


def test_a_correction_was_not_in_the_register_before_it_was_made(client, record):
    days = ("2025-12-09", "2025-12-10")
    pages = [client.get("/corrections/", {"as_of": day}).content.decode() for day in days]
    assert [record.correction.note in text for text in pages] == [False, True]
    lists = [client.get("/api/v1/corrections/", {"as_of": day}).json() for day in days]
    assert [len(listed["results"]) for listed in lists] == [0, 1]


def test_a_development_was_not_there_before_it_was_accepted(client, record):
    assert [bool(page(client, record.development, day)) for day in (11, 12)] == [False, True]
    found = [api(client, "claim", record.claim, day)["developments"] for day in (11, 12)]
    assert [len(developments) for developments in found] == [0, 1]


def test_a_repeat_stood_alone_before_it_was_confirmed(client, record):
    with record_clock(noon(4)):
        repeat = ClaimFactory(accepted=True)
    with record_clock(noon(7)):
        LinkFactory(accepted=True, claim=repeat, earlier=record.claim)
    through = [api(client, "claim", repeat, day)["standing"]["through"] for day in (6, 7)]
    assert through == [None, record.claim.public_id]


def test_a_claim_had_its_own_page_before_it_was_merged(client, record):
    with record_clock(noon(4)):
        double = ClaimFactory(accepted=True)
    with record_clock(noon(9)):
        merge_claims(double, record.claim, UserFactory(role="chief"), "C’est la même.")
    path = double.get_absolute_url()
    answers = [client.get(path, {"as_of": f"2025-12-{day:02}"}) for day in (8, 9)]
    assert [answer.status_code for answer in answers] == [200, 301]
    assert answers[1].url == f"{record.claim.get_absolute_url()}?as_of=2025-12-09"


def test_the_text_of_a_document_was_not_there_before_it_was_fetched(client, record):
    cited = record.old.evidence.get().document
    SnapshotFactory(document=cited, text="Un tout autre texte.", fetched_at=noon(9))
    assert ["autre texte" in page(client, cited, day) for day in (8, 9)] == [False, True]


class TestThePageOfAPastDay:
    def test_says_so_with_a_link_to_today(self, client, record):
        text = page(client, record.claim, 9)
        banner = text.partition('<aside class="past"')[2].partition("</aside>")[0]
        assert "9 décembre 2025" in banner
        assert f'href="{record.claim.get_absolute_url()}"' in banner

    def test_says_the_time_where_one_was_asked(self, client, record):
        text = client.get("/?as_of=2025-12-09T14:30:00").content.decode()
        banner = text.partition('<aside class="past"')[2].partition("</aside>")[0]
        assert "14:30" in banner

    @pytest.mark.parametrize(
        "address",
        [
            lambda record: record.claim.get_absolute_url(),
            lambda record: record.claim.speaker.get_absolute_url(),
            lambda record: record.claim.document.get_absolute_url(),
            lambda record: record.old.evidence.get().document.get_absolute_url(),
            lambda record: record.old.get_absolute_url(),
            lambda record: record.development.get_absolute_url(),
            *(lambda record, path=path: path for path in LISTS),
        ],
    )
    def test_links_to_pages_of_that_day(self, client, record, address):
        text = client.get(address(record), {"as_of": "2025-12-12"}).content.decode()
        inside = text.partition("<main")[2].partition("</main>")[0]
        paths = [link.partition('"')[0] for link in inside.split('href="')[1:]]
        own = [path for path in paths if path.startswith("/")]
        assert own
        assert [path for path in own if "as_of=2025-12-12" not in path] == []

    def test_keeps_the_day_in_menu_and_language(self, client, record):
        text = page(client, record.claim, 9)
        assert 'href="/claims/?as_of=2025-12-09"' in text
        assert f'href="/en{record.claim.get_absolute_url()}?as_of=2025-12-09"' in text

    def test_keeps_the_day_over_the_pages_of_a_list(self, client, record):
        with record_clock(noon(5)):
            for _row in range(20):
                ClaimFactory(accepted=True)
        text = client.get("/claims/?as_of=2025-12-09").content.decode()
        assert 'href="?page=2&amp;as_of=2025-12-09"' in text

    def test_is_not_for_search_engines(self, client, record):
        assert '<meta name="robots" content="noindex">' in page(client, record.claim, 9)

    def test_of_today_has_no_banner(self, client, record):
        assert 'class="past"' not in client.get(record.claim.get_absolute_url()).content.decode()
