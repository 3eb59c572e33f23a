"""The board: the same hurdles and the same conditions as the list, by state."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core.pages.base import Crumbs
from apps.hurdles.choices import CLOSED, HEALTH_CHIPS, Health, HurdleStatus
from apps.hurdles.selectors.conditions import cards_by_status, count_of_status
from apps.hurdles.tables import HurdleTable
from apps.hurdles.views.crumbs import hurdle_crumbs
from apps.hurdles.views.hurdle_list import HurdleList

CARDS = 20
# These columns are there although nothing stands in them: one sees that nobody works on it.
ALWAYS = frozenset(HurdleStatus) - {HurdleStatus.DRAFT, HurdleStatus.RETURNED, HurdleStatus.PETITIONED, *CLOSED}


class HurdleBoard(HurdleList):
    title = gettext_lazy("Board of hurdles")
    template_name = "hurdles/hurdle_board.html"
    body_class = "page--board"
    list_name = "hurdles:hurdle-list"

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.pop("rows")
        columns = self.board_columns(rows)
        total = sum(column["count"] for column in columns)
        context = super().get_context_data(rows=rows.none(), **kwargs)
        return context | {"columns": columns, "total": total, "notes": self.notes(rows) if total else []}

    def board_columns(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        """One column a state: how many there are, the first of them, and where the rest is."""
        counts = count_of_status(rows)
        cards = cards_by_status(rows, CARDS)
        shown = [status for status in HurdleStatus if counts.get(status) or status in ALWAYS]
        return [self._column(status, counts.get(status, 0), cards.get(status, [])) for status in shown]

    def _column(self, status: HurdleStatus, count: int, cards: list[Any]) -> dict[str, Any]:
        query = self.request.GET.copy()
        query["status"] = status.value
        for name in ("page", "columns", "sort"):
            query.pop(name, None)
        return {
            "label": status.label,
            "count": count,
            "rest": count - len(cards),
            "url": f"{reverse('hurdles:hurdle-list')}?{query.urlencode()}",
            "cards": [_card(hurdle) for hurdle in cards],
        }


def _card(hurdle: Any) -> dict[str, Any]:
    chip = HEALTH_CHIPS.get(Health(hurdle.health)) if hurdle.health else None
    return {"hurdle": hurdle, "health_chip": chip, "late": HurdleTable.is_overdue(hurdle)}
