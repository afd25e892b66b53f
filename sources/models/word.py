from django.contrib.postgres.indexes import GistIndex
from django.db import models


class Word(models.Model):
    """A word of what can be searched, in lower case; with accents and, another row, without.

    Triggers write them down (sources/migrations/0009_finding.py), and none is taken away.
    """

    # Not unique: then nobody who writes waits for another who writes the same word.
    text = models.CharField(max_length=40)

    class Meta:
        indexes = [
            # Is this word known, and which ones begin with it?
            models.Index(fields=["text"], opclasses=["varchar_pattern_ops"], name="word_by_start"),
            # Which known words are nearest to this one, which is not?
            GistIndex(fields=["text"], opclasses=["gist_trgm_ops"], name="word_by_likeness"),
        ]

    def __str__(self) -> str:
        return self.text
