from sources.ingest import Refused


class Failed(Refused):
    """Nothing forbids the fetch, but the site or the network did not deliver.

    ``temporary`` tells whether the same may go well later.
    """

    def __init__(self, reason: str, *, temporary: bool = False):
        super().__init__(reason)
        self.temporary = temporary
