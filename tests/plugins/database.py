"""The test databases are copies of one that was migrated once; it is made anew when a migration changes."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection, transaction

PROJECT = Path(__file__).resolve().parents[2]
PREFIX = "portal_template_"
# What decides how the tables look: ours, and the packages that bring tables of their own.
SOURCES = ("apps/*/migrations/*.py", "apps/core/management/commands/migrate.py", "requirements.txt")
LOCK = 4719
REWRITTEN = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def name_of_template() -> str:
    """Another name for other migrations."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in PROJECT.glob(pattern)):
        digest.update(path.relative_to(PROJECT).as_posix().encode())
        digest.update(path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def make_template(name: str) -> None:
    """Makes the database where it is not there yet; of several workers one makes it and the others wait."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_session_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        present = {row[0] for row in cursor.fetchall()}
        if name not in present:
            for old in present:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{PREFIX}unfinished"')
            migrate(f"{PREFIX}unfinished")
            cursor.execute(f'ALTER DATABASE "{PREFIX}unfinished" RENAME TO "{name}"')


def migrate(database: str) -> None:
    """Django's tables, ours and those of the packages, in that database."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def without_triggers() -> Iterator[Any]:
    """A cursor that writes in any order, and no trigger looks on: no history, no foreign key."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def flush(name: str, **options: Any) -> None:
    """Stands for Django's `flush` after a test that commits, which would make a thousand new files each time.

    It empties the tables, but for the rows that `flush` writes again.
    """
    if name != "flush":
        call_command(name, **options)
        return
    tables = [table for table in connection.introspection.django_table_names() if table not in REWRITTEN]
    with without_triggers() as cursor:
        cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in tables))  # noqa: S608 the names of tables


@pytest.fixture(scope="session", autouse=True)
def _fast_flush() -> Iterator[None]:
    with patch("django.test.testcases.call_command", flush):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Tells Django of what its test database shall be a copy."""
    with django_db_blocker.unblock():
        make_template(name_of_template())
    connection.settings_dict["TEST"]["TEMPLATE"] = name_of_template()
