"""Two workers for all tests of a module: each takes seconds to begin."""

import logging

import dask
import pytest
from distributed import LocalCluster

from claims.corpus.cluster import LOCAL


@pytest.fixture(scope="module")
def cluster():
    with (
        dask.config.set(LOCAL),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster
