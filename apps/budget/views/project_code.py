"""The page on which the finance section gives a proposal its project code."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.project_code import ProjectCodeForm
from apps.budget.services.project_codes import give_project_code
from apps.budget.views.proposal_pages import ProposalVerb
from apps.core.pages import Facts


class ProposalCode(ProposalVerb):
    permission = "budget.give_project_code"
    verb_label = gettext_lazy("Give the project code")
    form_class = ProjectCodeForm

    def facts(self) -> Facts:
        return [(_("Requesting unit"), self.record.requesting_unit), (_("Fiscal year"), self.record.fiscal_year)]

    def done(self, form: Any) -> HttpResponse:
        said = {"code": form.cleaned_data["project_code"], "version": form.cleaned_data["version"] or 0}
        return self.go(give_project_code(proposal=self.record, by=self.request.user, **said), _("Saved."))
