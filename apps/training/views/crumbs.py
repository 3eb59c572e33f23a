"""The way to the pages of the training."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages.base import Crumbs


def crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work, the training, and further."""
    return [
        (_("My work"), reverse("dashboards:my-work")),
        (_("Training"), reverse("training:overview")),
        *further,
    ]
