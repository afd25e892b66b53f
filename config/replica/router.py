"""What Django's router of databases is asked: nothing is migrated, nor compared, on a replica.

Which server a query goes to is no question of the model it is about (config/replica/servers.py).
"""

from django.db import DEFAULT_DB_ALIAS


class Router:
    def allow_migrate(self, db: str, app_label: str, **hints) -> bool:
        """On the primary only; replicas get what was done there."""
        return db == DEFAULT_DB_ALIAS
