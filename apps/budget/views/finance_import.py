"""Taking a file of the finance system over: the upload, the preview, the yes."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.finance import FinanceUploadForm, budget_years
from apps.budget.models import FinanceImport
from apps.budget.selectors.finance import imports_open_to
from apps.budget.selectors.requests import request_year
from apps.budget.services.finance_import import (
    Plan,
    find_finance_file,
    keep_finance_file,
    plan_finance_file,
    take_over_finance_file,
    taken_import,
)
from apps.budget.views.crumbs import budget_crumbs
from apps.core.fiscal import FiscalYear
from apps.core.models import Upload
from apps.core.money import number
from apps.core.pages import Page, PreviewPage, UploadPage
from apps.core.pages.base import Crumbs


class FinancePage(Page):
    """The permission and the way to both pages of the import."""

    permission = "budget.import_finance"

    def crumbs(self) -> Crumbs:
        there = (_("Reconciliation with the finance system"), reverse("budget:reconciliation"))
        return budget_crumbs(there, (self.get_title(), None))


class FinanceImportUpload(FinancePage, UploadPage):
    """Which file, and what is it?"""

    title = gettext_lazy("Take a file of the finance system over")
    template_name = "budget/finance_upload.html"
    form_class = FinanceUploadForm

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "year": self.year}

    @cached_property
    def year(self) -> FiscalYear:
        """The year that the address names, else the one for which budgets are asked for now."""
        asked = self.request.GET.get("year", "")
        return FiscalYear(int(asked)) if asked in dict(budget_years()) else request_year()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = imports_open_to(self.request.user, self.year)[:10]
        return super().get_context_data(imports=imports, **kwargs)

    def keep(self, **values: Any) -> tuple[Upload | None, Any]:
        return keep_finance_file(**values, by=self.request.user)

    def preview_url(self, upload: Upload) -> str:
        return reverse("budget:finance-preview", args=[upload.uid])


class FinanceImportPreview(FinancePage, PreviewPage):
    """What would this file do? Every row of it is accounted for."""

    title = gettext_lazy("What the file does")
    template_name = "budget/finance_preview.html"

    def find(self, uid: UUID) -> Upload | None:
        return find_finance_file(uid, self.request.user)

    def taken(self, uid: UUID) -> str | None:
        done = taken_import(uid)
        if done is None or not imports_open_to(self.request.user, done.fiscal_year).filter(pk=done.pk).exists():
            return None
        return _place(done)

    def plan(self, upload: Upload) -> Plan:
        return plan_finance_file(upload)

    def take_over(self, upload: Upload, mark: str) -> tuple[str, str]:
        file, plan = take_over_finance_file(upload=upload, mark=mark, by=self.request.user)
        return _what_was_done(file, plan), _place(file)

    def upload_url(self) -> str:
        return reverse("budget:finance-import")


def _what_was_done(file: FinanceImport, plan: Plan | None) -> str:
    """What a file has changed, and what of it has changed nothing."""
    if plan is None:
        return _("This file was taken over before: %(number)s amounts.") % {"number": number(file.rows)}
    done = [_("Taken over: %(number)s amounts.") % {"number": number(file.rows)}]
    if plan.entries:
        done.append(_("Appraisals recorded: %(number)s.") % {"number": number(len(plan.new_entries))})
    if plan.changes:
        done.append(_("Amounts for comparison changed: %(number)s.") % {"number": number(len(plan.changes))})
    if plan.refused:
        done.append(_("Appraisals not recorded: %(number)s.") % {"number": number(len(plan.refused))})
    if plan.left_over:
        done.append(_("Rows that reach no proposal: %(number)s.") % {"number": number(len(plan.left_over))})
    return " ".join(done)


def _place(done: FinanceImport) -> str:
    """The reconciliation with what was taken over."""
    return f"{reverse('budget:reconciliation')}?year={int(done.fiscal_year)}&import={done.uid}"
