"""Fails where a word on the screen has no Japanese; --update brings the catalogues in line first."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core import catalogues


class Command(BaseCommand):
    help = "Checks that the Japanese catalogue is complete."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true", help="write new messages into the catalogues")

    def handle(self, *args: Any, update: bool, **options: Any) -> None:
        root = settings.BASE_DIR
        if update:
            for language in ("ja", "en"):
                catalogues.update(root, language)
        japanese = catalogues.read_catalogue(catalogues.catalogue_path(root, "ja"), "ja")
        said = catalogues.extracted(root)  # once: it takes seconds
        faults = {
            "not in the catalogue (run --update)": catalogues.missing(said, japanese),
            "said nowhere any more (run --update)": catalogues.surplus(said, japanese),
            "without Japanese": catalogues.untranslated(japanese),
            "does not compile": catalogues.wrong(japanese),
        }
        lines = [f"{what}: {text}" for what, texts in faults.items() for text in texts]
        if lines:
            raise CommandError("\n".join(lines))
        self.stdout.write("The Japanese catalogue is complete.")
