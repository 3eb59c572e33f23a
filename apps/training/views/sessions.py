"""Sessions: the list and the page of one."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.training import selectors
from apps.training.filters import SessionFilter
from apps.training.models import Session
from apps.training.tables import SessionTable
from apps.training.views.course_menu import session_menu
from apps.training.views.crumbs import crumbs
from apps.training.views.lists import TrainingList, completed_in_all


class SessionList(TrainingList):
    permission = "training.view_sessions"
    title = gettext_lazy("Sessions")
    table_class = SessionTable
    filterset_class = SessionFilter
    file_name = "sessions"
    empty_title = gettext_lazy("No session matches.")

    def get_queryset(self) -> QuerySet[Session]:
        return selectors.session_list(self.request.user)

    def notes(self, rows: QuerySet[Session]) -> list[str]:
        return completed_in_all(rows, "completed_shown", Q(completed_shown__isnull=True))


class SessionDetail(DetailPage):
    permission = "training.view_sessions"
    template_name = "training/session_detail.html"

    def get_queryset(self) -> QuerySet[Session]:
        return selectors.session_list(self.request.user)

    def crumbs(self) -> Crumbs:
        course = self.record.course
        return crumbs(
            (_("Courses"), reverse("training:course-list")),
            (course.name, course.get_absolute_url()),
            (self.record.title or _("Session"), None),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session, user = self.record, self.request.user
        held = selectors.was_held(session)
        return super().get_context_data(
            attended=session.attended_shown if held else None,
            completed=session.completed_shown if held else None,
            lacks_result=selectors.lacks_result(session),
            menu=session_menu(session, user),
            entries=entries_of(session),
            panels=panels_for("training:session-detail", session, user),
            **kwargs,
        )
