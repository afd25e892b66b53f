from claims.exchange.columns import Value

Values = dict[str, Value]  # of a row, by the name of their column; those that are not empty


class RowRefused(Exception):
    """Why a row is not taken: pairs of a column's name, "" for the whole row, and a sentence."""

    def __init__(self, *problems: tuple[str, str]):
        super().__init__(problems)
        self.problems = list(problems)

    def of(self, column: str) -> "RowRefused":
        """The same, told of one column."""
        return RowRefused(*((column, sentence) for _name, sentence in self.problems))
