"""The way to the pages of the organisation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages.base import Crumbs


def crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work › what follows; the last one is this page."""
    return [(_("My work"), reverse("dashboards:my-work")), *further]
