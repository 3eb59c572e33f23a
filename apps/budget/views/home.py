"""The budget of the coming year at a glance."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.budget import figures
from apps.budget.selectors.appraisal import sees_appraisal
from apps.budget.selectors.overview import closing_next, coming_days, decided, stage_counts
from apps.budget.views.crumbs import HOME_TITLE, budget_crumbs
from apps.core.money import number
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.registry import Figure, Standpoint, standpoint_today
from apps.core.waiting import Task, task_sources

# So many stand here; "My work" shows all.
MOST_TASKS = 5
FURTHER = (figures.OWN_SHARE, figures.HANGING, figures.HOURS_ASKED)


class BudgetHome(Page):
    """Where does next year's budget stand?"""

    permission = "budget.view_proposals"
    title = HOME_TITLE
    template_name = "budget/home.html"

    def crumbs(self) -> Crumbs:
        return budget_crumbs()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        here = standpoint_today(user)
        tasks = _tasks(user)
        return super().get_context_data(
            year=here.year.next,
            stats=[_stat(figures.REQUEST, here), *_decided(here), *(_stat(figure, here) for figure in FURTHER)],
            by_source=_chart(figures.REQUEST_BY_SOURCE, here),
            stages=stage_counts(here.year.next, user),
            stage_url=f"{reverse('budget:proposal-list')}?year={int(here.year.next)}",
            reads_appraisal=sees_appraisal(user, here.year.next),
            days=coming_days(),
            grants=closing_next(),
            tasks=tasks[:MOST_TASKS],
            more_tasks=max(len(tasks) - MOST_TASKS, 0),
            **kwargs,
        )


def _tasks(user: Any) -> list[Task]:
    """What waits for this person in the budget: what is due comes first."""
    sources = (source for source in task_sources if source.name.startswith("budget."))
    tasks = [task for source in sources for task in source.tasks(user)]
    return sorted(tasks, key=lambda task: (task.due is None, str(task.due or ""), str(task.since or "")))


def _stat(figure: Figure, here: Standpoint) -> dict[str, Any]:
    value = figure.count(here)
    note = str(here.year.next)
    return {"label": figure.label, "value": number(value), "unit": figure.unit, "url": figure.link(here), "note": note}


def _decided(here: Standpoint) -> list[dict[str, Any]]:
    """What stands beside the request; nothing as long as this person may know of no appraisal."""
    found = decided(here.year.next, here.user)
    if not found["count"]:
        return []
    said = {"count": number(found["count"]), "all": number(found["of"])}
    return [
        {
            "label": _("Appraised or budgeted"),
            "value": number(found["amount_k"]),
            "unit": _("thousand yen"),
            "url": f"{figures.request_url(here)}&sort=-decided_k",
            "note": _("%(count)s of %(all)s proposals") % said,
        }
    ]


def _chart(figure: Figure, here: Standpoint) -> dict[str, Any]:
    rows = figure.count(here)
    return {
        "title": figure.label,
        "lead": figure.definition,
        "unit": "",
        "row_label": _("Source of money"),
        "max": max([row["value"] for row in rows] + [1]),
        "rows": [{**row, "text": number(row["value"])} for row in rows],
    }
