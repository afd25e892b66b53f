"""How the bearers of names are found; what is made of them is in test_record."""

import pytest
from django.db import connection

from claims.bearers import BEARERS
from tests.plans import fill

pytestmark = pytest.mark.django_db


def test_names_are_looked_up_in_indexes_not_in_whole_tables():
    fill(1000)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {BEARERS}", {"names": ["Jeanne Roux"]})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert {"speaker_by_name_in_any_case", "alias_by_name_in_any_case"} <= set(plan.split())
