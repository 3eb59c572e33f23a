"""Generates a synthetic city of any size."""

import os
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.city.services.generating import NotGenerated, Size, generate_city, holds_city
from apps.core import clock


class Command(BaseCommand):
    help = "Generates a synthetic city into an empty database, by COPY; the same seed gives the same data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hurdles", type=int, required=True, metavar="N")
        parser.add_argument("--units", type=int, default=None, metavar="U", help="default: 60")
        parser.add_argument("--users", type=int, default=None, metavar="P", help="default: 1000, or 12 a unit")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a city already")
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, metavar="DATE", help="default: today")

    def handle(self, *args: Any, hurdles: int, units: int | None, users: int | None, seed: int, **options: Any) -> None:
        if options["if_empty"] and holds_city():
            return
        password = os.environ.get("DEMO_PASSWORD") if settings.DEMO else None
        today = options["as_of"] or clock.today()
        try:
            size = Size.of(hurdles=hurdles, units=units, users=users)
            report = generate_city(size=size, seed=seed, today=today, password=password)
        except NotGenerated as refusal:
            raise CommandError(str(refusal)) from refusal
        for name, count in report.rows.items():
            if count:
                self.stdout.write(f"{count:>10,}  {name}")
        self.stdout.write(_("Rows in all: %(count)s") % {"count": f"{sum(report.rows.values()):,}"})
        for number, name, position, roles in report.people:
            self.stdout.write(f"{number}\t{name}\t{position}\t{roles}")
