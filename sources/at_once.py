"""The steps of a migration, before which its models are rendered once rather than for each."""

from collections.abc import Sequence
from itertools import groupby

from django.db import migrations
from django.db.migrations.operations.base import Operation

CHANGES = (
    migrations.AddField,
    migrations.AlterField,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
)


def at_once(operations: Sequence[Operation]) -> list[Operation]:
    """``operations``, where models made in a row are one step, and so are changes in a row.

    Otherwise Django renders after each step every model that the changed one is related to: here
    that is most of them, and three quarters of the time of a first start.
    """
    steps = []
    for kind, in_a_row in groupby(operations, _kind):
        found = list(in_a_row)
        steps += [AtOnce(found)] if kind else found
    return steps


def _kind(operation: Operation) -> str:
    if isinstance(operation, migrations.CreateModel):
        return "made"
    return "changed" if isinstance(operation, CHANGES) else ""


class AtOnce(Operation):
    """Operations that see the models as they are before the first and after the last of them."""

    def __init__(self, operations: Sequence[Operation]):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # What was rendered; it is again once it is asked for.
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
