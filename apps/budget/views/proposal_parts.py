"""The small pages of what hangs on a proposal: each kind of part is a row of PARTS, and has three pages."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget import models
from apps.budget.forms import proposal_parts as part_forms
from apps.budget.forms.boxes import PartForm, RemoveForm
from apps.budget.forms.fundings import FundingForm, from_grant, revenue_of
from apps.budget.services.proposal_parts import add_part, change_part, remove_part
from apps.budget.views.proposal_pages import ProposalPage
from apps.core.pages import Facts, SeenPart, VerbPage


@dataclass(frozen=True)
class PartKind:
    """One kind: its table and form, where its rows are found, the words of its three pages, and the page behind it."""

    model: type[Model]
    form: type[PartForm]
    add: Any
    change: Any
    remove: Any
    back: str = "proposal-detail"
    owner: str = "proposal"


PARTS: dict[str, PartKind] = {
    "evidence": PartKind(
        models.ProposalEvidence,
        part_forms.EvidenceForm,
        gettext_lazy("Add evidence of the citizens' view"),
        gettext_lazy("Change the evidence"),
        gettext_lazy("Remove the evidence"),
    ),
    "outcomes": PartKind(
        models.OutcomeIndicator,
        part_forms.OutcomeForm,
        gettext_lazy("Add an outcome indicator"),
        gettext_lazy("Change the outcome indicator"),
        gettext_lazy("Remove the outcome indicator"),
        back="proposal-outcomes",
    ),
    "funding": PartKind(
        models.Funding,
        FundingForm,
        gettext_lazy("Add a source of money"),
        gettext_lazy("Change the source of money"),
        gettext_lazy("Remove the source of money"),
        back="proposal-funding",
    ),
    "debt-burdens": PartKind(
        models.DebtBurden,
        part_forms.DebtBurdenForm,
        gettext_lazy("Add a debt burden"),
        gettext_lazy("Change the debt burden"),
        gettext_lazy("Remove the debt burden"),
        back="proposal-later-years",
    ),
    "continuing-costs": PartKind(
        models.ContinuingCost,
        part_forms.ContinuingCostForm,
        gettext_lazy("Add a continuing cost"),
        gettext_lazy("Change the continuing cost"),
        gettext_lazy("Remove the continuing cost"),
        back="proposal-later-years",
    ),
    "yearly-shares": PartKind(
        models.ContinuingYear,
        part_forms.ContinuingYearForm,
        gettext_lazy("Add a yearly share"),
        gettext_lazy("Change the yearly share"),
        gettext_lazy("Remove the yearly share"),
        back="proposal-later-years",
        owner="cost__proposal",
    ),
    "long-contracts": PartKind(
        models.LongTermContract,
        part_forms.LongTermContractForm,
        gettext_lazy("Add a long-term contract"),
        gettext_lazy("Change the long-term contract"),
        gettext_lazy("Remove the long-term contract"),
        back="proposal-later-years",
    ),
    "carryovers": PartKind(
        models.Carryover,
        part_forms.CarryoverForm,
        gettext_lazy("Add a carry-over"),
        gettext_lazy("Change the carry-over"),
        gettext_lazy("Remove the carry-over"),
        back="proposal-later-years",
    ),
    "future-costs": PartKind(
        models.FutureCost,
        part_forms.FutureCostForm,
        gettext_lazy("Add the cost of a later year"),
        gettext_lazy("Change the cost of the year"),
        gettext_lazy("Remove the cost of the year"),
        back="proposal-later-years",
    ),
}


class ProposalPart(ProposalPage, VerbPage):
    """A page about one row of `kind`; without a row in the address it is about a new one."""

    permission = "budget.edit_proposal"
    kind: str = ""
    part: Any = None

    @property
    def rules(self) -> PartKind:
        return PARTS[self.kind]

    def load(self) -> None:
        super().load()
        self.form_class = self.rules.form
        if "part" in self.kwargs:
            rows = self.rules.model._default_manager.filter(**{self.rules.owner: self.record})
            self.part = rows.filter(pk=self.kwargs["part"]).first()
            if self.part is None:
                raise Http404

    def back_url(self) -> str:
        return reverse(f"budget:{self.rules.back}", args=[self.record.address])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "back_url": self.back_url(), "part": self.part, "kind": self.kind}

    def kept(self, message: Any, part: Any = None) -> HttpResponse:
        """Back to the page from which one comes; what is unusual is said, and not refused."""
        messages.success(self.request, message)
        for warning in warnings_of(part):
            messages.warning(self.request, warning)
        return HttpResponseRedirect(self.back_url())


# 長期継続契約: ordinances typically limit it to five years (domain-facts 1.5).
USUAL_YEARS = 5


def warnings_of(part: Any) -> list[str]:
    if isinstance(part, models.LongTermContract) and int(part.to_year) - int(part.from_year) + 1 > USUAL_YEARS:
        return [
            _("The contract is longer than %(years)d years: look whether the city's ordinance allows it.")
            % {"years": USUAL_YEARS}
        ]
    return []


class PartAdd(ProposalPart):
    def get_verb_label(self) -> Any:
        return self.rules.add

    def form_arguments(self) -> dict[str, Any]:
        return {"proposal": self.record, "initial": self.start()}

    def start(self) -> dict[str, Any]:
        """What the form begins with: a grant programme that the address names, the next year, the only cost."""
        year = self.record.fiscal_year
        first: dict[str, dict[str, Any]] = {
            "debt-burdens": {"from_year": year.next},
            "future-costs": {"fiscal_year": year.next},
            "carryovers": {"spent_in": year.next},
            "long-contracts": {"from_year": year},
            "yearly-shares": {"fiscal_year": year, "cost": self.request.GET.get("cost")},
            "outcomes": {"target_year": year + 1, "measured_until": year + 3},
            "funding": self._grant(),
        }
        return first.get(self.kind, {})

    def _grant(self) -> dict[str, Any]:
        asked = self.request.GET.get("grant", "")
        rows = models.GrantProgramme.objects.filter(archived_at__isnull=True)
        grant = models.GrantProgramme.at_address(rows, asked).first() if asked else None
        if grant is None:
            return {}
        said = from_grant(grant)
        return {"grant": grant.pk, **said, "revenue_item": revenue_of(self.record, said["source"], said["name"])}

    def done(self, form: Any) -> HttpResponse:
        values = form.values()
        owner = {} if self.kind == "yearly-shares" else {"proposal": self.record}
        part = self.rules.model(**owner, **values)
        added = add_part(part=part, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.kept(_("Added."), added)


class PartChange(SeenPart, ProposalPart):
    def get_verb_label(self) -> Any:
        return self.rules.change

    def other_way(self) -> tuple[Any, str]:
        url = reverse(f"budget:proposal-{self.kind}-remove", args=[self.record.address, self.part.pk])
        return self.rules.remove, url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(other_way=self.other_way(), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        given = {"seen": form.cleaned_data["seen"], "reason": form.cleaned_data["reason"]}
        changed = change_part(part=self.part, values=form.values(), by=self.request.user, **given)
        return self.kept(_("Saved."), changed)


class PartRemove(ProposalPart):
    def load(self) -> None:
        super().load()
        self.form_class = RemoveForm

    def get_verb_label(self) -> Any:
        return self.rules.remove

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts: Facts = [(self.rules.model._meta.verbose_name, str(self.part))]
        return super().get_context_data(facts=facts, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        remove_part(part=self.part, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.kept(_("Removed."))


def part_addresses() -> list[Any]:
    """Three addresses for each kind of part."""
    found = []
    for kind in PARTS:
        here, name = f"proposals/<slug:address>/{kind}", f"proposal-{kind}"
        found += [
            path(f"{here}/add/", PartAdd.as_view(kind=kind), name=f"{name}-add"),
            path(f"{here}/<int:part>/", PartChange.as_view(kind=kind), name=f"{name}-change"),
            path(f"{here}/<int:part>/remove/", PartRemove.as_view(kind=kind), name=f"{name}-remove"),
        ]
    return found
