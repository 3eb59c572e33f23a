"""Where a page of the roadmap stands."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages.base import Crumbs


def roadmap_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [
        (_("My work"), reverse("dashboards:my-work")),
        (_("Roadmap"), reverse("roadmap:overview")),
        *further,
    ]


def initiative_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """Roadmap › Initiatives › what follows."""
    return roadmap_crumbs((_("Initiatives"), reverse("roadmap:initiative-list")), *further)
