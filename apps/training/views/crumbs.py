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


def profile_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """Training › Talent profiles › what follows."""
    return crumbs((_("Talent profiles"), reverse("training:profile-list")), *further)


def plan_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """Training › Training plans › what follows."""
    return crumbs((_("Training plans"), reverse("training:plan-list")), *further)
