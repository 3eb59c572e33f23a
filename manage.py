#!/usr/bin/env python
"""Runs a management command; with no DATABASE_URL it finds, or starts for its own time, the private database."""

import os
import sys

from dxportal.embedded.command import database_for_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxportal.settings.development")
    with database_for_command(sys.argv):
        from django.core.management import execute_from_command_line  # noqa: PLC0415 settings need the database

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
