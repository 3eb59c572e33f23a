"""Pages of common hurdles."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.history import Entry, entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import acts_for, panels_for
from apps.core.talk import TALK, talk_context
from apps.hurdles.filters import CommonHurdleFilter
from apps.hurdles.selectors import common_hurdle_list, members_seen, sees_every_link, touched_by, visible_to
from apps.hurdles.tables import CommonHurdleTable
from apps.hurdles.views.crumbs import hurdle_crumbs
from apps.hurdles.views.matrix import matrix_tables

LIST_TITLE = _("Common hurdles")


class CommonHurdleList(ListPage):
    permission = "hurdles.view_common_hurdles"
    title = LIST_TITLE
    table_class = CommonHurdleTable
    filterset_class = CommonHurdleFilter
    template_name = "hurdles/common_hurdle_list.html"
    file_name = "common-hurdles"
    empty_title = _("No common hurdle matches.")
    empty_text = _("The promotion team bundles what many hurdles share.")

    def get_queryset(self) -> QuerySet[Any]:
        return common_hurdle_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.title, None))

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "hurdles.create_common_hurdle"):
            return []
        return [{"label": _("Create a common hurdle"), "url": reverse("hurdles:common-hurdle-create"), "primary": True}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        theme = getattr(self.filterset.form, "cleaned_data", {}).get("theme")
        return super().get_context_data(
            matrix=matrix_tables(user, theme), may_bundle=permitted(user, "hurdles.bundle_hurdles"), **kwargs
        )


class CommonHurdleDetail(DetailPage):
    permission = "hurdles.view_common_hurdles"
    template_name = "hurdles/common_hurdle_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return common_hurdle_list(self.request.user)

    def crumbs(self) -> Crumbs:
        here = self.record.number or self.record.title
        return hurdle_crumbs((LIST_TITLE, reverse("hurdles:common-hurdle-list")), (here, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        common_hurdle, user = self.record, self.request.user
        members = list(members_seen(common_hurdle, user))
        return super().get_context_data(
            members=members,
            hidden=common_hurdle.members - len(members),
            closed=sum(hurdle.is_closed for hurdle in members),
            units=touched_by(visible_to(user).filter(pk__in=[hurdle.pk for hurdle in members])),
            may_bundle=permitted(user, "hurdles.bundle_hurdles", common_hurdle),
            upper_acts=[
                (each.label, each.address(common_hurdle))
                for each in acts_for("hurdles:common-hurdle-detail", common_hurdle)
                if permitted(user, each.permission, common_hurdle)
            ],
            entries=self.history(),
            panels=panels_for("hurdles:common-hurdle-detail", common_hurdle, user),
            talk=talk_context(common_hurdle, user),
            **kwargs,
        )

    def history(self) -> list[Entry]:
        """The history; that of the members is told to those only who see each of them."""
        told = sees_every_link(self.record, "member_links", self.request.user)
        return entries_of(self.record, parts=("member_links",) if told else (), attached=TALK)
