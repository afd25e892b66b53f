import logging


class Faults(logging.Filter):
    """Leaves out of the log what is nobody's fault: an address that is refused fails its job."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not getattr(error, "expected", False)
