"""The appraisal of a whole year: the table of all proposals, telling the result, and the steps up to the vote."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.budget.choices import StageKind
from apps.budget.forms.stages import DisclosureForm, SettlementForm
from apps.budget.models import BudgetYear
from apps.budget.selectors import request_years
from apps.budget.selectors.appraisal import is_disclosed
from apps.budget.selectors.budget_year import year_course
from apps.budget.selectors.stage_days import notice_day, revival_closes
from apps.budget.selectors.waterfall import waterfall, year_steps
from apps.budget.selectors.year_acts import (
    STEPS,
    TO_TELL,
    Telling,
    in_the_way,
    late_and_untold,
    next_step,
    proposals_at,
    to_tell,
    told_on,
)
from apps.budget.services.budget_year import disclose_budget, settle_budget, why_nothing_is_told
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import OfYear, asked_year
from apps.core import clock, wareki
from apps.core.fiscal import FiscalYear
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.core.permissions import Forbidden, permission_table, permitted
from apps.core.wareki import WarekiError

NAMED = 20  # so many proposals are named before an act
STEP_LABELS = {
    StageKind.FIXED: PROPOSAL_FLOW["fix"].label,
    StageKind.BILL: PROPOSAL_FLOW["table"].label,
    StageKind.VOTED: PROPOSAL_FLOW["vote"].label,
}


def year_url(fiscal_year: FiscalYear) -> str:
    return f"{reverse('budget:year-appraisal')}?year={int(fiscal_year)}"


class YearAppraisal(Page):
    """All proposals × stages; until the result is told for the finance section and the head of headquarters alone."""

    permission = "budget.view_proposals"
    title = gettext_lazy("Appraisal of the year")
    template_name = "budget/year_appraisal.html"
    year: FiscalYear

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.year = asked_year(request)
        except WarekiError as error:
            return self.refused(str(error))
        if not (permitted(request.user, "budget.view_appraisal") or is_disclosed(self.year)):
            raise Forbidden(permission_table["budget.view_appraisal"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        course = year_course(self.year, self.request.user)
        return super().get_context_data(
            year=self.year,
            years=request_years(),
            reads_appraisal=True,
            course=course,
            picture=waterfall(year_steps(course.stages, course.totals)),
            told_on=told_on(self.year),
            notice_day=notice_day(self.year),
            late=late_and_untold(self.year, self.request.user),
            sees_late=permitted(self.request.user, "budget.view_appraisal"),
            acts=self.acts(),
            **kwargs,
        )

    def acts(self) -> list[tuple[Any, str]]:
        """The acts of the whole year that this person may do now: label and address."""
        user, year, found = self.request.user, self.year, []
        if permitted(user, "budget.disclose_budget") and proposals_at(year, *TO_TELL).exists():
            found.append((PROPOSAL_FLOW["disclose"].label, reverse("budget:budget-disclose", args=[int(year)])))
        step = next_step(year) if permitted(user, "budget.settle_budget") and told_on(year) else None
        if step:
            found.append((STEP_LABELS[StageKind(step)], reverse("budget:budget-settle", args=[int(year)])))
        return found


class _YearAct(OfYear, FormPage):
    """An act about a whole year."""

    template_name = "budget/year_act.html"

    def crumbs(self) -> Crumbs:
        page = (_("Appraisal of the year"), year_url(self.year))
        return budget_crumbs(page, (self.get_title(), None))

    def facts(self) -> list[tuple[Any, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(year=self.year, facts=self.facts(), back_url=year_url(self.year), **kwargs)

    def back(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return HttpResponseRedirect(year_url(self.year))


class BudgetDisclose(_YearAct):
    """The result of all, with every amount, before it is told: the act cannot be taken back."""

    permission = "budget.disclose_budget"
    form_class = DisclosureForm
    template_name = "budget/year_disclose.html"

    def get_title(self) -> Any:
        return PROPOSAL_FLOW["disclose"].label

    @cached_property
    def telling(self) -> Telling:
        return to_tell(self.year)

    def form_arguments(self) -> dict[str, Any]:
        return {"unappraised": len(self.telling.unappraised)}

    def facts(self) -> list[tuple[Any, Any]]:
        day, first = notice_day(self.year), told_on(self.year)
        facts: list[tuple[Any, Any]] = [(_("Proposals to be told"), len(self.telling.rows))]
        if day:
            facts.append((_("Day by the calendar"), wareki.format_date(day)))
        if names := named(self.telling.unappraised):
            facts.append((_("Not appraised"), names))
        if first:
            facts.append((_("Told first on"), wareki.format_date(first)))
        return [*facts, (_("What it does"), _("All who see a proposal see its amounts and words from now on."))]

    def warnings(self) -> list[str]:
        """What one has to know before an act that cannot be taken back."""
        day, stage, early = notice_day(self.year), self.telling.last_stage, self.telling.before_last
        found = [_("Telling the result cannot be taken back.")]
        if day and clock.today() < day:
            found.append(_("By the calendar it is told on %(day)s, not today.") % {"day": wareki.format_date(day)})
        if stage and early:
            words = ngettext(
                "%(count)d of %(all)d requests has not come to “%(stage)s”.",
                "%(count)d of %(all)d requests have not come to “%(stage)s”.",
                early,
            )
            found.append(words % {"count": early, "all": len(self.telling.rows), "stage": stage})
        return found

    def refusal(self) -> str:
        year = BudgetYear.objects.filter(fiscal_year=self.year).first() or BudgetYear(fiscal_year=self.year)
        return why_nothing_is_told(self.telling, year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            telling=self.telling, warnings=self.warnings(), refusal=self.refusal(), **kwargs
        )

    def done(self, form: Any) -> HttpResponse:
        count = disclose_budget(
            fiscal_year=self.year,
            as_asked=form.cleaned_data.get("as_asked", False),
            seen=self.request.POST.get("seen", ""),
            by=self.request.user,
        )
        if not count:
            return self.back(_("The result was told already: nothing was changed."))
        words = ngettext(
            "The result of %(count)d proposal is told.", "The result of %(count)d proposals is told.", count
        )
        return self.back(words % {"count": count})


def named(proposals: Any) -> str:
    """The first of them by name, one in a line."""
    rows = [f"{each.number or ''} {each}".strip() for each in proposals[: NAMED + 1]]
    return "\n".join(rows[:NAMED] + (["…"] if len(rows) > NAMED else []))


class BudgetSettle(_YearAct):
    permission = "budget.settle_budget"
    form_class = SettlementForm

    def load(self) -> None:
        super().load()
        self.step = next_step(self.year)

    def get_title(self) -> Any:
        return STEP_LABELS[StageKind(self.step)] if self.step else _("Steps of the budget")

    def form_arguments(self) -> dict[str, Any]:
        sources = STEPS[StageKind.FIXED] if self.step == StageKind.FIXED else ()
        return {"fiscal_year": self.year, "sources": sources, "initial": {"step": self.step or ""}}

    def facts(self) -> list[tuple[Any, Any]]:
        if not self.step:
            return [(_("Fiscal year"), self.year), (_("Note"), _("No proposal is ready for a next step."))]
        facts: list[tuple[Any, Any]] = [
            (_("Fiscal year"), self.year),
            (_("Proposals"), proposals_at(self.year, *STEPS[self.step]).count()),
        ]
        if names := named(in_the_way(self.year)):
            facts.append((_("Still under way"), names))
        if self.step == StageKind.FIXED and (closes := revival_closes(self.year)):
            facts.append((_("One may ask again until"), wareki.format_date(closes)))
        return facts

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(nothing_to_do=not self.step, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        step = form.cleaned_data["step"]
        if step not in STEPS:
            raise Http404
        count = settle_budget(
            fiscal_year=self.year,
            step=step,
            postponed=form.cleaned_data.get("postponed") or (),
            by=self.request.user,
        )
        if not count:
            return self.back(_("This was done already: nothing was changed."))
        return self.back(_("%(step)s: %(count)d proposals.") % {"step": StageKind(step).label, "count": count})
