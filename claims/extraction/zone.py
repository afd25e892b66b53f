"""What is only needed while a batch of texts is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from spacy.language import Language


@contextmanager
def batch_zone(nlp: Language) -> Iterator[None]:
    """Around the reading of a batch: its new words leave the vocabulary again, and the garbage
    collector waits. It would go over thousands of words that hold one another, and find nothing:
    `Document.release` lets go of them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        with nlp.memory_zone():
            yield
    finally:
        if collects:
            gc.enable()
