"""No list of the desk, no filter, order or search of one reads more as the record grows."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from claims.linking.queue import Narrowed
from claims.models import ApiKey, Figure
from claims.queues import MOST
from sources.models import Feed, Publisher, Redaction
from tests.plans import CLAIMS, READ, faults, fill, plan, rows_read, whole_tables

pytestmark = pytest.mark.django_db

WORDS = ["q=annonce", "q=ministre+{word}", "q={word}", "q=annnonce", "q=-annonce+{word}"]
LISTS = {
    "claims_claim": [
        "status__exact=candidate", "status__exact=rejected", "status__exact=merged",
        "kind__exact=demand", "quotation__exact=none", "quotation__exact=direct",
        "proceedings__exact=suspected",
        "speaker__id__exact={speaker}", "speaker__id__exact=900",
        "sentence__snapshot__document__publisher__id__exact=7",
        "sentence__snapshot__document__id__exact=8",
        "said_on_from=2026-10-01", "said_on_from=2024-01-01&said_on_to=2024-01-03",
        "said_on_to=2020-01-01", "found_at_from=2026-01-01", "found_at_to=2020-01-01",
        "standing=unverified", "standing=true", "standing=hoax", "standing=kept",
        "standing=confirmed", "standing=withdrawn", "standing=open", "standing=happened",
        "status__exact=candidate&speaker__id__exact={speaker}&q=annonce",
        "standing=false&kind__exact=fact&speaker__id__exact={speaker}",
        *WORDS,
    ],
    "claims_speaker": ["kind__exact=document", "kind__exact=anonymous", *WORDS],
    "claims_verification": [
        "status__exact=draft", "review=due", "rating__id__exact=1000005",
        "rating__id__exact=1000001", "author__id__exact=1000003", "published_at_from=2026-01-01",
        "published_at_to=2020-01-01", *WORDS,
    ],
    "claims_development": [
        "status__exact=proposed", "status__exact=accepted", "effect=fulfils", "effect=breaks",
        "occurred_on_from=2026-10-30", "occurred_on_to=2022-01-01", *WORDS,
    ],
    "claims_effect": ["status__exact=proposed", "kind__exact=context", *WORDS],
    "claims_link": [
        "status__exact=proposed", "kind__exact=updates", "claim__speaker__id__exact={speaker}",
        "claim__speaker__id__exact=900", *WORDS,
    ],
    "claims_forecast": [
        "due=yes", "outcome__exact=kept", "outcome__exact=broken", "due_on_from=2027-10-01", *WORDS,
    ],
    "claims_correction": [
        "kind__exact=error", "made_at_from=2026-01-01", "made_at_to=2020-01-01", *WORDS,
    ],
    "claims_claimmerge": ["stands=yes", *WORDS],
    "claims_speakermerge": ["stands=yes", *WORDS],
    "sources_document": [
        "kind__exact=speech", "kind__exact=post", "publisher__id__exact=7",
        "published_on_from=2026-10-30", "published_on_to=2021-06-01", "added_at_from=2026-01-01",
        "added_at_to=2020-01-01", "q=https://journal.example/8", *WORDS,
    ],
    "sources_snapshot": [
        "document__id__exact=8", "fetched_at_from=2026-01-01", "fetched_at_to=2020-01-01", *WORDS,
    ],
    "sources_fetch": [
        "outcome__exact=failed", "outcome__exact=fetched", "at_from=2026-01-01",
        "at_to=2020-01-01", "q=journal7.example", "q=nowhere.example",
    ],
    "sources_entry": [
        "outcome__exact=failed", "outcome__exact=waiting", "feed__id__exact=7",
        "seen_at_from=2026-01-01", "seen_at_to=2020-01-01", *WORDS,
    ],
    "claims_claimreview": [
        "publisher__id__exact=7", "rating=none", "linked=no",
        "published_on_from=2026-01-01", *WORDS,
    ],
    "claims_message": [
        "status__exact=new", "status__exact=spam", "kind__exact=reply",
        "received_at_from=2026-01-01", "received_at_to=2020-01-01",
    ],
    "claims_accountact": ["what__exact=locked", "at_from=2026-01-01", "at_to=2020-01-01"],
    "claims_apikey": ["made_at_from=2026-01-01", *WORDS],
    "claims_delivery": ["status__exact=waiting", "subscription=1"],
    "claims_proposedevidence": ["status__exact=proposed", "stance__exact=refutes", *WORDS],
    "claims_import": ["kind__exact=claims", "state__exact=failed"],
    "sources_submission": ["whose=all"],
    "background_job": ["status=failed", "status=todo", "status=succeeded"],
    "sources_feed": [], "sources_publisher": [], "sources_savedfilter": [], "claims_scale": [],
    "claims_subscription": [], "sources_redaction": ["ground__exact=court"],
}  # fmt: skip
# It looks at every document that changed: there is no index to what became of a passage.
UNBOUNDED = {("claims_claim", "in_latest_snapshot")}
# Feeds, publishers, keys and redactions stay few.
FEW = {ApiKey, Feed, Publisher, Redaction}


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """Signed in at a desk with a large record, which is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        client = Client()
        client.force_login(get_user_model().objects.create_superuser("plans"))
        yield client
        transaction.set_rollback(True)


def looks(name: str) -> list[str]:
    """What can be asked of a list: all of it, its last page, each order and filter, a search."""
    model_admin = next(a for m, a in admin.site._registry.items() if label(m) == name)
    orders = [
        f"o={sign}{place}"
        for place, column in enumerate(["action_checkbox", *model_admin.list_display])
        if column in model_admin.sortable_by
        for sign in ("", "-")
    ]
    return ["", "p=40", *orders, *LISTS[name]]


def label(model) -> str:
    return model._meta.label_lower.replace(".", "_")


FILLED_IN = {"speaker": 1, "word": "eebipnkg"}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_no_more_than_it_counts(desk, name):
    address = reverse(f"admin:{name}_changelist")
    found = []
    for look in looks(name):
        found += faults(desk, f"{address}?{look.format(**FILLED_IN)}")
    assert found == [], "\n".join(found)


def test_the_search_reads_no_more_than_it_ranks(desk):
    address = reverse("admin:claims_claim_search")
    found = []
    for words in WORDS:
        # The claims checked last are ranked beside the latest.
        found += faults(desk, f"{address}?{words.format(**FILLED_IN)}", times=2)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    "query", ["", "kind=contradicts", "speaker=1", "speaker=900", "kind=updates&speaker=900"]
)
def test_the_queue_of_links_reads_no_more_than_it_counts(desk, query):
    rows = Narrowed.of(QueryDict(query)).links
    looks = [rows.with_claims()[:1], rows.values("pk")[: MOST + 1]]
    if left := rows.first():
        looks.append(rows.after(left)[:1])
    for look in looks:
        sql = look.query.sql_with_params()
        done = plan(connection.cursor().mogrify(*sql))
        assert not whole_tables(done), (query, sql)
        assert rows_read(done) <= 2 * READ, (query, sql)


def test_suggestions_read_no_more_than_they_count(desk):
    found = []
    for field in suggested():
        where = f"app_label={field.model._meta.app_label}&model_name={field.model._meta.model_name}"
        address = f"{reverse('admin:autocomplete')}?{where}&field_name={field.name}&term="
        for term in ("", "annonce", "{word}", "annnonce"):
            found += faults(desk, address + term.format(**FILLED_IN))
    assert found == [], "\n".join(found)


def suggested():
    """The fields whose values are suggested while one types, one for each table."""
    fields = {}
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.autocomplete_fields:
            field = model._meta.get_field(name)
            fields[field.related_model] = field
    return fields.values()


def test_every_list_is_looked_at():
    ours = {
        label(m) for m in admin.site._registry if m._meta.app_label != "auth" and m is not Figure
    }
    assert ours == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_filter_is_looked_at(rf, admin_user, name):
    model_admin = next(a for m, a in admin.site._registry.items() if label(m) == name)
    request = rf.get("/")
    request.user = admin_user
    asked = {pair.split("=")[0] for look in LISTS[name] for pair in look.split("&")}
    for spec in model_admin.get_changelist_instance(request).filter_specs:
        names = set(spec.expected_parameters()) - {None}
        if names & asked or (name, *names) in UNBOUNDED or model_admin.model in FEW:
            continue
        pytest.fail(f"{name} is not filtered by {names}")
