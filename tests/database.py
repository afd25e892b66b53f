"""The database of the tests, for processes of their own."""

from urllib.parse import urlencode

from django.db import connection


def database_url():
    """Where a process of its own finds the database of the tests."""
    of = connection.settings_dict
    options = {key.lower(): of[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if of[key]}
    return f"postgresql:///{of['NAME']}?{urlencode(options)}"
