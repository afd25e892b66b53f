"""Variables of the database session, which triggers, views, policies and the planner read."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

# What is searched is in memory: a page costs little beside the rows, or the entries of one more
# index, that are looked at. Of what an index finds each row is kept, not each page: of a million
# claims that takes 5 MB. And to share a query out among processes costs a small machine more than
# it gains.
AT_HAND = {
    "work_mem": "32MB",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "0.1",
    "seq_page_cost": "0.1",
}


@contextmanager
def session_variables(values: Mapping[str, str], savepoint: bool = True) -> Iterator[None]:
    """Inside, the variables have these values; afterwards what they had. Opens a transaction.

    Where something is raised, the transaction's end sets them back; without a ``savepoint``, that
    of the one it is in.
    """
    with transaction.atomic(savepoint=savepoint):
        before = _swap(values)
        yield
        _swap(before)


def session_variable(name: str, value: str) -> AbstractContextManager[None]:
    return session_variables({name: value})


def planned(*, walking: bool) -> AbstractContextManager[None]:
    """Inside, queries are planned for a table that is at hand; and unless ``walking``, none reads
    rows one by one in the order of an index. Opens a transaction, unless there is one."""
    order = {"enable_indexscan": "on" if walking else "off"}
    return session_variables(AT_HAND | order, savepoint=False)


@contextmanager
def no_statement_longer(seconds: float) -> Iterator[None]:
    """Inside, the database gives up what takes longer: TimeoutError. Opens a transaction."""
    try:
        with session_variable("statement_timeout", str(int(seconds * 1000))):
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TimeoutError from error
        raise


def _swap(values: Mapping[str, str]) -> dict[str, str]:
    """Give the variables these values; what they were. One query."""
    asked = ", ".join(
        ["coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)"] * len(values)
    )
    with connection.cursor() as cursor:
        params = [part for name, value in values.items() for part in (name, name, value)]
        cursor.execute(f"SELECT {asked}", params)
        return dict(zip(values, cursor.fetchone()[::2], strict=True))
