import logging


def is_expected(error: BaseException | None) -> bool:
    """Whether the error is nobody's fault, as it says itself; its message is fit for editors."""
    return getattr(error, "expected", False)


class Faults(logging.Filter):
    """Leaves out of the log what is nobody's fault: an address that is refused fails its job."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and is_expected(record.exc_info[1]))
