"""The whole database of the portal: what it holds, and how it is built."""

import hashlib
import io
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.city.demo_city import tables

STRUCTURE = """
    SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index
    UNION ALL SELECT tgrelid::regclass::text || tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1
"""


def rows_of(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def content() -> str:
    """A hash of all rows of the city, in the form in which COPY gives them; the lists, kept from before, apart."""
    total = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in [*tables(), apps.get_model("pghistory", "Context")]:
            if not model._meta.managed or model._meta.proxy:
                continue
            out = io.BytesIO()
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.copy_expert(f'COPY (SELECT * FROM "{table}" ORDER BY "{key}") TO STDOUT', out)  # noqa: S608
            total.update(out.getvalue())
    return total.hexdigest()


@pytest.fixture(scope="module")
def structure(django_db_setup: None, django_db_blocker: Any) -> list[tuple[Any, ...]]:
    """How the database is built before anything is generated."""
    with django_db_blocker.unblock():
        return rows_of(STRUCTURE)
