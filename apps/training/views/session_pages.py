"""What the pages behind a session share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages.base import Crumbs
from apps.training import selectors
from apps.training.models import Session
from apps.training.views.crumbs import crumbs


class SessionPage:
    """Where the session is found, and the way to a page behind its own."""

    request: Any
    record: Any
    get_title: Any

    def get_queryset(self) -> QuerySet[Session]:
        return selectors.sessions_visible_to(self.request.user).select_related("course__profile", "course__lead_unit")

    def crumbs(self) -> Crumbs:
        course = self.record.course
        return crumbs(
            (_("Courses"), reverse("training:course-list")),
            (course.name, course.get_absolute_url()),
            (self.record.title or _("Session"), self.record.get_absolute_url()),
            (self.get_title(), None),
        )
