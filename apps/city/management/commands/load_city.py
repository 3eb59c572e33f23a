"""Loads a city from YAML files."""

import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.city.services import Unloadable, load_city
from apps.core import clock


class Command(BaseCommand):
    help = "Loads a city from the YAML files of a folder, as it stood on a day; a second load adds what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--as-of", type=self._day, default=None, metavar="DATE", help="default: DEMO_TODAY")

    def _day(self, text: str) -> date:
        return date.fromisoformat(text)

    def handle(self, *args: Any, folder: Path, as_of: date | None, **options: Any) -> None:
        password = os.environ.get("DEMO_PASSWORD") if settings.DEMO else None
        try:
            report = load_city(folder=folder, as_of=as_of or clock.today(), password=password)
        except Unloadable as refusal:
            lines = [*(str(problem) for problem in refusal.problems), _("Nothing was loaded.")]
            raise CommandError("\n".join(lines)) from refusal
        added = "、".join(f"{name} {count}" for name, count in report.added.items())
        self.stdout.write(_("Added: %(what)s") % {"what": added or _("nothing new")})
