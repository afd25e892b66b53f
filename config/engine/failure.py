"""What keeps the embedded server from running, as one sentence."""


def gettext_noop(sentence: str) -> str:
    """Mark ``sentence`` for the translators (the keeper runs without Django)."""
    return sentence


class Failure(Exception):
    """The embedded server cannot run here; ``str()`` is the sentence, in the reader's language."""

    def __init__(self, sentence: str, **details: str):
        super().__init__(sentence, details)
        self.sentence, self.details = sentence, details

    def __str__(self) -> str:
        from django.conf import settings
        from django.utils.translation import gettext

        sentence = gettext(self.sentence) if settings.configured else self.sentence
        return sentence.format(**self.details)
