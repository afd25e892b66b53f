import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from sources.at_once import at_once

TABLE = migrations.CreateModel("Leaf", [("id", models.AutoField(primary_key=True))])
OTHER = migrations.CreateModel(
    "Branch", [("leaf", models.OneToOneField("sources.leaf", models.CASCADE, primary_key=True))]
)
COLUMN = migrations.AddField("leaf", "colour", models.TextField(default="green"))
INDEX = migrations.AddIndex("leaf", models.Index(fields=["colour"], name="leaf_by_colour"))
SQL = migrations.RunSQL("SELECT 1", "SELECT 1")


def test_what_is_made_and_what_is_changed_in_a_row_is_one_step_each():
    steps = at_once([TABLE, OTHER, COLUMN, INDEX, SQL, SQL])
    assert [getattr(step, "operations", step) for step in steps] == [
        [TABLE, OTHER],
        [COLUMN, INDEX],
        SQL,
        SQL,
    ]


def made() -> tuple[set[str], set[str]]:
    """The columns of the table, and its indexes, there are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
            " AND attrelid = to_regclass('sources_leaf')"
        )
        columns = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'sources_leaf'")
        return columns, {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_a_migration_does_and_undoes_what_its_operations_say():
    migration = migrations.Migration("leaves", "sources")
    migration.operations = at_once([TABLE, OTHER, COLUMN, INDEX])
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert made() == ({"id", "colour"}, {"sources_leaf_pkey", "leaf_by_colour"})
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert made() == (set(), set())
