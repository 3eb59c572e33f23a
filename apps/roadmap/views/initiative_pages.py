"""What the pages about one initiative share."""

from typing import Any

from django.db.models import QuerySet

from apps.core.pages.base import Crumbs
from apps.roadmap.models import Initiative
from apps.roadmap.selectors import initiatives_visible_to
from apps.roadmap.views.crumbs import initiative_crumbs


class InitiativePage:
    """Where it is found, and the way to a page behind its own; for what has a verb's label."""

    request: Any
    record: Any
    get_verb_label: Any

    def get_queryset(self) -> QuerySet[Initiative]:
        return initiatives_visible_to(self.request.user).select_related("lead_unit")

    def crumbs(self) -> Crumbs:
        return initiative_crumbs((self.record.address, self.record.get_absolute_url()), (self.get_verb_label(), None))
