"""gunicorn reads this file wherever it starts here; the rest of its settings stands in the command (PROCESSES)."""

import importlib
import os
from typing import Any


def on_starting(server: Any) -> None:
    """Reads the settings before any worker is forked.

    Where one is missing, the master ends at once with the settings' own line and exit code 1. Left to the workers,
    each would say so, and the master would start new ones for ever. Only settings: no app and no connection is made
    before the fork.
    """
    importlib.import_module(os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxportal.settings.production"))
