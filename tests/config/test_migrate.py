"""Migrations on a busy site: what waits for them does not wait long, and new ones are looked at."""

import importlib
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models

from sources.at_once import at_once
from tests.locks import faults

ROOT = Path(__file__).parents[2]
# Those there were when the rule came; tables were small, and none is ever run again on a large one.
BEFORE = {"background": "0002", "claims": "0018", "sources": "0004"}


@pytest.mark.django_db(transaction=True)
def test_a_busy_table_is_waited_for_seconds_only(settings, english):
    settings.LOCK_SECONDS = 0.1
    with psycopg.connect(
        host=connection.get_connection_params().get("host"),
        dbname=connection.settings_dict["NAME"],
        user=connection.settings_dict["USER"],
        password=connection.settings_dict["PASSWORD"] or None,
    ) as other:
        # Any table that what follows migrations takes a lock on.
        other.execute("LOCK TABLE claims_claim IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CommandError, match="nothing of it was done"):
            call_command("migrate", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def new_migrations() -> list[str]:
    return [
        f"{app}.migrations.{path.stem}"
        for app, last in BEFORE.items()
        for path in sorted((ROOT / app / "migrations").glob("[0-9]*.py"))
        if path.name[:4] > last
    ]


@pytest.mark.parametrize("module", new_migrations() or [None])
def test_no_new_migration_holds_a_table_for_long_without_saying_why(module):
    if module:
        found = importlib.import_module(module)
        assert getattr(found, "LOCKS", "") or faults(found.Migration.operations) == []


NAMED = models.Index(fields=["text"], name="by_text")
TEXT = models.TextField(null=True)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddIndex("claim", NAMED),
        migrations.AlterField("claim", "text", models.TextField()),
        migrations.AddField("claim", "text", models.TextField(default="")),
        migrations.AddField("claim", "text", models.TextField(unique=True, null=True)),
        migrations.AddField("claim", "text", models.TextField(db_index=True, null=True)),
        migrations.AddConstraint(
            "claim", models.CheckConstraint(condition=~models.Q(text=""), name="has_text")
        ),
        migrations.RemoveField("claim", "text"),
        migrations.RenameField("claim", "text", "words"),
        migrations.RenameModel("claim", "statement"),
        migrations.DeleteModel("claim"),
        migrations.RunSQL("CREATE INDEX by_text ON claims_claim (text)"),
        migrations.RunSQL("ALTER TABLE claims_claim ALTER text SET NOT NULL"),
        migrations.RunSQL([("UPDATE claims_claim SET text = %s", ["x"])]),
    ],
)
def test_what_holds_a_table_or_breaks_the_code_before_is_found(operation):
    assert faults([operation])
    assert faults(at_once([operation]))


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("claim", "text", TEXT)],
        [migrations.AddField("claim", "text", models.TextField(db_default=""))],
        [migrations.AddField("claim", "words", models.ManyToManyField("claims.claim"))],
        # A table that is new with the migration holds nothing.
        [migrations.CreateModel("word", [("text", TEXT)]), migrations.AddIndex("word", NAMED)],
        [migrations.RunSQL("CREATE INDEX CONCURRENTLY by_text ON claims_claim (text)")],
        [migrations.RunSQL("COMMENT ON INDEX by_text IS 'x'")],
    ],
)
def test_what_is_done_at_once_is_not(operations):
    assert faults(operations) == []
