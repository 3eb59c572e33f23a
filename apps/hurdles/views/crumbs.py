"""The way to the pages of the registry."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages.base import Crumbs


def hurdle_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work › Hurdles › what follows; the last one is this page."""
    return [
        (_("My work"), reverse("dashboards:my-work")),
        (_("Hurdles"), reverse("hurdles:hurdle-list")),
        *further,
    ]
