"""The cost sheet of a proposal: one page, one form, one save."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.cost_conflict import mark_conflict
from apps.budget.forms.costs import MORE_ROWS, CostSheetForm
from apps.budget.models import BudgetItem, Proposal
from apps.budget.selectors import visible_to
from apps.budget.selectors.costs import hints, sheet_of, subitems_of, year_before
from apps.budget.selectors.editing import is_editable
from apps.budget.services.cost_copy import copy_costs, copy_of_year_before
from apps.budget.services.costs import save_costs
from apps.budget.views.crumbs import behind_proposal
from apps.core.history import Entry, entries_of
from apps.core.pages import DetailPage, EditPage, Facts, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import Forbidden, permission_table
from apps.core.transitions import Unmet
from apps.organization.selectors import sections_today

EDIT = "budget.edit_proposal"


class _OpenCosts(DetailPage):
    """A proposal whose costs may still change; afterwards nobody may, whoever asks."""

    permission = EDIT
    record: Proposal

    def get_queryset(self) -> QuerySet[Proposal]:
        return visible_to(self.request.user).select_related("stage", "budget_item__account", "requesting_unit")

    def load(self) -> None:
        super().load()
        if not is_editable(self.record):
            raise Forbidden(permission_table[EDIT])


class ProposalCosts(_OpenCosts, EditPage):
    template_name = "budget/proposal_costs.html"
    title = gettext_lazy("Costs")

    def get_title(self) -> Any:
        return self.title

    def load(self) -> None:
        super().load()
        self.form_class = partial(CostSheetForm, saved=sheet_of(self.record))  # type: ignore[assignment]

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def crumbs(self) -> Crumbs:
        return behind_proposal(self.record, (self.title, None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """More rows and rows from a spreadsheet, for browsers without scripts, save nothing yet."""
        if not {"add", "take"} & set(request.POST):
            return super().post(request, *args, **kwargs)
        form: Any = self.form_class(request.POST)
        if "take" in request.POST:
            form.take_paste()
        else:
            form.add_rows(MORE_ROWS)
        return self.show(form, status=422 if form.paste_errors else 200)

    def save(self, form: Any) -> HttpResponse:
        changed = save_costs(proposal=self.record, by=self.request.user, **form.values())
        said = self.go(self.record, _("The costs are saved.") if changed else _("Nothing has changed."))
        return HttpResponseRedirect(self.request.path) if "stay" in self.request.POST else said

    def conflict(self, form: Any, present: Any) -> HttpResponse:
        """One's own rows and what stands now, row by row; the next save starts from what is shown."""
        self.record = self.get_queryset().get(pk=present.pk)
        last = self.last_entry(self.record)
        form = CostSheetForm(self.request.POST, saved=sheet_of(self.record))
        mark_conflict(form)
        form.conflict = {"by": last.actor, "at": last.at}
        return self.show(form, status=409)

    def last_entry(self, present: Any) -> Entry:
        return entries_of(present)[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        return super().get_context_data(
            tables=form.tables,
            items=form.items.all,
            subitems=subitems_of(form.items.all),
            hints=hints(),
            rules=form.saved.rules,
            budget_items=_places(self.record),
            units=_units(),
            before=year_before(self.record, self.request.user),
            copy_url=reverse("budget:proposal-costs-copy", args=[self.record.address]),
            **kwargs,
        )


def _places(proposal: Proposal) -> list[tuple[str, str]]:
    rows = BudgetItem.objects.of(proposal.fiscal_year).select_related("account")
    return [(str(row.pk), f"{row.account} {row}") for row in rows]


def _units() -> list[tuple[str, str]]:
    return [(str(unit.pk), str(unit)) for unit in sections_today()]


class ProposalCostsCopy(_OpenCosts, RecordVerbPage):
    """Shall the costs of the year before be the start of this year's sheet?"""

    verb_label = gettext_lazy("Copy from the previous year")

    def crumbs(self) -> Crumbs:
        sheet = (_("Costs"), reverse("budget:proposal-costs", args=[self.record.address]))
        return behind_proposal(self.record, sheet, (self.verb_label, None))

    def facts(self) -> Facts:
        try:
            copied = copy_of_year_before(proposal=self.record, user=self.request.user)
        except Unmet as unmet:
            return [(_("Proposal of the year before"), unmet)]
        return [
            (_("Proposal of the year before"), f"{copied.source.fiscal_year} {copied.source}"),
            (_("Rows that are added"), len(copied.rows)),
            (_("Rows that stand there already"), len(copied.present)),
            (_("Expense items that this year does not have"), "、".join(copied.unmapped) or "－"),
        ]

    def done(self, form: Any) -> HttpResponse:
        copied = copy_costs(proposal=self.record, **self.said(form))
        said = self.go(self.record, _copied_words(copied.rows, copied.unmapped))
        said["Location"] = reverse("budget:proposal-costs", args=[self.record.address])
        return said


def _copied_words(rows: list[Any], unmapped: list[str]) -> str:
    words = _("%(rows)s rows are copied.") % {"rows": len(rows)}
    if not unmapped:
        return words
    missing = _("This year has no such expense item, enter these anew: %(items)s") % {"items": "、".join(unmapped)}
    return f"{words} {missing}"
