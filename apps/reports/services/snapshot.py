"""One moment: everything that a draft says is read in one transaction that sees the database as it stood then."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """A read-only transaction that sees nothing of what others commit meanwhile (PostgreSQL, REPEATABLE READ).

    It must be the outermost one, or an earlier read would have fixed another moment: RuntimeError within another.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
