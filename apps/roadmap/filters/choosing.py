"""What several filters of the roadmap offer: areas, policies and visions to choose from."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.roadmap import selectors
from apps.roadmap.models import Initiative, Policy, Vision

YES = [("yes", _("Yes"))]
NO = [("no", _("None"))]


def visible_policies(request: Any) -> QuerySet[Policy]:
    return selectors.policies_visible_to(request.user).exclude(number=None)


def visible_visions(request: Any) -> QuerySet[Vision]:
    return selectors.visions_visible_to(request.user).exclude(number=None)


def initiative_areas() -> list[tuple[str, str]]:
    return [(area, area) for area in selectors.areas_of(Initiative.objects.filter(archived_at__isnull=True))]
