"""The PostgreSQL backend whose server starts with the first connection."""

from django.db import OperationalError

from config.engine import server
from config.engine.failure import Failure
from config.kept import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises OperationalError with a sentence when the server cannot run."""

    def get_connection_params(self):
        try:
            host = server.hold(self.settings_dict["FOLDER"])
        except Failure as failure:
            raise OperationalError(str(failure)) from failure
        return super().get_connection_params() | {"host": str(host)}
