"""Tables without what slows a big load: indexes, foreign keys, triggers. They come back before the transaction ends.

An index is built faster from all rows at once than row by row, and PostgreSQL checks a foreign key that is added for
all rows in one join. So nothing is left unchecked, and a load that breaks off has changed nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLES = "SELECT unnest(%s::text[])::regclass"
# Unique rules go as well, but for those on which a foreign key of any table stands.
CONSTRAINTS = f"""
    SELECT rule.conrelid::regclass::text, quote_ident(rule.conname), pg_get_constraintdef(rule.oid)
    FROM pg_constraint rule
    WHERE rule.conrelid IN ({TABLES}) AND (rule.contype = 'f' OR rule.contype IN ('p', 'u', 'x') AND NOT EXISTS (
        SELECT FROM pg_constraint foreign_key
        WHERE foreign_key.contype = 'f' AND foreign_key.conindid = rule.conindid
    ))
    ORDER BY rule.contype = 'f', rule.conrelid::regclass::text, rule.conname
"""  # noqa: S608 names nothing from outside
# Indexes of a few rows only stay: they cost next to nothing.
INDEXES = f"""
    SELECT index.indexrelid::regclass::text, pg_get_indexdef(index.indexrelid)
    FROM pg_index index
    WHERE index.indrelid IN ({TABLES}) AND index.indpred IS NULL
        AND NOT EXISTS (SELECT FROM pg_constraint rule WHERE rule.conindid = index.indexrelid)
    ORDER BY 1
"""  # noqa: S608 names nothing from outside


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """The tables without indexes, foreign keys and triggers; afterwards all of it stands again."""
    with connection.cursor() as cursor:
        # What was written before in this transaction is checked now: it would forbid to change its tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        constraints, indexes = _read(cursor, CONSTRAINTS, tables), _read(cursor, INDEXES, tables)
        names = _read(cursor, f"{TABLES}::text", tables)
        # Foreign keys first: the unique rules of their own tables may go after them.
        _all(cursor, (f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _rule in reversed(constraints)))
        _all(cursor, (f"DROP INDEX {name}" for name, _definition in indexes))
        _all(cursor, (f"ALTER TABLE {name} DISABLE TRIGGER USER" for (name,) in names))
    yield
    with connection.cursor() as cursor:
        rules = [(table, f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}") for table, name, rule in constraints]
        foreign = [sql for (_table, sql), (_t, _n, rule) in zip(rules, constraints, strict=True) if _is_foreign(rule)]
        _all(cursor, (sql for _table, sql in rules if sql not in foreign))
        _all(cursor, (definition for _name, definition in indexes))
        _all(cursor, (f"ANALYZE {name}" for (name,) in names))
        _all(cursor, foreign)
        _all(cursor, (f"ALTER TABLE {name} ENABLE TRIGGER USER" for (name,) in names))


def _is_foreign(rule: str) -> bool:
    return rule.startswith("FOREIGN KEY")


def _read(cursor: Any, sql: str, tables: Sequence[str]) -> list[tuple[str, ...]]:
    cursor.execute(sql, [list(tables)])
    return list(cursor.fetchall())


def _all(cursor: Any, statements: Any) -> None:
    for statement in statements:
        cursor.execute(statement)
