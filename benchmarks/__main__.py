"""Generates cities of several sizes in private databases, measures each in a process of its own, prints the table."""

import contextlib
import json
import os
import subprocess
import sys
from typing import Any

import psycopg2

from benchmarks.table import print_table
from dxportal.embedded.test import start_servers

SIZES = (10_000, 100_000)
MILLION = 1_000_000
TEMPLATE = "bench_migrated"


def main(arguments: list[str]) -> int:
    """`--million` adds the third size, which takes a quarter of an hour; numbers are sizes of one's own."""
    own = tuple(int(each) for each in arguments if each.isdecimal())
    sizes = own or (*SIZES, *((MILLION,) if "--million" in arguments else ()))
    with contextlib.ExitStack() as stack:
        env = dict(os.environ, DJANGO_SETTINGS_MODULE="dxportal.settings.testing")
        start_servers(stack, env)
        with psycopg2.connect(env["DATABASE_URL"]) as connection:
            connection.autocommit = True
        results = [measured(connection, env, size) for size in sizes]
    print_table(results)
    return 0


def measured(connection: Any, env: dict[str, str], size: int) -> dict[str, Any]:
    """What a city of this size gives; its database is gone afterwards."""
    name = f"bench_{size}"
    with connection.cursor() as cursor:
        prepare_template(cursor, env)
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        print(f"{size:,} hurdles …", file=sys.stderr, flush=True)
        try:
            child = [sys.executable, "-m", "benchmarks.measure", str(size)]
            said = subprocess.run(child, env=at(env, name), check=True, stdout=subprocess.PIPE).stdout
            return dict(json.loads(said.splitlines()[-1]))
        finally:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def prepare_template(cursor: Any, env: dict[str, str]) -> None:
    """An empty portal, migrated to what the code says."""
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [TEMPLATE])
    if not cursor.fetchall():
        cursor.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=at(env, TEMPLATE), check=True, stdout=subprocess.DEVNULL)


def at(env: dict[str, str], database: str) -> dict[str, str]:
    """The environment with another database of the same server."""
    parts = env["DATABASE_URL"].split("?", 1)
    address = parts[0].rsplit("/", 1)[0] + f"/{database}"
    return env | {"DATABASE_URL": "?".join([address, *parts[1:]])}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
