import shutil
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from tests.config.replica.clusters import Cluster
from tests.emptying import empty
from tests.factories import ClaimFactory


@pytest.fixture(scope="module")
def place():
    """A folder that every account may pass through; in memory, where there is room."""
    memory = "/dev/shm"
    room = Path(memory).exists() and shutil.disk_usage(memory).free > 2**30
    folder = Path(tempfile.mkdtemp(prefix="constat-clusters-", dir=memory if room else None))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def primary(place, django_db_setup, django_db_blocker):
    """A server with a record of three claims."""
    cluster = Cluster.primary(place / "primary")
    try:
        with django_db_blocker.unblock():
            assert connection.settings_dict["NAME"].startswith("test_")
            try:
                ClaimFactory.create_batch(3, accepted=True)
                cluster.load_the_test_database()
            finally:
                empty()
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture(scope="module")
def claim(primary) -> tuple[str, str]:
    """The public ids of a claim and of its speaker."""
    return primary.sql(
        "SELECT claim.public_id, speaker.public_id FROM claims_claim claim"
        " JOIN claims_speaker speaker ON speaker.id = speaker_id ORDER BY claim.id LIMIT 1"
    )[0]
