from sources.refused import Refused


class Failed(Refused):
    """Nothing forbids the fetch, but the site or the network did not deliver.

    ``temporary`` tells whether the same may go well later; ``status`` and ``retry_after``
    (seconds) are what the site said, if it answered.
    """

    def __init__(
        self,
        reason: str,
        *,
        temporary: bool = False,
        status: int | None = None,
        retry_after: int = 0,
    ):
        super().__init__(reason)
        self.temporary = temporary
        self.status = status
        self.retry_after = retry_after
