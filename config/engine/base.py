"""Django's PostgreSQL backend, whose server starts with the first connection."""

from django.db import OperationalError
from django.db.backends.postgresql import base

from config.engine import server
from config.engine.failure import Failure


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises OperationalError with a sentence when the server cannot run."""

    def get_new_connection(self, conn_params):
        try:
            host = server.hold(self.settings_dict["FOLDER"])
        except Failure as failure:
            raise OperationalError(str(failure)) from failure
        return super().get_new_connection(conn_params | {"host": str(host)})
