"""Going on with a project in the next year: what comes along, and what one has to enter or to look at."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.budget.choices import SETTLED, CostKind
from apps.budget.models import CostLine, Proposal
from apps.budget.services.copying import copy_proposal, nothing_came_of
from apps.budget.views.proposal_pages import ProposalVerb
from apps.core.money import number
from apps.core.pages import Facts

# What stays with the year that set it, because it binds later years from there.
BINDING = ("debt_burdens", "continuing_costs", "long_contracts", "carryovers", "future_costs")
# What is told of this year's proposal alone.
OWN = ("evidence", "outcomes", "workload_links")
WHOLE_YEAR = 12


class ProposalCopy(ProposalVerb):
    """The same project in the next year."""

    permission = "budget.edit_proposal"
    verb_label = gettext_lazy("Go on with it in the next year")

    def facts(self) -> Facts:
        proposal = self.record
        told = _whole(proposal) if nothing_came_of(proposal) else _continued(proposal)
        return [(_("Fiscal year"), str(proposal.fiscal_year.next)), *told]

    def done(self, form: Any) -> HttpResponse:
        return self.go(copy_proposal(proposal=self.record, by=self.request.user), _("This is the draft."))


def _whole(proposal: Proposal) -> Facts:
    why = proposal.get_result_display() or _("Request withdrawn")
    return [
        (_("Result"), why),
        (
            _("Comes along"),
            _(
                "everything: the kind of request, what it says, what it serves, all costs with the initial ones, and "
                "what binds later years, each a year later"
            ),
        ),
        (_("Does not come along"), _("sources: all is general revenue until they are entered")),
        (_("Look at"), _("prices, and the fiscal years of what was moved by a year")),
    ]


def _continued(proposal: Proposal) -> Facts:
    facts = [
        (_("Comes along"), _("what it says, what it serves, and the running costs")),
        (_("Does not come along"), "\n".join(_left_behind(proposal))),
    ]
    return [*facts, *_to_look_at(proposal)]


def _left_behind(proposal: Proposal) -> list[str]:
    lines = [_("initial costs and sources: all is general revenue until they are entered")]
    if own := _named(proposal, OWN):
        lines.append(own)
    if proposal.request_lines.exclude(host_code="").exists():
        lines.append(_("expense items inside the projects of other sections"))
    if binding := _named(proposal, BINDING):
        said = {"names": binding, "year": proposal.fiscal_year, "next": proposal.fiscal_year.next}
        lines.append(
            _(
                "%(names)s: these stay with %(year)s, which has set them. What they come to in %(next)s has to be "
                "entered among its costs."
            )
            % said
        )
    return lines


def _named(proposal: Proposal, relations: tuple[str, ...]) -> str:
    """Those of which there is any, by their names."""
    filled = [getattr(proposal, name) for name in relations]
    return "、".join(str(rows.model._meta.verbose_name_plural) for rows in filled if rows.exists())


def _to_look_at(proposal: Proposal) -> Facts:
    """Costs are copied as they were asked for: what was budgeted, and the costs of a part of the year."""
    facts: Facts = []
    entry = proposal.stage_entries.last()
    asked_k = sum(line.request_k for line in proposal.request_lines.all())
    if proposal.stage.kind in SETTLED and entry and entry.amount_k != asked_k:
        said = {"asked": number(asked_k), "given": number(entry.amount_k)}
        words = _(
            "The costs come as they were asked for: %(asked)s thousand yen; budgeted were %(given)s thousand yen."
        )
        facts.append((_("Budgeted amount"), words % said))
    if part := [f"{cost}（{_months(cost)}）" for cost in _of_a_part_of_the_year(proposal)]:
        facts.append((_("Look at the months"), "\n".join([_("These run for less than a year:"), *part])))
    return facts


def _of_a_part_of_the_year(proposal: Proposal) -> list[CostLine]:
    """Running costs of 2 to 11 months; one month is what has no months, such as a fee of the year."""
    rows = CostLine.objects.filter(request_line__proposal=proposal, request_line__host_code="", kind=CostKind.RUNNING)
    return list(rows.filter(months__gt=1, months__lt=WHOLE_YEAR).order_by("request_line__order", "order", "pk"))


def _months(cost: CostLine) -> str:
    return ngettext("%(months)d month", "%(months)d months", cost.months) % {"months": cost.months}
