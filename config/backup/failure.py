class Failure(Exception):
    """No backup, or none put back; ``str()`` is the sentence, in the reader's language."""
