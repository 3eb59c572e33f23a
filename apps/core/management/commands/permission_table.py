"""Prints who may do what, as the table that docs/permissions.md holds."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from apps.core.permissions import permission_table

HEAD = """# だれが何をできるか

この表は `manage.py permission_table` が出したものです。直すのはこの表ではなく、各アプリの `permissions.py` です。

| 権限 | だれが |
|---|---|"""


class Command(BaseCommand):
    help = "Prints the permission table in Japanese, as Markdown."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("ja"):
            lines = [f"| `{row.name}` | {row.who} |" for row in sorted(permission_table, key=lambda row: row.name)]
        self.stdout.write("\n".join([HEAD, *lines]))
