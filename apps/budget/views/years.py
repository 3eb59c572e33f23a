"""The settings of one year's budget."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from apps.budget.forms.finance import budget_years
from apps.budget.forms.years import BudgetYearForm
from apps.budget.services.years import (
    HOUR,
    ROUNDINGS,
    budget_year,
    proposals_handed_in,
    seen_year,
    set_year,
    year_rules,
)
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import OfYear
from apps.core.forms import words
from apps.core.history import entries_of
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.core.services import StalePart


class BudgetYearSettings(OfYear, FormPage):
    """What holds for this year's budget?"""

    permission = "budget.set_year"
    template_name = "budget/year_form.html"
    form_class = BudgetYearForm

    def get_title(self) -> Any:
        return _("Settings of the budget of %(year)s") % {"year": self.year}

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.get_title(), None))

    def present(self) -> dict[str, Any]:
        """What stands now."""
        year, rules = budget_year(self.year), year_rules(self.year)
        values = {name: getattr(rules, name) for name in ROUNDINGS} | {name: getattr(year, name) for name in HOUR}
        return {**values, "seen": seen_year(self.year)}

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": self.present()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().post(request, *args, **kwargs)
        except StalePart:
            return self.conflict()

    def conflict(self) -> HttpResponse:
        """What was typed stays, what stands now is said beside it; saving again is a choice."""
        form = BudgetYearForm(self.request.POST)
        form.is_valid()
        now = BudgetYearForm(initial=self.present())
        for bound in form.visible_fields():
            mine, theirs = (words(bound.field, each[bound.name].value()) for each in (form, now))
            if mine != theirs:
                form.add_error(bound.name, _("Saved meanwhile by somebody else: %(text)s") % {"text": theirs or "－"})
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["seen"] = seen_year(self.year)
        form.data = data
        form.add_error(None, _("Somebody changed this in the meantime. Compare, and save again what is to stand."))
        return self.show(form, status=409)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stored = [record for record in (budget_year(self.year), year_rules(self.year)) if record.pk]
        entries = [entry for record in stored for entry in entries_of(record)]
        return super().get_context_data(
            year=self.year,
            years=budget_years(),
            handed_in=proposals_handed_in(self.year),
            entries=sorted(entries, key=lambda entry: entry.stored_at, reverse=True),
            **kwargs,
        )

    def done(self, form: Any) -> HttpResponse:
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        drafts = set_year(fiscal_year=self.year, values=values, seen=form.cleaned_data["seen"], by=self.request.user)
        said = _("Saved. %(count)d drafts were computed anew.") % {"count": drafts} if drafts else _("Saved.")
        messages.success(self.request, said)
        return HttpResponseRedirect(self.request.path)
