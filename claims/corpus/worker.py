"""A process of the cluster as one of Constat's workers: this is loaded without Django."""

import os
import pickle
from multiprocessing import current_process

from distributed import Worker, WorkerPlugin


class Constat(WorkerPlugin):
    """Makes a worker ready before its first task, and each that takes the place of another."""

    name = "constat"

    def setup(self, worker: Worker) -> None:
        """Set Django up and load the pipeline. No connection to a database is made."""
        if current_process().daemon:
            raise RuntimeError("Begin the worker with DASK_CONFIG=config/dask.yaml")
        if worker.state.nthreads != 1:
            raise RuntimeError("Begin the worker with --nthreads 1")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from claims import engine

        engine.extractor()


def read(packed: bytes):
    """What ``work.read`` answers to its packed arguments.

    The scheduler unpacks what it is sent, and knows nothing of Django; these bytes it passes on.
    """
    from claims.corpus import work

    return work.read(*pickle.loads(packed))
