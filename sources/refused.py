class Refused(Exception):
    """What is not taken in; the message says why in one sentence, in the interface's language."""

    expected = True  # No fault of ours: the log need not tell it.
