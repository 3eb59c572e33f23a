"""The list of hurdles."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import money
from apps.core.lists.tokens import StandardSearch
from apps.core.pages import ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.tables import Table
from apps.hurdles.filters import HurdleFilter
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import (
    conditions,
    counting_endorsements,
    hurdle_list,
    received_hurdles,
    visible_to,
)
from apps.hurdles.services.bulk_verbs import VERBS
from apps.hurdles.tables import HurdleTable

STANDARD = (
    StandardSearch("open", gettext_lazy("All open ones"), {"status": "open"}),
    StandardSearch("awaited", gettext_lazy("Waiting for a view"), {"status": "open", "owner_view": "awaited"}),
    StandardSearch("city", gettext_lazy("The city alone can change"), {"status": "open", "changed_by": "city"}),
    StandardSearch(
        "costly",
        gettext_lazy("1,000 hours a year or more"),
        {"status": "open", "hours_min": str(conditions.MANY_HOURS)},
    ),
    StandardSearch("overdue", gettext_lazy("Date has passed"), {"date": "overdue"}),
    StandardSearch("stalled", gettext_lazy("Stalled"), {"health": "quiet"}),
)


def _bulk_verbs(user: Any) -> list[dict[str, Any]]:
    """What one can do with the selected hurdles."""
    verbs = [{"name": verb.name, "label": verb.label} for verb in VERBS.values()]
    if not permitted(user, "hurdles.ask_owner_view"):
        verbs = [verb for verb in verbs if verb["name"] != "ask_owner_view"]
    if permitted(user, "hurdles.create_common_hurdle"):
        verbs.append({"name": "bundle", "label": _("Bundle into a common hurdle")})
    return verbs


class HurdleList(ListPage):
    permission = "hurdles.view_hurdles"
    title = gettext_lazy("Hurdles")
    table_class = HurdleTable
    filterset_class = HurdleFilter
    template_name = "hurdles/hurdle_list.html"
    file_name = "hurdles"
    empty_title = gettext_lazy("No hurdle matches.")
    empty_text = gettext_lazy("Take a filter away, or log what is in the way in your section.")

    def get_queryset(self) -> QuerySet[Hurdle]:
        rows = counting_endorsements(hurdle_list(self.request.user))
        return rows.prefetch_related("themes") if "themes" in (self.column_keys or ()) else rows

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "hurdles.log_hurdle"):
            return []
        return [{"label": _("Log a hurdle"), "url": reverse("hurdles:hurdle-log"), "primary": True}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        waiting = received_hurdles(user).count() if permitted(user, "hurdles.triage_hurdles") else None
        return super().get_context_data(
            bulk_url=reverse("hurdles:hurdle-bulk"), bulk_verbs=_bulk_verbs(user), triage_waiting=waiting, **kwargs
        )

    def table(self, rows: Any) -> Table:
        table = super().table(rows)
        table.selects = permitted(self.request.user, "hurdles.change_hurdles")
        return table

    def views(self) -> list[dict[str, Any]]:
        """The list and the board, with the same conditions."""
        query = self.request.GET.copy()
        for name in ("page", "size", "sort", "columns", "seen"):
            query.pop(name, None)
        pages = ((_("List"), "hurdles:hurdle-list"), (_("Board"), "hurdles:hurdle-board"))
        suffix = f"?{query.urlencode()}" if query else ""
        paths = ((label, reverse(name)) for label, name in pages)
        return [{"label": each, "url": path + suffix, "current": path == self.request.path} for each, path in paths]

    def standard_searches(self) -> Sequence[StandardSearch]:
        return STANDARD

    def standard_counts(self) -> Mapping[str, int]:
        return conditions.standard_counts(visible_to(self.request.user))

    def notes(self, rows: QuerySet[Any]) -> list[str]:
        hours = rows.order_by().aggregate(hours=Sum("hours_lost"))["hours"]
        return [_("Loss in all: %(hours)s hours a year") % {"hours": money.number(hours)}] if hours else []
