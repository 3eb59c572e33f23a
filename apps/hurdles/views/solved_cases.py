"""Pages of solved cases."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import TALK, talk_context
from apps.hurdles.filters import SolvedCaseFilter
from apps.hurdles.selectors import hurdle_is_open, solved_case_detail, solved_case_list
from apps.hurdles.tables import SolvedCaseTable
from apps.hurdles.views.crumbs import hurdle_crumbs

LIST_TITLE = _("Solved cases")


class SolvedCaseList(ListPage):
    permission = "hurdles.view_solved_cases"
    title = LIST_TITLE
    table_class = SolvedCaseTable
    filterset_class = SolvedCaseFilter
    template_name = "hurdles/hurdle_list.html"
    file_name = "solved-cases"
    empty_title = _("No solved case matches.")
    empty_text = _("A case stands here once a hurdle is solved and its effect is measured.")

    def get_queryset(self) -> QuerySet[Any]:
        return solved_case_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.title, None))


class SolvedCaseDetail(DetailPage):
    permission = "hurdles.view_solved_cases"
    template_name = "hurdles/solved_case_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return solved_case_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((LIST_TITLE, reverse("hurdles:solved-case-list")), (self.record.hurdle.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.record, self.request.user
        return super().get_context_data(
            **self.verbs(),
            adoptions=list(case.adoption_links.all()),
            hurdle_open=hurdle_is_open(case, user),
            entries=entries_of(case, parts=("adoption_links",), attached=TALK),
            panels=panels_for("hurdles:solved-case-detail", case, user),
            talk=talk_context(case, user),
            **kwargs,
        )

    def verbs(self) -> dict[str, bool]:
        """What the person may do with the case, for which of the own sections."""
        case, user = self.record, self.request.user
        units: frozenset[int] = user.unit_ids  # type: ignore[union-attr]
        doing = {link.unit_id for link in case.adoption_links.all()} & units
        return {
            "may_adopt": bool(units - {case.unit_id}) and permitted(user, "hurdles.adopt_solved_case", case),
            "may_withdraw": bool(doing) and permitted(user, "hurdles.withdraw_adoption", case),
            "may_edit": permitted(user, "hurdles.edit_solved_case", case),
        }
