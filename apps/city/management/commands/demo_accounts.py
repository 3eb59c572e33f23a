"""Sets the one password of the demo city's accounts, or lists them."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management.base import BaseCommand, CommandError

from apps.organization.models import User


class Command(BaseCommand):
    help = "Demo only: sets DEMO_PASSWORD for the accounts that were loaded; --list prints them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo accounts exist only where DEMO is set.")
        accounts = User.objects.filter(source_key__isnull=False).select_related("unit").prefetch_related("roles")
        if options["list"]:
            self._list(accounts)
        else:
            self._set_password(accounts)

    def _list(self, accounts: Any) -> None:
        for user in accounts:
            roles = ", ".join(role.kind for role in user.roles.all())
            self.stdout.write(f"{user.employee_number}\t{user.name}\t{user.position}\t{roles}")

    def _set_password(self, accounts: Any) -> None:
        """Only where it does not fit already: a changed hash would end everybody's session at each start."""
        password = os.environ.get("DEMO_PASSWORD")
        if not password:
            raise CommandError("DEMO_PASSWORD is not set.")
        fits: dict[str, bool] = {}
        for user in accounts:
            if user.password not in fits:
                fits[user.password] = check_password(password, user.password)
        wrong = [each for each, right in fits.items() if not right]
        accounts.filter(password__in=wrong).update(password=make_password(password))
