"""Run one of PostgreSQL's own programs on the embedded database, as in

``python -m config.engine pg_dump --format=custom > constat.dump``
"""

import os
import signal
import subprocess
import sys

from config import settings
from config.engine import server
from config.engine.failure import Failure


def main(name: str = "psql", *arguments: str) -> int:
    """Returns the program's own exit code."""
    database = settings.DATABASES["default"]
    if "FOLDER" not in database:
        sys.exit("DATABASE_URL is set: use the programs of that server.")
    try:
        program, host = server.program(name), server.hold(database["FOLDER"])
    except Failure as failure:
        sys.exit(str(failure))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program.
    environment = os.environ | {
        "PGHOST": str(host),
        "PGPORT": server.PORT,
        "PGUSER": database["USER"],
        "PGDATABASE": database["NAME"],
    }
    return subprocess.run(
        [program, *arguments], env=os.environ | environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
